"""Nodes without a kubelet: Pods on them are marked Running and Ready after a second, and nobody tells Events of it.

For runs that are about the control plane alone. It does what the recorder of the reference cluster did in its place: an
annotation `fake-kubelet/finish-after` (seconds) ends a Pod, with `fake-kubelet/exit-code`; a Pod that is being deleted is
removed a second later.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.component import Component
from gen.cluster.client.informer import Notice
from gen.cluster.node.heartbeat import node_conditions
from gen.cluster.node.status_manager import without_version
from gen.kit.duration import timestamp
from gen.kit.evolve import dig, evolve
from gen.kit.loop import SECOND, Context, Sleep
from gen.objects import meta, pods

Obj = dict[str, Any]
STARTS_US = GOES_US = 1 * SECOND
LATE_US = (2_000, 40_000)  # how late a Pod was marked or removed in recordings 80, 82, 84 and 86: from 2 to 46 ms
FINISH_AFTER, EXIT_CODE = "fake-kubelet/finish-after", "fake-kubelet/exit-code"
HOST = "192.168.77.200"


def hollow_node(manifest: Obj, now_us: int) -> Obj:
    """A Node that is Ready from its first moment, as nobody is there to report for it."""
    status = manifest.get("status") or {}
    return dict(
        evolve(manifest, "status", {**status, "conditions": status.get("conditions") or node_conditions(manifest, now_us)})
    )


def hollow_status(pod: Obj, address: str, now_us: int, exit_code: int | None = None) -> Obj:
    """The status of a Pod that runs, or that has ended with `exit_code`."""
    now = timestamp(now_us)
    ended = {None: "", 0: "PodCompleted"}.get(exit_code, "PodFailed")
    phase = {None: "Running", 0: "Succeeded"}.get(exit_code, "Failed")
    up = {"status": "False", "reason": ended} if ended else {"status": "True"}
    verdicts = {
        "PodReadyToStartContainers": {"status": "False" if ended else "True"},
        "Initialized": {"status": "True", **({"reason": ended} if exit_code == 0 else {})},
        "Ready": up,
        "ContainersReady": up,
    }
    before = {one["type"]: one for one in dig(pod, "status.conditions", [])}
    conditions = [
        {"type": kind, "lastProbeTime": None, "lastTransitionTime": before[kind]["lastTransitionTime"]
         if before.get(kind, {}).get("status") == verdict["status"] else now, **verdict}
        for kind, verdict in verdicts.items()
    ]  # fmt: skip
    started = dig(pod, "status.startTime") or now
    state: Obj = {"running": {"startedAt": started}}
    if exit_code is not None:
        reason = "Completed" if exit_code == 0 else "Error"
        state = {"terminated": {"exitCode": exit_code, "reason": reason, "startedAt": started, "finishedAt": now}}
    containers = [
        {"name": spec["name"], "state": state, "lastState": {}, "ready": not ended, "restartCount": 0, "image": spec["image"],
         "imageID": "fake", "started": not ended}
        for spec in pod["spec"]["containers"]
    ]  # fmt: skip
    return {
        "phase": phase,
        "conditions": [*conditions, *([before["PodScheduled"]] if "PodScheduled" in before else [])],
        "hostIP": HOST, "hostIPs": [{"ip": HOST}], "podIP": address, "podIPs": [{"ip": address}], "startTime": started,
        "containerStatuses": containers, "qosClass": pods.qos_class(pod),
    }  # fmt: skip


class HollowNodes(Component):
    """Stands in for the kubelets of all nodes."""

    def start(self) -> None:
        """Watch all Pods."""
        self._dice = self.loop.rng("hollow-nodes")
        self._begun: dict[str, None] = {}
        self._leaving: dict[str, None] = {}
        self.nodes, self.pods = self.informers.of("Node"), self.informers.of("Pod")
        self.pods.on_change(self._on_change)

    def _on_change(self, notice: Notice) -> None:
        pod = notice.after
        if pod is None or self.nodes.get("", dig(pod, "spec.nodeName", "")) is None:
            return
        uid = meta.uid(pod)
        if meta.deleting(pod) and uid not in self._leaving:
            self._leaving[uid] = None
            self.process.spawn(self._remove(pod), context=Context(self.seen(notice, meta.ref(pod))))
        elif uid not in self._begun:
            self._begun[uid] = None
            self.process.spawn(
                self._run(pod, f"10.250.{len(self._begun) // 250}.{len(self._begun) % 250 + 2}"),
                context=Context(self.seen(notice, meta.ref(pod))),
            )

    async def _run(self, pod: Obj, address: str) -> None:
        await Sleep(STARTS_US + self._dice.randint(*LATE_US))
        await self._report(pod, address, None)
        finish = meta.annotations(pod).get(FINISH_AFTER)
        if finish:
            await Sleep(int(float(finish) * 1000) * 1000)
            await self._report(pod, address, int(meta.annotations(pod).get(EXIT_CODE, "0")))

    async def _report(self, pod: Obj, address: str, exit_code: int | None) -> None:
        current = self.pods.get(meta.namespace(pod), meta.name(pod))
        if current is None or meta.uid(current) != meta.uid(pod):
            return
        self.obey(hollow_status)
        status = hollow_status(current, address, self.loop.unix_us, exit_code)
        try:
            await self.api.update(without_version(evolve(current, "status", status)), subresource="status")
        except StatusError as error:
            if error.code != 404:
                raise

    async def _remove(self, pod: Obj) -> None:
        await Sleep(GOES_US + self._dice.randint(*LATE_US))
        try:
            await self.api.delete("Pod", meta.namespace(pod), meta.name(pod), grace=0, uid=meta.uid(pod))
        except StatusError as error:
            if error.code not in (404, 409):
                raise
