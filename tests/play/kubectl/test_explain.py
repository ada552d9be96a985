"""`kubectl explain`: what recording 40 holds, but for the descriptions, and what the template upstream prints elsewhere."""

import pytest

STRATEGY = """\
GROUP:      apps
KIND:       Deployment
VERSION:    v1

FIELD: strategy <DeploymentStrategy>


DESCRIPTION:
    How old Pods give way to new ones.
    
FIELDS:
  rollingUpdate\t<RollingUpdateDeployment>
    Bounds of a rolling update. Only with the type RollingUpdate.

  type\t<string>
  enum: Recreate, RollingUpdate
    RollingUpdate replaces Pods a few at a time, Recreate ends all of them
    before it makes new ones.


"""  # noqa: W293
POD = "KIND:       Pod\nVERSION:    v1\n\n"
TOLERATIONS = """\
FIELDS:
  effect\t<string>
  enum: NoExecute, NoSchedule, PreferNoSchedule
  key\t<string>
  operator\t<string>
  enum: Equal, Exists, Gt, Lt
  tolerationSeconds\t<integer>
  value\t<string>

"""


def test_a_field_of_a_kind(typed):
    assert typed("kubectl explain deployment.spec.strategy") == (0, STRATEGY, "")
    assert typed("kubectl explain deploy.apps.spec.strategy.") == (0, STRATEGY, "")


def test_a_kind(typed):
    _, printed, _ = typed("kubectl explain pods --recursive=false")
    assert printed.startswith(f"{POD}DESCRIPTION:\n")
    fields = [
        "  apiVersion\t<string>",
        "  kind\t<string>",
        "  metadata\t<ObjectMeta>",
        "  spec\t<PodSpec>",
        "  status\t<PodStatus>",
    ]
    assert [line for line in printed.splitlines() if "\t" in line] == fields
    assert printed.endswith("\n\n\n")


def test_values_of_a_field_are_listed_and_a_field_without_fields_ends_there(typed):
    _, printed, _ = typed("kubectl explain pod.spec.containers.imagePullPolicy")
    values = "ENUM:\n    Always\n    IfNotPresent\n    Never\n\nDESCRIPTION:\n    When the image is pulled."
    assert printed.startswith(f"{POD}FIELD: imagePullPolicy <string>\n{values}")
    assert printed.endswith(" else IfNotPresent.\n    \n\n")
    assert typed("kubectl explain cm.data")[1].endswith("FIELD: data <map[string]string>\n\n\nDESCRIPTION:\n    <empty>\n\n")


def test_all_below_without_descriptions(typed):
    assert typed("kubectl explain pods.spec.tolerations --recursive")[1].endswith(TOLERATIONS)
    _, printed, _ = typed("kubectl explain pod.spec.containers --recursive")
    for line in (
        "  image\t<string>\n",
        "  name\t<string> -required-\n",
        "  ports\t<[]ContainerPort>\n    containerPort\t<integer> -required-\n",
        "  resources\t<ResourceRequirements>\n    claims\t<[]ResourceClaim>\n      name\t<string> -required-\n",
        "    limits\t<map[string]Quantity>\n",
        "    httpGet\t<HTTPGetAction>\n      host\t<string>\n",
        "      port\t<IntOrString> -required-\n      scheme\t<string>\n      enum: HTTP, HTTPS\n",
        "    stopSignal\t<string>\n    enum: SIGABRT, SIGALRM, SIGBUS, SIGCHLD, ....\n",
    ):
        assert line in printed


@pytest.mark.parametrize(
    ("line", "stdout", "stderr"),
    [
        ("pods.spec.nope", POD, 'error: field "nope" does not exist\n'),  # v1.36 prints the kind all the same
        ("foo.spec", "", 'error: the server doesn\'t have a resource type "foo"\n'),
        ("", "", "error: You must specify the type of resource to explain. Use \"kubectl api-resources\" for a complete list of "
         "supported resources.\n"),
        ("pods nodes", "", "error: We accept only this format: explain RESOURCE\n"),
        ("hpa --api-version=autoscaling/v1", "",
         'error: couldn\'t find resource for "autoscaling/v1, Resource=horizontalpodautoscalers"\n'),
        ("pods --api-version=apps/v1", "", "error: GVR (apps/v1, Resource=pods) not found in OpenAPI schema\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_explained(line, stdout, stderr, typed):
    assert typed(f"kubectl explain {line}") == (1, stdout, stderr)
