"""Input that cannot be played: where, what, and what to do about it, in one block without a traceback."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 3_000  # characters of one complaint: a message is for reading


class BadInput(Exception):
    """Raised for input that cannot be understood; the command line prints it and exits 2.

    `line` and `column` count from 1 (0: not known), `field` is a path such as `steps[2].run`. Where kubectl or the API
    server has a text for it, `what` holds that text word for word.
    """

    def __init__(self, file: str, *, line: int = 0, column: int = 0, field: str = "", what: str, todo: str) -> None:
        self.file, self.line, self.column, self.field, self.what, self.todo = file, line, column, field, what, todo
        super().__init__(what)

    def __str__(self) -> str:
        """`FILE:LINE:COLUMN: field: what`, and below it what to do."""
        place = (
            f"{self.file}:{self.line}:{self.column}"
            if self.line and self.column
            else f"{self.file}:{self.line}"
            if self.line
            else self.file
        )
        field = f"{self.field}: " if self.field else ""
        return f"{visible(place)}: {visible(field)}{visible(shortened(self.what))}\n  {visible(self.todo)}"


def visible(text: str) -> str:
    """The text with everything that a terminal would obey, or cannot show, written as an escape."""
    return "".join(one if one.isprintable() or one == "\n" else one.encode("unicode_escape").decode() for one in text)


def shortened(text: str) -> str:
    """The text, cut where it is longer than anybody reads."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text) - LONGEST} more characters)"


def nearest(word: str, known: Iterable[str]) -> str:
    """`did you mean "steps"?` for a word that looks like a known one; else the list of the known ones."""
    words = list(known)
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    return f'did you mean "{close[0]}"?' if close else f"known here: {', '.join(words)}"
