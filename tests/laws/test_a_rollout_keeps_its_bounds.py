"""A rolling update: never more Pods than the surge allows, never fewer available than must be, and it comes to an end."""

import contextlib
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from gen.cluster.controllers import rolling
from gen.cluster.controllers.deployment import size_wanted
from gen.cluster.controllers.deployment_status import sizes
from gen.cluster.controllers.revisions import revision_of
from gen.cluster.faults import CannotHappen
from gen.kit.loop import MILLISECOND, MINUTE, Sleep
from gen.objects import pods, workloads
from gen.objects.rollouts import allowed_total, min_available
from gen.play.conditions import deployment_complete
from gen.play.scenario.nodes import default_nodes
from gen.play.stage import Stage
from gen.trace.record import Write

shares = st.one_of(st.integers(0, 4), st.integers(0, 100).map(lambda number: f"{number}%"))


def deployment(replicas, surge, unavailable):
    strategy = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": surge, "maxUnavailable": unavailable}}
    return {"metadata": {"name": "web"}, "spec": {"replicas": replicas, "strategy": strategy}}


@dataclass
class Rollout:
    """Sizes and available Pods by name; `new` is the ReplicaSet that grows."""

    subject: dict
    size: dict[str, int]
    available: dict[str, int] = field(default_factory=dict)

    def replica_set(self, name):
        metadata = {"name": name, "uid": name, "creationTimestamp": name}
        return {
            "metadata": metadata,
            "spec": {"replicas": self.size[name]},
            "status": {"availableReplicas": self.available[name]},
        }

    def look(self):
        """One look of the controller; whether it did anything."""
        newest, old = self.replica_set("new"), [self.replica_set(name) for name in self.size if name != "new"]
        size = size_wanted(self.subject, self.size["new"], sizes(old))
        if size != self.size["new"]:
            self.size["new"] = size
            return True
        at_most = rolling.may_go(self.subject, newest, old)
        first, _ = rolling.without_unavailable(old, at_most)
        self.shrink(first, unavailable_first=True)
        left = [self.replica_set(name) for name in self.size if name != "new"]
        then = rolling.within_availability(self.subject, newest, left) if at_most > 0 else []
        self.shrink(then)
        return bool(first or then)

    def shrink(self, sizes, *, unavailable_first=False):
        for one, size in sizes:
            name = one["metadata"]["name"]
            if not unavailable_first:
                self.available[name] -= self.size[name] - size
            self.size[name] = size


