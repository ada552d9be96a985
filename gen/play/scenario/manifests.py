"""Plain manifests as a scenario: they are applied in order, at time 0, to three nodes, and play until all has settled."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from gen.play.reading.bad_input import BadInput
from gen.play.reading.problems import Unreadable
from gen.play.reading.reader import documents
from gen.play.reading.text_files import STANDARD_INPUT, SUFFIXES, manifests_in, read_file, read_standard_input
from gen.play.scenario.model import Scenario, Step
from gen.play.scenario.surroundings import enumerated, surroundings

ONLY_IN_SCENARIOS = ("steps", "cluster", "title", "seed", "until", "expect", "files")
ONLY_IN_MANIFESTS = ("apiVersion", "kind", "metadata", "spec")
KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")
CHART, OF_A_CHART, TEMPLATES = "Chart.yaml", ("Chart.yaml", "values.yaml"), "templates"
LOOKED_INTO = 2_000  # folders below the one that was named


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
    files, notes = dict(given), list[str]()
    for name in names:
        if name == STANDARD_INPUT and name not in files:
            files[name] = read_standard_input()
        elif name not in files:
            files.update(read(Path(name)))
            notes += not_read(Path(name))
    around = surroundings(files)
    applied = shlex.join(["kubectl", "apply", *(word for name in names for word in ("-f", name))])
    typed = [*(f"kubectl create namespace {name}" for name in around.namespaces), applied]
    title = "standard input" if list(names) == [STANDARD_INPUT] else ", ".join(Path(name).name or name for name in names)
    return Scenario(
        title={"ko": title, "en": title}, steps=tuple(Step(at_us=0, run=line, line=1) for line in typed), files=files,
        path=names[0], plain=True, assumed=around.kinds, notes=(*notes, *around.notes),
    )  # fmt: skip


def read(path: Path) -> dict[str, str]:
    """The texts of a manifest, or of all manifests in a folder, by name. Raises BadInput."""
    if not path.is_dir():
        made_by_a_tool(path)
        return {str(path): read_file(path)}
    for name in (*KUSTOMIZATIONS, CHART):
        made_by_a_tool(path / name)
    made_by_a_tool(path)
    try:
        return {str(file): read_file(file) for file in manifests_in(path)}
    except BadInput as error:
        made = next((file for file in below(path) if file.name in (*KUSTOMIZATIONS, CHART)), None)
        if made is not None:
            made_by_a_tool(made)
        error.todo += "".join(f" {text[0].upper()}{text[1:]}." for text in not_read(path))
        raise


def made_by_a_tool(path: Path) -> None:
    """Raises BadInput for what a tool makes manifests of, with the line that lets it do so."""
    folder, then = path.parent, "| python3 -m gen run -"
    if path.name in KUSTOMIZATIONS and path.is_file():
        todo = f"Build it first: `kustomize build {folder} {then}`, or `kubectl kustomize {folder} {then}`."
        raise BadInput(str(path), what="a kustomization is no manifest: kustomize makes manifests of it", todo=todo)
    chart = folder if path.name in (*OF_A_CHART, TEMPLATES) else folder.parent if folder.name == TEMPLATES else None
    if chart is not None and path.exists() and (chart / CHART).is_file():
        todo = f"Render it first: `helm template {shlex.quote(chart.resolve().name)} {chart} {then}`."
        raise BadInput(str(path), what="a Helm chart is no manifest: Helm makes manifests of it", todo=todo)


def below(folder: Path) -> Iterator[Path]:
    """The files in the folders below one, hidden ones left out; not more than is reasonable."""
    for number, (inside, folders, files) in enumerate(os.walk(folder)):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if number > LOOKED_INTO:
            return
        if number:
            yield from (Path(inside) / name for name in sorted(files))


def not_read(folder: Path) -> list[str]:
    """A note about the manifests that lie below a folder: like kubectl, we read the folder itself and no other."""
    found = [file for file in below(folder) if file.suffix in SUFFIXES] if folder.is_dir() else []
    if not found:
        return []
    inside = enumerated(list(dict.fromkeys(str(file.parent) for file in found)))
    return [f"not read, as by kubectl: {len(found)} more in folders below, which can be named too: {inside}"]
