"""The board: the control plane and the nodes, who speaks with the API server right now, and where each Pod is."""

from __future__ import annotations

from collections.abc import Mapping

from gen.trace.query import actor, histories
from gen.trace.record import Decided, Fault, Phase, Record, Ref, Request, Seen, Typed, Write
from gen.trace.trace import Trace
from gen.views.focus import Scope
from gen.views.model import Act, Board, Site, Stay, Text, Turn
from gen.views.moment import deeds, refusals, with_errands
from gen.views.nodes import CUT, PROCESSES, faults_by_target, in_force, node_notes
from gen.views.registry import view
from gen.views.stays import stays
from gen.views.wire import is_one_more

KUBECTL, API = "kubectl", "kube-apiserver"
CONTROLLERS = 5  # more share one box
ALWAYS = ("default-scheduler",)  # stands on every board: without it no Pod gets a node
FIRST = ("deployment-controller", "replicaset-controller")  # from top to bottom; then the others, as they first acted
NODES = 12  # more are counted, not drawn
PLACES = 60  # more Pods at a time are counted, not drawn


@view("board")
def board(trace: Trace, focus: Ref | None = None) -> Board:
    """Fold a trace into places, and into who did what at each record."""
    scope = Scope(trace, focus)
    happened = sorted([*deeds(trace, scope), *refusals(trace, scope)], key=lambda record: record.seq)
    shown = with_errands(trace, happened)
    acts = tuple(act for record in shown if (act := act_of(trace, record)))
    controllers, others = controllers_of(acts)
    housed, tray, homeless = stays(trace, scope, PLACES)
    out, names = outages(trace), node_names(trace)
    drawn = most_eventful(names, housed, out)
    homeless += len({stay.pod: None for stay in housed if stay.node and stay.node not in drawn})
    kept = tuple(stay for stay in housed if not stay.node or stay.node in drawn)
    left_out = (("note.nodes_left_out", len(names) - len(drawn)), ("note.pods_left_out", homeless))
    return Board(
        controllers=controllers, others=others, tray=tray, stays=kept, acts=acts, revision=revision_at_start(trace),
        nodes=tuple(
            Site(name=name, places=max((stay.place + 1 for stay in kept if stay.node == name), default=0)) for name in drawn
        ),
        outages=tuple(out.items()),
        notes=(*(Text(key, count=count) for key, count in left_out if count), *node_notes(trace)),
    )  # fmt: skip


def most_eventful(names: list[str], housed: tuple[Stay, ...], out: Mapping[str, object]) -> list[str]:
    """The nodes to draw, as they joined: all of a few, else first those that had a Pod or a fault."""
    busy = dict.fromkeys(stay.node for stay in housed)
    ranked = sorted(names, key=lambda name: name not in busy and f"kubelet/{name}" not in out)
    chosen = ranked[:NODES]
    return [name for name in names if name in chosen]


def act_of(trace: Trace, record: Record) -> Act | None:
    """What a record is on the board; None if nothing of it is seen there."""
    pod = pod_key(record)
    match record:
        case Typed():
            return Act(record=record.seq, kind="typed", source=KUBECTL)
        case Request():
            return Act(record=record.seq, kind="refused", source=record.who)
        case Write():
            source = API if is_one_more(trace, record) else actor(trace, record)
            return Act(record=record.seq, kind="call", source=source, revision=record.revision, pod=pod)
        case Seen():
            return Act(record=record.seq, kind="watch", source=record.who, pod=pod)
        case Decided():
            return Act(record=record.seq, kind="decided", source=record.who, pod=pod)
        case Phase():
            return Act(record=record.seq, kind="work", source=record.who, pod=pod)
        case Fault():
            return Act(record=record.seq, kind="fault", source=target_of(record), pod=pod)
    return None


def pod_key(record: Record) -> str:
    """The Pod that a record names, or "". A Request to create one knows no name yet."""
    ref = getattr(record, "ref", None)
    return f"pod/{ref.namespace}/{ref.name}" if isinstance(ref, Ref) and ref.kind == "Pod" and ref.name else ""


def target_of(fault: Fault) -> str:
    """The component that a fault hits: the kubelet of a node, a component, or nobody where a container is killed."""
    if fault.ref.kind == "Node":
        return f"kubelet/{fault.ref.name}"
    return fault.ref.name if fault.ref.kind == "Component" else ""


def controllers_of(acts: tuple[Act, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The components of the control plane beside API server and etcd that act; and those that share one box."""
    acting = dict.fromkeys(
        act.source for act in acts if "/" not in act.source and act.source not in ("", KUBECTL, API, *PROCESSES)
    )
    found = [name for name in FIRST if name in acting]
    found += [name for name in acting if name not in (*FIRST, *ALWAYS)]
    kept = found if len(found) <= CONTROLLERS else found[: CONTROLLERS - 1]
    return (*kept, *ALWAYS), tuple(found[len(kept) :])


def node_names(trace: Trace) -> list[str]:
    """The Nodes of the run, in the order in which they joined."""
    return [ref.name for ref in histories(trace, "Node")]


def revision_at_start(trace: Trace) -> int:
    """Etcd's revision at virtual time 0."""
    return max((write.revision for write in trace.of(Write) if write.at < 0), default=0)


def outages(trace: Trace) -> dict[str, tuple[Turn, ...]]:
    """What does not run, or hears nothing, from when to when: turns of `stopped`, `cut` and "" by box, or by `nodes.MANY`."""
    found: dict[str, list[Turn]] = {}
    for faults in faults_by_target(trace).values():
        for fault, after in zip(faults, in_force(faults), strict=True):
            state = "" if after is None else "cut" if after.deed == CUT else "stopped"
            key = PROCESSES.get(target_of(fault), target_of(fault))
            if key:
                found.setdefault(key, []).append(Turn(record=fault.seq, state=state, word=fault.what))
    return {key: tuple(turns) for key, turns in found.items() if any(turn.state for turn in turns)}
