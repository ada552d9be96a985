"""`kubectl rollout`: what it changes and what it prints, as in the recordings 05, 17, 26, 40 and 84."""

import pytest

from gen.cluster.apiserver import status
from gen.kit.evolve import REMOVED, evolve
from gen.play.kubectl.verbs.rollout_undo import LAST_APPLIED

REVISION, CAUSE = "deployment.kubernetes.io/revision", "kubernetes.io/change-cause"
RESTARTED = "kubectl.kubernetes.io/restartedAt"
WARNING = (
    "Warning: resource deployments/web was previously managed with 'kubectl apply'. Rolling back will not update the "
    "kubectl.kubernetes.io/last-applied-configuration annotation, which may cause unexpected behavior on future 'kubectl apply' "
    "operations. Consider using 'kubectl apply' with your previous configuration file instead.\n"
)


def template(image, **labels):
    return {"metadata": {"labels": {"app": "web", **labels}}, "spec": {"containers": [{"name": "web", "image": image}]}}


def replica_set(revision, image, cause=""):
    name = f"web-{revision}"
    annotations = {REVISION: str(revision), "team": f"blue-{revision}", **({CAUSE: cause} if cause else {})}
    owner = {"kind": "Deployment", "name": "web", "uid": "d", "controller": True}
    metadata = {
        "name": name, "namespace": "default", "annotations": annotations, "labels": {"app": "web"},
        "ownerReferences": [owner], "creationTimestamp": f"2026-01-01T00:00:0{revision}Z",
    }  # fmt: skip
    spec = {"replicas": 0, "template": template(image, **{"pod-template-hash": name})}
    return {"apiVersion": "apps/v1", "kind": "ReplicaSet", "metadata": metadata, "spec": spec}


@pytest.fixture
def shop(api):
    """A Deployment with three revisions, and a StatefulSet."""
    for revision, image, cause in ((1, "web:1", "first"), (2, "web:2", ""), (3, "web:3", "to 3")):
        api.put("ADDED", ("ReplicaSet", "default", f"web-{revision}"), replica_set(revision, image, cause))
    stranger = evolve(replica_set(9, "web:9"), "metadata.ownerReferences", [])
    api.put("ADDED", ("ReplicaSet", "default", "stranger"), evolve(stranger, "metadata.name", "stranger"))
    metadata = {"namespace": "default", "uid": "d", "annotations": {REVISION: "3", "team": "blue-3"}}
    spec = {"selector": {"matchLabels": {"app": "web"}}, "template": template("web:3")}
    for kind, name in (("Deployment", "web"), ("StatefulSet", "db")):
        obj = {"apiVersion": "apps/v1", "kind": kind, "metadata": {"name": name, **metadata}, "spec": spec}
        api.put("ADDED", (kind, "default", name), obj)
    return api


def deployment(api):
    return api.objects["Deployment", "default", "web"]


def test_the_history_is_a_list_by_revision(typed, shop):
    told = "deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         first\n2         <none>\n3         to 3\n\n"
    assert typed("kubectl rollout history deployment/web") == (0, told, "")
    assert typed("kubectl rollout history deployments") == (0, told, "")


def test_a_revision_is_told_with_its_tabs(typed, shop):
    assert typed("kubectl rollout history deployment/web --revision=1") == (
        0,
        "deployment.apps/web with revision #1\nPod Template:\n  Labels:\tapp=web\n\tpod-template-hash=web-1\n"
        "  Annotations:\tkubernetes.io/change-cause: first\n  Containers:\n   web:\n    Image:\tweb:1\n    Port:\t<none>\n"
        "    Host Port:\t<none>\n    Environment:\t<none>\n    Mounts:\t<none>\n  Volumes:\t<none>\n  Node-Selectors:\t<none>\n"
        "  Tolerations:\t<none>\n\n",
        "",
    )


@pytest.mark.parametrize(
    ("words", "stderr"),
    [
        ("history deployment/web --revision=7", "error: unable to find the specified revision\n"),
        ("history deployment/web --revision=-1", "error: revision must be a positive integer: -1\n"),
        ("undo deployment/web --to-revision=7", "error: unable to find specified revision 7 in history\n"),
        ("undo deployment/web --to-revision=-1", "error: unable to find specified revision -1 in history\n"),
        ("undo", "error: required resource not specified\n"),
        ("resume deployment/web", 'error: deployments.apps "web" is not paused\n'),
        ("pause statefulset/db", 'error: statefulsets.apps "db" pausing is not supported\n'),
        ("resume statefulset/db", 'error: statefulsets.apps "db" resuming is not supported\n'),
        ("restart rs/web-1", 'error: replicasets.apps "web-1" restarting is not supported\n'),
        ("status rs/web-1", "error: no status viewer has been implemented for ReplicaSet\n"),
        ("history rs/web-1", "error: no history viewer has been implemented for ReplicaSet\n"),
        ("undo rs/web-1", "error: no rollbacker has been implemented for ReplicaSet\n"),
        ("pause deployment/none", 'Error from server (NotFound): deployments.apps "none" not found\n'),
    ],
)
def test_what_cannot_be_done(typed, shop, words, stderr):
    assert typed(f"kubectl rollout {words}") == (1, "", stderr)


