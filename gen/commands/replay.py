"""`gen replay`: play a recording of a real cluster on ours, and measure how near the run comes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gen.commands.arguments import Verbs, add_verb


def add(verbs: Verbs) -> None:
    """The arguments of `gen replay`."""
    verb = add_verb(
        verbs,
        "replay",
        replay,
        "Play the manifests and steps of a recording and write our run beside it, in the same format.",
        "python3 -m gen replay --all tests/recordings --into runs --compare --only 01-,06a-",
    )
    what = verb.add_mutually_exclusive_group(required=True)
    what.add_argument("recording", nargs="?", type=Path, metavar="RECORDING", help="the folder of one recording")
    what.add_argument("--all", type=Path, metavar="RECORDINGS", help="a folder of recordings; each is written to DIR/NAME")
    verb.add_argument("--into", type=Path, required=True, metavar="DIR", help="the folder to write; it is made")
    verb.add_argument("--compare", action="store_true", help="print how near the run is: ten figures from 0 to 1")
    verb.add_argument("--only", default="", metavar="START,START", help="with --all: only recordings whose name begins so")
    verb.add_argument("--without", default="", metavar="START:FIGURE,…", help="with --compare: figures to leave out")


def replay(options: argparse.Namespace) -> int:
    """Play, write and, if asked, measure. 1 when a step could not be played."""
    from gen.play.recording import replay as player

    if options.all is None:
        played = [player.replay(options.recording, options.into, note)]
    else:
        played = list(player.replay_all(options.all, options.into, starts(options.only), note).values())
    if options.compare:
        sys.stdout.write(figures(options))
    return 0 if all(played) else 1


def figures(options: argparse.Namespace) -> str:
    """How near the runs come, as a table."""
    from gen.play.measure import compare, compare_all, table

    if options.all is None:
        return table({options.recording.name: compare(options.recording, options.into)})
    return table(compare_all(options.all, options.into, starts(options.only), starts(options.without)))


def starts(text: str) -> list[str]:
    """The parts of a list that was typed with commas."""
    return [part for part in text.split(",") if part]


def note(line: str) -> None:
    """What could not be played, on standard error."""
    print(line, file=sys.stderr)
