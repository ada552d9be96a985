"""The engine's door in the reader's browser: a question comes in as JSON, its answer goes out as JSON.

    {"ask": "run", "figure": "self-healing", "lang": "ko", "scenario": {name, title, steps, files}, "views": ["board"],
     "focus": "deployment/web", "at": 12000000, "icons": "../assets/kim/icons", "source": "../scenarios/self-healing.yaml"}

What is asked is a row of ANSWERS. Every question says which scenario it is about, as the reader has edited it; what was
played last is kept. A mistake of the reader's is no failure: it comes back under `problems`, each with file, line and column.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from gen.draw import Frame, Means, figure, say, to_svg
from gen.draw.why import why_html
from gen.kit.duration import go_duration
from gen.kit.loop import MINUTE, Micros
from gen.play import conditions
from gen.play.kubectl import NotUnderstood, files_named
from gen.play.kubectl.completion import completions
from gen.play.reading.bad_input import BadInput
from gen.play.scenario.draft import STEPS, Draft, with_step, written
from gen.play.scenario.file import meant
from gen.play.scenario.model import Scenario
from gen.play.scenario.refusals import complaints, likeliest, parsed
from gen.play.shell_script import shell_script
from gen.play.simulate import RunTooLarge, StepFailed, simulate
from gen.site.source import excerpt
from gen.trace.query import answers, stored
from gen.trace.record import Fault, Record, Ref, Said, Typed
from gen.trace.trace import Trace
from gen.views import story
from gen.views.model import Story, Text
from gen.views.why import why

MOST_RECORDS = 20_000  # some five hundred Pods: a phone's memory is small
LONGEST_US = 60 * MINUTE
NOT_FOUND = "(NotFound)"  # an object of a file is gone already: no mistake in the file
KEPT_RUNS, KEPT_LAYOUTS = 4, 64
UP_TO_THERE = "limit.step"  # the run is drawn as far as it came
Json = dict[str, Any]
LayOut = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where in which file of the draft (line and column from 1; 0: nowhere), and what to do."""

    file: str
    line: int
    column: int
    what: str
    todo: str = ""

    def to_json(self) -> Json:
        """As JSON knows it."""
        return {"file": self.file, "line": self.line, "column": self.column, "what": self.what, "todo": self.todo}


@dataclass(frozen=True, slots=True)
class Run:
    """A draft that was played: its trace, as far as it came, and what was wrong with it."""

    draft: Draft
    scenario: Scenario | None
    trace: Trace | None
    problems: tuple[Problem, ...]


@lru_cache(maxsize=KEPT_RUNS)
def played(draft: Draft) -> Run:
    """Play a draft, within a page's limits."""
    try:
        scenario = draft.scenario()
    except BadInput as error:
        return Run(draft, None, None, (Problem(error.file, error.line, error.column, error.what, error.todo),))
    too_long = beyond(scenario)
    if too_long:
        return Run(draft, scenario, None, (too_long,))
    try:
        trace = simulate(scenario, most_records=MOST_RECORDS)
    except RunTooLarge as error:
        return Run(draft, scenario, None, (Problem(STEPS, 0, 0, str(error), "limit.records"),))
    except StepFailed as failed:
        stopped = Problem(STEPS, failed.line, 0, failed.why, UP_TO_THERE)
        return Run(draft, scenario, failed.trace, (*refused(scenario, failed.trace), stopped))
    return Run(draft, scenario, trace, refused(scenario, trace))


def beyond(scenario: Scenario) -> Problem | None:
    """The complaint about a scenario that would last longer than a page plays."""
    if isinstance(scenario.until, int) and scenario.until > LONGEST_US:
        return Problem(STEPS, 0, 0, f"until: {go_duration(scenario.until)}", "limit.time")
    late = next((step for step in scenario.steps if (step.at_us or 0) > LONGEST_US), None)
    return Problem(STEPS, late.line, late.column, f"at: {go_duration(late.at_us or 0)}", "limit.time") if late else None


