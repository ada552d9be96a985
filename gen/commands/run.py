"""`gen run`: play a scenario and tell what happened, and why."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from gen.commands.arguments import Verbs, add_language, add_play, add_verb
from gen.commands.playing import loaded, played, verdict

if TYPE_CHECKING:
    from gen.trace.trace import Trace

OUTPUTS = ("events", "watch", "transcript", "trace")


def add(verbs: Verbs) -> None:
    """The arguments of `gen run`."""
    verb = add_verb(
        verbs,
        "run",
        run,
        "Play a scenario, or plain manifests on three nodes, and tell what happened: each line with its cause.",
        "python3 -m gen run docs/scenarios/first-journey.yaml --why pod/web\n"
        "  kustomize build overlays/prod | python3 -m gen run -\n"
        "  helm template shop ./chart | python3 -m gen run -",
    )
    add_play(verb)
    add_language(verb)
    shown = verb.add_mutually_exclusive_group()
    shown.add_argument(
        "--output",
        choices=OUTPUTS,
        help="for programs: the Events as an EventList, the watch log, the terminal's transcript, or every record",
    )
    shown.add_argument(
        "--why",
        metavar="SELECTOR",
        help="only the chain of causes that leads to pod/NAME (the start of a name will do), event/REASON or #RECORD",
    )


def run(options: argparse.Namespace) -> int:
    """Play, print, and say whether the scenario's expectations held."""
    from gen.commands.story import chain, story

    scenario = loaded(options)
    trace = played(options, scenario)
    if options.output:
        lines = output(trace, options.output)
    elif options.why is not None:
        lines = chain(trace, options.why, options.lang)
    else:
        lines = story(trace, options.lang)
    for line in lines:
        sys.stdout.write(f"{line}\n")
    return verdict(options, scenario, trace)


def output(trace: Trace, what: str) -> Iterable[str]:
    """The run for programs, line by line."""
    from gen.play.recording import write

    if what == "events":
        return [json.dumps(write.events_list(trace), indent=2, ensure_ascii=False)]
    if what == "watch":
        return write.watch_lines(trace)
    if what == "transcript":
        return [write.transcript(trace).rstrip("\n")]
    return trace.to_lines()
