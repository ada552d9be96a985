"""What several verbs take: a scenario to play, a language, a moment of virtual time."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

Verbs = Any  # what argparse's add_subparsers gives; it has no public type
Do = Callable[[argparse.Namespace], int]


def add_verb(verbs: Verbs, name: str, do: Do, purpose: str, example: str) -> argparse.ArgumentParser:
    """One verb with its help: what it is for, and an example that can be typed."""
    verb: argparse.ArgumentParser = verbs.add_parser(
        name,
        help=purpose,
        description=purpose,
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.set_defaults(do=do)
    return verb


def add_play(verb: argparse.ArgumentParser) -> None:
    """What a verb takes that plays a scenario."""
    verb.add_argument(
        "input",
        nargs="+",
        metavar="SCENARIO",
        help="a scenario's file; or manifests: files, folders, or - for standard input, as kustomize and Helm write there",
    )
    verb.add_argument("--seed", type=int, help="other dice: generated names and delays within what is real")
    verb.add_argument("--until", type=moment, metavar="TIME", help="how long to play, as 90s or 5m (default: as it says)")


def add_language(verb: argparse.ArgumentParser) -> None:
    """`--lang`, for what is written in sentences."""
    verb.add_argument("--lang", choices=("ko", "en"), default="en", help="the language of the words (default: en)")


def moment(text: str) -> int:
    """A time of the run in microseconds: `12s`, `1m30s`, `250ms`, or plain seconds."""
    from gen.kit.duration import parse_duration
    from gen.play.scenario.part import LONGEST_TIME

    try:
        time = round(float(text) * 1_000_000) if text.replace(".", "", 1).isdigit() else parse_duration(text)
    except (ValueError, OverflowError):
        time = -1
    if time < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no time: write it as 12s, 1m30s or 250ms")
    if time > LONGEST_TIME:
        raise argparse.ArgumentTypeError(f"{text} is longer than a day: write a time of at most 24h")
    return time
