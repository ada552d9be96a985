"""What stood on the terminal: every line that was typed, and what it printed when it came back."""

from __future__ import annotations

from gen.trace.record import Ref, Said, Typed
from gen.trace.trace import Trace
from gen.views.model import Entry, Terminal
from gen.views.registry import view


@view("terminal")
def terminal(trace: Trace, focus: Ref | None = None) -> Terminal:
    """Fold a trace into its terminal. A focus changes nothing: one reads all that was typed, whatever it is about."""
    answers = {said.cause: said for said in trace.of(Said) if said.cause is not None}
    return Terminal(entries=tuple(entry(typed, answers.get(typed.seq)) for typed in trace.of(Typed) if typed.at >= 0))


def entry(typed: Typed, said: Said | None) -> Entry:
    """One line with its answer, if there was one before the run ended."""
    if said is None:
        return Entry(at=typed.at, record=typed.seq, line=typed.line)
    return Entry(
        at=typed.at, record=typed.seq, line=typed.line, said=said.seq, rc=said.rc,
        printed=lines(said.stdout), errors=lines(said.stderr),
    )  # fmt: skip


def lines(text: str) -> tuple[str, ...]:
    """A text in lines; the last one need not end."""
    return tuple(text.removesuffix("\n").split("\n")) if text else ()
