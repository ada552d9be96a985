"""The difference of two texts, as `diff -u -N` writes it: lines that go, lines that come, three lines around them.

Source: the unified format of GNU diffutils.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

CONTEXT = 3


def unified(before: str, after: str) -> str:
    """The hunks, each with its places; "" where the texts are equal.

    >>> print(unified("a\\nb\\n", "a\\nc\\n"), end="")
    @@ -1,2 +1,2 @@
     a
    -b
    +c
    """
    old, new = before.splitlines(), after.splitlines()
    lines: list[str] = []
    for group in _hunks(old, new):
        lines.append(f"@@ -{_place(group[0][1], group[-1][2])} +{_place(group[0][3], group[-1][4])} @@")
        for tag, first, end, start, last in group:
            if tag == "equal":
                lines += [f" {line}" for line in old[first:end]]
            else:
                lines += [f"-{line}" for line in old[first:end]] + [f"+{line}" for line in new[start:last]]
    return "".join(f"{line}\n" for line in lines)


Change = tuple[str, int, int, int, int]  # as `difflib` tells it: what, and the lines of both texts


def _hunks(old: list[str], new: list[str]) -> Iterator[list[Change]]:
    """What changed, with the lines around it; changes that are near one another share a hunk."""
    changes = _slid(SequenceMatcher(None, old, new, autojunk=False).get_opcodes(), old, new)
    hunk: list[Change] = []
    for place, (what, first, end, start, last) in enumerate(changes):
        if what != "equal":
            hunk.append((what, first, end, start, last))
            continue
        after = min(CONTEXT, end - first) if place else 0
        before = min(CONTEXT, end - first) if place < len(changes) - 1 else 0
        if hunk and end - first <= 2 * CONTEXT and before:
            hunk.append((what, first, end, start, last))
            continue
        if hunk:
            yield [*hunk, *([(what, first, first + after, start, start + after)] if after else [])]
        hunk = [(what, end - before, end, last - before, last)] if before else []
    if any(change[0] != "equal" for change in hunk):
        yield hunk


def _slid(changes: Sequence[Change], old: list[str], new: list[str]) -> list[Change]:
    """The changes as far down as the lines allow: which of two equal lines went is a matter of taste, and this is GNU's."""
    slid = list(changes)
    for at in range(len(slid) - 2, -1, -1):
        what, first, end, start, last = slid[at]
        tag, behind, behind_end, new_behind, new_end = slid[at + 1]
        text, begin, until = (old, first, end) if what == "delete" else (new, start, last)
        if what not in ("delete", "insert") or tag != "equal":
            continue
        by = 0
        while behind + by < behind_end and text[begin + by] == text[until + by]:
            by += 1
        if not by or at == 0:
            continue
        before = slid[at - 1]
        slid[at - 1] = (before[0], before[1], before[2] + by, before[3], before[4] + by)
        slid[at] = (what, first + by, end + by, start + by, last + by)
        slid[at + 1] = (tag, behind + by, behind_end, new_behind + by, new_end)
    return [change for change in slid if change[1] < change[2] or change[3] < change[4]]


def _place(first: int, end: int) -> str:
    """Where the lines from `first` to before `end` stand: the number of the first, and how many, if not one."""
    count = end - first
    return str(first + 1) if count == 1 else f"{first + 1 if count else first},{count}"
