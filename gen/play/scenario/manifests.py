"""Plain manifests as a scenario: they are applied in order, at time 0, to three nodes, and play until all has settled."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gen.kit.evolve import dig
from gen.play.reading.bad_input import BadInput
from gen.play.reading.problems import Unreadable
from gen.play.reading.reader import Document, documents, dotted
from gen.play.reading.text_files import STANDARD_INPUT, manifests_in, read_file
from gen.play.scenario.model import Scenario, Step
from gen.trace.record import Said

ONLY_IN_SCENARIOS = ("steps", "cluster", "title", "seed", "until", "expect", "files")
ONLY_IN_MANIFESTS = ("apiVersion", "kind", "metadata", "spec")
CORRECT = "Correct the manifest, as one would in front of a real cluster."
FIELD = re.compile(r"[A-Za-z][\w.-]*(?:\[\d+\][\w.-]*)*")


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


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a manifest that a complaint may be about."""

    file: str
    names_file: bool
    names_object: bool = False
    depth: int = 0
    line: int = 0
    column: int = 0
    field: str = ""

    def likelihood(self) -> tuple[bool, bool, int]:
        """The greater, the likelier."""
        return self.names_file, self.names_object, self.depth


def refusal(scenario: Scenario, said: Said) -> BadInput:
    """What to say about plain manifests that were refused: kubectl's own words, and where the part stands that they name."""
    what = said.stderr.strip().removeprefix("error: ")
    spot = likeliest(scenario.files, what) or Spot(scenario.path, True)
    return BadInput(spot.file, line=spot.line, column=spot.column, field=spot.field, what=what, todo=CORRECT)


def likeliest(files: dict[str, str], complaint: str) -> Spot | None:
    """The part of these files that kubectl most likely complains about."""
    found = [spot for file, text in files.items() for spot in spots(file, text, complaint)]
    return max(found, key=Spot.likelihood, default=None)


def spots(file: str, text: str, complaint: str) -> Iterator[Spot]:
    """The parts of one file that a complaint may be about: the file, an object in it, a field, or where it is no YAML."""
    names_file = file in complaint
    yield Spot(file, names_file)
    try:
        for document in documents(text):
            yield from fields(document, Spot(file, names_file), complaint)
    except Unreadable as error:
        if names_file and error.problem in complaint:
            yield Spot(file, names_file, depth=1, line=error.line, column=error.column)


def fields(document: Document, within: Spot, complaint: str) -> Iterator[Spot]:
    """The object, if it is named, and the fields that are; one that is missing stands where it would belong."""
    kind, name = dig(document.value, "kind", ""), dig(document.value, "metadata.name", "")
    spot = replace(within, names_object=bool(kind) and f'{kind} "{name}"' in complaint)
    if spot.names_object:
        line, column = document.place(())
        yield replace(spot, line=line, column=column)
    if kind and f'no matches for kind "{kind}"' in complaint:
        line, column = document.place(("kind",))
        yield replace(spot, depth=1, line=line, column=column, field="kind")
    places = {dotted(path): (len(path), *place) for path, place in document.places.items()}
    for word in field_words(complaint):
        around = next((part for part in (word, *parents(word)) if part in places), "")
        if around:
            depth, line, column = places[around]
            yield replace(spot, depth=depth, line=line, column=column, field=word)


def field_words(complaint: str) -> list[str]:
    """What looks like a field's path in a complaint; Go's decoder writes the struct's name before it."""
    found = [word.strip(".") for word in FIELD.findall(complaint)]
    return [path for word in found for path in (word, word.partition(".")[2]) if "." in path]


def parents(path: str) -> Iterator[str]:
    """`a.b[0]`, `a.b`, `a` for `a.b[0].c`."""
    while path := path[: max(path.rfind("."), path.rfind("["), 0)]:
        yield path
