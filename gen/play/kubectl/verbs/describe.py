"""`kubectl describe`: an object, what belongs to it, and its Events, told for people.

Upstream: kubectl/pkg/cmd/describe/describe.go.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.kit.evolve import dig
from gen.objects import meta, selectors
from gen.play.kubectl import output
from gen.play.kubectl.describe import DESCRIBERS, NOT_TOLD, WITHOUT_EVENTS, describe_plainly
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.targets import Found, Target, found, targets
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
SUGGESTED = 'Use "kubectl api-resources" for a complete list of supported resources.'
DEPENDENTS = {"Deployment": "ReplicaSet", "ReplicaSet": "Pod", "StatefulSet": "Pod", "DaemonSet": "Pod"}


async def describe(session: Session) -> None:
    """Describe every object that was named, two empty lines apart."""
    if not session.command.arguments and not session.command["filename"]:
        raise Failure(f"You must specify the type of resource to describe. {SUGGESTED}")
    wanted = targets(session)
    objects = await found_or_beginning(session, wanted)
    with_events = len(objects) == 1 and session.command["show-events"]
    texts = [await described(session, one, with_events=with_events) for one in objects]
    session.stdout.append("\n\n".join(texts))
    if not texts and not session.errors:
        everywhere = session.command["all-namespaces"] or not all(target.kind.namespaced for target in wanted)
        session.note("No resources found" if everywhere else f"No resources found in {session.namespace} namespace.")


async def found_or_beginning(session: Session, wanted: list[Target]) -> list[Found]:
    """The objects with these names; where there is none, those whose names begin so."""
    objects: list[Found] = []
    for target in wanted:
        before = len(session.errors)
        exact = await found(session, [target])
        missing = session.errors[before:]
        if missing and isinstance(missing[0], StatusError) and missing[0].code == 404:
            listed, _ = await session.api.list(target.kind.name, target.namespace)
            exact = [Found(target.kind, obj) for obj in listed if meta.name(obj).startswith(target.name)]
            if exact:
                del session.errors[before:]
        objects.extend(exact)
    return objects


async def described(session: Session, one: Found, *, with_events: bool) -> str:
    """The text about one object; of several, none with its Events (recording 40). Raises Failure for a kind not told about."""
    kind = one.kind.name
    if kind in NOT_TOLD:
        raise Failure(f"this kubectl cannot describe {one.kind.plural} yet; `kubectl get -o yaml` shows all of it")
    shown = await events_of(session, one) if with_events and kind not in WITHOUT_EVENTS else None
    if kind in DESCRIBERS:
        return DESCRIBERS[kind](one.obj, await related(session, one), shown, session.now_s)
    return describe_plainly(output.shown(one.obj), shown, session.now_s)


async def related(session: Session, one: Found) -> dict[str, list[Obj]]:
    """What is told along with an object, by kind."""
    listed = session.api.list
    if one.kind.name in DEPENDENTS:
        return {DEPENDENTS[one.kind.name]: await dependents(session, one, DEPENDENTS[one.kind.name])}
    if one.kind.name == "Service":
        chosen = f"kubernetes.io/service-name={one.name}"
        return {"EndpointSlice": (await listed("EndpointSlice", one.namespace, labels=chosen))[0]}
    if one.kind.name == "Ingress":
        return {kind: (await listed(kind, one.namespace))[0] for kind in ("Service", "EndpointSlice")}
    if one.kind.name == "PersistentVolumeClaim":
        return {"Pod": (await listed("Pod", one.namespace))[0]}
    if one.kind.name == "Namespace":
        return {kind: (await listed(kind, one.name))[0] for kind in ("ResourceQuota", "LimitRange")}
    if one.kind.name == "Node":
        leases, _ = await listed("Lease", "kube-node-lease", fields=f"metadata.name={one.name}")
        return {"Lease": leases, "Pod": (await listed("Pod", fields=f"spec.nodeName={one.name}"))[0]}
    return {}


async def dependents(session: Session, one: Found, kind: str) -> list[Obj]:
    """The objects of a kind that this one controls."""
    selector = selectors.format_selector(dig(one.obj, "spec.selector"))
    listed, _ = await session.api.list(kind, one.namespace, labels=selector)
    return [obj for obj in listed if (meta.controller_of(obj) or {}).get("uid") == meta.uid(one.obj)]


async def events_of(session: Session, one: Found) -> list[Obj]:
    """The Events about the object, as describe asks for them."""
    asked = {"name": one.name, "namespace": one.namespace, "kind": one.kind.name, "uid": meta.uid(one.obj)}
    fields = ",".join(f"involvedObject.{field}={value}" for field, value in asked.items() if value)
    listed, _ = await session.api.list("Event", one.namespace, fields=fields)
    return listed
