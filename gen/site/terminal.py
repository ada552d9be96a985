"""The `terminal` fence: a line that was typed in a run, and what it printed.

    ```terminal
    level-triggered: 4
    ```

The number says which of the run's lines, from 1 on.
"""

from __future__ import annotations

from html import escape
from typing import Any

from markdown import Markdown

from gen.site import problems
from gen.site.cache import run_of
from gen.site.fences import WrongFence, known_scenario, wrong
from gen.site.place import Place, place_of
from gen.trace.record import Said

FORM = "Write `SCENARIO: NUMBER`, the number of a line of its run."


def terminal(source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **_: Any) -> str:
    """What SuperFences calls for each `terminal` fence: its HTML."""
    place = place_of(md)
    try:
        return shown(printed(source, place))
    except Exception as error:  # a formatter's exception is swallowed, and the build would go on: so nothing may leave
        return problems.report(f"{place.of(source)}: terminal fence: {wrong(error)}")


def printed(source: str, place: Place) -> Said:
    """The line that the fence asks for. Raises WrongFence, and whatever is wrong with the run."""
    scenario, colon, number = source.strip().partition(":")
    if not colon or not number.strip().isdecimal():
        raise WrongFence(f"{source.strip()!r} asks for no line. {FORM}")
    lines = [said for said in run_of(known_scenario(scenario.strip(), place)).of(Said) if said.at >= 0]
    if not 1 <= int(number) <= len(lines):
        raise WrongFence(f"the run has no line {number.strip()}: there are {len(lines)}. {FORM}")
    return lines[int(number) - 1]


def shown(said: Said) -> str:
    """As it stands in a terminal. What one searches for is commands, not what they printed in a run."""
    told = f"{said.stdout}{said.stderr}".rstrip("\n")
    output = f"<span data-search-exclude>{escape(told)}</span>"
    return f'<pre class="kim-terminal-block"><code><b>$ {escape(said.line)}</b>\n{output}</code></pre>'
