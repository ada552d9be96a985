"""A scenario as a reader edits it: each of its files by itself, and beside them what is done with them.

    draft = opened(text, "self-healing")     # files {"web.yaml": …}, steps "cluster: …\\nsteps: …"
    draft = with_step(draft, 2, {"at": 12_000_000, "run": "kubectl delete pod web-1"})
    scenario = draft.scenario()              # raises BadInput, with the line in the file that the reader sees
    text = written(draft)                    # one file again, as in docs/scenarios

What a scenario expects is left out: a reader may do what its author did not think of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from gen.kit.duration import go_duration
from gen.kit.loop import Micros
from gen.play.reading.bad_input import BadInput
from gen.play.reading.reader import SEPARATOR, Document
from gen.play.reading.scalars import resolve
from gen.play.scenario.file import LANGUAGES, as_part, from_text
from gen.play.scenario.model import Scenario

STEPS = "steps.yaml"  # how complaints name the part that is no file of its own
APART = ("title", "files", "expect")
PLAIN = re.compile(r"[A-Za-z][\w ./=@,%+-]*")
WORD = re.compile(r"[a-z][a-z0-9-]*")
IN_BRACES = re.compile(r"(\s*(#.*)?\n)*\s*\{")


@dataclass(frozen=True, slots=True)
class Draft:
    """`files` are (name, text); `steps` is the YAML of all that is no file; `title` is (language, text)."""

    name: str
    title: tuple[tuple[str, str], ...] = ()
    steps: str = ""
    files: tuple[tuple[str, str], ...] = ()

    def scenario(self) -> Scenario:
        """What is to be played. Raises BadInput, whose `file` is one of the names here."""
        if not self.steps.strip():
            return Scenario(title=dict(self.title), steps=(), files=dict(self.files), path=STEPS)
        return replace(from_text(self.steps, STEPS, files=dict(self.files)), title=dict(self.title))

    def to_json(self) -> dict[str, Any]:
        """As JSON knows it."""
        return {"name": self.name, "title": dict(self.title), "steps": self.steps, "files": dict(self.files)}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Draft:
        """What `to_json` gave."""
        title = value.get("title") or dict.fromkeys(LANGUAGES, value["name"])
        return cls(value["name"], tuple(title.items()), value["steps"], tuple(value["files"].items()))


def opened(text: str, name: str, beside: Path | None = None) -> Draft:
    """A scenario's text, taken apart; files that its lines name may lie in the folder `beside`. Raises BadInput."""
    whole = as_part(text, name)
    scenario = from_text(text, name, beside)
    steps = without(text, whole.document, APART)
    return Draft(name, tuple(scenario.title.items()), steps, tuple(scenario.files.items()))


def without(text: str, document: Document, keys: Iterable[str]) -> str:
    """The text without some of its top-level keys and their values, the others at the margin.

    Comments go with what they stand above; those above all else stay.
    """
    lines = text.splitlines(keepends=True)
    begins = sorted((document.places[key,][0] - 1, key) for key in document.value)
    indented = any(document.places[key,][1] > 1 for key in document.value)
    if len({line for line, _ in begins}) < len(begins) or indented or IN_BRACES.match(text):
        kept = {key: value for key, value in document.value.items() if key not in keys}
        return "".join(f"{key}: {flow(value)}\n" for key, value in kept.items())
    edges = [begins[0][0], *(above(lines, line) for line, _ in begins[1:]), len(lines)]
    parts = zip(begins, pairwise(edges), strict=True)
    cut = {number for (_, key), (line, end) in parts if key in keys for number in range(line, end)}
    return "".join(line for number, line in enumerate(lines) if number not in cut)


def above(lines: list[str], line: int) -> int:
    """Where the comments above a line begin. What is indented further is no comment, but part of a text."""
    margin = len(lines[line]) - len(lines[line].lstrip(" ")) if line < len(lines) else 0
    begins = line
    while line and re.fullmatch(rf"( {{0,{margin}}}#.*)?\s*", lines[line - 1]):
        line -= 1
        begins = line if lines[line].strip() else begins
    return begins


def below_last(lines: list[str], line: int) -> int:
    """Where what stands above a line and its comments has its end."""
    line = above(lines, line)
    while line and not lines[line - 1].strip():
        line -= 1
    return line


