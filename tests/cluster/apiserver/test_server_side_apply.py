"""Server-side apply at a whole server: who gets which field, and who is refused."""

import pytest

from gen.cluster.apiserver.status import StatusError
from gen.kit.evolve import evolve
from gen.objects import meta

ENV = [{"name": "A", "value": "1"}]


def wanted(replicas=2, image="nginx:1.25", env=ENV, labels=None):
    container = {"name": "web", "image": image, **({"env": env} if env is not None else {})}
    spec = {"replicas": replicas} if replicas is not None else {}
    template = {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [container]}}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "namespace": "default", **({"labels": labels} if labels else {})},
        "spec": {**spec, "selector": {"matchLabels": {"app": "web"}}, "template": template},
    }


@pytest.fixture
def apply(bench):
    def apply(manager, obj, **how):
        return bench.ask(bench.admin.managing_as(manager).apply(obj, **how))

    return apply


def managers(obj):
    return [(one["operation"], one["manager"], one.get("subresource", "")) for one in obj["metadata"]["managedFields"]]


def fields(obj, manager):
    (found,) = [one["fieldsV1"] for one in obj["metadata"]["managedFields"] if one["manager"] == manager]
    return found


def container(obj):
    return obj["spec"]["template"]["spec"]["containers"][0]


def test_what_is_not_there_is_created(bench, apply):
    made = apply("alice", wanted())
    assert made["spec"]["progressDeadlineSeconds"] == 600
    assert managers(made) == [("Apply", "alice", "")]
    assert fields(made, "alice")["f:spec"]["f:replicas"] == {}
    assert "f:progressDeadlineSeconds" not in fields(made, "alice")["f:spec"]
    assert "managedFields" not in bench.server.find("Deployment", "default", "web")["metadata"]


def test_the_same_again_writes_nothing(apply):
    assert apply("alice", wanted())["metadata"]["resourceVersion"] == apply("alice", wanted())["metadata"]["resourceVersion"]


def test_another_manager_may_apply_the_same_values(apply):
    apply("alice", wanted())
    both = apply("bob", wanted())
    assert managers(both) == [("Apply", "alice", ""), ("Apply", "bob", "")]
    assert fields(both, "alice") == fields(both, "bob")


def test_another_value_of_anothers_field_is_a_conflict(apply):
    apply("alice", wanted())
    with pytest.raises(StatusError) as one:
        apply("bob", wanted(replicas=5))
    assert (one.value.code, one.value.reason) == (409, "Conflict")
    assert one.value.message == 'Apply failed with 1 conflict: conflict with "alice": .spec.replicas'
    with pytest.raises(StatusError) as two:
        apply("bob", wanted(replicas=5, image="nginx:1.26"))
    lines = ['Apply failed with 2 conflicts: conflicts with "alice":', "- .spec.replicas"]
    assert two.value.message == "\n".join([*lines, '- .spec.template.spec.containers[name="web"].image'])
    assert [cause["field"] for cause in two.value.details["causes"]][:1] == [".spec.replicas"]


def test_by_force_the_field_changes_hands(apply):
    apply("alice", wanted())
    taken = apply("bob", wanted(replicas=5), force=True)
    assert taken["spec"]["replicas"] == 5
    assert "f:replicas" not in fields(taken, "alice")["f:spec"]
    assert "f:replicas" in fields(taken, "bob")["f:spec"]


def test_a_field_that_is_no_longer_applied_goes_unless_another_holds_it(apply):
    apply("alice", wanted())
    gone = apply("alice", wanted(env=None))
    assert "env" not in container(gone)
    apply("alice", wanted())
    apply("bob", wanted())
    kept = apply("alice", wanted(env=None))
    assert container(kept)["env"] == ENV
    assert "env" not in container(apply("bob", wanted(env=None)))


def test_a_defaulted_field_that_is_given_up_falls_back_to_the_default(apply):
    apply("alice", wanted(replicas=4))
    assert apply("alice", wanted(replicas=None))["spec"]["replicas"] == 1


def test_whoever_updates_takes_the_field_without_asking(bench, apply):
    made = apply("alice", wanted())
    scaler = bench.admin.managing_as("kubectl")
    bench.ask(scaler.patch("Deployment", "default", "web", {"spec": {"replicas": 7}}, how="merge", subresource="scale"))
    found = bench.ask(bench.admin.get("Deployment", "default", "web", managed=True))
    assert managers(found) == [("Apply", "alice", ""), ("Update", "kubectl", "scale")]
    assert fields(found, "kubectl") == {"f:spec": {"f:replicas": {}}}
    with pytest.raises(StatusError) as refused:
        apply("alice", wanted())
    text = 'conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas'
    assert refused.value.message == f"Apply failed with 1 conflict: {text}"
    assert meta.uid(made) == meta.uid(apply("alice", wanted(replicas=None)))


def test_a_list_is_merged_by_its_keys_and_an_atomic_field_is_replaced(bench, apply):
    apply("alice", wanted())
    more = wanted(env=None)
    container(more)["ports"] = [{"containerPort": 80}]
    merged = apply("bob", more)
    assert container(merged)["env"] == ENV
    assert container(merged)["ports"] == [{"containerPort": 80, "protocol": "TCP"}]


def test_a_dry_run_leaves_no_trace(bench, apply):
    apply("alice", wanted())
    before = bench.ask(bench.admin.get("Deployment", "default", "web", managed=True))
    assert apply("bob", wanted(replicas=5), force=True, dry_run=True)["spec"]["replicas"] == 5
    assert bench.ask(bench.admin.get("Deployment", "default", "web", managed=True)) == before


def test_a_field_that_the_kind_does_not_have_is_refused(apply):
    with pytest.raises(StatusError) as refused:
        apply("alice", evolve(wanted(), "spec.replcas", 1))
    told = "failed to create typed patch object (default/web; apps/v1, Kind=Deployment): "
    assert (refused.value.code, refused.value.message) == (500, f"{told}.spec.replcas: field not declared in schema")


def test_created_on_the_clients_side_and_applied_by_kubectl_is_no_conflict(bench, apply):
    last = "kubectl.kubernetes.io/last-applied-configuration"
    import json

    annotated = evolve(wanted(), ("metadata", "annotations"), {last: json.dumps(wanted())})
    bench.ask(bench.admin.managing_as("kubectl-client-side-apply").create(annotated))
    with pytest.raises(StatusError):
        apply("somebody", wanted(image="nginx:1.26"))
    applied = apply("kubectl", wanted(image="nginx:1.26"))
    assert container(applied)["image"] == "nginx:1.26"
    assert json.loads(meta.annotations(applied)[last])["spec"]["template"]["spec"]["containers"][0]["image"] == "nginx:1.26"


def test_fields_are_forgotten_with_their_object(bench, apply):
    apply("alice", wanted())
    bench.ask(bench.admin.delete("Deployment", "default", "web"))
    assert managers(apply("bob", wanted())) == [("Apply", "bob", "")]
