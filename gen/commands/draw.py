"""`gen draw`: one view of a run as an SVG file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gen.commands.arguments import Verbs, add_language, add_play, add_verb, moment
from gen.commands.playing import loaded, played, verdict
from gen.commands.whole import write_whole

if TYPE_CHECKING:
    from gen.trace.record import Ref
    from gen.trace.trace import Trace
    from gen.views.model import Story

COMPARE = "compare"  # of several scenarios, each a run; the other views are of one


VIEWS_HELP = "board, timeline, sequence, rollout, objects, diff, events, terminal; compare (of several scenarios, side by side)"


def add(verbs: Verbs) -> None:
    """The arguments of `gen draw`."""
    verb = add_verb(
        verbs,
        "draw",
        draw,
        "Play a scenario and draw one view of it as SVG: the end of the run, unless --at says when.",
        "python3 -m gen draw docs/scenarios/first-journey.yaml --view timeline --at 3s --lang ko -o timeline.svg\n"
        "  helm template shop ./chart | python3 -m gen draw - --view objects -o shop.svg",
    )
    add_play(verb)
    add_language(verb)
    verb.add_argument("--view", required=True, metavar="V", help=VIEWS_HELP)
    verb.add_argument("--focus", metavar="REF", help="what the picture is about, as deployment/web")
    verb.add_argument("--at", type=moment, metavar="TIME", help="the moment to show, as 12s")
    verb.add_argument("--theme", choices=("auto", "light", "dark"), default="auto", help="colours (default: the reader's)")
    verb.add_argument("--narrow", action="store_true", help="for a phone's width")
    verb.add_argument("-o", dest="file", type=Path, metavar="FILE.svg", help="where to write (default: standard output)")


def draw(options: argparse.Namespace) -> int:
    """Play, fold, draw, write."""
    from gen.play.reading.bad_input import BadInput
    from gen.views import VIEWS, story

    if options.view == COMPARE:
        return draw_several(options)
    if options.view not in VIEWS:
        known = ", ".join(sorted([*VIEWS, COMPARE]))
        raise BadInput("--view", what=f"there is no view {options.view!r}", todo=f"Views are: {known}.")
    scenario = loaded(options)
    trace = played(options, scenario)
    write(options, story(trace, [options.view], focus=focus_of(options, trace)))
    return verdict(options, scenario, trace)


def draw_several(options: argparse.Namespace) -> int:
    """Play each scenario, and draw the runs side by side."""
    from gen.play.reading.bad_input import BadInput
    from gen.views.compare import Run, compare

    if len(options.input) < 2:
        raise BadInput("--view", what="compare needs more than one run", todo="Name several scenarios, each in a file.")
    scenarios = [loaded(argparse.Namespace(input=[name])) for name in options.input]
    traces = [played(options, scenario) for scenario in scenarios]
    runs = [Run(scenario.title[options.lang], trace) for scenario, trace in zip(scenarios, traces, strict=True)]
    focus = focus_of(options, traces[0])
    if focus is not None and focus.kind != "Service":
        raise BadInput("--focus", what=f"compare is about a Service, not about {focus}", todo="Name one, as service/web.")
    write(options, compare(runs, focus))
    return max(verdict(options, scenario, trace) for scenario, trace in zip(scenarios, traces, strict=True))


def focus_of(options: argparse.Namespace, trace: Trace) -> Ref | None:
    """The object that the picture is about. Raises BadInput."""
    from gen.commands.selector import write_of
    from gen.play.reading.bad_input import BadInput
    from gen.views.focus import SILENT_KINDS

    focus = write_of(trace, options.focus, "--focus").ref if options.focus is not None else None
    if focus is not None and focus.kind in SILENT_KINDS:
        raise BadInput("--focus", what=f"no picture is about {focus}", todo="Name an object that is no Event and no Lease.")
    return focus


def write(options: argparse.Namespace, told: Story) -> None:
    """Draw the first view of a story, and write it where it was asked for."""
    from gen.draw import to_svg
    from gen.site.means import standing_alone

    picture = to_svg(told, standing_alone(), lang=options.lang, theme=options.theme, narrow=options.narrow, at=options.at)
    if options.file is None:
        sys.stdout.write(picture)
    else:
        write_whole(options.file, picture)
