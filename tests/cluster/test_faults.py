"""Watches that are cut: closed in good order or broken for a while, alone and one over the other."""

import pytest

from gen.cluster.client.informer import Informer
from gen.cluster.faults import CannotHappen
from gen.kit.loop import MILLISECOND, SECOND
from gen.play.scenario.nodes import default_nodes
from gen.play.stage import Stage
from gen.trace.record import Fault, Request, Write

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{name: web, image: nginx:1.27}]
"""
MANAGER, SETS = "kube-controller-manager", "replicaset-controller"


class Story:
    """Three Pods on three nodes; then lines and faults, each at its second."""

    def __init__(self):
        self.stage = Stage(default_nodes(3), seed=5)
        self.stage.files = {"web.yaml": WEB}
        self.stage.do(self.stage.kubectl("kubectl apply -f web.yaml"))
        self.stage.play(9 * SECOND)

    @property
    def trace(self):
        return self.stage.trace

    def at(self, second, deed):
        self.stage.play(int(second * SECOND))
        if isinstance(deed, str):
            self.stage.do(self.stage.kubectl(deed))
        else:
            self.stage.fault(deed)
        return self

    def settled(self, pods=3):
        assert self.stage.play(200 * SECOND, settled=True)
        assert [pod["status"]["phase"] for pod in self.stage.list("Pod", "default")] == ["Running"] * pods
        return self

    def informer(self, kind, of=SETS):
        return self.stage.cluster.components[of].informers.known(kind)

    def mends(self):
        return [(one.at // SECOND, one.ref.name) for one in self.trace.of(Fault) if one.deed == "mend"]

    def lists(self, process=MANAGER):
        asked = [one for one in self.trace.of(Request) if one.verb == "list" and one.process == process]
        return [(one.at // SECOND, one.ref.kind) for one in asked if one.at >= 9 * SECOND]


def cut(of, lasts=None, **more):
    return {"cut": "watch", "of": of, **more, **({"for": lasts} if lasts else {})}


@pytest.fixture
def story():
    return Story()


@pytest.mark.parametrize("after_ms", [0, 46, 50, 52, 55, 57, 60, 62, 66, 80, 700])
def test_a_closed_watch_goes_on_where_it_was(story, after_ms):
    told = []
    story.informer("Pod").on_change(told.append)
    told.clear()
    story.at(10, "kubectl delete pod --all --wait=false")
    story.at(10 + after_ms / 1_000, cut(MANAGER)).settled()
    written = [one for one in story.trace.of(Write) if one.ref.kind == "Pod" and one.at >= 10 * SECOND]
    assert [(one.revision, one.record) for one in told] == [(one.revision, one.seq) for one in written]
    assert [one.after for one in told] == [one.after for one in written]
    assert story.lists() == []
    assert story.mends() == []


def test_a_watch_that_is_closed_twice_ends_once(story):
    story.at(10, cut(MANAGER)).at(10, cut(SETS)).at(10, "kubectl delete pod --all --wait=false").settled()
    assert story.lists() == []


def test_a_closed_watch_whose_past_is_compacted_is_listed_and_that_was_caused_by_the_close(story):
    store = story.stage.cluster.server.store
    story.at(10, cut("node-controller"))
    story.at(10, "kubectl label node node-1 a=b")
    story.stage.play(10 * SECOND + 50 * MILLISECOND)
    informer = story.informer("Node", "node-controller")
    behind = informer.revision
    story.at(11, cut("node-controller"))
    informer.revision = behind - 1
    store.compact(store.revision)
    story.settled()
    assert story.lists() == [(11, "Node")]
    (asked,) = [one for one in story.trace.of(Request) if one.verb == "list" and one.at >= 11 * SECOND]
    assert isinstance(story.trace[asked.cause], Fault)


def test_a_broken_watch_sees_nothing_and_then_lists_once_and_tells_the_difference(story):
    told = []
    story.informer("Pod").on_change(told.append)
    told.clear()
    before = {pod["metadata"]["name"] for pod in story.stage.list("Pod", "default")}
    story.at(10, cut(SETS, "20s"))
    story.at(12, "kubectl delete pod -l app=web --field-selector spec.nodeName=node-1")
    story.stage.play(29 * SECOND)
    assert told == []
    assert len(story.stage.list("Pod", "default")) == 2
    assert not story.stage.loop.run(until=29 * SECOND, settled=True), "the end of a cut is something to wait for"
    story.stage.play(30 * SECOND + MILLISECOND)
    (gone,) = told
    assert (gone.before["metadata"]["name"] in before, gone.after, gone.record) == (True, None, None)
    story.settled()
    assert story.lists() == [(30, "ReplicaSet"), (30, "Pod")]
    assert story.mends() == [(30, SETS)]


def test_what_follows_was_caused_by_the_mend(story):
    story.at(10, cut(SETS, "5s")).at(12, "kubectl delete pod -l app=web --field-selector spec.nodeName=node-1").settled()
    (born,) = [one for one in story.trace.of(Write) if one.ref.kind == "Pod" and one.before is None and one.at > 10 * SECOND]
    chain = [(type(one).__name__, getattr(one, "deed", getattr(one, "verb", ""))) for one in story.trace.why(born.seq)]
    assert chain == [
        ("Fault", "cut"), ("Fault", "mend"), ("Request", "list"), ("Decided", ""), ("Request", "create"), ("Write", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("faults", "mends", "lists"),
    [
        # one within the other, of the same name: neither is mended before both are over
        (
            [(10, cut(SETS, "20s")), (15, cut(SETS, "5s"))],
            [(30, SETS), (30, SETS)],
            [(30, "ReplicaSet"), (30, "Pod")],
        ),
        # one after the other
        ([(10, cut(SETS, "8s")), (15, cut(SETS, "5s"))], [(20, SETS), (20, SETS)], [(20, "ReplicaSet"), (20, "Pod")]),
        # they share one kind: it comes back with the later of the two
        (
            [(10, cut("deployment-controller", "10s")), (15, cut(SETS, "15s"))],
            [(20, "deployment-controller"), (30, SETS)],
            [(20, "Deployment"), (30, "ReplicaSet"), (30, "Pod")],
        ),
        # the whole process, and a part of it
        (
            [(10, cut("node-controller", "5s")), (12, cut(MANAGER, "10s"))],
            [(22, "node-controller"), (22, MANAGER)],
            [(22, kind) for kind in ("Deployment", "ReplicaSet", "Pod", "Node", "Namespace", "ServiceAccount", "ConfigMap")],
        ),
        # what is broken cannot be closed
        ([(10, cut(SETS, "5s")), (12, cut(SETS))], [(15, SETS)], [(15, "ReplicaSet"), (15, "Pod")]),
        # what is being closed can be broken
        ([(10, cut(SETS)), (10, cut(SETS, "5s"))], [(15, SETS)], [(15, "ReplicaSet"), (15, "Pod")]),
        # two processes have nothing to do with each other
        (
            [(10, cut("node-controller", "5s")), (12, cut("kube-scheduler", "9s"))],
            [(15, "node-controller"), (21, "kube-scheduler")],
            [(15, "Node")],
        ),
    ],
)
def test_one_cut_over_another(story, faults, mends, lists):
    for second, fault in faults:
        story.at(second, fault)
    story.at(16, "kubectl delete pod --all --wait=false").settled()
    assert story.mends() == mends
    assert story.lists() == lists
    assert story.stage.cluster.server.cache.cuts == []


@pytest.mark.parametrize("asked", [0, 1], ids=["before it was asked for", "while it is on its way"])
def test_a_cut_before_the_first_list(story, asked):
    story.at(10, {"stop": MANAGER}).at(11, "kubectl delete pod --all --wait=false")
    story.stage.play(14 * SECOND)
    story.stage.fault({"start": MANAGER})
    if asked:
        story.stage.play(14 * SECOND)
    story.stage.fault(cut(MANAGER, "6s"))
    story.stage.play(19 * SECOND)
    assert not story.informer("Pod").synced
    assert story.stage.list("Pod", "default") == []
    story.settled()
    assert [second for second, _ in story.lists()] == [14] * 7 * asked + [20] * 7


def test_a_cut_outlives_the_process(story):
    story.at(10, cut(SETS, "10s")).at(12, {"stop": MANAGER, "for": "3s"})
    story.at(13, "kubectl delete pod --all --wait=false").settled()
    assert story.mends() == [(20, SETS)]
    known = [(15, kind) for kind in ("Deployment", "Node", "Namespace", "ServiceAccount", "ConfigMap")]
    assert story.lists() == [*known, (20, "ReplicaSet"), (20, "Pod")]


def test_a_process_that_starts_after_the_end_of_a_cut_knows_nothing_of_it(story):
    story.at(10, cut(SETS, "10s")).at(12, {"stop": MANAGER, "for": "13s"})
    story.at(13, "kubectl delete pod --all --wait=false").settled()
    assert story.mends() == [(20, SETS)]
    assert {second for second, _ in story.lists()} == {25}
    assert len(story.lists()) == 7


def test_a_pod_whose_whole_life_was_missed_is_waited_for(story):
    """As upstream: it was asked for, so it is expected, for five minutes (ExpectationsTimeout) and until somebody wakes."""
    story.at(10, "kubectl scale deployment/web --replicas=4")
    while len(story.stage.list("Pod", "default")) < 4:
        story.stage.loop.step()
    story.stage.fault(cut(SETS, "5s"))
    (*_, born) = (one.ref.name for one in story.trace.of(Write) if one.ref.kind == "Pod" and one.before is None)
    story.at(12, f"kubectl delete pod {born} --grace-period=0 --force").settled(3)
    story.at(311, "kubectl label pod --all a=b")
    assert story.stage.play(400 * SECOND, settled=True)
    assert len(story.stage.list("Pod", "default")) == 4


def test_a_kubelet_that_hears_nothing_still_tells_that_it_lives(story):
    story.at(10, cut("kubelet", "25s", node="node-1")).at(12, "kubectl scale deployment/web --replicas=6")
    story.stage.play(34 * SECOND)
    phases = [(pod["spec"]["nodeName"], pod["status"]["phase"]) for pod in story.stage.list("Pod", "default")]
    assert [node for node, phase in phases if phase == "Pending"] == ["node-1"]
    leases = [one.at for one in story.trace.of(Write) if one.ref.kind == "Lease" and one.ref.name == "node-1"]
    assert [at // SECOND for at in leases if at > 10 * SECOND] == [11, 21, 31]
    story.settled(6)
    assert story.lists("kubelet/node-1") == [(35, "Pod")]
    assert story.mends() == [(35, "node-1")]


def test_what_came_back_under_the_same_name_is_told_as_gone_and_new(story):
    told = []
    pod = {"kind": "Pod", "metadata": {"namespace": "d", "name": "a", "uid": "1", "resourceVersion": "1"}}
    again = {"kind": "Pod", "metadata": {"namespace": "d", "name": "a", "uid": "2", "resourceVersion": "5"}}
    informer = Informer(story.stage.api, "Pod")
    informer.on_change(lambda notice: told.append((notice.before, notice.after)))
    informer._replace([pod], 1)
    informer._replace([again], 6)
    informer._replace([again], 7)
    assert told == [(None, pod), (pod, None), (None, again)]
    assert (informer.revision, informer.all()) == (7, [again])


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ({"cut": "cable", "of": SETS}, "nothing to cut: 'cable' (there is: watch)"),
        ({"cut": "watch"}, "no component '' (there are: kubelet with node, kube-controller-manager, kube-scheduler, deployment-"),
        (cut("kubelet"), "no node '' (there are: node-1, node-2, node-3)"),
        (cut("kubelet", node="node-9"), "no node 'node-9'"),
        (cut("kubelet", node="node-2"), "kubelet/node-2 does not run, so it has no watches to cut (start it first)"),
        (cut("kube-scheduler", "3s"), "kube-scheduler does not run, so it has no watches to cut (start it first)"),
    ],
)
def test_what_cannot_be_cut(story, fault, why):
    story.stage.fault({"stop": "kube-scheduler"})
    story.stage.fault({"stop": "kubelet", "node": "node-2"})
    before = len(story.trace)
    with pytest.raises(CannotHappen) as caught:
        story.stage.fault(fault)
    assert str(caught.value).startswith(why)
    assert len(story.trace) == before
