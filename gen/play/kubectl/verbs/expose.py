"""`kubectl expose`: a Service in front of what is there, with its selector and its ports.

Upstream: kubectl/pkg/cmd/expose/expose.go; recordings 17 and 40.
"""

from __future__ import annotations

from typing import Any

from gen.kit.evolve import dig
from gen.objects import meta
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.generators import placed
from gen.play.kubectl.targets import Found, found, needs_name, targets
from gen.play.kubectl.terminal import Session
from gen.play.kubectl.verbs.create import make

Obj = dict[str, Any]
EXPOSABLE = ("Service", "ReplicationController", "Deployment", "Pod", "ReplicaSet")


async def expose(session: Session) -> None:
    """A Service for every object that was named."""
    wanted = targets(session)
    needs_name(session, wanted)
    for one in await found(session, wanted):
        if one.kind.name not in EXPOSABLE:
            raise Failure(f"cannot expose a {one.kind.name}.{one.kind.group}".rstrip("."))
        await make(session, service(session, one), what="exposed")


def service(session: Session, one: Found) -> Obj:
    """The Service. Raises Failure where neither the line nor the object says which port."""
    command = session.command
    selector = pairs(command["selector"]) if command["selector"] else selector_of(one)
    spec: Obj = {"ports": ports(session, one), "selector": selector}
    flags = {"type": "type", "clusterIP": "cluster-ip", "sessionAffinity": "session-affinity"}
    spec.update({field: command[flag] for field, flag in flags.items() if command[flag]})
    if command["external-ip"]:
        spec["externalIPs"] = [command["external-ip"]]
    labels = pairs(command["labels"]) if command["labels"] else meta.labels(one.obj)
    metadata = placed(session, command["name"] or one.name, **({"labels": labels} if labels else {}))
    return {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec, "status": {"loadBalancer": {}}}


def pairs(text: str) -> dict[str, str]:
    """`app=web,tier=front` as a mapping."""
    return dict(pair.partition("=")[::2] for pair in text.split(","))


def selector_of(one: Found) -> dict[str, str]:
    """Which Pods the object means. Raises Failure for a Pod without labels, or a selector that is more than equal labels."""
    if one.kind.name == "Pod":
        labels = meta.labels(one.obj)
        if not labels:
            raise Failure("the pod has no labels and cannot be exposed")
        return dict(labels)
    found = dig(one.obj, "spec.selector", {})
    if one.kind.name in ("Service", "ReplicationController"):
        return dict(found)
    if found.get("matchExpressions"):
        why = f'couldn\'t convert expressions - "{found["matchExpressions"]}" to map-based selector format'
        raise Failure(f"couldn't retrieve selectors via --selector flag or introspection: {why}")
    return dict(found.get("matchLabels") or {})


def ports(session: Session, one: Found) -> list[Obj]:
    """The ports: those that were typed, else those that the containers, or the other Service, have."""
    command = session.command
    typed = command["port"].split(",") if command["port"] else [str(port) for port in known_ports(one)]
    if not typed:
        raise Failure("couldn't find port via --port flag or introspection")
    made: list[Obj] = []
    for place, port in enumerate(typed, 1):
        if not port.isdecimal():
            raise Failure(f'strconv.Atoi: parsing "{port}": invalid syntax')
        target = command["target-port"] or port
        made.append({
            **({"name": f"port-{place}"} if len(typed) > 1 else {}),
            "port": int(port), "protocol": command["protocol"] or "TCP",
            "targetPort": int(target) if str(target).isdecimal() else target,
        })  # fmt: skip
    return made


def known_ports(one: Found) -> list[int]:
    """The ports that the object itself tells of."""
    if one.kind.name == "Service":
        return [port["port"] for port in dig(one.obj, "spec.ports", [])]
    spec = "spec" if one.kind.name == "Pod" else "spec.template.spec"
    return [port["containerPort"] for each in dig(one.obj, f"{spec}.containers", []) for port in each.get("ports") or []]
