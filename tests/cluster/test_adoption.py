"""Pods that change hands, with a whole cluster behind it: recording 09, and what it does not hold."""

import pytest

from gen.cluster.apiserver import watchcache
from gen.cluster.controllers.ownership import owner_reference
from gen.kit.evolve import evolve
from gen.kit.loop import MILLISECOND, SECOND
from gen.objects import meta, pods
from gen.play.scenario.nodes import default_nodes
from gen.play.stage import Stage
from gen.trace.record import Request, Write

TEMPLATE = "metadata: {labels: {LABELS}}\n    spec: {containers: [{name: c, image: nginx:1.25}]}"
SET = """
apiVersion: apps/v1
kind: KIND
metadata: {name: NAME}
spec:
  replicas: REPLICAS
  selector: {matchLabels: {SELECTOR}}
  template:
    TEMPLATE
"""
POD = """
apiVersion: v1
kind: Pod
metadata: {name: NAME, labels: {LABELS}}
spec: {restartPolicy: Always, containers: [{name: c, image: IMAGE}]}
"""


def set_of(replicas, name="web", selector="app: web", labels=None, kind="ReplicaSet"):
    text = SET.replace("TEMPLATE", TEMPLATE).replace("LABELS", labels or selector).replace("SELECTOR", selector)
    return text.replace("KIND", kind).replace("NAME", name).replace("REPLICAS", str(replicas))


def bare(name, labels="app: web", image="nginx:1.25"):
    return POD.replace("NAME", name).replace("LABELS", labels).replace("IMAGE", image)


class Town:
    """A stage, and a person who types line after line and waits each time until everything has settled."""

    def __init__(self, **files):
        self.stage = Stage(default_nodes(3), seed=3)
        self.stage.files = {f"{name}.yaml": text for name, text in files.items()}

    def type(self, *lines):
        for line in lines:
            self.stage.do(self.stage.kubectl(f"kubectl {line}"))
            self.stage.play(self.stage.loop.now + 90 * SECOND, settled=True)
        return self

    def apply(self, *names):
        return self.type(*(f"apply -f {name}.yaml" for name in names))

    @property
    def pods(self):
        """Who owns each Pod, by its name."""
        return {meta.name(pod): (meta.controller_of(pod) or {}).get("name") for pod in self.stage.list("Pod", "default")}

    def end(self, name):
        """Its containers have failed for good: nothing that a scenario can do yet."""

        async def write():
            pod = await self.stage.api.get("Pod", "default", name)
            await self.stage.api.update(evolve(pod, "status.phase", "Failed"), subresource="status")

        self.stage.do(write())
        self.stage.play(self.stage.loop.now + 90 * SECOND, settled=True)

    def named(self, owner):
        return sorted(name for name, by in self.pods.items() if by == owner)

    def status(self, name="web", kind="ReplicaSet"):
        return self.stage.get(kind, "default", name)["status"]

    def events(self, reason):
        return [one["message"] for one in self.stage.list("Event", "default") if one["reason"] == reason]

    def told_of(self, name):
        return [one["reason"] for one in self.stage.list("Event", "default") if one["involvedObject"]["name"] == name]

    def writes(self, name):
        return [one for one in self.stage.trace.of(Write) if one.ref.name == name and one.at >= 0]

    def asked(self, who, verb):
        return [one for one in self.stage.trace.of(Request) if one.who == who and one.verb == verb]


def test_an_orphan_is_adopted_before_the_rest_is_created_and_nobody_says_so():
    town = Town(orphan=bare("orphan"), web=set_of(3)).apply("orphan")
    before = town.told_of("orphan")
    town.apply("web")
    assert len(town.named("web")) == 3
    assert "orphan" in town.named("web")
    assert town.told_of("orphan") == before
    assert len(town.events("SuccessfulCreate")) == 2
    assert town.status() | {"observedGeneration": 1} == town.status()
    assert town.status()["replicas"] == town.status()["readyReplicas"] == 3
    adopted = town.writes("orphan")[-1]
    created = [one for one in town.stage.trace.of(Write) if one.ref.kind == "Pod" and one.before is None and one.at >= 0][1:]
    assert adopted.who == "replicaset-controller"
    assert all(one.revision > adopted.revision for one in created)
    assert adopted.after["metadata"]["ownerReferences"] == [owner_reference(town.stage.get("ReplicaSet", "default", "web"))]
    assert meta.generation(adopted.after) == 1


