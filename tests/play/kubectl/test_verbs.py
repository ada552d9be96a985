from __future__ import annotations

import pytest

from gen.kit.loop import SECOND


def pod(name, app="web", node="node-1", **status):
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": "default", "labels": {"app": app}, "creationTimestamp": "2025-12-31T23:59:50Z"},
        "spec": {"nodeName": node, "containers": [{"name": "web", "image": "nginx"}]},
        "status": {"phase": "Running", **status},
    }


def deployment(**status):
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "namespace": "default", "generation": 1, "creationTimestamp": "2025-12-31T23:59:50Z"},
        "spec": {"replicas": 3},
        "status": status,
    }


@pytest.fixture
def shop(api):
    """Two Pods and a Deployment of three, complete."""
    complete = {"observedGeneration": 1, "replicas": 3, "updatedReplicas": 3, "readyReplicas": 3, "availableReplicas": 3}
    for obj in (pod("a"), pod("b", app="db", node="node-2"), deployment(**complete)):
        api.put("ADDED", (obj["kind"], "default", obj["metadata"]["name"]), obj)
    return api


@pytest.mark.parametrize(
    ("line", "rc", "stdout", "stderr"),
    [
        ("get pods -o name", 0, "pod/a\npod/b\n", ""),
        ("get pods -o name -l app=db", 0, "pod/b\n", ""),
        ("get pods -o name --field-selector spec.nodeName=node-1", 0, "pod/a\n", ""),
        ("get deploy,pods -o name", 0, "deployment.apps/web\npod/a\npod/b\n", ""),
        ("get pod/b deploy/web -o name", 0, "pod/b\ndeployment.apps/web\n", ""),
        ("get pods b a -o jsonpath={.items[*].metadata.name}", 0, "b a", ""),
        ("get pod a -o jsonpath='{.spec.nodeName}{\"\\n\"}'", 0, "node-1\n", ""),
        (
            "get pods -o jsonpath=\"{.kind} {range .items[*]}{.metadata.name}={.spec.nodeName}{'\\n'}{end}!\"",
            0,
            "List a=node-1\nb=node-2\n!",
            "",
        ),
        ("get pods -o custom-columns=N:.metadata.name,IP:.status.podIP", 0, "N     IP\na     <none>\nb     <none>\n", ""),
        ("get pods --sort-by=.spec.nodeName -o name", 0, "pod/a\npod/b\n", ""),
        (
            "get pods --sort-by=.spec.nope",
            1,
            "",
            'error: couldn\'t find any field with path "{.spec.nope}" in the list of objects\n',
        ),
        ("get pods -l app=none", 0, "", "No resources found in default namespace.\n"),
        ("-n other get all", 0, "", "No resources found in other namespace.\n"),
        ("get nodes", 0, "", "No resources found\n"),
        ("get pods -A -l x=y", 0, "", "No resources found\n"),
        ("get pod x", 1, "", 'Error from server (NotFound): pods "x" not found\n'),
        ("get pod x --ignore-not-found", 0, "", ""),
        ("get pod a x -o name", 1, "pod/a\n", 'Error from server (NotFound): pods "x" not found\n'),
        ("get deploy x -o yaml", 1, "", 'Error from server (NotFound): deployments.apps "x" not found\n'),
        ("get foo", 1, "", 'error: the server doesn\'t have a resource type "foo"\n'),
        ("get pods -l 'a b'", 1, "", "error: unable to parse requirement: found 'a b', expected: in, notin, =, ==, !=, gt, lt\n"),
        ("describe pod x", 1, "", 'Error from server (NotFound): pods "x" not found\n'),
        ("scale deployment/web --replicas=5", 0, "deployment.apps/web scaled\n", ""),
        (
            "scale deployment/web --replicas=-1",
            1,
            "",
            "error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0\n",
        ),
        ("scale deployment/web --current-replicas=7 --replicas=2", 1, "", "error: Expected replicas to be 7, was 3\n"),
        ("scale deployment --replicas=2", 1, "", "error: resource(s) were provided, but no name was specified\n"),
        ("scale pod/a --replicas=2", 1, "", "Error from server (NotFound): the server could not find the requested resource\n"),
        ("label pod a x=y", 0, "pod/a labeled\n", ""),
        ("label pod a app=web", 0, "pod/a not labeled\n", ""),
        ("label pod a app=db", 1, "", "error: 'app' already has a value (web), and --overwrite is false\n"),
        ("label pod a app=db --overwrite", 0, "pod/a labeled\n", ""),
        ("label pod a app-", 0, "pod/a unlabeled\n", ""),
        ("annotate pod a x=y", 0, "pod/a annotated\n", ""),
        ("cordon node-9", 1, "", 'Error from server (NotFound): nodes "node-9" not found\n'),
        ("delete pod x", 1, "", 'Error from server (NotFound): pods "x" not found\n'),
        ("delete pod x --ignore-not-found", 0, "", ""),
        ("delete pods -l app=none", 0, "No resources found\n", ""),
        ("delete pod", 1, "", "error: resource(s) were provided, but no name was specified\n"),
        (
            "delete pod a --force --grace-period=5",
            1,
            "",
            "error: --force and --grace-period greater than 0 cannot be specified together\n",
        ),
        ("wait --for=condition=Ready pod/x", 1, "", 'Error from server (NotFound): pods "x" not found\n'),
        ("wait --for=condition=Ready pod -l app=none", 1, "", "error: no matching resources found\n"),
        ("wait --for=soon pod/a", 1, "", 'error: unrecognized condition: "soon"\n'),
        ("wait --for=delete pod/x", 0, "", ""),
        ("wait --for=jsonpath={.status.phase}=Running pod/a", 0, "pod/a condition met\n", ""),
        ("rollout status deployment/web", 0, 'deployment "web" successfully rolled out\n', ""),
        (
            "create deployment web --image=nginx",
            1,
            "",
            'error: failed to create deployment: deployments.apps "web" already exists\n',
        ),
        ("create deployment new --image=repo/nginx:1", 0, "deployment.apps/new created\n", ""),
        ("create namespace shop", 0, "namespace/shop created\n", ""),
        ("run c --image=nginx", 0, "pod/c created\n", ""),
        ("fly", 1, "", 'error: unknown command "fly" for "kubectl"\n'),
    ],
)
@pytest.mark.usefixtures("shop")
def test_what_is_printed(line, rc, stdout, stderr, typed):
    assert typed(f"kubectl {line}") == (rc, stdout, stderr)


