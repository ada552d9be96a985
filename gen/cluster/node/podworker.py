"""The life of one Pod on its node, as one coroutine a deed: start it, watch over it, end it.

    seen ▸ sandbox ▸ image ▸ created ▸ started ▸ reported Running … ▸ SIGTERM ▸ exited ▸ reported ▸ removed

Upstream: pkg/kubelet/pod_workers.go, kuberuntime/kuberuntime_manager.go (SyncPod, killPodWithSyncResult), v1.36.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.component import dotted
from gen.cluster.node import latency
from gen.cluster.node.runtime import SIGKILL, Container, Sandbox
from gen.kit.duration import go_duration
from gen.kit.evolve import dig
from gen.kit.loop import MINUTE, SECOND, Future, Gather, Micros, Sleep
from gen.objects import meta
from gen.trace.record import Phase

if TYPE_CHECKING:
    from gen.cluster.node.kubelet import Kubelet

Obj = dict[str, Any]
FIRST_BACKOFF_US, LONGEST_BACKOFF_US = 10 * SECOND, 5 * MINUTE  # upstream: kubelet.go, initialCrashLoopBackOff
STOPPED_BY_SIGNAL = 128


def restarts(pod: Obj, run: Container) -> bool:
    """Whether a container that ended is started again, by the Pod's restartPolicy."""
    policy = dig(pod, "spec.restartPolicy", "Always")
    return bool(policy == "Always" or policy == "OnFailure" and run.exit_code != 0)


def restart_delay(restart: int, ran_us: Micros) -> Micros:
    """How long a container that has been restarted `restart` times waits: not at all, then 10 s, 20 s, … at most 5 min.

    Whoever ran for ten minutes begins anew (upstream: MaxContainerBackOff, backoff reset after twice that).
    """
    if restart == 0 or ran_us >= 2 * LONGEST_BACKOFF_US:
        return 0
    return min(FIRST_BACKOFF_US << min(restart - 1, 20), LONGEST_BACKOFF_US)


