"""`gen record`: a run in the format of the recordings of real clusters."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gen.commands.arguments import Verbs, add_play, add_verb
from gen.commands.playing import loaded, played, verdict


def add(verbs: Verbs) -> None:
    """The arguments of `gen record`."""
    verb = add_verb(
        verbs,
        "record",
        record,
        "Play a scenario and write the run as a folder: events, watch log, transcript, objects at the end.",
        "python3 -m gen record docs/scenarios/first-journey.yaml --into runs/first-journey",
    )
    add_play(verb)
    verb.add_argument("--into", type=Path, required=True, metavar="DIR", help="the folder to write; it is made")


def record(options: argparse.Namespace) -> int:
    """Play and write."""
    from gen.play.recording.write import write

    scenario = loaded(options)
    trace = played(options, scenario)
    write(trace, options.into, files=scenario.files)
    print(f"{options.into}: {len(trace)} records written", file=sys.stderr)
    return verdict(options, scenario, trace)