def refused(scenario: Scenario, trace: Trace) -> tuple[Problem, ...]:
    """What kubectl or the API server did not like about a file: where it stands there, in their own words."""
    found = []
    for said in trace.of(Said):
        texts = parsed(files_of(said.line, scenario)) if said.rc and said.stderr.strip() else []
        for what in complaints(said.stderr) if texts else []:
            spot = likeliest(texts, what)
            if spot and (spot.line or spot.names_file and NOT_FOUND not in what):  # a file without a place: its first line
                found.append(Problem(spot.file, spot.line or 1, spot.column or 1, what))
    return tuple(dict.fromkeys(found))


def files_of(line: str, scenario: Scenario) -> dict[str, str]:
    """The files that a line names, with their texts."""
    try:
        names = files_named(line)
    except NotUnderstood:
        return {}
    return {file: text for name in names for file, text in meant(name, scenario.files).items()}


class Door:
    """Where questions come in. `lay_out` takes DOT and gives Graphviz's `plain` output; a layout is asked for once."""

    def __init__(self, lay_out: LayOut) -> None:
        self.lay_out: LayOut = lru_cache(maxsize=KEPT_LAYOUTS)(lay_out)

    def answer(self, question: str) -> str:
        """The answer to a question. Both are JSON."""
        asked = json.loads(question)
        return json.dumps(ANSWERS[asked["ask"]](asked, Draft.from_json(asked["scenario"]), self.lay_out), ensure_ascii=False)


def run(asked: Json, draft: Draft, lay_out: LayOut) -> Json:
    """Play, and draw the figure. With `more` one step is added at its moment first; `careful` draws only what has no problem,
    and where `draw` is false the problems are all that is asked for.

    The answer has `problems`, `html` (None if there is nothing to draw), `at` (where the playhead stands) and `scenario`,
    if it has one step more.
    """
    at, more = asked.get("at"), asked.get("more")
    if more:
        before = played(draft)
        if before.scenario is None or before.trace is None:
            return {"problems": told(before.problems, asked["lang"]), "html": None}
        place = steps_begun(before.scenario, before.trace, more["at"])
        draft = with_step(draft, place, more)
        if len(beginnings_of(played(draft))) <= place:
            return {"problems": told(played(draft).problems, asked["lang"]), "html": None}
        at = moment_of(played(draft), place)
    now = played(draft)
    drawn = asked.get("draw", True) and not (asked.get("careful") and now.problems)
    html = drawing(asked, now.trace, lay_out, at) if drawn and now.trace else None
    changed = {"scenario": draft.to_json()} if more else {}
    return {"problems": told(now.problems, asked["lang"], drawn=html is not None), "html": html, "at": at, **changed}


def told(problems: tuple[Problem, ...], lang: str, *, drawn: bool = False) -> list[Json]:
    """Problems for people: what to do is said in the reader's language where it is ours to say."""
    told_apart = [replace(problem, todo="") if problem.todo == UP_TO_THERE and not drawn else problem for problem in problems]
    return [{**problem.to_json(), "todo": advice(problem.todo, lang)} for problem in told_apart]


def advice(todo: str, lang: str) -> str:
    """What to do: in the reader's language where it is ours to say."""
    return say(Text(f"bench.{todo}"), lang) if todo.startswith("limit.") else todo


def drawing(asked: Json, trace: Trace, lay_out: LayOut, at: Micros | None) -> str:
    """The figure as the build would write it."""
    frame = Frame(name=asked["figure"], source=asked.get("source", ""))
    return figure(folded(asked, trace), means(asked, lay_out), lang=asked["lang"], at=at, frame=frame)


def folded(asked: Json, trace: Trace, views: list[str] | None = None) -> Story:
    """The run as the figure tells it."""
    focus = conditions.reference(asked["focus"]) if asked.get("focus") else None
    return story(trace, views or asked["views"], focus=focus)


