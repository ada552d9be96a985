"""A small trace, made by hand: a Deployment of one is applied, its Pod is bound, starts, is Ready, and is deleted."""

from __future__ import annotations

from typing import Any

import pytest

from gen.kit.evolve import evolve, frozen
from gen.trace.record import Decided, Ref, Request, Seen, Typed, Write
from gen.trace.trace import Trace

SECOND = 1_000_000
NODE = Ref("Node", "", "node-1")
DEPLOYMENT = Ref("Deployment", "default", "web")
REPLICA_SET = Ref("ReplicaSet", "default", "web-64f5d8")
POD = Ref("Pod", "default", "web-64f5d8-x2k9q")


def named(ref: Ref, owner: Ref | None = None, **rest: Any) -> dict[str, Any]:
    owners = [{"kind": owner.kind, "name": owner.name, "uid": f"uid-{owner.name}", "controller": True}] if owner else []
    metadata = {"name": ref.name, "namespace": ref.namespace, "uid": f"uid-{ref.name}", "ownerReferences": owners}
    return frozen({"kind": ref.kind, "metadata": metadata, **rest})


class Diary:
    """Writes a trace as components would: every write behind a request, every controller's behind a delivery."""

    def __init__(self) -> None:
        self.trace = Trace({"startEpoch": 0, "namespace": "default", "notSimulated": []})
        self.last: dict[Ref, Write] = {}

    def typed(self, at: int, line: str) -> int:
        return self.trace.add(Typed, at=at, who="kubectl", process="kubectl", line=line).seq

    def write(self, at: int, who: str, ref: Ref, after: dict[str, Any] | None, cause: int | None) -> int:
        request = self.trace.add(Request, at=at - 500, cause=cause, who=who, process=who, verb="update", ref=ref)
        before = self.last[ref].after if ref in self.last else None
        self.last[ref] = self.trace.add(
            Write, at=at, cause=request.seq, who=who, process=who, ref=ref, revision=len(self.trace), before=before, after=after
        )
        return self.last[ref].seq

    def noticed(self, at: int, who: str, write: int, by: str, **values: Any) -> int:
        ref = self.trace[write].ref
        seen = self.trace.add(Seen, at=at, cause=write, who=who, process=who, ref=ref, revision=1)
        return self.trace.add(Decided, at=at, cause=seen.seq, who=who, process=who, by=by, ref=ref, values=values).seq

    def event(
        self, at: int, about: Ref, reason: str, message: str, count: int = 1, cause: int | None = None, type_: str = "Normal"
    ) -> None:
        ref = Ref("Event", about.namespace, f"{about.name}.{reason}")
        involved = {"kind": about.kind, "namespace": about.namespace, "name": about.name}
        body = named(ref, type=type_, reason=reason, message=message, count=count, involvedObject=involved)
        self.write(at, "kubelet/node-1", ref, body, cause)


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
def trace(diary: Diary) -> Trace:
    kubelet = "kubelet/node-1"
    diary.write(-60_000_000, kubelet, NODE, named(NODE), None)
    apply = diary.typed(0, "kubectl apply -f web.yaml")
    deployment = named(DEPLOYMENT, spec={"replicas": 1})
    made = diary.write(20_000, "kubectl", DEPLOYMENT, deployment, apply)
    found = diary.noticed(25_000, "deployment-controller", made, "gen.cluster.controllers.deployment.size_wanted", replicas=1)
    grown = diary.write(30_000, "deployment-controller", REPLICA_SET, named(REPLICA_SET, DEPLOYMENT, spec={"replicas": 1}), found)
    missing = diary.noticed(
        35_000, "replicaset-controller", grown, "gen.cluster.controllers.replicaset.missing_or_surplus", create=1
    )
    pod = named(POD, REPLICA_SET, spec={"containers": [{"name": "web"}]}, status={"phase": "Pending"})
    born = diary.write(40_000, "replicaset-controller", POD, pod, missing)
    diary.event(42_000, REPLICA_SET, "SuccessfulCreate", f"Created pod: {POD.name}", cause=missing)
    pod = evolve(pod, "spec.nodeName", "node-1")
    bound = diary.write(60_000, "default-scheduler", POD, pod, diary.noticed(50_000, "default-scheduler", born, "gen.rank"))
    diary.event(62_000, POD, "Scheduled", f"Successfully assigned default/{POD.name} to node-1", cause=bound)
    waiting = [{"name": "web", "ready": False, "restartCount": 0, "state": {"waiting": {"reason": "ContainerCreating"}}}]
    pod = evolve(pod, "status.containerStatuses", waiting)
    creating = diary.write(90_000, kubelet, POD, pod, bound)
    diary.event(1_900_000, POD, "Started", "Container started", cause=creating)
    running = [{"name": "web", "ready": True, "restartCount": 0, "state": {"running": {}}}]
    conditions = [{"type": "Ready", "status": "True"}]
    pod = evolve(pod, "status", {"phase": "Running", "containerStatuses": running, "conditions": conditions})
    ready = diary.write(2 * SECOND, kubelet, POD, pod, creating)
    counted = evolve(deployment, "status", {"replicas": 1, "readyReplicas": 1})
    diary.write(
        2_010_000,
        "deployment-controller",
        DEPLOYMENT,
        counted,
        diary.noticed(2_005_000, "deployment-controller", ready, "gen.count"),
    )
    delete = diary.typed(30 * SECOND, f"kubectl delete pod {POD.name}")
    pod = evolve(pod, "metadata.deletionTimestamp", "1970-01-01T00:01:00Z", "metadata.deletionGracePeriodSeconds", 30)
    leaving = diary.write(30_020_000, "kubectl", POD, pod, delete)
    diary.event(30_100_000, POD, "Killing", "Stopping container web", cause=leaving)
    diary.write(31 * SECOND, kubelet, POD, None, leaving)
    diary.trace.info["end"] = 32 * SECOND
    return diary.trace