def with_step(draft: Draft, place: int, step: dict[str, Any]) -> Draft:
    """One step more, as the one at `place` (from 0). `step` has `at` (microseconds), and `run` or `fault`. Raises BadInput."""
    if not draft.steps.strip():
        return replace(draft, steps="steps:\n" + "\n".join(item(step, "")) + "\n")
    draft = replace(draft, steps=bare(draft.steps))
    document = as_part(draft.steps, STEPS).document
    lines = draft.steps.splitlines(keepends=True)
    many = len(document.value.get("steps") or ())
    firsts = [document.places["steps", number][0] - 1 for number in range(many)]
    dashes = [re.match(r"( *)- ", lines[first]) for first in firsts]
    if not many:
        return first_step(draft, document, step)
    if not all(dashes):
        return with_step(replace(draft, steps=in_blocks(draft.steps, document)), place, step)
    end = above(lines, firsts[place]) if place < many else below_last(lines, ends_at(document, len(lines)))
    dash = dashes[0]
    assert dash is not None
    return replace(draft, steps="".join([*lines[:end], *(f"{line}\n" for line in item(step, dash[1])), *lines[end:]]))


def bare(text: str) -> str:
    """The text without the marks where its document begins or ends, and with an end to its last line."""
    lines = f"{text}\n".splitlines(keepends=True) if text and not text.endswith("\n") else text.splitlines(keepends=True)
    return "".join(line for line in lines if not (line.rstrip() == "..." or SEPARATOR.fullmatch(line.rstrip())))


def first_step(draft: Draft, document: Document, step: dict[str, Any]) -> Draft:
    """The draft with its only step."""
    rest = without(draft.steps, document, ("steps",))
    return replace(draft, steps="\n".join([rest.rstrip("\n"), "steps:", *item(step, ""), ""]).lstrip("\n"))


def in_blocks(text: str, document: Document) -> str:
    """The steps, which stood in brackets, as a line each."""
    rest = without(text, document, ("steps",)).rstrip("\n")
    return "\n".join([rest, "steps:", *(f"- {flow(step)}" for step in document.value["steps"]), ""]).lstrip("\n")


def ends_at(document: Document, many: int) -> int:
    """The line behind the steps: that of the key after them, or the end of the text."""
    first = document.places["steps",][0]
    return min((line - 1 for path, (line, _) in document.places.items() if len(path) == 1 and line > first), default=many)


def item(step: dict[str, Any], indent: str) -> list[str]:
    """The lines of a step."""
    deed = f"run: {scalar(step['run'])}" if "run" in step else f"fault: {flow(step['fault'])}"
    return [f"{indent}- at: {time(step['at'])}", f"{indent}  {deed}"]


def time(at: Micros) -> str:
    """A moment as a scenario writes it."""
    return go_duration(max(at, 0))


def scalar(text: str) -> str:
    """A text as YAML, in quotes where it would be something else."""
    return text if PLAIN.fullmatch(text) and text == text.strip() and text.startswith("kubectl ") else quoted(text)


def flow(value: Any) -> str:
    """A value as YAML in one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted_unless_plain(str(key))}: {flow(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return quoted_unless_plain(value) if isinstance(value, str) else json.dumps(value)


def quoted(text: str) -> str:
    """In double quotes, as JSON has them, and what YAML would take for the end of a line or for nothing as its number."""
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in json.dumps(text, ensure_ascii=False))


def quoted_unless_plain(text: str) -> str:
    """A word that YAML takes for nothing else than itself, or its quoted form."""
    return text if WORD.fullmatch(text) and isinstance(resolve(text, None, plain=True), str) else quoted(text)


def written(draft: Draft) -> str:
    """The draft as one file, as those in docs/scenarios; one with mistakes keeps them."""
    try:
        steps, given = without_heads(draft), draft.scenario().files
    except BadInput:
        steps, given = draft.steps, dict(draft.files)
    title = [f"  {lang}: {quoted(text)}\n" for lang, text in draft.title]
    files = [f"  {quoted(name)}: {block(text)}" for name, text in given.items()]
    heads = (["title:\n", *title] if title else []) + (["files:\n", *files] if files else [])
    return "".join(heads) + steps.rstrip("\n") + "\n"


def without_heads(draft: Draft) -> str:
    """The steps' text without what stands above them in a file, should a reader have written it there. Raises BadInput."""
    text = bare(draft.steps)
    return without(text, as_part(text, STEPS).document, ("title", "files")) if text.strip() else ""


def block(text: str) -> str:
    """A file's text under its name: as a block where YAML can have it so, else in quotes."""
    body = text.rstrip("\n")
    if not body or body != body.lstrip("\n") or not all(line.isprintable() for line in body.split("\n")):
        return f"{quoted(text)}\n"
    chomp = {0: "-", 1: ""}.get(len(text) - len(body), "+")
    indented = "\n".join(f"    {line}" if line else "" for line in body.split("\n"))
    return f"|{'2' if body.startswith(' ') else ''}{chomp}\n{indented}\n" + "\n" * max(len(text) - len(body) - 1, 0)
