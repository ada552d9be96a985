"""What a scenario may do to a cluster: stop and start what runs, and kill a container under its kubelet."""

from __future__ import annotations

from typing import Any

from gen.cluster.node.runtime import SIGKILL
from gen.cluster.wiring import MANAGER, SCHEDULER, Cluster
from gen.kit.duration import parse_duration
from gen.kit.loop import SECOND, Context
from gen.objects import meta
from gen.trace.record import Fault, Ref

Obj = dict[str, Any]
NODE_MONITOR_GRACE_US = 50 * SECOND  # upstream: nodelifecycle/config/v1alpha1/defaults.go
DEEDS = ("stop", "start", "kill")


class CannotHappen(Exception):
    """The fault names something that is not there now."""


def inflict(cluster: Cluster, fault: Obj) -> None:
    """Do it, now. With `for`, a stopped process starts again after that time. Raises CannotHappen."""
    deed = next((one for one in DEEDS if one in fault), None)
    if deed is None:
        raise CannotHappen(f"no such fault: {fault} (known: {', '.join(DEEDS)})")
    if fault[deed] == "container":
        _kill_container(cluster, fault)
    else:
        _stop_or_start(cluster, deed, process_name(cluster, fault, deed), fault.get("for"))


def process_name(cluster: Cluster, fault: Obj, deed: str) -> str:
    """The process that a fault names: `kubelet` with its node, or a component of the control plane."""
    name = str(fault[deed])
    if name == "kubelet":
        node = str(fault.get("node", ""))
        if node not in cluster.machines:
            raise CannotHappen(f"no node {node!r} (there are: {', '.join(cluster.machines)})")
        return f"kubelet/{node}"
    if name not in (MANAGER, SCHEDULER):
        raise CannotHappen(f"no component {name!r} (there are: kubelet with node, {MANAGER}, {SCHEDULER})")
    return name


def _stop_or_start(cluster: Cluster, deed: str, name: str, lasts: str | None) -> None:
    kind, _, node = name.partition("/")
    ref = Ref("Node", "", node) if node else Ref("Component", "", name)
    seq = cluster.trace.add(Fault, at=cluster.loop.now, who="scenario", process="scenario", deed=deed, what=kind, ref=ref).seq
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
        seq = cluster.trace.add(
            Fault, at=cluster.loop.now, who="scenario", process="scenario", deed="kill", what="container", ref=meta.ref(pod)
        ).seq
        machine.runtime.end(sandbox, container, 128 + SIGKILL, cause=seq)
