"""What stood on the terminal: every line that was typed, and what it printed, when it came back or meanwhile."""

from __future__ import annotations

from gen.trace.query import answers
from gen.trace.record import Printed, Ref, Said, Typed
from gen.trace.trace import Trace
from gen.views.model import Entry, Piece, Terminal
from gen.views.registry import view


@view("terminal")
def terminal(trace: Trace, focus: Ref | None = None) -> Terminal:
    """Fold a trace into its terminal. A focus changes nothing: one reads all that was typed, whatever it is about."""
    told = answers(trace)
    return Terminal(entries=tuple(entry(typed, told[typed.seq]) for typed in trace.of(Typed) if typed.at >= 0))


def entry(typed: Typed, told: list[Printed | Said]) -> Entry:
    """One line with what it printed before the run ended."""
    pieces = tuple(
        Piece(record=one.seq, printed=lines(one.stdout), errors=lines(one.stderr)) for one in told if isinstance(one, Printed)
    )
    said = next((one for one in told if isinstance(one, Said)), None)
    if said is None:
        return Entry(at=typed.at, record=typed.seq, line=typed.line, pieces=pieces)
    return Entry(
        at=typed.at, record=typed.seq, line=typed.line, said=said.seq, rc=said.rc,
        printed=lines(said.stdout), errors=lines(said.stderr), pieces=pieces,
    )  # fmt: skip


def lines(text: str) -> tuple[str, ...]:
    """A text in lines; the last one need not end."""
    return tuple(text.removesuffix("\n").split("\n")) if text else ()