def test_before_the_first_adoption_the_server_is_asked_whether_the_owner_is_still_there():
    town = Town(a=bare("a"), b=bare("b"), web=set_of(2)).apply("a", "b", "web")
    assert town.named("web") == ["a", "b"]
    assert [one.ref.name for one in town.asked("replicaset-controller", "get")] == ["web"]
    assert len(town.asked("replicaset-controller", "patch")) == 2


def test_a_pod_that_is_relabelled_is_released_and_replaced_in_one_sync():
    town = Town(web=set_of(2)).apply("web")
    gone, stays = town.named("web")
    town.type(f"label pod {gone} app=debug --overwrite")
    assert town.pods[gone] is None
    assert len(town.named("web")) == 2
    assert stays in town.named("web")
    assert "ownerReferences" not in town.stage.get("Pod", "default", gone)["metadata"]
    assert pods.is_ready(town.stage.get("Pod", "default", gone))
    assert town.status()["replicas"] == 2
    assert len(town.events("SuccessfulCreate")) == 3
    assert not town.events("SuccessfulDelete")


def test_a_pod_that_comes_back_is_adopted_and_the_youngest_is_deleted():
    town = Town(web=set_of(3)).apply("web")
    first, *_ = before = town.named("web")
    town.type(f"label pod {first} app=debug --overwrite")
    (young,) = set(town.named("web")) - set(before)
    town.type(f"label pod {first} app=web --overwrite")
    assert town.named("web") == before
    assert town.events("SuccessfulDelete") == [f"Deleted pod: {young}"]
    statuses = [one.after["status"]["replicas"] for one in town.writes("web") if one.after]
    assert statuses[statuses.index(4) :] == [4, 3, 3]  # the second 3 is when the one that left has ended


def test_one_pod_too_many_that_was_just_adopted_may_be_the_one_that_goes():
    town = Town(web=set_of(1), orphan=bare("orphan", image="nginx:none")).apply("web")
    (kept,) = town.named("web")
    town.apply("orphan")
    assert town.named("web") == [kept]
    assert "orphan" not in town.pods
    assert town.events("SuccessfulDelete") == ["Deleted pod: orphan"]


def test_a_pod_that_was_just_released_is_not_among_those_that_are_deleted():
    """The ReplicaSet is resized and its Pods are relabelled while the controller is away: one sync sees both."""
    town = Town(web=set_of(3)).apply("web")
    kept, *others = town.named("web")
    town.stage.fault({"stop": "kube-controller-manager"})
    town.type("scale rs/web --replicas=0", *(f"label pod {name} app=debug --overwrite" for name in others))
    town.stage.fault({"start": "kube-controller-manager"})
    town.stage.play(town.stage.loop.now + 90 * SECOND, settled=True)
    assert town.pods == dict.fromkeys(others)
    assert town.events("SuccessfulDelete") == [f"Deleted pod: {kept}"]


@pytest.mark.parametrize(
    ("labels", "why"), [("app: db", "other labels"), ("tier: web", "another key"), ("app: web-2", "a longer value")]
)
def test_who_does_not_match_is_left_alone(labels, why):
    town = Town(other=bare("other", labels), web=set_of(2)).apply("other", "web")
    assert town.pods["other"] is None, why
    assert len(town.named("web")) == 2
    assert "replicaset-controller" not in [one.who for one in town.writes("other")]


def test_a_pod_of_another_controller_is_not_adopted():
    town = Town(one=set_of(1, "one"), two=set_of(1, "two")).apply("one", "two")
    assert [len(town.named(name)) for name in ("one", "two")] == [1, 1]
    assert not town.asked("replicaset-controller", "patch")


def test_a_released_pod_goes_to_the_replica_set_that_its_labels_now_name():
    town = Town(web=set_of(1), db=set_of(1, "db", "app: db")).apply("web", "db")
    (moved,), (young,) = town.named("web"), town.named("db")
    town.type(f"label pod {moved} app=db --overwrite")
    assert len(town.named("web")) == 1
    assert moved not in town.named("web")
    assert town.named("db") in ([moved], [young])
    assert len(town.events("SuccessfulDelete")) == 1


@pytest.mark.parametrize("delay_ms", [1, 50, 400])
def test_an_orphan_that_two_would_have_gets_one_owner(monkeypatch, delay_ms):
    monkeypatch.setattr(watchcache, "DELIVERY_US", (delay_ms * MILLISECOND, 2 * delay_ms * MILLISECOND))
    town = Town(one=set_of(1, "one"), two=set_of(1, "two"), orphan=bare("orphan")).apply("one", "two", "orphan")
    owners = [meta.owner_references(one.after) for one in town.writes("orphan") if one.after]
    assert max(map(len, owners)) == 1
    assert len({references[0]["uid"] for references in owners if references}) == 1
    assert [len(town.named(name)) for name in ("one", "two")] == [1, 1]


