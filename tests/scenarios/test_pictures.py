"""What the pictures of every scenario say, and how the first one looks. `pytest --snapshot-update` writes them anew."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from gen.draw import to_svg
from gen.play.scenario.load import load
from gen.play.simulate import simulate
from gen.trace.trace import Trace
from gen.views import VIEWS

SCENARIOS = Path(__file__).parents[2] / "docs" / "scenarios"
NAMES = sorted(path.stem for path in SCENARIOS.glob("*.yaml"))


class Json(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "json"


class Svg(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "svg"


@cache
def played(name: str) -> Trace:
    return simulate(load(SCENARIOS / f"{name}.yaml"))


@pytest.mark.parametrize("view", ["timeline", "events"])
@pytest.mark.parametrize("name", NAMES)
def test_what_it_says(snapshot, name, view):
    said = json.dumps(VIEWS[view](played(name)).to_json(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert said == snapshot(extension_class=Json)


@pytest.mark.parametrize(
    ("lang", "theme", "narrow"), [("ko", "light", False), ("en", "dark", True)], ids=["ko-light", "en-dark-narrow"]
)
@pytest.mark.parametrize("view", ["timeline", "events"])
def test_how_the_first_one_looks(snapshot, view, lang, theme, narrow):
    drawn = to_svg(VIEWS[view](played("first-journey")), lang=lang, theme=theme, narrow=narrow)
    assert drawn == snapshot(extension_class=Svg)
