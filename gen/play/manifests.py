"""Plain manifests as a scenario: they are applied in order, at time 0, to three nodes, and play until all has settled."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from gen.play.bad_input import BadInput
from gen.play.scenario import Scenario, Step
from gen.play.text_files import STANDARD_INPUT, manifests_in, read_file
from gen.play.yaml_builder import Path as Place
from gen.play.yaml_problems import Unreadable
from gen.play.yaml_reader import Document, documents, dotted
from gen.trace.record import Said

ONLY_IN_SCENARIOS = ("steps", "cluster", "title", "seed", "until", "expect", "files")
ONLY_IN_MANIFESTS = ("apiVersion", "kind", "metadata", "spec")
CORRECT = "Correct the manifest: this is what the API server of a real cluster answers, too."
QUOTED = re.compile(r'"([^"]+)"')


def is_scenario(text: str) -> bool:
    """Whether a text is a scenario, and not a manifest: by the keys of its first document."""
    try:
        first = next(documents(text), None)
    except Unreadable:
        return not any(re.search(rf"^{key}:", text, re.MULTILINE) for key in ONLY_IN_MANIFESTS) and bool(
            re.search(r"^steps:", text, re.MULTILINE)
        )
    if first is None or not isinstance(first.value, dict):
        return False
    return any(key in first.value for key in ONLY_IN_SCENARIOS) and not any(key in first.value for key in ONLY_IN_MANIFESTS)


def plain(names: Sequence[str], given: dict[str, str]) -> Scenario:
    """The scenario of these manifests; `given` holds the texts that are no files. Raises BadInput."""
    files = dict(given)
    for name in names:
        if name not in files:
            files.update(read(Path(name)))
    typed = shlex.join(["kubectl", "apply", *(word for name in names for word in ("-f", name))])
    title = "standard input" if list(names) == [STANDARD_INPUT] else ", ".join(Path(name).name or name for name in names)
    return Scenario(
        title={"ko": title, "en": title}, steps=(Step(at_us=0, run=typed, line=1),), files=files, path=names[0], plain=True
    )


def read(path: Path) -> dict[str, str]:
    """The texts of a manifest, or of all manifests in a folder, by name. Raises BadInput."""
    if path.is_dir():
        return {str(file): read_file(file) for file in manifests_in(path)}
    return {str(path): read_file(path)}


def refusal(scenario: Scenario, said: Said) -> BadInput:
    """What to say about plain manifests that were refused: kubectl's own words, and where the part stands that they name."""
    named = [file for file in scenario.files if file in said.stderr]
    file = named[0] if named else scenario.path
    what = said.stderr.strip().removeprefix("error: ")
    line, column, field = whereabouts(scenario.files.get(file, ""), what)
    return BadInput(file, line=line, column=column, field=field, what=what, todo=CORRECT)


def whereabouts(text: str, complaint: str) -> tuple[int, int, str]:
    """Line, column and field that a complaint is about; zeros where it names none that the text has."""
    found: list[tuple[int, int, int, str]] = []
    try:
        for document in documents(text):
            found.extend(mentioned(document, complaint))
    except Unreadable as error:
        return error.line, error.column, ""
    _, line, column, field = max(found, default=(0, 0, 0, ""))
    return line, column, field


def mentioned(document: Document, complaint: str) -> list[tuple[int, int, int, str]]:
    """The fields of a document that a complaint names, each with its depth and place."""
    words = set(re.findall(r"[A-Za-z][\w./-]*(?:\[\d+\][\w.-]*)*", complaint))
    words |= {word.rstrip(".") for word in words}
    return [(len(path), *place, dotted(path)) for path, place in document.places.items() if names_field(path, words)]


def names_field(path: Place, words: set[str]) -> bool:
    """Whether one of the words is this path."""
    return len(path) > 1 and dotted(path) in words
