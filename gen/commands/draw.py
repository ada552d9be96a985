"""`gen draw`: one view of a run as an SVG file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gen.commands.arguments import Verbs, add_language, add_play, add_verb, moment
from gen.commands.playing import loaded, played, verdict
from gen.commands.whole import write_whole


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
    views = "board, timeline, sequence, rollout, objects, diff, events, terminal"
    verb.add_argument("--view", required=True, metavar="V", help=views)
    verb.add_argument("--focus", metavar="REF", help="what the picture is about, as deployment/web")
    verb.add_argument("--at", type=moment, metavar="TIME", help="the moment to show, as 12s")
    verb.add_argument("--theme", choices=("auto", "light", "dark"), default="auto", help="colours (default: the reader's)")
    verb.add_argument("--narrow", action="store_true", help="for a phone's width")
    verb.add_argument("-o", dest="file", type=Path, metavar="FILE.svg", help="where to write (default: standard output)")


def draw(options: argparse.Namespace) -> int:
    """Play, fold, draw, write."""
    from gen.commands.selector import write_of
    from gen.draw import to_svg
    from gen.play.reading.bad_input import BadInput
    from gen.site.means import standing_alone
    from gen.views import VIEWS, story
    from gen.views.focus import SILENT_KINDS

    if options.view not in VIEWS:
        raise BadInput("--view", what=f"there is no view {options.view!r}", todo=f"Views are: {', '.join(sorted(VIEWS))}.")
    scenario = loaded(options)
    trace = played(options, scenario)
    focus = write_of(trace, options.focus, "--focus").ref if options.focus is not None else None
    if focus is not None and focus.kind in SILENT_KINDS:
        raise BadInput("--focus", what=f"no picture is about {focus}", todo="Name an object that is no Event and no Lease.")
    told = story(trace, [options.view], focus=focus)
    picture = to_svg(told, standing_alone(), lang=options.lang, theme=options.theme, narrow=options.narrow, at=options.at)
    if options.file is None:
        sys.stdout.write(picture)
    else:
        write_whole(options.file, picture)
    return verdict(options, scenario, trace)
