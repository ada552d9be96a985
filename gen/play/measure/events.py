"""events, counts, order, times: what was told, how often, in which order, and when."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from gen.kit.duration import parse_timestamp
from gen.play.measure.evidence import Evidence
from gen.play.measure.likeness import overlap
from gen.play.measure.masks import NOISE
from gen.trace.record import Obj

NEAR_S = 2.0  # events tell whole seconds, and the recorded machine was busy
NEAR_SHARE = 0.15  # the later, the more a timer may be off: kubelets add jitter to theirs
APART_S = 1  # events that lie closer have no order worth keeping

SCALED = re.compile(r"(Scaled (?:up|down) replica set \S+) from (\d+) to (\d+)")


class Told(NamedTuple):
    """What one event says, without luck."""

    kind: str
    part: str
    type: str
    reason: str
    message: str


class Row(NamedTuple):
    """One event: what it says, how often it was seen, when first (whole seconds), and where it stands in the list."""

    told: Told
    seen: int
    second: int
    place: int


def rows(evidence: Evidence) -> Iterator[Row]:
    """The events worth comparing."""
    for place, event in enumerate(evidence.events):
        about = event.get("involvedObject") or event.get("regarding") or {}
        message = event.get("message") or event.get("note") or ""
        if NOISE.search(message) or about.get("kind") == "Namespace" or event.get("reason") == "Pulling":
            continue
        if event.get("reason") == "Pulled":  # whether the node had the image already is luck
            message = "the image is there"
        seen = event.get("count") or (event.get("series") or {}).get("count") or 1
        part, second = evidence.roles.part(about.get("name", "")), _second(event)
        for piece in pieces(evidence.roles.mask(message).strip()):
            told = Told(about.get("kind", ""), part, event.get("type", ""), event.get("reason", ""), piece)
            yield Row(told, seen, second, place)


def pieces(message: str) -> list[str]:
    """A scaling by five is five by one: how many a sync combines is luck. So is which of many similar events came last."""
    if message.startswith("(combined from"):
        return ["(combined from similar events)"]
    scaled = SCALED.fullmatch(message)
    if not scaled:
        return [message]
    what, first, last = scaled[1], int(scaled[2]), int(scaled[3])
    return [f"{what} at {size}" for size in range(first, last, 1 if first < last else -1)] or [message]


def _second(event: Obj) -> int:
    """The whole second, since 1970, in which the event was first seen: old-style events know no more."""
    created = event.get("creationTimestamp") or (event.get("metadata") or {}).get("creationTimestamp")
    text = event.get("firstTimestamp") or event.get("eventTime") or created
    return math.floor(parse_timestamp(text) / 1_000_000) if text else 0


def events(recorded: Evidence, run: Evidence) -> float | None:
    """Is the same told about the same things? Each distinct event counts once."""
    asked = Counter({row.told: 1 for row in rows(recorded)})
    return overlap(asked, Counter({row.told: 1 for row in rows(run)})) if asked else None


def counts(recorded: Evidence, run: Evidence) -> float | None:
    """The same, each event weighted with how often it was seen."""
    asked = _weights(recorded)
    return overlap(asked, _weights(run)) if asked else None


def _weights(evidence: Evidence) -> Counter[Told]:
    total: Counter[Told] = Counter()
    for row in rows(evidence):
        total[row.told] += row.seen
    return total


def order(recorded: Evidence, run: Evidence) -> float | None:
    """Of the reasons that one part of the play gave a second or more apart: how many pairs keep their order?"""
    asked, found = _first_of_reasons(recorded), _first_of_reasons(run)
    kept = [
        found[part][earlier] < found[part][later]
        for part, reasons in asked.items()
        for earlier, (before, _) in reasons.items()
        for later, (after, _) in reasons.items()
        if after - before >= APART_S and earlier in found[part] and later in found[part]
    ]
    return sum(kept) / len(kept) if kept else None


def _first_of_reasons(evidence: Evidence) -> defaultdict[tuple[str, str], dict[str, tuple[int, int]]]:
    """When each part first gave each reason: the second, and the place in the list."""
    found: defaultdict[tuple[str, str], dict[str, tuple[int, int]]] = defaultdict(dict)
    for row in rows(evidence):
        reasons = found[row.told.kind, row.told.part]
        when = (row.second, row.place)
        reasons[row.told.reason] = min(reasons.get(row.told.reason, when), when)
    return found


def times(recorded: Evidence, run: Evidence) -> float | None:
    """Which share of the events came when they did in the recording, counted from the command before?

    The k-th event of a kind stands against the k-th. Counting from the command forgives a run its own pace between commands,
    but not between a command and its effects.
    """
    commands, asked, found = _commands(recorded, run), _seconds(recorded), _seconds(run)
    near = [
        index < len(found[told]) and _is_near(second, found[told][index], commands)
        for told, seconds in asked.items()
        for index, second in enumerate(seconds)
    ]
    return sum(near) / len(near) if near else None


def _is_near(second: int, other: int, commands: list[tuple[float, float]]) -> bool:
    mine, its = max((pair for pair in commands if pair[0] <= second), default=commands[0])
    return abs((second - mine) - (other - its)) <= max(NEAR_S, NEAR_SHARE * (second - mine))


def _seconds(evidence: Evidence) -> defaultdict[Told, list[int]]:
    """When each kind of event came, in seconds since t 0, in order."""
    found: defaultdict[Told, list[int]] = defaultdict(list)
    for row in rows(evidence):
        found[row.told].append(row.second - math.floor(evidence.start))
    for seconds in found.values():
        seconds.sort()
    return found


def _commands(recorded: Evidence, run: Evidence) -> list[tuple[float, float]]:
    """When each command began that both have: in the recording, and in the run."""
    asked, found = _asked(recorded), _asked(run)
    blocks = SequenceMatcher(None, [text for text, _ in asked], [text for text, _ in found], autojunk=False).get_matching_blocks()
    pairs = [(asked[i + k][1], found[j + k][1]) for i, j, size in blocks for k in range(size)]
    return pairs or [(0.0, 0.0)]


def _asked(evidence: Evidence) -> list[tuple[str, float]]:
    steps = [step for step in evidence.steps if "cmd" in step or "api" in step]
    return [(evidence.roles.mask(step.get("cmd") or step["api"]), step["t"]) for step in steps]
