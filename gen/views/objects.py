"""The objects: who owns whom, as a tree that grows and shrinks with the run."""

from __future__ import annotations

from collections.abc import Iterator

from gen.trace.query import actor
from gen.trace.record import Fault, Ref, Typed, Write
from gen.trace.trace import Trace
from gen.views.focus import SILENT_KINDS, Scope
from gen.views.growth import Growth, Path, owner_of
from gen.views.labels import label
from gen.views.model import Branch, Text, Tree, Turn
from gen.views.nodes import deed_of
from gen.views.registry import view
from gen.views.replicas import WORKLOADS

ROWS = 60  # more are counted, not drawn
MORE = "more"  # the state of a row that says how many more there are
Children = dict[Path, dict[Path, None]]  # below (): what nobody owns
PLACES = ("Namespace", "Node")  # where objects stand
LISTS = ("EndpointSlice", "Endpoints")  # what a controller writes down about Pods: no part of what was asked for


@view("objects")
def objects(trace: Trace, focus: Ref | None = None) -> Tree:
    """Fold a trace into a row for each object under each owner that it ever had."""
    scope = Scope(trace, focus)
    growth, told = Growth(scope), list[int]()
    shown = in_the_tree(trace)
    for write in trace.of(Write):
        if write.ref in shown and growth.take(write) and write.at >= 0:
            told.append(write.seq)
    began = {record.seq: deed_of(record) if isinstance(record, Fault) else "typed"
             for record in trace if record.at >= 0 and isinstance(record, (Typed, Fault))}  # fmt: skip
    children = kept_apart(growth, trace)
    rows, left_out = limited(children, growth, scope)
    loose = {path for path in children.get((), {}) if is_loose(path, children)}
    return Tree(
        branches=tuple(branch for path, branch in rows if path[:1] not in loose),
        loose=tuple(branch for path, branch in rows if path[:1] in loose),
        records=tuple(sorted((*told, *began))), landmarks=tuple(began.items()), notes=left_out,
    )  # fmt: skip


def in_the_tree(trace: Trace) -> set[Ref]:
    """Pods, workloads, whatever else owns or is owned, and what the run's own commands made."""
    found: set[Ref] = set()
    for write in trace.of(Write):
        ref, owner = write.ref, owner_of(write)
        if ref.kind in (*SILENT_KINDS, *LISTS):
            continue
        if owner is not None:
            found |= {ref, owner}
        elif ref.kind == "Pod" or ref.kind in WORKLOADS or is_made_by_hand(trace, write):
            found.add(ref)
    return found


def is_made_by_hand(trace: Trace, write: Write) -> bool:
    """Whether a command of the run made the object: what stands there anyway is furniture."""
    return write.at >= 0 and write.before is None and write.ref.kind not in PLACES and actor(trace, write) == "kubectl"


def kept_apart(growth: Growth, trace: Trace) -> Children:
    """The places by the place of their owner, as they were first taken; without those that were left before time 0."""
    found: Children = {}
    for path, turns in growth.turns.items():
        if turns[-1].state or trace[turns[-1].record].at >= 0:
            for length in range(len(path)):
                found.setdefault(path[:length], {})[path[: length + 1]] = None
    return found


def is_loose(path: Path, children: Children) -> bool:
    """Whether an object without an owner owns nothing, and is none of the kinds that would."""
    return path not in children and path[-1].kind not in WORKLOADS


def limited(children: Children, growth: Growth, scope: Scope) -> tuple[list[tuple[Path, Branch]], tuple[Text, ...]]:
    """The rows from top to bottom, and notes on what has none: of many Pods of one owner the later ones share a row."""
    most = next((most for most in range(ROWS, 1, -1) if sum(1 for _ in order(children, (), most)) <= ROWS), 1)
    whole = list(order(children, (), most))
    kept = [(path, hidden) for path, hidden in whole[:ROWS]]
    hidden_pods = len({one[-1] for _, hidden in kept for one in hidden} - {path[-1] for path, hidden in kept if not hidden})
    rows = [(path, more(path, hidden, growth) if hidden else branch(path, growth, scope)) for path, hidden in kept]
    beyond = len({path[-1] for path, _ in whole[ROWS:]})
    left_out = (("note.pods_left_out", hidden_pods), ("note.objects_left_out", beyond))
    return rows, tuple(Text(key, count=count) for key, count in left_out if count)


def order(children: Children, path: Path, most: int) -> Iterator[tuple[Path, list[Path]]]:
    """All places below one, owners before what they own; and in place of the Pods that are too many, a row that hides them.

    What owns nothing and has no owner comes last.
    """
    below = list(children.get(path, {}))
    if not path:
        below.sort(key=lambda one: is_loose(one, children))
    pods = [one for one in below if one[-1].kind == "Pod" and one not in children]
    hidden = dict.fromkeys(pods[most:])
    for one in below:
        if one not in hidden:
            yield one, []
            yield from order(children, one, most)
    if hidden:
        yield next(iter(hidden)), list(hidden)


def branch(path: Path, growth: Growth, scope: Scope) -> Branch:
    """The row of an object."""
    ref, owner = path[-1], scope.owner(path[-1])
    heads = owner is None and ref.kind != "Pod"  # stands over others, as the heading of a group does
    return Branch(
        key=f"{ref.kind.lower()}/{ref.namespace}/{ref.name}", kind=ref.kind, depth=len(path) - 1,
        label=ref.name if heads else label(ref.name, owner.name if owner else ""), title=ref.name,
        turns=tuple(growth.turns.get(path, ())), touched=tuple(growth.touched.get(path, ())),
    )  # fmt: skip


def more(path: Path, hidden: list[Path], growth: Growth) -> Branch:
    """The row that says how many Pods there are beyond those that have one."""
    changes = []
    for one in hidden:
        here = False
        for turn in growth.turns[one]:
            if bool(turn.state) != here:
                here = not here
                changes.append((turn.record, 1 if here else -1))
    count, turns = 0, dict[int, Turn]()
    for record, change in sorted(changes):
        count += change
        turns[record] = Turn(record=record, state=MORE if count else "", word=f"+{count}" if count else "")
    return Branch(
        key=f"more/{'/'.join(ref.name for ref in path[:-1])}", kind="", label="", title="", depth=len(path) - 1,
        turns=tuple(turns.values()),
    )  # fmt: skip