@pytest.mark.usefixtures("shop")
def test_tables_of_several_kinds(typed):
    _, stdout, _ = typed("kubectl get pods,deploy")
    assert [line.split()[0] if line else "" for line in stdout.splitlines()] == [
        "NAME",
        "pod/a",
        "pod/b",
        "",
        "NAME",
        "deployment.apps/web",
    ]


def test_delete_waits_until_the_pod_is_gone(typed, shop):
    assert typed("kubectl delete pod a") == (0, 'pod "a" deleted from default namespace\n', "")
    assert ("Pod", "default", "a") not in shop.objects
    assert shop.loop.now >= SECOND


def test_delete_need_not_wait(typed, shop):
    rc, _, _ = typed("kubectl delete pods --all --wait=false --grace-period=0", until_s=0.1)
    assert rc == 0
    assert ("delete", "Pod", "a", 1, "Background") in shop.calls
    assert ("Pod", "default", "a") in shop.objects


def test_delete_loses_patience(typed, shop):
    assert typed("kubectl delete pod a --timeout=500ms") == (
        1,
        'pod "a" deleted from default namespace\n',
        "error: timed out waiting for the condition on pods/a\n",
    )


def test_delete_by_force(typed, shop):
    rc, stdout, stderr = typed("kubectl -n default delete pod a --grace-period=0 --force")
    assert (rc, stdout) == (0, 'pod "a" force deleted from default namespace\n')
    assert stderr.startswith("Warning: Immediate deletion does not wait for confirmation")
    assert ("delete", "Pod", "a", 0, "Background") in shop.calls


def test_delete_by_file_and_what_belongs_to_the_cluster(typed, shop):
    typed.files["ns.yaml"] = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"
    assert (
        typed("kubectl delete -f ns.yaml")[2]
        == 'Error from server (NotFound): error when deleting "ns.yaml": namespaces "shop" not found\n'
    )
    typed("kubectl apply -f ns.yaml")
    assert typed("kubectl -n x delete -f ns.yaml --cascade=orphan") == (
        0,
        'namespace "shop" deleted\n',
        "Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n",
    )
    assert ("delete", "Namespace", "shop", None, "Orphan") in shop.calls


def test_wait_for_a_condition(typed, shop):
    shop.loop.after(5 * SECOND, shop.change, "Pod", "a", "status.conditions", [{"type": "Ready", "status": "True"}])
    assert typed("kubectl wait --for=condition=ready pod/a --timeout=60s") == (0, "pod/a condition met\n", "")
    assert 5 * SECOND <= shop.loop.now < 6 * SECOND