def means(asked: Json, lay_out: LayOut) -> Means:
    """Icons are the page's own."""
    icons = asked.get("icons", "")
    return Means(icon=lambda name: f"{icons}/{name}.png", lay_out=lay_out)


def steps_begun(scenario: Scenario, trace: Trace, at: Micros) -> int:
    """How many of a scenario's steps had begun at a moment."""
    return sum(record.at <= at for record in beginnings(scenario, trace))


def beginnings(scenario: Scenario, trace: Trace) -> list[Record]:
    """The records with which the steps began, those of steps that did not come to it left out."""
    found: list[Record] = []
    for step in scenario.steps:
        after = found[-1].seq if found else -1
        deeds = step.fault or {}
        record = next(
            (
                one
                for one in trace
                if one.seq > after
                and (isinstance(one, Typed) if step.run else isinstance(one, Fault) and one.deed in deeds and one.cause is None)
            ),
            None,
        )
        if record is None:
            break
        found.append(record)
    return found


def beginnings_of(run: Run) -> list[Record]:
    """The records with which the steps of a run began."""
    return beginnings(run.scenario, run.trace) if run.scenario and run.trace else []


def moment_of(run: Run, place: int) -> Micros:
    """Where the reader should look after a step was added: when its line had printed something, or when the fault happened."""
    begun = beginnings_of(run)[place]
    told = answers(run.trace)[begun.seq] if run.trace and isinstance(begun, Typed) else []
    return next((one.at for one in told), begun.at)


def picture(asked: Json, draft: Draft, lay_out: LayOut) -> Json:
    """One view at one moment as an SVG that stands alone (its icons still by address)."""
    trace = played(draft).trace
    if trace is None:
        return {"svg": None}
    told = folded(asked, trace, [asked["view"]])
    return {"svg": to_svg(told, means(asked, lay_out), lang=asked["lang"], at=asked.get("at"), narrow=bool(asked.get("narrow")))}


def text(asked: Json, draft: Draft, lay_out: LayOut) -> Json:
    """The scenario as one file."""
    return {"text": written(draft)}


def script(asked: Json, draft: Draft, lay_out: LayOut) -> Json:
    """The scenario as a shell script for a real cluster."""
    scenario = played(draft).scenario
    return {"text": shell_script(scenario) if scenario else None}


def complete(asked: Json, draft: Draft, lay_out: LayOut) -> Json:
    """What could stand in the place of the last word of a line."""
    trace = played(draft).trace
    objects: dict[Ref, Any] = stored(trace, asked["at"]) if trace else {}
    return {"words": completions(asked["line"], objects, [name for name, _ in draft.files])}


def digest(asked: Json, draft: Draft, lay_out: LayOut) -> Json:
    """The digest of the run's trace: the same as everywhere else."""
    trace = played(draft).trace
    return {"digest": trace.digest() if trace else None}


def containers(asked: Json, draft: Draft, lay_out: LayOut) -> Json:
    """The containers of a Pod (`pod/NAMESPACE/NAME`) at a moment."""
    trace = played(draft).trace
    _, namespace, name = asked["pod"].split("/")
    pod = stored(trace, asked["at"]).get(Ref("Pod", namespace, name), {}) if trace else {}
    return {"words": [container["name"] for container in pod.get("spec", {}).get("containers", ())]}


def reasons(asked: Json, draft: Draft, lay_out: LayOut) -> Json:
    """Why each step of the figure happened: all chains of causes, and the functions that decided."""
    trace = played(draft).trace
    if trace is None:
        return {"html": ""}
    found = why(trace, folded(asked, trace))
    return {"html": why_html(found, asked["lang"], {name: excerpt(name) for name in found.rules})}


ANSWERS: dict[str, Callable[[Json, Draft, LayOut], Json]] = {
    "run": run, "picture": picture, "text": text, "script": script, "complete": complete,
    "containers": containers, "why": reasons, "digest": digest,
}  # fmt: skip