@settings(derandomize=True, deadline=None)
@given(st.integers(1, 12), shares, shares, st.lists(st.integers(0, 5), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_the_rules_keep_them(replicas, surge, unavailable, others, dice):
    subject = deployment(replicas, surge, unavailable)
    names = [f"old-{index}" for index, _ in enumerate(others)]
    rollout = Rollout(subject, {**dict(zip(names, others, strict=True)), "new": 0})
    rollout.available = {**dict(zip(names, others, strict=True)), "new": 0}
    rollout.size["old-0"] = rollout.available["old-0"] = max(0, replicas - sum(others[1:]))
    most = max(allowed_total(subject), sum(rollout.size.values()))
    for _ in range(200):
        before = sum(rollout.available.values())
        done = not rollout.look()
        assert sum(rollout.size.values()) <= most
        assert sum(rollout.available.values()) >= min(before, min_available(subject))
        if done and rollout.available["new"] == rollout.size["new"]:
            break
        if done or dice.random() < 0.5:
            rollout.available["new"] = min(rollout.size["new"], rollout.available["new"] + 1)
    assert rollout.size == {**dict.fromkeys(names, 0), "new": replicas}


WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: REPLICAS
  strategy: {rollingUpdate: {maxSurge: SURGE, maxUnavailable: UNAVAILABLE}}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {terminationGracePeriodSeconds: 2, containers: [{name: web, image: nginx:1.25}]}
"""


@settings(max_examples=12, derandomize=True, deadline=None)
@given(st.integers(1, 6), st.integers(0, 3), st.integers(0, 3), st.integers(0, 9))
def test_a_cluster_keeps_them(replicas, surge, unavailable, seed):
    stage = Stage(default_nodes(3), seed=seed)
    text = WEB.replace("REPLICAS", str(replicas)).replace("SURGE", str(surge))
    stage.files = {"web.yaml": text.replace("UNAVAILABLE", str(unavailable if surge or unavailable else 1))}
    for line in ("kubectl apply -f web.yaml", "kubectl set image deployment/web web=nginx:1.26"):
        stage.do(stage.kubectl(line))
        assert stage.play(stage.loop.now + 5 * MINUTE, settled=True)
    subject = stage.get("Deployment", "default", "web")
    assert deployment_complete(subject)
    began = next(one.seq for one in stage.trace.of(Write) if one.ref.kind == "Deployment" and "nginx:1.26" in str(one.after))
    there: dict[str, dict] = {}
    for write in stage.trace.of(Write):
        if write.ref.kind == "Pod":
            there = (
                {**there, write.ref.name: write.after} if write.after else {k: v for k, v in there.items() if k != write.ref.name}
            )
            active = [pod for pod in there.values() if pods.is_active(pod)]
            assert len(active) <= allowed_total(subject)
            if write.seq > began:
                assert sum(map(pods.is_ready, active)) >= min_available(subject)


lines = st.one_of(
    st.integers(0, 6).map(lambda number: f"kubectl scale deployment/web --replicas={number}"),
    st.integers(5, 8).map(lambda number: f"kubectl set image deployment/web web=nginx:1.2{number}"),
    st.sampled_from(["pause", "resume", "undo", "restart"]).map(lambda part: f"kubectl rollout {part} deployment/web"),
)
faults = st.sampled_from(
    [
        {"stop": "kube-controller-manager", "for": "3s"},
        {"cut": "watch", "of": "deployment-controller", "for": "2s"},
        {"cut": "watch", "of": "replicaset-controller", "for": "1s"},
    ]
)
plans = st.lists(st.tuples(st.one_of(lines, lines, faults), st.sampled_from([0, 5, 60, 900, 4_000])), max_size=8)


@settings(max_examples=25, derandomize=True, deadline=None)
@given(plans, st.integers(0, 9), st.sampled_from(["{rollingUpdate: {maxSurge: 1, maxUnavailable: 1}}", "{type: Recreate}"]))
def test_whatever_is_typed_and_breaks_the_last_version_is_there_in_the_end(plan, seed, strategy):
    """But for Recreate with a stale cache: two ReplicaSets may then be active, and a resize finds no rule for them.

    Upstream's scale does nothing in that case either.
    """
    stage = Stage(default_nodes(3), seed=seed)
    text = WEB.replace("REPLICAS", "3").replace("{rollingUpdate: {maxSurge: SURGE, maxUnavailable: UNAVAILABLE}}", strategy)
    stage.files = {"web.yaml": text}

    async def all_of_it():
        await stage.kubectl("kubectl apply -f web.yaml")
        for deed, pause_ms in plan:
            await Sleep(pause_ms * MILLISECOND)
            if isinstance(deed, str):
                await stage.kubectl(deed)
            elif "cut" not in deed or "Recreate" not in strategy:
                with contextlib.suppress(CannotHappen):
                    stage.fault(deed)
        await Sleep(5_000 * MILLISECOND)
        await stage.kubectl("kubectl rollout resume deployment/web")

    stage.do(all_of_it())
    assert stage.play(15 * MINUTE, settled=True)
    subject, sets = stage.get("Deployment", "default", "web"), stage.list("ReplicaSet", "default")
    assert deployment_complete(subject)
    newest, old = workloads.new_and_old(subject, sets)
    assert newest["spec"]["replicas"] == len(stage.list("Pod", "default")) == subject["spec"]["replicas"]
    assert not any(one["spec"]["replicas"] for one in old)
    assert max(map(revision_of, sets)) == revision_of(newest) == revision_of(subject)