def test_wait_loses_patience(typed, shop):
    assert typed("kubectl wait --for=condition=Ready pod --all --timeout=2s") == (
        1,
        "",
        "timed out waiting for the condition on pods/a\ntimed out waiting for the condition on pods/b\n",
    )


def test_wait_for_the_end(typed, shop):
    shop.loop.after(SECOND, shop.put, "DELETED", ("Pod", "default", "a"), shop.objects["Pod", "default", "a"])
    assert typed("kubectl wait --for=delete pod/a") == (0, "pod/a condition met\n", "")


def test_rollout_status_tells_every_change(typed, shop):
    shop.change("Deployment", "web", "status", {"observedGeneration": 1, "replicas": 3, "updatedReplicas": 1})
    for at_s, status in (
        (1, {"updatedReplicas": 3, "replicas": 4}),
        (2, {"updatedReplicas": 3, "replicas": 3, "availableReplicas": 2}),
        (3, {"updatedReplicas": 3, "replicas": 3, "availableReplicas": 3}),
    ):
        shop.loop.after(at_s * SECOND, shop.change, "Deployment", "web", "status", {"observedGeneration": 1, **status})
    assert typed("kubectl rollout status deployment/web") == (
        0,
        'Waiting for deployment "web" rollout to finish: 1 out of 3 new replicas have been updated...\n'
        'Waiting for deployment "web" rollout to finish: 1 old replicas are pending termination...\n'
        'Waiting for deployment "web" rollout to finish: 2 of 3 updated replicas are available...\n'
        'deployment "web" successfully rolled out\n',
        "",
    )


def test_rollout_status_gives_up(typed, shop):
    shop.change("Deployment", "web", "status", {"observedGeneration": 0})
    waiting = "Waiting for deployment spec update to be observed...\n"
    assert typed("kubectl rollout status deployment/web --timeout=5s") == (
        1,
        waiting,
        "error: timed out waiting for the condition\n",
    )
    late = {"observedGeneration": 1, "conditions": [{"type": "Progressing", "reason": "ProgressDeadlineExceeded"}]}
    shop.change("Deployment", "web", "status", late)
    assert typed("kubectl rollout status deployment/web")[2] == 'error: deployment "web" exceeded its progress deadline\n'


def test_cordon_and_uncordon(typed, api):
    api.put("ADDED", ("Node", "", "node-1"), {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "node-1"}, "spec": {}})
    said = [typed(f"kubectl {verb} node-1")[1] for verb in ("cordon", "cordon", "uncordon", "uncordon")]
    assert said == [
        "node/node-1 cordoned\n",
        "node/node-1 already cordoned\n",
        "node/node-1 uncordoned\n",
        "node/node-1 already uncordoned\n",
    ]


@pytest.mark.parametrize(
    ("line", "said", "left"),
    [
        ("node-1 a=b:NoSchedule", "node/node-1 tainted\n", ["a:NoSchedule", "old:NoExecute"]),
        ("node-1 old-", "node/node-1 untainted\n", []),
        ("node-1 old:NoExecute- a:NoSchedule", "node/node-1 modified\n", ["a:NoSchedule"]),
        ("node-1 old=x:NoExecute --overwrite", "node/node-1 modified\n", ["old:NoExecute"]),
        (
            "node-1 old=x:NoExecute",
            "error: node node-1 already has old taint(s) with same effect(s) and --overwrite is false\n",
            None,
        ),
        ("node-1 new-", 'error: taint "new" not found\n', None),
        ("node-1 a=b:Never", "error: invalid taint effect: Never, unsupported taint effect\n", None),
        ("node-1 a=b", "error: invalid taint spec: a=b\n", None),
        ("node-1", "error: at least one taint update is required\n", None),
    ],
)
def test_taint(typed, api, line, said, left):
    spec = {"taints": [{"key": "old", "effect": "NoExecute"}]}
    api.put("ADDED", ("Node", "", "node-1"), {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "node-1"}, "spec": spec})
    rc, stdout, stderr = typed(f"kubectl taint nodes {line}")
    assert (rc, stdout + stderr) == (int(left is None), said)
    found = [f"{one['key']}:{one['effect']}" for one in api.objects["Node", "", "node-1"]["spec"].get("taints") or []]
    assert found == (["old:NoExecute"] if left is None else left)


def test_describe_takes_the_beginning_of_a_name(typed, shop):
    shop.put("ADDED", ("Pod", "default", "long-name"), pod("long-name"))
    _, stdout, _ = typed("kubectl describe pod long")
    assert stdout.splitlines()[0].split() == ["Name:", "long-name"]
    assert typed("kubectl describe node")[2] == "No resources found\n"