class PodWorker:
    """One Pod's worker. It has one task at a time: `live`, and then `end`."""

    def __init__(self, kubelet: Kubelet, pod: Obj) -> None:
        self.kubelet, self.loop, self.uid = kubelet, kubelet.loop, meta.uid(pod)
        self.pod = pod
        self.waiting: dict[str, Obj] = {}
        self.sandbox_ready = self.ended = self.ending = False
        self._exits: dict[str, Future] = {}

    @property
    def sandbox(self) -> Sandbox | None:
        """The Pod's sandbox, if the runtime has one."""
        return self.kubelet.runtime.sandboxes.get(self.uid)

    async def live(self) -> None:
        """Bring the Pod up, or take over what a kubelet before us has left running, and keep it up."""
        await self._pause(latency.FIRST_STATUS)
        if self.sandbox is None:
            self.kubelet.report(self)
            await self._pause(latency.SANDBOX)
            self.kubelet.runtime.make_sandbox(self.uid)
            self._phase("", "sandbox-created", self.live, address=self.sandbox.address if self.sandbox else "")
        self.loop.after(
            latency.draw(self.kubelet.dice, latency.SANDBOX_NOTICED), self._notice_sandbox, self.kubelet.context().cause
        )
        for spec in self._specs():
            await self._start(spec)
        await self._pause(latency.STARTED_NOTICED)
        self.kubelet.report(self)
        await Gather([self._watch_over(spec) for spec in self._specs()])

    def _specs(self) -> list[Obj]:
        return list(self.pod["spec"]["containers"])

    def _notice_sandbox(self, cause: int | None) -> None:
        if self.kubelet.process.alive and not self.ending:
            self.sandbox_ready = True
            self.kubelet.report(self, cause)

    async def _start(self, spec: Obj) -> None:
        """Image, container, process; a container that runs already is left alone."""
        sandbox = self.sandbox
        if sandbox is None or (latest := sandbox.latest(spec["name"])) and latest.running:
            return
        await self._ensure_image(spec)
        await self._pause(latency.CREATE)
        container = self.kubelet.runtime.create(sandbox, spec["name"], spec["image"])
        self._phase(spec["name"], "container-created", self._start)
        self._event(spec, "Normal", "Created", "Container created")
        await self._pause(latency.START)
        self.kubelet.runtime.start(container)
        self.waiting.pop(spec["name"], None)
        self._phase(spec["name"], "container-started", self._start, restart=container.restart)
        self._event(spec, "Normal", "Started", "Container started")

    async def _ensure_image(self, spec: Obj) -> None:
        """Pull the image unless it is there; pulls of a node wait for one another."""
        store, image = self.kubelet.images, spec["image"]
        if store.has(image) and spec.get("imagePullPolicy") != "Always":
            self._phase(spec["name"], "image-present", self._ensure_image, image=image)
            self._event(
                spec, "Normal", "Pulled", f'Container image "{image}" already present on machine and can be accessed by the pod'
            )
            return
        self._phase(spec["name"], "image-pulling", self._ensure_image, image=image)
        self._event(spec, "Normal", "Pulling", f'Pulling image "{image}"')
        asked = self.loop.now
        async with store.pulling:
            begun = self.loop.now
            await Sleep(store.pull_time(image))
            size = store.add(image).size_bytes
        took, waited = go_duration(milliseconds(self.loop.now - begun)), go_duration(milliseconds(self.loop.now - asked))
        self._phase(spec["name"], "image-pulled", self._ensure_image, image=image, took_us=self.loop.now - begun)
        message = f'Successfully pulled image "{image}" in {took} ({waited} including waiting). Image size: {size} bytes.'
        self._event(spec, "Normal", "Pulled", message)

    async def _watch_over(self, spec: Obj) -> None:
        """Wait for the container to end; start it again as the restartPolicy says, later and later."""
        while True:
            run = await self._exit_of(spec["name"])
            context = self.kubelet.context()
            context.cause = context.cause if run.ended_by is None else run.ended_by
            self._phase(spec["name"], "container-exited", self._watch_over, code=run.exit_code)
            await self._pause(latency.EXIT_NOTICED)
            if not restarts(self.pod, run):
                self.ended = self._all_done()
                self.kubelet.report(self)
                return
            self.kubelet.report(self)
            await self._back_off(spec, run)
            await self._start(spec)
            await self._pause(latency.STARTED_NOTICED)
            self.kubelet.report(self)

    async def _exit_of(self, name: str) -> Container:
        sandbox = self.sandbox
        while sandbox and (run := sandbox.latest(name)) and run.running:
            self._exits[name] = Future()
            await self._exits[name]
        if sandbox is None or (run := sandbox.latest(name)) is None:
            raise RuntimeError(f"{name} ended without having been")
        return run

    async def _back_off(self, spec: Obj, run: Container) -> None:
        delay = restart_delay(run.restart, (run.finished_us or 0) - (run.started_us or 0))
        if not delay:
            return
        name = f"{meta.name(self.pod)}_{meta.namespace(self.pod)}({self.uid})"
        self._event(spec, "Warning", "BackOff", f"Back-off restarting failed container {spec['name']} in pod {name}")
        await Sleep(delay + self.kubelet.dice.randint(0, delay // 2))
        message = f"back-off {go_duration(delay)} restarting failed container={spec['name']} pod={name}"
        self.waiting[spec["name"]] = {"reason": "CrashLoopBackOff", "message": message}
        self.kubelet.report(self)
        await self._pause(latency.SANDBOX_NOTICED)

    def _all_done(self) -> bool:
        sandbox = self.sandbox
        return sandbox is not None and not sandbox.running() and all(sandbox.latest(spec["name"]) for spec in self._specs())

    def exited(self, container: Container) -> None:
        """The runtime says that a container has ended."""
        if container.name in self._exits:
            self._exits[container.name].settle()

    async def end(self, grace_s: int, removed: bool) -> None:
        """SIGTERM, the grace period, SIGKILL; then report how it ended, and let the API server remove the Pod.

        `removed`: the object is gone already (a forced deletion), so there is nothing to report to.
        """
        self.ending = True
        await self._pause(latency.WORKER_WAKES)
        sandbox = self.sandbox
        running = sandbox.running() if sandbox else []
        for container in running:
            self._phase(container.name, "container-stopping", self.end, grace_s=grace_s)
            self._event({"name": container.name}, "Normal", "Killing", f"Stopping container {container.name}")
        if not removed:
            self.kubelet.report(self)
        if sandbox:
            await Gather([self._stop(sandbox, container, grace_s) for container in running])
        await self._pause(latency.EXIT_NOTICED)
        self.ended, self.sandbox_ready = True, False
        self.waiting.clear()
        if not removed:
            self.kubelet.report(self)
        await self._pause(latency.CLEANED_UP)
        self.kubelet.runtime.remove_sandbox(self.uid)
        self._phase("", "sandbox-removed", self.end)
        if not removed:
            await self._remove()
        self.kubelet.forget(self.uid)

    async def _stop(self, sandbox: Sandbox, container: Container, grace_s: int) -> None:
        """A process that listens to SIGTERM goes soon; one that has no time left is killed."""
        takes = latency.draw(self.kubelet.dice, latency.EXIT)
        if takes > grace_s * SECOND:
            await Sleep(grace_s * SECOND)
            self.kubelet.runtime.end(sandbox, container, STOPPED_BY_SIGNAL + SIGKILL)
        else:
            await Sleep(takes)
            self.kubelet.runtime.end(sandbox, container, 0)
        self._phase(container.name, "container-exited", self._stop, code=container.exit_code)

    async def _remove(self) -> None:
        await self.kubelet.reported(self.uid)
        self.kubelet.obey(self._remove)
        try:
            await self.kubelet.api.delete("Pod", meta.namespace(self.pod), meta.name(self.pod), grace=0, uid=self.uid)
        except StatusError as error:
            if error.code not in (404, 409):
                raise

    async def _pause(self, duration: tuple[Micros, Micros]) -> None:
        await Sleep(latency.draw(self.kubelet.dice, duration))

    def _phase(self, container: str, phase: str, by: Any, **detail: Any) -> None:
        context = self.kubelet.context()
        record = self.kubelet.trace.add(
            Phase, at=self.loop.now, cause=context.cause, who=self.kubelet.name, process=self.kubelet.process.name,
            by=dotted(by), ref=meta.ref(self.pod), container=container, phase=phase, detail=detail,
        )  # fmt: skip
        context.cause, context.by = record.seq, record.by

    def _event(self, spec: Obj, kind: str, reason: str, message: str) -> None:
        self.kubelet.recorder.event(self.pod, kind, reason, message, field_path=f"spec.containers{{{spec['name']}}}")


def milliseconds(duration: Micros) -> Micros:
    """Rounded to whole milliseconds, as the kubelet tells a pull."""
    return (duration + 500) // 1_000 * 1_000
