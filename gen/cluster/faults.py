"""What a scenario may do to a cluster: stop and start what runs, kill a container under its kubelet, cut watches.

A watch that is cut with `for` is a broken connection. What was on its way is lost, and what changes passes unseen; the
component goes on with what its cache holds, and its own requests go through. When the time is over the cache is listed
anew, and what differs is told. Upstream: client-go/tools/cache/reflector.go: a broken watch, or one that cannot be dialled
(for another reason than a refused connection or too many requests), ends ListAndWatch, which begins again with a list. The
list goes the same way as the watch: in kube-controller-manager both belong to a client of their own (shared-informers).
Left out: the tries in between, none of which comes through. Upstream makes them after 0.8 s and up to as much again, then
twice as long each time, up to 30 s (NewReflectorWithOptions), so it comes back up to a minute later than here.

A watch that is cut without `for` is one that the API server ends in good order: Informer.close tells what follows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gen.cluster.apiserver.watchcache import Cut
from gen.cluster.client.informer import Informer, Informers
from gen.cluster.node.runtime import KILLED
from gen.cluster.wiring import CONTROLLERS, MANAGER, SCHEDULER, Cluster
from gen.kit.duration import parse_duration
from gen.kit.loop import SECOND, Context
from gen.objects import meta
from gen.trace.record import Fault, Ref

Obj = dict[str, Any]
NODE_MONITOR_GRACE_US = 50 * SECOND  # upstream: nodelifecycle/config/v1alpha1/defaults.go
DEEDS = ("stop", "start", "kill", "cut")
CONTROLLER_NAMES = tuple(name for _, name, _ in CONTROLLERS)
WATCHERS = {MANAGER: CONTROLLER_NAMES[0], SCHEDULER: "default-scheduler"}  # somebody in the process, who knows its informers


class CannotHappen(Exception):
    """The fault names something that is not there now."""


def inflict(cluster: Cluster, fault: Obj) -> None:
    """Do it, now. With `for`, it ends after that time: what was stopped starts again. Raises CannotHappen."""
    deed = next((one for one in DEEDS if one in fault), None)
    if deed is None:
        raise CannotHappen(f"no such fault: {fault} (known: {', '.join(DEEDS)})")
    if fault[deed] == "container":
        _kill_container(cluster, fault)
    elif deed == "cut":
        _cut_watches(cluster, fault)
    else:
        _stop_or_start(cluster, deed, process_name(cluster, fault, deed), fault.get("for"))


def process_name(cluster: Cluster, fault: Obj, field: str) -> str:
    """The process that a field of a fault names: `kubelet` with its node, or a component of the control plane.

    Raises CannotHappen.
    """
    name = str(fault.get(field, ""))
    if name == "kubelet":
        node = str(fault.get("node", ""))
        if node not in cluster.machines:
            raise CannotHappen(f"no node {node!r} (there are: {', '.join(cluster.machines)})")
        return f"kubelet/{node}"
    if name not in (MANAGER, SCHEDULER):
        controllers = f", {', '.join(CONTROLLER_NAMES)}" if field == "of" else ""
        raise CannotHappen(f"no component {name!r} (there are: kubelet with node, {MANAGER}, {SCHEDULER}{controllers})")
    return name


def _stop_or_start(cluster: Cluster, deed: str, name: str, lasts: str | None) -> None:
    kind, _, node = name.partition("/")
    ref = Ref("Node", "", node) if node else Ref("Component", "", name)
    seq = _told(cluster, deed, kind, ref, lasts).seq
    cluster.loop.context = Context(seq)
    if deed == "start":
        cluster.start(name, Context(seq))
        return
    cluster.stop(name)
    if kind == "kubelet" and (lasts is None or parse_duration(lasts) > NODE_MONITOR_GRACE_US):
        cluster.trace.leave_out("node-monitor-grace-period")  # the Node would become NotReady, and its Pods be evicted
    if lasts is not None or deed == "kill":
        cluster.loop.after(parse_duration(lasts or "1s"), _stop_or_start, cluster, "start", name, None)


def _kill_container(cluster: Cluster, fault: Obj) -> None:
    """SIGKILL from outside: the kubelet will find it gone."""
    namespace, _, name = ("/" + str(fault["pod"])).rpartition("/")
    pod = cluster.server.find("Pod", namespace.strip("/") or "default", name)
    machine = cluster.machines.get(pod["spec"].get("nodeName", "")) if pod else None
    sandbox = machine.runtime.sandboxes.get(meta.uid(pod)) if pod and machine else None
    wanted = fault.get("container")
    running = [one for one in sandbox.running() if wanted in (None, one.name)] if sandbox else []
    if pod is None or machine is None or sandbox is None or not running:
        raise CannotHappen(f"no running container {wanted or ''} in pod {fault['pod']}")
    for container in running:
        machine.runtime.end(sandbox, container, KILLED, cause=_told(cluster, "kill", "container", meta.ref(pod)).seq)


def _cut_watches(cluster: Cluster, fault: Obj) -> None:
    """Cut a process off from its watches, or a controller from those that it uses: others may share these, and suffer too."""
    process, component, kinds = _watched_by(cluster, fault)
    node = process.partition("/")[2]
    ref = Ref("Node", "", node) if node else Ref("Component", "", str(fault["of"]))
    cut = Cut(process, component, kinds, _told(cluster, "cut", "watch", ref, fault.get("for")))
    for informer in _informers(cluster, cut, kinds):
        if "for" in fault:
            informer.cut()
        else:
            informer.close(cut.record.seq)
    if "for" in fault:
        cluster.server.cache.cuts.append(cut)
        cluster.loop.after(parse_duration(fault["for"]), _cut_is_over, cluster, cut)


def _watched_by(cluster: Cluster, fault: Obj) -> tuple[str, str, tuple[str, ...]]:
    """The process whose watches are meant, somebody in it, and the kinds. Raises CannotHappen."""
    if fault["cut"] != "watch":
        raise CannotHappen(f"nothing to cut: {fault['cut']!r} (there is: watch)")
    name = str(fault.get("of", ""))
    process = MANAGER if name in CONTROLLER_NAMES else process_name(cluster, fault, "of")
    if process not in cluster.processes or not cluster.processes[process].alive:
        raise CannotHappen(f"{process} does not run, so it has no watches to cut (start it first)")
    component = name if name in CONTROLLER_NAMES else WATCHERS.get(process, process)
    informers: Informers = cluster.components[component].informers
    return process, component, informers.used if name in CONTROLLER_NAMES else informers.kinds


def _cut_is_over(cluster: Cluster, cut: Cut) -> None:
    """The time of a cut is over: who is free of it and of all others is mended, and lists anew.

    A cut is told to be mended as soon as one of its watches is free; that may be when another cut is over. A process that
    was stopped meanwhile has been cut off since it started again: the line was broken, whoever uses it.
    """
    cache, why = cluster.server.cache, Context()
    cut.over = True
    free = [kind for kind in cut.kinds if not cache.cut_off(cut.process, kind)]
    for one in list(cache.cuts):
        if one.over and one.process == cut.process and any(kind in free for kind in one.kinds):
            cache.cuts.remove(one)
            mend = _told(cluster, "mend", "watch", one.record.ref, cause=one.record.seq)
            why = Context(mend.seq) if one is cut else why
    for informer in _informers(cluster, cut, free):
        informer.start(why)


def _informers(cluster: Cluster, cut: Cut, kinds: Iterable[str]) -> list[Informer]:
    """The informers of these kinds in the process as it is now: perhaps another than when the cut began."""
    informers: Informers = cluster.components[cut.component].informers
    return [informers.known(kind) for kind in kinds]


def _told(cluster: Cluster, deed: str, what: str, ref: Ref, lasts: str | None = None, cause: int | None = None) -> Fault:
    """Write a fault into the trace. `lasts` is a duration as scenarios write it."""
    return cluster.trace.add(
        Fault, at=cluster.loop.now, cause=cause, who="scenario", process="scenario", deed=deed, what=what, ref=ref,
        lasts=None if lasts is None else parse_duration(lasts),
    )  # fmt: skip
