"""Reading a scenario: from its file, or from plain manifests.

    load("docs/scenarios/first-journey.yaml")

Where a scenario is expected, manifests are welcome too: they are applied in order, at time 0, to three nodes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gen.play.reading.text_files import STANDARD_INPUT, read_file, read_standard_input
from gen.play.scenario.file import from_text
from gen.play.scenario.manifests import is_scenario, plain
from gen.play.scenario.model import Scenario


def load(source: Path | str | Sequence[Path | str]) -> Scenario:
    """A scenario from its file; or from manifests: a file, a folder, several, or `-` for standard input. Raises BadInput."""
    names = [source] if isinstance(source, Path | str) else list(source)
    if [str(name) for name in names] == [STANDARD_INPUT]:
        text = read_standard_input()
        return from_text(text, STANDARD_INPUT) if is_scenario(text) else plain([STANDARD_INPUT], {STANDARD_INPUT: text})
    paths = [Path(name) for name in names]
    if len(paths) == 1 and not paths[0].is_dir():
        text = read_file(paths[0])
        if is_scenario(text):
            return from_text(text, str(paths[0]), beside=paths[0].parent)
    return plain([str(path) for path in paths], {})
