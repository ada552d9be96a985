"""What went wrong on the pages of one build: all of it is told, not only the first, and the build fails at its end."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from html import escape

from mkdocs.exceptions import Abort
from pymdownx.superfences import SuperFencesException

log = logging.getLogger("mkdocs.gen")


@dataclass
class Sheet:
    """The problems of the build that runs now. Nobody collects (`open` is False) where the hook is not used."""

    open: bool = False
    forgiving: bool = False
    found: list[str] = field(default_factory=list)


SHEET = Sheet()


def begin(*, forgiving: bool) -> None:
    """A build begins. A `forgiving` one (`mkdocs serve`) shows problems on their pages and does not fail."""
    SHEET.open, SHEET.forgiving, SHEET.found = True, forgiving, []


def report(problem: str, error: BaseException | None = None) -> str:
    """Note a problem; what stands on the page in its place. Raises SuperFencesException where nobody collects."""
    if not SHEET.open:
        raise SuperFencesException(problem) from error
    SHEET.found.append(problem)
    log.error(problem)
    return f'<pre class="kim-problem" role="alert">{escape(problem)}</pre>'


def end() -> None:
    """A build ends. Raises Abort if something was wrong."""
    if SHEET.found and not SHEET.forgiving:
        count = len(SHEET.found)
        raise Abort(f"{count} problem{'s' if count > 1 else ''} on the pages, see above: nothing to publish.")
