"""What a scenario does and expects: its steps, its faults and its expectations, read with their places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gen.cluster.faults import CONTROLLER_NAMES
from gen.cluster.wiring import MANAGER, SCHEDULER
from gen.play import conditions
from gen.play.conditions import Condition
from gen.play.expect import Always, By, Expectation, ReturnCode
from gen.play.reading.bad_input import BadInput, nearest
from gen.play.scenario.cluster import node_names, read_cluster
from gen.play.scenario.model import Step
from gen.play.scenario.part import Part

Obj = dict[str, Any]
STEP_FIELDS = ("run", "fault", "at", "after")
EXPECT_FIELDS = ("always", "by", "that", "rc", "of")
EXPECT_FORMS = "Write `- always: CONDITION`, or `- by: 60s` and `that: CONDITION`, or `- rc: 1` and `of: 3` (the third step)."
COMPONENTS = (MANAGER, SCHEDULER)
DEEDS: dict[str, tuple[str, ...]] = {
    "stop": ("kubelet", *COMPONENTS),
    "start": ("kubelet", *COMPONENTS),
    "kill": ("container", *COMPONENTS),
    "cut": ("watch",),
}
WATCHERS = ("kubelet", *COMPONENTS, *CONTROLLER_NAMES)
NEEDS = {"kubelet": ("node",), "container": ("pod", "container"), "watch": ("of",)}
FAULT_FORMS = (
    "Write {stop|start: kubelet, node: NAME}, {kill: container, pod: NAME, container: NAME}, {stop|start|kill: COMPONENT} "
    "or {cut: watch, of: COMPONENT}."
)
STEPS_LIMIT = 1_000


def read_steps(part: Part) -> tuple[Step, ...]:
    """The steps, in order. Raises BadInput."""
    if len(part.items()) > STEPS_LIMIT:
        raise part.wrong(f"{len(part.value)} steps", f"Write at most {STEPS_LIMIT}.")
    return tuple(read_step(step) for step in part.items())


def read_step(part: Part) -> Step:
    """One step."""
    part.mapping("- run: kubectl get pods").only(STEP_FIELDS)
    if ("run" in part.value) == ("fault" in part.value):
        what = "a step runs a line and does a fault" if "run" in part.value else "a step that does nothing"
        raise part.wrong(what, "Give each step one `run: kubectl …` or one `fault: {…}`.")
    line, column = part.document.place(part.path)
    return Step(
        at_us=part.at("at").moment() if "at" in part.value else None,
        after=read_condition(part.at("after")) if "after" in part.value else None,
        run=read_line(part.at("run")) if "run" in part.value else None,
        fault=read_fault(part.at("fault")) if "fault" in part.value else None,
        line=line,
        column=column,
    )


def read_line(part: Part) -> str:
    """A line that kubectl will understand."""
    from gen.play.kubectl import NotUnderstood, understood

    line = part.text()
    try:
        understood(line)
    except NotUnderstood as error:
        raise part.wrong(str(error), error.todo) from None
    return line


def read_condition(part: Part) -> Condition:
    """A condition, in the one grammar."""
    try:
        return conditions.parse(part.text())
    except BadInput as error:
        raise part.wrong(error.what, error.todo) from None


def read_fault(part: Part) -> Obj:
    """A fault: what is hit, and for how long."""
    part.mapping("fault: {stop: kubelet, node: node-1}")
    deed = next((key for key in part.value if key in DEEDS), None)
    if deed is None:
        unknown = next(iter(part.value), "")
        raise part.wrong(f"unknown fault {unknown!r}", f"{nearest(unknown, DEEDS)} {FAULT_FORMS}")
    what = part.at(deed).text()
    if what not in DEEDS[deed]:
        raise part.at(deed).wrong(f"nothing to {deed}: {what!r}", f"{nearest(what, DEEDS[deed])} {FAULT_FORMS}")
    needed = NEEDS.get(what, ())
    if "of" in needed and "of" in part.value:
        needed += NEEDS.get(read_watcher(part.at("of")), ())
    part.only((deed, *needed, "for"))
    for key in needed:
        if key not in part.value:
            raise part.wrong(f"the fault lacks {key!r}", FAULT_FORMS)
        part.at(key).text()
    if "for" in part.value:
        part.at("for").moment()
    if "node" in needed:
        check_node(part)
    return dict(part.value)


def read_watcher(part: Part) -> str:
    """Whose watches are cut: a process, or a controller by its name in the trace. Raises BadInput."""
    name = part.text()
    if name not in WATCHERS:
        raise part.wrong(f"nobody here who watches: {name!r}", nearest(name, WATCHERS))
    return name


def check_node(part: Part) -> None:
    """Raises BadInput if the fault names a node that the cluster does not have."""
    whole = Part(part.file, part.document, (), part.document.value)
    names = node_names(read_cluster(whole.at("cluster")) if "cluster" in whole.value else {})
    if part.value["node"] not in names:
        raise part.at("node").wrong(
            f"no node {part.value['node']!r} in this cluster", f"{nearest(part.value['node'], names[:20])}"
        )


def read_expectations(part: Part, steps: Sequence[Step]) -> tuple[Expectation, ...]:
    """What is expected, in order. Raises BadInput."""
    return tuple(read_expectation(one, steps) for one in part.items())


def read_expectation(part: Part, steps: Sequence[Step]) -> Expectation:
    """One expectation."""
    part.mapping("- always: deployment/web ready >= 3").only(EXPECT_FIELDS)
    keys, (line, _) = set(part.value), part.document.place(part.path)
    if keys == {"always"}:
        return Always(read_condition(part.at("always")), line)
    if keys == {"by", "that"}:
        return By(part.at("by").moment(), read_condition(part.at("that")), line)
    if keys != {"rc", "of"}:
        raise part.wrong(f"{', '.join(part.value) or 'nothing'} is no expectation", EXPECT_FORMS)
    number = part.at("of").whole_number(1, max(1, len(steps)))
    if steps[number - 1].run is None:
        raise part.at("of").wrong(f"step {number} is no line", "Name the number of a step with `run`.")
    return ReturnCode(part.at("rc").whole_number(0, 255), number, line)
