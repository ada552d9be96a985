"""The `terminal` fence: a line that was typed in a run, and what it printed.

    ```terminal
    level-triggered: 4
    ```

The number says which of the run's lines, from 1 on.
"""

from __future__ import annotations

from html import escape

from markdown import Markdown

from gen.site.cache import run_of
from gen.site.fences import WrongFence, formatter, known_scenario
from gen.site.place import Place
from gen.trace.query import answers
from gen.trace.record import Typed
from gen.trace.trace import Trace

FORM = "Write `SCENARIO: NUMBER`, the number of a line of its run."


@formatter("terminal")
def terminal(source: str, place: Place, md: Markdown) -> str:
    """The HTML of a `terminal` fence."""
    return shown(*printed(source, place))


def printed(source: str, place: Place) -> tuple[str, str]:
    """The line that the fence asks for, and what it printed. Raises WrongFence, and whatever is wrong with the run."""
    scenario, colon, number = source.strip().partition(":")
    if not colon or not number.strip().isdecimal():
        raise WrongFence(f"{source.strip()!r} asks for no line. {FORM}")
    lines = typescript(run_of(known_scenario(scenario.strip(), place)))
    if not 1 <= int(number) <= len(lines):
        raise WrongFence(f"the run has no line {number.strip()}: there are {len(lines)}. {FORM}")
    return lines[int(number) - 1]


def typescript(trace: Trace) -> list[tuple[str, str]]:
    """The lines that were typed and came back, or printed something meanwhile; each with all that it printed."""
    told = answers(trace)
    typed = [line for line in trace.of(Typed) if line.at >= 0 and told[line.seq]]
    return [(line.line, "".join(f"{one.stdout}{one.stderr}" for one in told[line.seq])) for line in typed]


def shown(line: str, told: str) -> str:
    """As it stands in a terminal. What one searches for is commands, not what they printed in a run."""
    output = f"<span data-search-exclude>{escape(told.rstrip())}</span>"
    return f'<pre class="kim-terminal-block"><code><b>$ {escape(line)}</b>\n{output}</code></pre>'
