"""What pressing Tab would show, line by line."""

from __future__ import annotations

import pytest

from gen.objects.kinds import kind_named
from gen.play.kubectl.completion import LISTED, MOST, completions
from gen.play.kubectl.flags import VERBS
from gen.trace.record import Ref

OBJECTS = {
    ref: {}
    for ref in (
        Ref("Namespace", "", "default"), Ref("Namespace", "", "shop"), Ref("Namespace", "", "kube-system"),
        Ref("Node", "", "node-1"), Ref("Node", "", "node-2"), Ref("Node", "", "edge"),
        Ref("Deployment", "default", "web"), Ref("Deployment", "shop", "till"),
        Ref("ReplicaSet", "default", "web-64f5d8"),
        Ref("Pod", "default", "web-64f5d8-x2k9q"), Ref("Pod", "default", "web-64f5d8-9g9bm"), Ref("Pod", "shop", "till-1"),
        Ref("Pod", "default", "lonely"),
    )
}  # fmt: skip
FILES = ("web.yaml", "wrong.yaml", "shop/till.yaml")
PODS = ["lonely", "web-64f5d8-9g9bm", "web-64f5d8-x2k9q"]


def after(line: str) -> list[str]:
    return completions(line, OBJECTS, FILES)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", sorted(VERBS)),
        ("k", ["kubectl"]),
        ("kubectl", ["kubectl"]),
        ("kubectl ", sorted(VERBS)),
        ("kubectl   de", ["delete", "describe"]),
        ("de", ["delete", "describe"]),
        ("kubectl -n shop g", ["get"]),
        ("kubectl nonsense ", []),
        ("kubectl rollout ", ["history", "pause", "restart", "resume", "status", "undo"]),
        ("kubectl create d", ["deployment"]),
        ("kubectl create r", ["role", "rolebinding"]),
        ("kubectl set ", ["env", "image", "resources"]),
        ("kubectl rollout undo --t", ["--to-revision"]),
        ("kubectl rollout status --t", ["--timeout"]),
        ("kubectl run ", []),
        ("kubectl apply ", ["set-last-applied", "view-last-applied"]),
    ],
)
def test_verbs(line, expected):
    assert after(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kubectl get p", ["persistentvolumeclaims", "persistentvolumes", "poddisruptionbudgets.policy", "pods", "podtemplates",
                           "priorityclasses.scheduling.k8s.io", "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io"]),
        ("kubectl get deploy", ["deployments.apps"]),
        ("get pods,rep", ["pods,replicasets.apps", "pods,replicationcontrollers"]),
        ("get pods,pod", ["pods,poddisruptionbudgets.policy", "pods,podtemplates"]),
        ("kubectl scale ", ["deployment", "replicaset", "replicationcontroller", "statefulset"]),
        ("kubectl rollout status d", ["daemonset", "deployment"]),
        ("kubectl taint ", ["node"]),
        ("kubectl set image sta", ["statefulsets.apps"]),
        ("kubectl get token", []),
    ],
)  # fmt: skip
def test_kinds(line, expected):
    assert after(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kubectl get pods ", PODS),
        ("kubectl explain pods ", []),
        ("kubectl get po w", PODS[1:]),
        ("kubectl delete pod lonely ", PODS[1:]),
        ("kubectl describe -n shop pod ", ["till-1"]),
        ("kubectl describe pod --namespace=shop t", ["till-1"]),
        ("kubectl -nshop describe pod ", ["till-1"]),
        ("kubectl describe pod -A ", PODS),
        ("kubectl get deploy,rs ", ["web", "web-64f5d8"]),
        ("kubectl get pod/", [f"pod/{name}" for name in PODS]),
        ("kubectl get po/lo", ["po/lonely"]),
        ("kubectl get pod/lonely pod/", [f"pod/{name}" for name in PODS[1:]]),
        ("kubectl get pod/lonely depl", ["deployments.apps/"]),
        ("kubectl get nothing/", []),
        ("kubectl get nothing ", []),
        ("kubectl scale deployment/", ["deployment/web"]),
        ("kubectl scale pod/", []),
        ("kubectl rollout status deployment/w", ["deployment/web"]),
        ("kubectl set image deployment/w", ["deployment/web"]),
        ("kubectl wait pod/l", ["pod/lonely"]),
        ("kubectl label pods lonely tier=web ", PODS[1:]),
        ("kubectl cordon ", ["edge", "node-1", "node-2"]),
        ("kubectl uncordon n", ["node-1", "node-2"]),
        ("kubectl cordon node-1 n", ["node-2"]),
        ("kubectl taint nodes n", ["node-1", "node-2"]),
        ("kubectl get ns s", ["shop"]),
        ("kubectl delete -f web.yaml ", []),
        ("kubectl get pods -- w", PODS[1:]),
    ],
)
def test_names_of_what_there_is(line, expected):
    assert after(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kubectl cordon -", ["--namespace", "--selector", "-l", "-n"]),
        ("kubectl cordon --", ["--namespace", "--selector"]),
        ("kubectl -", ["--namespace", "-n"]),
        ("kubectl get pods --s", ["--selector", "--show-kind", "--show-labels", "--show-managed-fields", "--sort-by"]),
        ("kubectl get pods --show-labels --s", ["--selector", "--show-kind", "--show-managed-fields", "--sort-by"]),
        ("kubectl get pods -l app=web --s", ["--show-kind", "--show-labels", "--show-managed-fields", "--sort-by"]),
        ("kubectl apply -f web.yaml --f", ["--field-manager", "--filename", "--force-conflicts"]),
        ("kubectl cordon --nothing", []),
        ("kubectl get pods -- --s", []),
    ],
)
def test_flags_of_the_verb(line, expected):
    assert after(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kubectl get pods -n ", ["default", "kube-system", "shop"]),
        ("kubectl -n s", ["shop"]),
        ("kubectl get pods --namespace=s", ["--namespace=shop"]),
        ("kubectl get pods -n=s", ["-n=shop"]),
        ("kubectl apply -f ", ["shop/till.yaml", "web.yaml", "wrong.yaml"]),
        ("kubectl apply -f web.yaml -f wr", ["wrong.yaml"]),
        ("kubectl apply --filename=we", ["--filename=web.yaml"]),
        ("kubectl get pods -o ", ["custom-columns=", "json", "jsonpath-as-json=", "jsonpath=", "name", "wide", "yaml"]),
        ("kubectl wait pod/lonely --for=d", ["--for=delete"]),
        ("kubectl wait pod/lonely --for c", ["condition=", "create"]),
        ("kubectl delete pod lonely --cascade=o", ["--cascade=orphan"]),
        ("kubectl scale deployment/web --replicas ", []),
        ("kubectl get pods -l ", []),
    ],
)
def test_values_of_flags(line, expected):
    assert after(line) == expected


@pytest.mark.parametrize("line", ["kubectl get pods -l 'app", 'kubectl label pod lonely "a b', "kubectl get \\"])
def test_a_word_in_open_quotes_is_left_alone(line):
    assert after(line) in ([], sorted(LISTED))


def test_a_word_in_quotes_is_one_word():
    assert after("kubectl annotate pod lonely note='a b' ") == PODS[1:]


def test_every_kind_that_is_offered_is_understood():
    assert [kind.resource for word in LISTED if (kind := kind_named(word))] == list(LISTED)


def test_there_is_a_limit():
    many = [Ref("Pod", "default", f"web-{number}") for number in range(3 * MOST)]
    assert len(completions("kubectl get pods ", many)) == MOST
