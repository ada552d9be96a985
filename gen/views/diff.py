"""What an apply or an admission changed: for every request what was sent, what was there, and what the API server made of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from gen.trace.query import actor
from gen.trace.record import Ref, Request, Write
from gen.trace.trace import Trace
from gen.views.credit import REVISION, Credit, asked_by, prefixes
from gen.views.deeds import thing
from gen.views.focus import SILENT_KINDS
from gen.views.model import Diff, Hunk, Revision, Text
from gen.views.registry import view
from gen.views.sentences import component
from gen.views.yaml_lines import ADDED, MISSING, SAME, STEP, Line, merged, whole

REVISIONS = 30  # more are counted, not shown
Told = tuple[str, Text | None, Line]  # the kind of a hunk, who is named, and the line


@view("diff")
def diff(trace: Trace, focus: Ref | None = None) -> Diff:
    """Fold a trace into what its requests changed: those of people, and the first of each owner's objects; of a focus all, but
    for writes of its status.
    """
    before: dict[Ref, list[Write]] = {}
    found: list[Revision] = []
    many = 0
    for write in trace.of(Write):
        if write.ref.kind in SILENT_KINDS or focus not in (None, write.ref):
            continue
        if write.at >= 0 and (write.sent is not None or focus is not None and not is_of_status(trace, write)):
            many += 1
            if many <= REVISIONS:
                found.append(revision(trace, write, before.get(write.ref, [])))
        before.setdefault(write.ref, []).append(write)
    left_out = many - len(found)
    return Diff(revisions=tuple(found), notes=(Text("note.revisions_left_out", count=left_out),) if left_out else ())


def is_of_status(trace: Trace, write: Write) -> bool:
    """Whether a write only tells how the object does."""
    cause = None if write.cause is None else trace[write.cause]
    return isinstance(cause, Request) and cause.subresource == "status"


def revision(trace: Trace, write: Write, earlier: list[Write]) -> Revision:
    """One write with its three states."""
    told = list(lines(trace, write, Credit.of(trace, write, earlier)))
    counts: dict[Text, int] = {}
    for kind, by, _ in told:
        if by is not None and kind in ("sent", "added", "removed"):
            counts[by] = counts.get(by, 0) + 1
    return Revision(
        record=write.seq, at=write.at, thing=thing(write.ref), deed=asked_by(trace, write),
        sent=whole(write.sent) if isinstance(write.sent, dict) else 0,
        before=whole(write.before) if write.before else 0, after=whole(write.after) if write.after else 0,
        hunks=tuple(hunks(told)), tally=tuple(counts.items()),
    )  # fmt: skip


def lines(trace: Trace, write: Write, credit: Credit) -> Iterator[Told]:
    """Every line of both states with its kind, and with who is to be named."""
    if write.after is None:
        return
    base = write.before or (write.sent if isinstance(write.sent, dict) else MISSING)
    if base is MISSING:
        both = Text("diff.by.unknown", who=component(actor(trace, write)))
        yield from (("fold", both, line) for line in merged(MISSING, write.after))
        return
    found = [line for line in merged(base, write.after) if line.pointer != REVISION or line.sign == ADDED]
    told = [told_of(line, credit) for line in found]
    around = {place for kind, _, line in told if kind != "fold" for place in prefixes(line.pointer)[1:]}
    for kind, by, line in told:
        yield ("same", None, line) if kind == "fold" and leads_inside(line, around) else (kind, by, line)


def told_of(line: Line, credit: Credit) -> Told:
    """One line; what did not change, and was not sent just now, is to be folded."""
    if line.sign == SAME and credit.write.before is None:
        return "sent", credit.sender, line
    if line.sign == SAME or line.pointer == REVISION and credit.write.before is not None:
        kept = credit.kept_for(line)
        return ("kept", kept, line) if kept else ("fold", None, line)
    return "added" if line.sign == ADDED else "removed", credit.named(line), line


def leads_inside(line: Line, around: set[str]) -> bool:
    """Whether a line is the heading of something that is shown: a key, or the first line of a list's item."""
    own = line.pointer if not line.leaf else ""
    return own in around or line.text.startswith("- ") and line.pointer.rpartition("/")[0] in around


def hunks(told: list[Told]) -> Iterator[Hunk]:
    """Lines that follow one another and have one story, together. A single line is not worth folding."""
    for (kind, by), group in groupby(told, key=lambda one: one[:2]):
        grouped = [line for _, _, line in group]
        texts = tuple(STEP * line.depth + line.text for line in grouped)
        if kind != "fold":
            yield Hunk(kind=kind, by=by, lines=texts)
        elif len(texts) == 1 and by is None and grouped[0].pointer != REVISION:
            yield Hunk(kind="same", lines=texts)
        else:
            yield Hunk(kind=kind, by=by, count=len(texts))
