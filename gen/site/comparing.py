"""The `compare` fence: several runs side by side, on one clock and with one playhead.

    ```compare
    title: Four ways to a new version
    watch: Where is nobody behind the Service?
    runs:
      Recreate: strategy-recreate
      Rolling update: strategy-rolling
    focus: service/web
    at: 15s
    ```

`runs` names scenarios, each under the name that it has in the figure; a plain list of scenarios takes their titles. Each run
can be changed in the playground, to which its name below the figure leads: in the figure itself they are what they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markdown import Markdown

from gen.draw import Frame, figure
from gen.site import fences, reasons
from gen.site.cache import name_of, run_of
from gen.site.drawings import once
from gen.site.fences import WrongFence, formatter, known_scenario
from gen.site.gallery import way_to
from gen.site.means import for_page
from gen.site.place import Place
from gen.trace.record import Micros, Ref
from gen.views.compare import Run, compare, why_each

MOST = 5  # runs; more would not be taken in


@dataclass(frozen=True)
class Fence:
    """What a fence asks for. `runs` has the scenarios with the names that they get, "" for their own titles."""

    runs: dict[str, str]
    title: str = ""
    watch: str = ""
    focus: Ref | None = None
    at: Micros | None = None


@formatter("compare")
def comparison(source: str, place: Place, md: Markdown) -> str:
    """The HTML of a `compare` fence."""
    return drawn(parsed(source), place, md)


def parsed(source: str) -> Fence:
    """What a fence asks for. Raises WrongFence."""
    return Fence(**fences.understood(source, OPTIONS, {"runs": "[NAME, NAME]"}))


def named(option: str, value: object) -> dict[str, str]:
    """The scenarios to compare, by the names that they get."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(value, list):
        pairs = [(scenario, "") for scenario in value]
    elif isinstance(value, dict):
        pairs = [(scenario, name) for name, scenario in value.items()]
    if all(isinstance(word, str) for pair in pairs for word in pair) and 2 <= len(dict(pairs)) == len(pairs) <= MOST:
        return dict(pairs)
    todo = "Write [NAME, NAME], or a line `TITLE: NAME` for each."
    raise WrongFence(f"{option} is no list of two to {MOST} different scenarios: {value!r}. {todo}")


def service(option: str, value: object) -> Ref:
    """The Service behind which the runs are compared."""
    found = fences.referred(option, value)
    if found.kind != "Service":
        raise WrongFence(f"{option} is no Service: {value!r}. Write service/NAME.")
    return found


OPTIONS: dict[str, Callable[[str, object], Any]] = {
    "title": fences.text, "watch": fences.text, "runs": named, "focus": service, "at": fences.moment,
}  # fmt: skip


def drawn(fence: Fence, place: Place, md: Markdown) -> str:
    """The figure that a fence asks for."""
    first = next(iter(fence.runs))
    name = fences.free_name(md, f"compare-{first}")
    kept = [name_of(known_scenario(scenario, place)) for scenario in fence.runs]
    html, why = once(lambda: made(fence, name, place), *kept, fence, name, place.lang, place.url)
    reasons.link_to(why, first, place)  # of a figure that was kept they are not in this site yet
    fences.FIGURES[md].append(name)
    return html


def made(fence: Fence, name: str, place: Place) -> tuple[str, str]:
    """The figure, and its reasons."""
    runs = [run_named(scenario, title, place) for scenario, title in fence.runs.items()]
    if fence.focus is not None:
        for scenario, run in zip(fence.runs, runs, strict=True):
            require_service(scenario, run, fence.focus)
    why = reasons.written(why_each(runs, fence.focus), place.lang)
    data = {"why": reasons.link_to(why, next(iter(fence.runs)), place), "views": "compare"}
    ways = tuple((run.name, way_to(scenario, place)) for run, scenario in zip(runs, fence.runs, strict=True))
    frame = Frame(title=fence.title, watch=fence.watch, name=name, ways=ways, data=tuple(data.items()))
    html = figure(compare(runs, fence.focus), for_page(place), lang=place.lang, at=fence.at, frame=frame)
    return fences.unsearched(html), why


def require_service(scenario: str, run: Run, focus: Ref) -> None:
    """Raises WrongFence where a run never had the Service, and says which run."""
    try:
        fences.require_seen(run.trace, focus)
    except WrongFence as error:
        raise WrongFence(f"{scenario}: {error}") from None


def run_named(scenario: str, title: str, place: Place) -> Run:
    """A scenario's run under a name."""
    trace = run_of(known_scenario(scenario, place))
    return Run(title or trace.info["title"][place.lang], trace)
