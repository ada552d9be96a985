"""A diff: what requests made of objects, line by line, and who put each line there or took it away."""

from __future__ import annotations

from dataclasses import dataclass

from gen.views.model.part import Micros, Part, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Hunk(Part):
    """Lines of YAML that follow one another and have one story.

    `kind`: sent (as it was asked for, and so it is), same (unchanged, shown because of what is inside), added, removed, kept
    (not in what was sent, but set by somebody else and left alone), or fold, which stands for `count` unchanged lines. `by` is
    who did it.
    """

    kind: str
    by: Text | None = None
    lines: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision(Part):
    """One request that was stored with record `record`. Its three states, in lines: what was `sent`, what was there `before`,
    and what is there `after` (0: there is no such state). `tally` says how many lines each added.
    """

    record: int
    at: Micros
    thing: Text
    deed: Text
    sent: int
    before: int
    after: int
    hunks: tuple[Hunk, ...]
    tally: tuple[tuple[Text, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff(Part):
    """What the requests of a run made of objects, in order."""

    revisions: tuple[Revision, ...]
    notes: tuple[Text, ...] = ()

    @property
    def records(self) -> tuple[int, ...]:
        """The records that a reader can step to."""
        return tuple(revision.record for revision in self.revisions)
