"""Whatever is typed and whatever breaks: in the end the wanted Pods run, and on the way no law is broken."""

import contextlib
from itertools import groupby

from hypothesis import example, given, settings
from hypothesis import strategies as st

from gen.cluster.faults import CannotHappen
from gen.kit.loop import MILLISECOND, MINUTE, Sleep
from gen.objects import pods
from gen.play.scenario.nodes import default_nodes
from gen.play.stage import Stage
from gen.trace.record import Fault, Typed, Write

A_NODE_HOLDS = 4  # Pods of half a core, on a node of two
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
      terminationGracePeriodSeconds: 5
      containers: [{name: web, image: nginx:1.27, resources: {requests: {cpu: 500m}}}]
"""

scale = st.tuples(st.just("scale"), st.integers(0, 9))
delete = st.tuples(st.sampled_from(["delete", "delete by force", "kill container"]), st.integers(0, 8))
stop = st.tuples(st.sampled_from(["kubelet", "kube-controller-manager", "kube-scheduler"]), st.integers(0, 3))
cut = st.tuples(
    st.sampled_from(["kubelet", "kube-controller-manager", "kube-scheduler", "replicaset-controller", "node-controller"]).map(
        lambda of: f"cut {of}"
    ),
    st.integers(0, 5),
)
pauses_ms = st.sampled_from([0, 3, 20, 90, 400, 1_500, 7_000])
plans = st.lists(st.tuples(st.one_of(scale, delete, stop, cut), pauses_ms), max_size=8)


class Story:
    """A plan, played on a stage: `wanted` Pods at the end, `allowed` Pods created at the most."""

    def __init__(self, nodes: int, seed: int) -> None:
        self.stage = Stage(default_nodes(nodes), seed=seed)
        self.stage.files = {"web.yaml": WEB}
        self.nodes, self.wanted, self.allowed = nodes, 3, 3

    def play(self, plan):
        async def all_of_it():
            await self.stage.kubectl("kubectl apply -f web.yaml")
            for (deed, number), pause_ms in plan:
                await Sleep(pause_ms * MILLISECOND)
                await self.do(deed, number)

        self.stage.do(all_of_it())
        assert self.stage.play(15 * MINUTE, settled=True)
        return self.stage.finish()

    async def do(self, deed, number):
        there = [pod["metadata"]["name"] for pod in self.stage.list("Pod", "default")]
        if deed == "scale":
            self.allowed += max(0, number - self.wanted)
            self.wanted = number
            await self.stage.kubectl(f"kubectl scale deployment/web --replicas={number}")
        elif deed in ("kubelet", "kube-controller-manager", "kube-scheduler"):
            what = {"stop": deed, "for": f"{number + 1}s"}
            self.stage.fault({**what, "node": f"node-{number % self.nodes + 1}"} if deed == "kubelet" else what)
        elif deed.startswith("cut "):
            self.cut(deed.removeprefix("cut "), number)
        elif there and deed == "kill container":
            await self.kill(there[number % len(there)])
        elif there:
            self.allowed += 1
            force = " --grace-period=0 --force" if deed == "delete by force" else " --wait=false"
            await self.stage.kubectl(f"kubectl delete pod {there[number % len(there)]}{force}")

    def cut(self, of, number):
        lasts = {"for": f"{number}s"} if number else {}
        node = {"node": f"node-{number % self.nodes + 1}"} if of == "kubelet" else {}
        with contextlib.suppress(CannotHappen):  # it does not run
            self.stage.fault({"cut": "watch", "of": of, **node, **lasts})

    async def kill(self, name):
        with contextlib.suppress(CannotHappen):  # it does not run yet, or no longer
            self.stage.fault({"kill": "container", "pod": name})


def the_wanted_pods_run(story):
    there = story.stage.list("Pod", "default")
    running = [pod for pod in there if pods.is_ready(pod) and pod["status"]["phase"] == "Running"]
    assert len(there) == story.wanted
    assert len(running) == min(story.wanted, story.nodes * A_NODE_HOLDS)


def nothing_runs_without_its_pod(story):
    known = {pod["metadata"]["uid"] for pod in story.stage.list("Pod", "default")}
    for machine in story.stage.cluster.machines.values():
        assert set(machine.runtime.sandboxes) <= known


def no_pod_is_created_twice(story, writes):
    assert len([one for one in writes if one.ref.kind == "Pod" and one.before is None]) <= story.allowed


def no_node_holds_more_than_it_can(writes):
    taken = {}
    for one in (one for one in writes if one.ref.kind == "Pod"):
        taken[one.ref] = one.after["spec"].get("nodeName") if one.after and not pods.is_terminal(one.after) else None
        assert all(len(list(there)) <= A_NODE_HOLDS for node, there in groupby(sorted(filter(None, taken.values()))))


def versions_only_grow(writes):
    revisions = [one.revision for one in writes]
    assert revisions == sorted(set(revisions))
    for one in writes:
        if one.after:
            assert one.after["metadata"]["resourceVersion"] == str(one.revision)
            assert one.after.get("status", {}).get("observedGeneration", 0) <= one.after["metadata"].get("generation", 0)


def every_chain_begins_with_somebody(trace):
    begun = {}
    for record in trace:
        assert record.cause is None or record.cause < record.seq
        begun[record.seq] = record.seq if record.cause is None else begun[record.cause]
        root = trace[begun[record.seq]]
        assert isinstance(root, (Typed, Fault)) or root.at < 0, (record, root)


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.integers(1, 4), st.integers(0, 3), plans)
@example(2, 0, [(("scale", 1), 1_500), (("scale", 0), 400), (("kube-controller-manager", 0), 0)])  # Pods are listed last
@example(1, 0, [(("scale", 0), 400), (("delete by force", 0), 0), (("kubelet", 0), 0)])  # removed while no kubelet looks
def test_a_cluster_comes_to_rest(nodes, seed, plan):
    story = Story(nodes, seed)
    trace = story.play(plan)
    writes = list(trace.of(Write))
    the_wanted_pods_run(story)
    nothing_runs_without_its_pod(story)
    no_pod_is_created_twice(story, writes)
    no_node_holds_more_than_it_can(writes)
    versions_only_grow(writes)
    every_chain_begins_with_somebody(trace)
