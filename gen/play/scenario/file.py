"""Reading a scenario's file: every key known, every value of its type, every error with its place.

Knowledge is a table here: `FIELDS` says which keys a scenario has and who reads each.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from gen.play.reading.bad_input import BadInput
from gen.play.reading.problems import Unreadable
from gen.play.reading.reader import documents, dotted
from gen.play.reading.text_files import read_file
from gen.play.scenario.cluster import read_cluster
from gen.play.scenario.model import SETTLED, Scenario
from gen.play.scenario.part import Part
from gen.play.scenario.steps import read_expectations, read_steps

LANGUAGES = ("ko", "en")
SEED_LIMIT = 2**63
Read = Callable[[Part], Any]


def from_text(text: str, name: str, beside: Path | None = None, files: dict[str, str] | None = None) -> Scenario:
    """The scenario that `text` says; `files` are given with it, others that its lines name may lie in the folder `beside`.

    Raises BadInput.
    """
    whole = as_part(text, name)
    whole.only(FIELDS)
    values = {key: read(whole.at(key)) for key, read in FIELDS.items() if key in whole.value}
    values.setdefault("title", dict.fromkeys(LANGUAGES, Path(name).stem))
    values.setdefault("steps", ())
    values["files"] = {**(files or {}), **values.get("files", {})}
    values["files"] = {**named_files(whole, values, beside), **values["files"]}
    scenario = Scenario(**{**values, "path": name, "expect": ()})
    return scenario if "expect" not in whole.value else with_expectations(scenario, whole)


def with_expectations(scenario: Scenario, whole: Part) -> Scenario:
    """The scenario with what it expects, which may speak of its steps."""
    values = {key: getattr(scenario, key) for key in Scenario.__slots__}
    return Scenario(**{**values, "expect": read_expectations(whole.at("expect"), scenario.steps)})


def as_part(text: str, name: str) -> Part:
    """The one document of the file. Raises BadInput for text that is no YAML, more documents, and keys written twice."""
    try:
        found = list(documents(text))
    except Unreadable as error:
        raise BadInput(name, line=error.line, column=error.column, what=str(error), todo="Write it as YAML.") from None
    if len(found) != 1 or not isinstance(found[0].value, dict):
        raise BadInput(name, what="a scenario is one mapping", todo="Begin with `title:`, `cluster:` and `steps:`.")
    for path in found[0].repeated:
        line, column = found[0].place(path)
        what = f"the key {path[-1]!r} stands here twice"
        raise BadInput(name, line=line, column=column, field=dotted(path), what=what, todo="Keep one of them.")
    return Part(name, found[0], (), found[0].value)


def read_title(part: Part) -> dict[str, str]:
    """The title in both languages."""
    part.mapping("title: {ko: …, en: …}").only(LANGUAGES)
    for language in LANGUAGES:
        if language not in part.value:
            raise part.wrong(f"the title lacks the language {language!r}", "Write title: {ko: …, en: …}.")
    return {language: part.at(language).text() for language in LANGUAGES}


def read_seed(part: Part) -> int:
    """The seed of the dice."""
    return part.whole_number(-SEED_LIMIT, SEED_LIMIT)


def read_files(part: Part) -> dict[str, str]:
    """The files that stand in the scenario itself."""
    part.mapping("files: {NAME: |, and the text below}")
    return {name: part.at(name).text("Write NAME: | and indent the file's text below it.") for name in part.value}


def read_until(part: Part) -> Any:
    """How long to play."""
    return SETTLED if part.value == SETTLED else part.moment("Write `until: settled`, or a time such as 90s.")


def named_files(whole: Part, values: dict[str, Any], beside: Path | None) -> dict[str, str]:
    """The files that the lines name and that lie beside the scenario. Raises BadInput for one that is nowhere."""
    from gen.play.kubectl import files_named

    found: dict[str, str] = {}
    for number, step in enumerate(values["steps"]):
        for name in files_named(step.run) if step.run else ():
            if not meant(name, {**values["files"], **found}):
                found.update(beside_scenario(whole.at("steps").at(number).at("run"), name, beside))
    return found


def meant(name: str, files: dict[str, str]) -> dict[str, str]:
    """Of the files at hand those that a name means: the file itself, or all of a folder."""
    return {file: text for file, text in files.items() if file == name or file.startswith(name.rstrip("/") + "/")}


def beside_scenario(part: Part, name: str, folder: Path | None) -> dict[str, str]:
    """The file, or the manifests of the folder, that a line names."""
    from gen.play.reading.text_files import manifests_in

    if "://" in name:
        raise part.wrong(f"nothing is fetched: {name}", "Save the manifest beside the scenario and name that file.")
    path = folder / name if folder is not None else None
    if path is not None and path.is_dir():
        return {f"{name.rstrip('/')}/{file.name}": read_file(file) for file in manifests_in(path)}
    if path is None or not path.exists():
        raise part.wrong(
            f'error: the path "{name}" does not exist', "Write the file under `files:`, or put it beside the scenario."
        )
    return {name: read_file(path)}


FIELDS: dict[str, Read] = {
    "title": read_title,
    "seed": read_seed,
    "cluster": read_cluster,
    "files": read_files,
    "steps": read_steps,
    "until": read_until,
    "expect": lambda part: part.value,
}
