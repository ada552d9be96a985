"""What the trace keeps of an object on its way: what was sent, and what each stage made of it."""

from gen.kit.evolve import evolve
from gen.trace.record import Write

LIMITS = {
    "apiVersion": "v1", "kind": "LimitRange", "metadata": {"name": "small", "namespace": "default"},
    "spec": {"limits": [{"type": "Container", "default": {"memory": "128Mi"}}]},
}  # fmt: skip


def last_write(bench):
    return [write for write in bench.server.trace.of(Write) if write.ref.kind != "Event"][-1]


def test_every_stage_is_credited_with_what_it_set(bench, pod):
    bench.ask(bench.admin.create(LIMITS))
    bench.ask(bench.admin.create(evolve(pod, "metadata.annotations", {"a": "b"}), written=pod))
    write = last_write(bench)
    assert write.sent == pod
    assert write.made["kubectl"] == ["/metadata/annotations"]
    assert write.made["LimitRanger"] == [
        "/metadata/annotations/kubernetes.io~1limit-ranger",
        "/spec/containers/0/resources/requests",
        "/spec/containers/0/resources/limits",
    ]
    assert write.made["Priority"] == ["/spec/priority", "/spec/preemptionPolicy"]
    assert {"defaults", "ServiceAccount", "DefaultTolerationSeconds", "prepare"} <= set(write.made)


def test_of_each_owner_the_first_object_of_a_kind_is_followed(bench, pod):
    owner = {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "uid": "u1", "controller": True}
    controller, kept = bench.admin, []
    controller.typed = True
    for name, owned in (("a", True), ("b", True), ("c", False)):
        made = evolve(pod, "metadata.name", name, "metadata.ownerReferences", [owner] if owned else [])
        bench.ask(controller.create(made))
        kept.append(last_write(bench).sent is not None)
    assert kept == [True, False, False]


def test_a_field_manager_is_a_stage(bench, pod):
    bench.ask(bench.admin.create(pod))
    team = {"apiVersion": "v1", "kind": "Pod", "metadata": {**pod["metadata"], "labels": {"team": "red"}}}
    bench.ask(bench.admin.managing_as("red").apply(team))
    write = last_write(bench)
    assert write.sent == team
    assert write.made == {"Apply red": ["/metadata/labels"]}
