"""Which Pod, and which of its containers, `exec` and `logs` mean. Upstream: kubectl/pkg/polymorphichelpers, podcmd/podcmd.go."""

from __future__ import annotations

from typing import Any

from gen.kit.evolve import dig
from gen.objects import meta, pods
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.targets import one_named
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
CHOSEN = "kubectl.kubernetes.io/default-container"


async def chosen_pod(session: Session, word: str, *, told: bool = False) -> Obj:
    """`NAME`, `pod/NAME`, or the first Pod of a workload; `told`: say which of how many. Raises Failure and StatusError."""
    if "/" not in word:
        return await session.api.get("Pod", session.namespace, word)
    target = one_named(session, word)
    obj = await session.api.get(target.kind.name, target.namespace, target.name)
    if target.kind.name == "Pod":
        return obj
    selector = dig(obj, "spec.selector", {})
    labels = selector.get("matchLabels", selector) if target.kind.name != "Service" else selector
    if not labels:
        raise Failure(f"cannot attach to {target.kind.name}: selector has no labels")
    text = ",".join(f"{key}={value}" for key, value in sorted(labels.items()) if isinstance(value, str))
    found, _ = await session.api.list("Pod", target.namespace, text)
    if not found:
        raise Failure(f"timed out waiting for the condition: no pods of {word}")
    first = min(found, key=_order)
    if told and len(found) > 1:
        session.note(f"Found {len(found)} pods, using pod/{meta.name(first)}")
    return first


def _order(pod: Obj) -> tuple[bool, str, str]:
    return not pods.is_ready(pod), pod["metadata"].get("creationTimestamp", ""), meta.name(pod)


def container_of(session: Session, pod: Obj, named: str = "") -> str:
    """The container that was named, or the default one: of several kubectl says which it takes. Raises Failure."""
    inits = [one["name"] for one in pod["spec"].get("initContainers") or []]
    names = [one["name"] for one in pod["spec"]["containers"]]
    asked = str(session.command["container"] or named)
    if asked:
        if asked not in [*names, *inits]:
            raise Failure(f"container {asked} not found in pod {meta.name(pod)}")
        return asked
    chosen = meta.annotations(pod).get(CHOSEN, "")
    if chosen in [*names, *inits]:
        return chosen
    if len(names) + len(inits) > 1:
        listed = ", ".join([*names, *(f"{name} (init)" for name in inits)])
        session.note(f'Defaulted container "{names[0]}" out of: {listed}')
    return str(names[0])
