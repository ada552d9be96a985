"""Create, update, delete: what is kept, what is counted, who loses."""

import pytest

from gen.cluster.apiserver.pipeline import printed
from gen.cluster.apiserver.status import StatusError
from gen.kit.evolve import evolve
from gen.kit.process import Process


def deployment(replicas=3):
    template = {"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"name": "web", "image": "nginx"}]}}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "namespace": "default"},
        "spec": {"replicas": replicas, "selector": {"matchLabels": {"app": "web"}}, "template": template},
    }


def test_the_chain_can_be_printed():
    assert printed() == (
        "authn ▸ authz ▸ decode ▸ note what is not simulated ▸ defaults ▸ mutating admission ▸ prepare ▸ validation"
        " ▸ allocation ▸ validating admission ▸ store"
    )


def test_a_spec_counts_generations_and_a_status_does_not(bench):
    made = bench.ask(bench.admin.create(deployment()))
    assert (made["metadata"]["generation"], made["status"]) == (1, {})
    told = bench.ask(bench.admin.update(evolve(made, "status.replicas", 3, "spec.replicas", 99), subresource="status"))
    assert (told["metadata"]["generation"], told["spec"]["replicas"], told["status"]["replicas"]) == (1, 3, 3)
    scaled = bench.ask(bench.admin.update(evolve(told, "spec.replicas", 5, "status.replicas", 99)))
    assert (scaled["metadata"]["generation"], scaled["status"]["replicas"]) == (2, 3)
    assert scaled["metadata"]["uid"] == made["metadata"]["uid"]


def test_an_update_of_an_old_version_is_refused_and_a_patch_is_not(bench):
    made = bench.ask(bench.admin.create(deployment()))
    bench.ask(bench.admin.patch("Deployment", "default", "web", {"spec": {"replicas": 4}}))
    with pytest.raises(StatusError, match="the object has been modified; please apply your changes to the latest version"):
        bench.ask(bench.admin.update(evolve(made, "spec.replicas", 5)))
    bench.ask(bench.admin.patch("Deployment", "default", "web", {"spec": {"replicas": 6}}, how="merge"))
    assert bench.server.find("Deployment", "default", "web")["spec"]["replicas"] == 6


def test_an_update_that_changes_nothing_writes_nothing(bench):
    made = bench.ask(bench.admin.create(deployment()))
    before = bench.server.store.revision
    assert bench.ask(bench.admin.update(made)) == made
    assert bench.server.store.revision == before


def test_writers_at_the_same_moment_all_get_their_turn(bench):
    bench.ask(bench.admin.create(deployment()))
    everybody = Process(bench.loop, "everybody")
    for number in range(5):
        label = {"metadata": {"labels": {f"writer-{number}": "was-here"}}}
        everybody.spawn(bench.admin.patch("Deployment", "default", "web", label))
    bench.loop.run(until=bench.loop.now + 1_000_000)
    assert len(bench.server.find("Deployment", "default", "web")["metadata"]["labels"]) == 5


@pytest.mark.parametrize(
    ("request_of", "code", "text"),
    [
        (lambda api: api.get("Pod", "default", "nope"), 404, 'pods "nope" not found'),
        (lambda api: api.create(deployment()), 409, 'deployments.apps "web" already exists'),
        (lambda api: api.update(deployment(-1)), 422, "must be greater than or equal to 0"),
        (lambda api: api.list("Pod", fields="spec.nope=1"), 400, "field label not supported: spec.nope"),
        (lambda api: api.delete("Deployment", "default", "web", uid="other"), 409, "UID"),
    ],
)  # fmt: skip
def test_refusals(bench, request_of, code, text):
    bench.ask(bench.admin.create(deployment()))
    with pytest.raises(StatusError) as refused:
        bench.ask(request_of(bench.admin))
    assert refused.value.code == code
    assert text in refused.value.message


def test_a_pod_is_deleted_in_two_steps_and_one_without_a_node_at_once(bench, pod):
    bench.ask(bench.admin.create(pod))
    bench.ask(bench.admin.delete("Pod", "default", "web"))
    assert bench.server.find("Pod", "default", "web") is None
    bench.ask(bench.admin.create({"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n"}}))
    bench.ask(bench.admin.create(pod))
    bench.ask(bench.admin.bind("default", "web", "n"))
    marked = bench.ask(bench.admin.delete("Pod", "default", "web"))["metadata"]
    assert (marked["deletionGracePeriodSeconds"], marked["generation"]) == (30, 2)
    assert bench.ask(bench.admin.delete("Pod", "default", "web"))["metadata"] == marked  # asked again: nothing new
    bench.ask(bench.admin.delete("Pod", "default", "web", grace=0))
    assert bench.server.find("Pod", "default", "web") is None


def test_a_finalizer_holds_an_object_until_it_is_taken_away(bench):
    held = deployment() | {"metadata": {"name": "web", "namespace": "default", "finalizers": ["example.com/hold"]}}
    bench.ask(bench.admin.create(held))
    bench.ask(bench.admin.delete("Deployment", "default", "web"))
    assert bench.server.find("Deployment", "default", "web")["metadata"]["deletionTimestamp"]
    bench.ask(bench.admin.patch("Deployment", "default", "web", {"metadata": {"finalizers": None}}, how="merge"))
    assert bench.server.find("Deployment", "default", "web") is None


def test_generated_names_are_new_and_what_is_not_simulated_is_noted(bench, pod):
    unnamed = evolve(pod, "metadata", {"generateName": "web-", "namespace": "default"}, "spec.hostNetwork", True)
    names = [bench.ask(bench.admin.create(unnamed))["metadata"]["name"] for _ in range(3)]
    assert len(dict.fromkeys(names)) == 3
    assert all(name.startswith("web-") for name in names)
    assert bench.trace.info["notSimulated"] == ["Pod.spec.hostNetwork"]


@pytest.mark.parametrize(
    ("how", "patch", "code", "text"),
    [
        ("json", [{"op": "remove", "path": "/metadata"}], 422, "the server rejected our request"),
        ("json", [{"op": "remove", "path": ""}], 422, "the server rejected our request"),
        ("json", [{}], 422, "the server rejected our request"),
        ("merge", 5, 422, "the server rejected our request"),
        ("merge", {"kind": None}, 400, "does not match the expected API version"),
        ("merge", {"metadata": {"resourceVersion": "abc"}}, 422, 'strconv.ParseUint: parsing "abc": invalid syntax'),
        (
            "strategic",
            {"spec": {"template": {"spec": {"containers": [{"image": "x"}]}}}},
            500,
            "map: map[image:x] does not contain",
        ),
        ("strategic", {"spec": {"template": {"spec": {"containers": [5]}}}}, 422, "the server rejected our request"),
    ],
)
def test_a_patch_that_makes_no_sense_is_refused_and_breaks_nothing(bench, how, patch, code, text):
    bench.ask(bench.admin.create(deployment()))
    with pytest.raises(StatusError) as refused:
        bench.ask(bench.admin.patch("Deployment", "default", "web", patch, how=how))
    assert refused.value.code == code
    assert text in refused.value.message
