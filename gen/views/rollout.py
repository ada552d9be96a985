"""The rollout: a Deployment's old and new Pods over time, between what must be available and what may be there."""

from __future__ import annotations

from gen.trace.query import actor, histories
from gen.trace.record import Micros, Ref, Typed
from gen.trace.trace import Trace
from gen.views.focus import Scope
from gen.views.headcount import Headcount
from gen.views.labels import label
from gen.views.model import Balance, Break, Count, Mark, Rollout, Scaling, Share, Text
from gen.views.registry import view
from gen.views.sentences import sentence
from gen.views.silence import breaks, busy_times
from gen.views.tallies import SECOND_US, Tallies
from gen.views.timeline import TAIL, run_end

SETS = 8  # ReplicaSets; of more, the latest
KUBECTL = "kubectl "


@view("rollout")
def rollout(trace: Trace, focus: Ref | None = None) -> Rollout:
    """Fold a trace into the counts of one Deployment: the focus, or who owns it; without a focus the first."""
    subject, others = chosen(trace, focus)
    if subject is None:
        return Rollout(name="", start=0, end=1, notes=(Text("rollout.none"),))
    tallies = Tallies(round(trace.info.get("startEpoch", 0) * SECOND_US))
    count = Headcount(subject, tallies, lambda record: actor(trace, record))
    for record in trace:
        count.take(record)
    end = run_end(trace)
    count.wait(end, len(trace) - 1)
    ever = [share_of(ref, subject, count) for ref in count.counts if any(one.wanted or one.pods for one in count.counts[ref])]
    shares = tuple(ever[-SETS:])
    commands = tuple(mark(trace, typed) for typed in trace.of(Typed) if typed.at >= 0)
    told: list[Count | Balance | Scaling | Mark] = [*count.balances, *count.scalings, *commands]
    told += [one for share in shares for one in share.counts]
    cuts, end = spanned(trace, sorted({0, end, *(one.at for one in told)}))
    return Rollout(
        name=subject.name, start=0, end=end, shares=shares, balances=tuple(count.balances), scalings=tuple(count.scalings),
        commands=commands, breaks=cuts, records=tuple(sorted({one.record for one in told if trace[one.record].at >= 0})),
        notes=tuple(noted(others, len(ever) - len(shares), deleted=count.deleted)),
    )  # fmt: skip


def chosen(trace: Trace, focus: Ref | None) -> tuple[Ref | None, int]:
    """The Deployment that the picture is about, and how many others the run has."""
    found, scope = list(histories(trace, "Deployment")), Scope(trace)
    if focus is None:
        return (found[0] if found else None), max(len(found) - 1, 0)
    seen: list[Ref] = []
    one: Ref | None = focus
    while one is not None and one.kind != "Deployment" and one not in seen:
        seen.append(one)
        one = scope.owner(one)
    return (one if one in found else None), 0


def share_of(ref: Ref, subject: Ref, count: Headcount) -> Share:
    """A ReplicaSet and its counts."""
    return Share(
        key=f"replicaset/{ref.namespace}/{ref.name}", label=label(ref.name, subject.name), title=ref.name,
        counts=tuple(count.counts[ref]),
    )  # fmt: skip


def mark(trace: Trace, typed: Typed) -> Mark:
    """A command."""
    return Mark(at=typed.at, deed="typed", record=typed.seq, text=sentence(trace, typed), label=typed.line.removeprefix(KUBECTL))


def spanned(trace: Trace, times: list[Micros]) -> tuple[tuple[Break, ...], Micros]:
    """Which silences the picture leaves out, and where it ends."""
    cuts = breaks(times, busy_times(trace))
    drawn = times[-1] - sum(cut.end - cut.start for cut in cuts)
    return cuts, times[-1] + max(drawn // TAIL, 1)


def noted(others: int, sets: int, *, deleted: bool) -> list[Text]:
    """What the picture leaves out."""
    counted = (("rollout.others_left_out", others), ("rollout.sets_left_out", sets))
    return [
        *(Text(key, count=count) for key, count in counted if count),
        *([Text("rollout.deleted_left_out")] if deleted else []),
    ]