def test_without_history_there_is_nothing_to_go_back_to(typed, shop):
    for revision in (1, 2):
        del shop.objects["ReplicaSet", "default", f"web-{revision}"]
    assert typed("kubectl rollout undo deployment/web") == (1, "", 'error: no rollout history found for deployment "web"\n')
    del shop.objects["ReplicaSet", "default", "web-3"]
    assert typed("kubectl rollout history deployment/web")[1] == "deployment.apps/web \nNo rollout history found.\n"


@pytest.mark.parametrize(("flag", "revision"), [("", 2), ("--to-revision=1", 1)])
def test_undo_writes_the_old_template_and_its_annotations(typed, shop, flag, revision):
    shop.change("Deployment", "web", ("metadata", "annotations", LAST_APPLIED), "{}")
    assert typed(f"kubectl rollout undo deployment/web {flag}") == (0, "deployment.apps/web rolled back\n", WARNING)
    assert deployment(shop)["spec"]["template"] == template(f"web:{revision}")
    cause = {CAUSE: "first"} if revision == 1 else {}
    assert deployment(shop)["metadata"]["annotations"] == {
        REVISION: "3", LAST_APPLIED: "{}", "team": f"blue-{revision}", **cause,
    }  # fmt: skip


def test_undo_to_what_is_there_already_does_nothing(typed, shop):
    said = "deployment.apps/web skipped rollback (current template already matches revision 3)\n"
    assert typed("kubectl rollout undo deployment/web --to-revision=3") == (0, said, "")


def test_a_paused_deployment_is_not_undone_and_not_restarted(typed, shop):
    assert typed("kubectl rollout pause deployment/web") == (0, "deployment.apps/web paused\n", "")
    assert deployment(shop)["spec"]["paused"] is True
    again = 'error: deployments.apps "web" is already paused\n'
    assert typed("kubectl rollout pause deployment/web") == (1, "", again)
    undone = "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume deployment/web' and try again"
    assert typed("kubectl rollout undo deployment/web") == (1, "", f"error: {undone}\n")
    restarted = """error: deployments.apps "web" can't restart paused deployment (run rollout resume first)\n"""
    assert typed("kubectl rollout restart deployment/web") == (1, "", restarted)
    assert typed("kubectl rollout resume deployment/web") == (0, "deployment.apps/web resumed\n", "")
    assert "paused" not in deployment(shop)["spec"]


def test_a_restart_writes_the_time_into_the_template_but_once_a_second(typed, shop):
    assert typed("kubectl rollout restart deployment/web statefulset/db") == (
        0, "deployment.apps/web restarted\nstatefulset.apps/db restarted\n", "",
    )  # fmt: skip
    assert deployment(shop)["spec"]["template"]["metadata"]["annotations"] == {RESTARTED: "2026-01-01T00:00:00Z"}
    rc, _, stderr = typed("kubectl rollout restart deployment/web")
    assert (rc, stderr.split(":")[1]) == (1, " failed to create patch for web")


def test_without_a_name_all_of_a_kind_are_meant(typed, shop):
    assert typed("kubectl rollout restart deployments")[1] == "deployment.apps/web restarted\n"
    assert typed("kubectl rollout pause deployments -l app=none") == (0, "", "No resources found in default namespace.\n")


def test_what_the_server_refuses(typed, shop):
    shop.refuses["patch"] = status.StatusError(403, "Forbidden", "no", {})
    assert typed("kubectl rollout pause deployment/web") == (1, "", "error: failed to patch: no\n")
    assert typed("kubectl rollout undo deployment/web") == (1, "", "error: failed restoring revision 0: no\n")


def test_a_change_cause_may_always_be_overwritten(typed, shop):
    shop.change("Deployment", "web", ("metadata", "annotations", CAUSE), "old")
    said = typed(f"kubectl annotate deployment/web {CAUSE}=new")
    assert said == (0, "deployment.apps/web annotated\n", "")
    assert typed("kubectl annotate deployment/web team=red")[0] == 1


def test_a_template_without_labels_has_none(typed, shop):
    path = "spec.template.metadata.labels"
    shop.change("ReplicaSet", "web-1", path, REMOVED)
    assert "  Labels:\t<none>\n" in typed("kubectl rollout history deployment/web --revision=1")[1]
