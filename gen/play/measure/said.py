"""said: what kubectl printed, and what the API answered."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from statistics import fmean
from typing import NamedTuple

from gen.play.measure.evidence import Evidence
from gen.play.measure.likeness import match
from gen.play.measure.roles import Roles

AGE = r"\d+[smhd](?:\d+[smhd])?"
SEEN_OFTEN = re.compile(r"\b\d+[smhd]\d*[smhd]? \(x\d+ over [0-9smhd]+\)")  # `6s (x3 over 20s)`, the age of an event in describe
AGES = re.compile(rf"(?<=\s){AGE}(?=\s|$)|\b\d+[smhd] ago|\(\d+[smhd]\d*[smhd]? ago\)|\(x\d+ over [0-9smhd]+\)")
NODE = re.compile(r"\bnode-?\d+\b")
MANIFEST = re.compile(r"\S*/(manifests/)")  # wherever the folder was
NAMESPACE = re.compile(r"(?<!\S)(-n|--namespace)[ =]\S+ ?")


class Answer(NamedTuple):
    """What came back: the exit code or HTTP status, and the lines."""

    code: int | None
    lines: list[str]


def said(recorded: Evidence, run: Evidence) -> float | None:
    """How alike are the answers? Steps are paired by what was asked, in order; one that the run lacks has 0."""
    asked, found = _answers(recorded), _answers(run)
    scores = [
        _likeness(answer, found[question][index]) if index < len(found[question]) else 0.0
        for question, answers in asked.items()
        for index, answer in enumerate(answers)
    ]
    return fmean(scores) if scores else None


def _likeness(answer: Answer, other: Answer) -> float:
    """Answers with different codes have nothing in common, whatever their words."""
    if answer.code != other.code:
        return 0.0
    return match(answer.lines, other.lines) if answer.lines or other.lines else 1.0


def _answers(evidence: Evidence) -> defaultdict[tuple[str, ...], list[Answer]]:
    """By question: its answers, in order."""
    found: defaultdict[tuple[str, ...], list[Answer]] = defaultdict(list)
    for step in evidence.steps:
        if "cmd" in step:
            printed = lines(step.get("stdout"), evidence.roles) + lines(step.get("stderr"), evidence.roles)
            found["cmd", _question(step["cmd"], evidence.roles)].append(Answer(step.get("rc", 0), printed))
        elif "api" in step:
            request = evidence.roles.mask(json.dumps(step.get("request"), sort_keys=True, default=str))
            answer = Answer(step.get("status"), lines(_message(step.get("response")), evidence.roles))
            found["api", evidence.roles.mask(step["api"]), request].append(answer)
    return found


def _question(line: str, roles: Roles) -> str:
    return NAMESPACE.sub("", MANIFEST.sub(r"\1", roles.mask(line)))


def _message(response: object) -> str:
    """The words of a Status. What a successful request returns is an object, and `final` looks at those."""
    return response.get("message", "") if isinstance(response, dict) and response.get("kind") == "Status" else ""


def lines(text: str | None, roles: Roles) -> list[str]:
    """The different lines of an output, sorted: how often a watch repeats one is luck, and rows sort by random names."""
    masked = SEEN_OFTEN.sub("1s", roles.mask(text or ""))
    evened = "\n".join(_without_counts(line) for line in masked.splitlines())
    bare = NODE.sub("<node>", AGES.sub("<age>", evened))
    found = (" ".join(line.split()) for line in bare.splitlines() if line.strip())
    return sorted(dict.fromkeys(found))


def _without_counts(line: str) -> str:
    """Which count a watch caught is luck; and a line of JSON is as many lines as it has fields."""
    if line.startswith("Waiting for "):
        return re.sub(r"\d+", "<n>", line)
    return line.replace(",", "\n") if line.startswith(("{", "[")) else line