def test_a_pod_that_has_ended_is_neither_adopted_nor_released():
    nobody = "schedulerName: nobody, containers"
    town = Town(done=bare("done").replace("containers", nobody), web=set_of(1)).apply("done")
    town.end("done")
    town.apply("web")
    assert town.pods["done"] is None
    (mine,) = town.named("web")
    town.end(mine)
    town.type(f"label pod {mine} app=debug --overwrite")
    assert town.pods[mine] == "web"
    assert len(town.named("web")) == 2
    assert town.status()["replicas"] == 1


def test_who_is_going_takes_nothing_and_lets_nothing_go():
    town = Town(web=set_of(1)).apply("web")
    (mine,) = town.named("web")
    stage = town.stage
    held = {"metadata": {"finalizers": ["example.com/hold"]}}

    async def delete():
        await stage.api.patch("ReplicaSet", "default", "web", held, how="merge")
        await stage.api.delete("ReplicaSet", "default", "web")
        await stage.api.patch("Pod", "default", mine, {"metadata": {"labels": {"app": "debug"}}}, how="merge")

    stage.do(delete())
    stage.play(stage.loop.now + 5 * SECOND, settled=True)
    assert not town.asked("replicaset-controller", "patch")
    town.stage.files["orphan.yaml"] = bare("orphan")
    town.apply("orphan")
    assert town.pods["orphan"] is None


def test_an_adopted_pod_goes_with_its_owner():
    town = Town(orphan=bare("orphan"), web=set_of(2)).apply("orphan", "web").type("delete rs web")
    assert town.pods == {}


def test_pods_that_were_let_go_are_adopted_again():
    town = Town(web=set_of(2)).apply("web")
    names = town.named("web")
    town.type("delete rs web --cascade=orphan")
    assert town.pods == dict.fromkeys(names)
    town.apply("web")
    assert town.named("web") == names
    assert len(town.events("SuccessfulCreate")) == 2


def test_a_new_template_leaves_the_pods_alone_and_makes_the_next_ones():
    town = Town(web=set_of(2)).apply("web")
    old = town.named("web")
    town.type("set image rs/web c=nginx:1.26")
    assert town.named("web") == old
    assert town.status()["observedGeneration"] == 2
    town.type("scale rs/web --replicas=3")
    images = {name: town.stage.get("Pod", "default", name)["spec"]["containers"][0]["image"] for name in town.named("web")}
    assert sorted(images.values()) == ["nginx:1.25", "nginx:1.25", "nginx:1.26"]
    assert all(images[name] == "nginx:1.25" for name in old)


def test_a_deployment_takes_no_bare_pod_but_its_replica_set_does_if_the_hash_is_there():
    town = Town(bare=bare("bare"), web=set_of(2, kind="Deployment")).apply("bare", "web")
    (replica_set,) = [meta.name(one) for one in town.stage.list("ReplicaSet", "default")]
    assert town.pods["bare"] is None
    assert len(town.named(replica_set)) == 2
    town.type(f"label pod bare pod-template-hash={replica_set.removeprefix('web-')}")
    assert len(town.named(replica_set)) == 2
    assert len(town.events("SuccessfulDelete")) == 1


def test_a_deployment_adopts_a_replica_set_that_lost_its_owner():
    town = Town(web=set_of(2, kind="Deployment")).apply("web")
    (replica_set,) = town.stage.list("ReplicaSet", "default")
    name, stage = meta.name(replica_set), town.stage

    async def let_go():
        await stage.api.patch("ReplicaSet", "default", name, {"metadata": {"ownerReferences": None}}, how="merge")

    stage.do(let_go())
    stage.play(stage.loop.now + 5 * SECOND, settled=True)
    (adopted,) = stage.list("ReplicaSet", "default")
    assert (meta.controller_of(adopted) or {}).get("name") == "web"
    assert len(town.pods) == 2


def test_a_status_counts_the_pods_as_they_were_when_the_sync_began():
    """Recording 06a: the first status after a resize has the numbers of before, however many batches the sync took."""
    town = Town(web=set_of(3)).apply("web").type("scale rs/web --replicas=9", "scale rs/web --replicas=2")
    statuses = [one.after["status"] for one in town.writes("web") if one.after["metadata"]["generation"] > 1]
    counts = [(one["observedGeneration"], one["replicas"], one["terminatingReplicas"]) for one in statuses]
    assert list(dict.fromkeys(counts))[:6] == [(1, 3, 0), (2, 3, 0), (2, 9, 0), (3, 9, 0), (3, 2, 7), (3, 2, 6)]
