"""The `run` fence: a few lines of YAML on a page become the figure of a run.

    ```run
    title: Three Pods from one line
    watch: Who moves first?
    scenario: first-journey
    view: [timeline, events]
    at: 1.2s
    ```

Whatever is wrong is told with the page, the line and what to do: see `problems`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from traceback import extract_tb
from typing import Any
from weakref import WeakKeyDictionary

import yaml
from markdown import Markdown

from gen.draw import Frame, MissingWord, figure
from gen.kit.duration import parse_duration
from gen.play.conditions import reference
from gen.play.reading.bad_input import BadInput, nearest
from gen.play.scenario.load import load
from gen.play.simulate import StepFailed
from gen.site import icons, problems, reasons
from gen.site.cache import Unmet, name_of, run_of
from gen.site.drawings import once
from gen.site.graphviz import NoGraphviz
from gen.site.means import for_page
from gen.site.place import Place, place_of
from gen.trace.record import Micros, Ref, Write
from gen.trace.trace import Trace
from gen.views import VIEWS, story
from gen.views.focus import SILENT_KINDS

ALL = "all"
FIGURES: WeakKeyDictionary[Markdown, list[str]] = WeakKeyDictionary()  # names given so far on the page that a Markdown renders


@dataclass(frozen=True)
class Fence:
    """What a fence asks for."""

    scenario: str
    view: list[str]
    title: str = ""
    watch: str = ""
    focus: Ref | None = None
    at: Micros | None = None
    starts: list[str] = field(default_factory=list)


class WrongFence(Exception):
    """A fence that cannot be understood; the message says what is wrong and what to do."""


def formatter(kind: str) -> Callable[[Callable[[str, Place, Markdown], str]], Callable[..., str]]:
    """Make of what writes the HTML of a fence in its place the function that SuperFences calls; whatever is wrong is reported."""

    def called(write: Callable[[str, Place, Markdown], str]) -> Callable[..., str]:
        @wraps(write)
        def formatted(source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **_: Any) -> str:
            place = place_of(md)
            try:
                return write(source, place, md)
            except Exception as error:  # it would be swallowed, and the build would go on: so nothing may leave
                return problems.report(f"{place.of(source)}: {kind} fence: {wrong(error)}")

        return formatted

    return called


@formatter("run")
def run(source: str, place: Place, md: Markdown) -> str:
    """The HTML of a `run` fence."""
    return drawn(parsed(source), place, md)


def wrong(error: Exception) -> str:
    """What is wrong with a fence or with its run, and what to do."""
    match error:
        case StepFailed():
            return f"step {error.step} (line {error.line} of the scenario) failed: {error.why}"
        case Unmet():
            return f"the run does not do what its scenario expects: {error}"
        case BadInput(file="condition"):
            return f"{error.what}. {error.todo}"
        case WrongFence() | BadInput() | MissingWord() | NoGraphviz():
            return str(error)
    last = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(last.filename).name}, line {last.lineno}, {last.name})"


def options_of(source: str) -> dict[str, Any]:
    """The YAML of a fence. Raises WrongFence."""
    try:
        options = yaml.safe_load(source)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        at = f" in its line {mark.line + 1}" if mark else ""
        why = getattr(error, "problem", None) or error
        raise WrongFence(f"no YAML{at}: {why}. Write `option: value`, one a line.") from error
    if not isinstance(options, dict):
        raise WrongFence("is empty or no list of options. Write `scenario: NAME` and the other options, one a line.")
    return options


def parsed(source: str) -> Fence:
    """What a `run` fence asks for. Raises WrongFence."""
    return Fence(**understood(source, OPTIONS, {"scenario": "NAME", "view": "NAME"}))


def understood(source: str, known: Mapping[str, Callable[[str, object], Any]], needed: Mapping[str, str]) -> dict[str, Any]:
    """The options of a fence, each read as it is known; `needed` are those without which it is none, with examples.

    Raises WrongFence.
    """
    options = options_of(source)
    for option in options:
        if option not in known:
            raise WrongFence(f"there is no option {option!r}; {nearest(str(option), known)}")
    for option, example in needed.items():
        if option not in options:
            raise WrongFence(f"says no {option}. Add `{option}: {example}`.")
    return {option: known[option](option, value) for option, value in options.items()}


def text(option: str, value: object) -> str:
    """A title or a sentence."""
    if not isinstance(value, str):
        raise WrongFence(f"{option} is no text: {value!r}. Put it in quotes.")
    return value


def views(option: str, value: object) -> list[str]:
    """One view or a list of them."""
    names: list[Any] = value if isinstance(value, list) else [value]
    for name in names:
        if not isinstance(name, str) or name not in VIEWS:
            raise WrongFence(f"there is no view {name!r}; {nearest(str(name), sorted(VIEWS))}")
        if names.count(name) > 1:
            raise WrongFence(f"{option} names {name} twice. Name it once.")
    if not names:
        raise WrongFence(f"{option} is empty. Name at least one of {', '.join(sorted(VIEWS))}.")
    return names


def scenarios(option: str, value: object) -> list[str]:
    """Other scenarios to begin with, or all that there are."""
    if value == ALL:
        return [ALL]
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise WrongFence(f"{option} is no list of scenarios: {value!r}. Write it as [NAME, NAME], or `all`.")
    return value


def moment(option: str, value: object) -> Micros:
    """A moment of virtual time."""
    try:
        return parse_duration(str(value))
    except ValueError:
        raise WrongFence(f"{option} is no time: {value!r}. Write it as 12s, 1m30s or 250ms.") from None


def referred(option: str, value: object) -> Ref:
    """The object that a picture is about."""
    try:
        return reference(str(value))
    except BadInput as error:
        raise WrongFence(f"{option}: {wrong(error)}") from error


OPTIONS: dict[str, Callable[[str, object], Any]] = {
    "title": text, "watch": text, "scenario": text, "view": views, "focus": referred, "at": moment,
    "starts": scenarios,
}  # fmt: skip


def drawn(fence: Fence, place: Place, md: Markdown) -> str:
    """The figure that a fence asks for."""
    file = known_scenario(fence.scenario, place)
    name = free_name(md, fence.scenario)
    trace = run_of(file)
    if fence.focus is not None:
        require_seen(trace, fence.focus)
    data = belongings(fence, place)
    html, why = once(lambda: made(fence, name, data, trace, place), name_of(file), fence, name, data, place.lang, place.url)
    reasons.link_to(why, fence.scenario, place)  # of a figure that was kept they are not in this site yet
    FIGURES[md].append(name)
    return html


def free_name(md: Markdown, name: str) -> str:
    """A name that no figure of the page has yet."""
    names = FIGURES.setdefault(md, [])
    return name if name not in names else f"{name}-{len(names) + 1}"


def made(fence: Fence, name: str, data: dict[str, str], trace: Trace, place: Place) -> tuple[str, str]:
    """The figure, and its reasons."""
    told = story(trace, fence.view, focus=fence.focus)
    why = reasons.reasons_of(trace, told, place.lang)
    data = {"why": reasons.link_to(why, fence.scenario, place), **data}
    source = place.link(f"scenarios/{fence.scenario}.yaml")
    frame = Frame(title=fence.title, watch=fence.watch, name=name, source=source, data=tuple(data.items()))
    html = figure(told, for_page(place), lang=place.lang, at=fence.at, frame=frame)
    return unsearched(html), why


def unsearched(html: str) -> str:
    """A figure that the search passes over: the prose is what one searches."""
    return html.replace("<figure ", "<figure data-search-exclude ", 1)


def belongings(fence: Fence, place: Place) -> dict[str, str]:
    """What the player needs to run the figure's scenario anew, and others that the fence offers."""
    found = {
        "draft": place.link(f"scenarios/{fence.scenario}.json"), "icons": place.link(icons.FOLDER),
        "views": ",".join(fence.view), "focus": written(fence.focus) if fence.focus else "",
    }  # fmt: skip
    if fence.starts:
        names = known_scenarios(place) if fence.starts == [ALL] else fence.starts
        offered = [fence.scenario, *(name for name in names if name != fence.scenario)]
        titles = [[name, load(known_scenario(name, place)).title[place.lang]] for name in offered]
        found["starts"] = json.dumps(titles, ensure_ascii=False)
    return found


def written(ref: Ref) -> str:
    """A reference as a scenario writes it."""
    return "/".join(filter(None, (ref.kind.lower(), "" if ref.namespace == "default" else ref.namespace, ref.name)))


def require_seen(trace: Trace, focus: Ref) -> None:
    """Raises WrongFence where the run never had the object that the picture should be about."""
    seen = dict.fromkeys(write.ref for write in trace.of(Write) if write.ref.kind not in SILENT_KINDS)
    if focus not in seen:
        raise WrongFence(f"focus: the run has no {focus}; {nearest(str(focus), [str(ref) for ref in seen])}")


def known_scenario(name: str, place: Place) -> Path:
    """The file of a scenario. Raises WrongFence."""
    known = known_scenarios(place)
    if name not in known:
        raise WrongFence(f"there is no scenario {name!r}; {nearest(name, known)}")
    return place.scenarios / f"{name}.yaml"


def known_scenarios(place: Place) -> list[str]:
    """The names of all scenarios."""
    return sorted(one.stem for one in place.scenarios.glob("*.yaml"))
