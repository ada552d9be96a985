"""What has to be done for a Pod now: which containers to start and to kill, or that the Pod is over. A pure rule.

Upstream: pkg/kubelet/kuberuntime/kuberuntime_manager.go (computePodActions), kuberuntime_container.go
(computeInitContainerActions), pkg/kubelet/container/helpers.go (ShouldContainerBeRestarted), v1.36.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gen.objects.pods import is_sidecar, sidecars

Obj = dict[str, Any]
NONE, RUNNING, EXITED = "none", "running", "exited"


@dataclass(frozen=True, slots=True)
class Look:
    """A container as the kubelet sees it: none, running or exited; whether it has started; which probe it has failed."""

    state: str = NONE
    code: int = 0
    started: bool = False
    failed: str = ""  # "liveness" or "startup"
    changed: bool = False  # its image is no longer the one that runs


@dataclass(frozen=True, slots=True)
class Actions:
    """What to do, in order: first kill (name, why), then start. `over`: nothing runs, and nothing will run again."""

    kill: tuple[tuple[str, str], ...] = ()
    start: tuple[str, ...] = ()
    over: bool = False


@dataclass(slots=True)
class Todo:
    """Actions while they are being found."""

    kill: list[tuple[str, str]] = field(default_factory=list)
    start: list[str] = field(default_factory=list)


def starts_again(policy: str, code: int) -> bool:
    """Whether a container that ended with `code` is started again, by the Pod's restartPolicy."""
    return policy == "Always" or (policy == "OnFailure" and code != 0)


def initialized(spec: Obj, looks: Mapping[str, Look]) -> bool:
    """Whether the init containers are through: a container was made already, or each has ended well (a sidecar: started)."""
    if any(looks[one["name"]].state != NONE for one in spec["containers"]):
        return True
    return all(is_through(one, looks[one["name"]]) for one in spec.get("initContainers") or [])


def is_through(container: Obj, look: Look) -> bool:
    """Whether the next init container may begin."""
    return look.started if is_sidecar(container) else look.state == EXITED and look.code == 0


def actions(spec: Obj, looks: Mapping[str, Look]) -> Actions:
    """What the Pod needs now."""
    todo = Todo()
    policy = spec.get("restartPolicy", "Always")
    if not initialized(spec, looks):
        over = next_init(spec, looks, policy, todo)
        return Actions(tuple(todo.kill), tuple(todo.start), over)
    for container in spec["containers"]:
        regular(container["name"], looks[container["name"]], policy, todo)
    over = not todo.start and not any(looks[one["name"]].state == RUNNING for one in spec["containers"])
    if not over:
        for container in sidecars(spec):
            regular(container["name"], looks[container["name"]], "Always", todo)
    return Actions(tuple(todo.kill), tuple(todo.start), over)


def next_init(spec: Obj, looks: Mapping[str, Look], policy: str, todo: Todo) -> bool:
    """Init containers run one after the other; a sidecar must only have started. True if one has failed for good."""
    inits = spec.get("initContainers") or []
    for number, container in enumerate(inits):
        name, look = container["name"], looks[container["name"]]
        if is_sidecar(container):
            regular(name, look, "Always", todo)
        elif look.state == NONE:
            todo.start.append(name)
        elif look.state == EXITED and look.code:
            if policy == "Never":
                return True
            todo.start.append(name)
        further = any(looks[one["name"]].state != NONE for one in inits[number + 1 :])  # a sidecar that fails later stops nobody
        if not is_through(container, look) and not further:
            return False
    return False


def regular(name: str, look: Look, policy: str, todo: Todo) -> None:
    """A container that is to run: start it, start it again, or kill it because a probe has failed or its image was changed."""
    if look.state == NONE or (look.state == EXITED and starts_again(policy, look.code)):
        todo.start.append(name)
    elif look.state == RUNNING and (look.failed or look.changed):
        why = f"Container {name} failed {look.failed} probe" if look.failed else f"Container {name} definition changed"
        again = look.changed or policy != "Never"
        todo.kill.append((name, f"{why}, will be restarted" if again else why))
        if again:
            todo.start.append(name)
