"""What Helm and kustomize print comes with namespaces and kinds taken for granted: it is played, and all of it is told."""

from __future__ import annotations

import pytest

from gen.play.reading.bad_input import BadInput
from gen.play.scenario.load import load
from gen.play.scenario.manifests import plain
from gen.play.scenario.refusals import refusal
from gen.play.simulate import simulate
from gen.trace.query import stored
from gen.trace.record import Ref, Said

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: nginx}]}\n"
DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replcas: 1}\n"
HELM = """\
---
# Source: shop/templates/configmap.yaml
apiVersion: v1
kind: ConfigMapList
items:
- metadata: {name: shop, namespace: prod}
  data: {a: "1", a: "2"}
---
# Source: shop/templates/empty.yaml
---
# Source: shop/templates/certificate.yaml
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: shop, namespace: prod}
---
# Source: shop/templates/class.yaml
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: shop}
---
# Source: shop/templates/hpa.yaml
apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata: {name: shop}
spec: {maxReplicas: 3, scaleTargetRef: {kind: Deployment, name: shop}, targetCPUUtilizationPercentage: 80}
---
# Source: shop/templates/tests/test-connection.yaml
apiVersion: v1
kind: Pod
metadata:
  name: shop-test
  namespace: prod
  annotations: {helm.sh/hook: test}
spec:
  containers: [{name: curl, image: busybox, command: [echo, ok]}]
  restartPolicy: Never
---
"""


def test_a_chart_is_played_and_what_it_takes_for_granted_is_told():
    scenario = plain(["-"], {"-": HELM})
    trace = simulate(scenario)
    assert [said.rc for said in trace.of(Said)] == [0, 0]
    assert set(stored(trace, trace.info["end"])) >= {
        Ref("Namespace", "", "prod"), Ref("ConfigMap", "prod", "shop"), Ref("Certificate", "prod", "shop"),
        Ref("GatewayClass", "", "shop"), Ref("HorizontalPodAutoscaler", "default", "shop"), Ref("Pod", "prod", "shop-test"),
    }  # fmt: skip
    assert trace.info["notSimulated"] == ["Certificate", "GatewayClass", "HorizontalPodAutoscaler"]
    assert scenario.notes == (
        "namespaces that no manifest makes, made first: prod",
        "kinds that the cluster is taken to have already: Certificate (cert-manager.io/v1), "
        "GatewayClass (gateway.networking.k8s.io/v1)",
        "Helm's hooks, played as any manifest: Pod shop-test (test); `helm template --no-hooks` leaves them out",
        "keys that stand twice, of which the last counts, as for kubectl: -:7 items[0].data.a",
    )


REFUSED = """\
apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: a}
---
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: {name: b}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c, namespace: later}
---
apiVersion: v1
kind: Namespace
metadata: {name: later}
---
spec: {}
"""


def test_every_refusal_has_its_place_and_its_remedy():
    scenario = plain(["-"], {"-": REFUSED})
    told = str(refusal(scenario, next(simulate(scenario).of(Said))))
    assert [line.split(" ")[0] for line in told.splitlines() if line.startswith("-:")] == [
        "-:2:1:", "-:6:1:", "-:17:1:", "-:11:21:",
    ]  # fmt: skip
    for remedy in ("Leave it out: Service", "apiVersion: policy/v1,", "Put the Namespace later before"):
        assert remedy in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "kind: List\napiVersion: v1\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n"
            "- {apiVersion: apps/v1, kind: Deployment, metadata: {name: b},\n   spec: {replcas: 1}}\n",
            "-:6:11: spec.replcas: ",
        ),
        ("NAME: shop\nLAST DEPLOYED: Mon\nNOTES:\nhello: world\n", "`helm get manifest`"),
        ("# Source: shop/templates/nothing.yaml\n---\n", "all that was read is empty"),
        (POD.replace("name: web}\n", "generateName: web-}\n"), "-:3:12: metadata.generateName: "),
        (POD + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: [a]}\n", "-:8:12: metadata.name: "),
        (f"{DEPLOYMENT}---\n{DEPLOYMENT}", 'unknown field "spec.replcas" (2 times)'),
        (POD + "x: {{ .Values.x }}\n", "render the chart first"),
    ],
)
def test_what_is_refused_is_told_where_it_stands(text, told):
    scenario = plain(["-"], {"-": text})
    assert told in str(refusal(scenario, next(simulate(scenario).of(Said))))


@pytest.mark.parametrize(
    ("files", "named", "complaint"),
    [
        (["kustomization.yaml", "web.yaml"], "", "kustomize build {} | python3 -m gen run -"),
        (["base/kustomization.yaml"], "", "kustomize build {}/base | python3 -m gen run -"),
        (["kustomization.yml"], "kustomization.yml", "kustomize build {} |"),
        (["Chart.yaml", "values.yaml", "templates/web.yaml"], "", " {} | python3 -m gen run -"),
        (["Chart.yaml", "templates/web.yaml"], "templates", " {} | python3 -m gen run -"),
        (["Chart.yaml", "templates/web.yaml"], "templates/web.yaml", " {} | python3 -m gen run -"),
        (["base/web.yaml", ".git/x.yaml"], "", "1 more in folders below, which can be named too: {}/base."),
    ],
)
def test_what_tools_make_manifests_of_is_pointed_to_the_tool(files, named, complaint, tmp_path):
    for file in files:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("name: x\n", encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        load(tmp_path / named)
    assert complaint.format(tmp_path) in str(refused.value)


def test_manifests_in_folders_below_are_not_passed_over_in_silence(tmp_path):
    (tmp_path / "more").mkdir()
    for file in ("web.yaml", "more/web.yaml"):
        (tmp_path / file).write_text(POD, encoding="utf-8")
    (note,) = load(tmp_path).notes
    assert note == f"not read, as by kubectl: 1 more in folders below, which can be named too: {tmp_path}/more"
