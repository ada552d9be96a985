"""What is shipped beside the pages: every script that another loads, the workbench's parts, and Python at the root only."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from gen.draw.bench import bench_html
from gen.draw.theme import bench_sheet
from gen.play.scenario.draft import Draft
from gen.play.scenario.load import load
from gen.site import bundle, runtime
from gen.site.packages import NotFetched

KIM = "assets/kim"
ROOT = Path(__file__).parents[2]
IMPORTED = re.compile(r"(?:from|import\()\s*'\./([^']+)'")
BESIDE = re.compile(r"(?:new URL|text|styled)\('([\w.]+\.(?:js|json|html|css))'")
LANGUAGES = {"": "ko", "en/": "en"}  # by folder


def js(site: Path, folder: str) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in (site / folder / KIM).glob("*.js")}


@pytest.mark.parametrize("folder", LANGUAGES)
def test_every_script_and_part_that_another_asks_for_is_there(site, folder):
    found = js(site, folder)
    asked = {wanted for text in found.values() for wanted in IMPORTED.findall(text)}
    assert {"bench.js", "parts.js", "runtime.js", "address.js"} <= asked
    assert asked <= set(found)
    beside = {wanted for text in found.values() for wanted in BESIDE.findall(text)}
    assert {"bench.html", "bench.css", "runtime.json", "worker.js"} <= beside
    assert not [name for name in beside if not (site / folder / KIM / name).is_file()]


@pytest.mark.parametrize("folder", LANGUAGES)
def test_no_script_is_shipped_that_nobody_asks_for(site, folder):
    found = js(site, folder)
    asked = {wanted for text in found.values() for wanted in (*IMPORTED.findall(text), *BESIDE.findall(text))}
    page = (site / folder / "index.html").read_text(encoding="utf-8")
    loaded = set(re.findall(rf'<script[^>]*src="{KIM}/([\w.]+\.js)"', page))
    assert loaded == set(found) - asked
    assert "player.js" in loaded


def test_the_build_s_own_tools_are_not_shipped(site):
    assert not [file for file in (site / KIM).rglob("*") if file.name in ("pack.mjs", "package.json", "package-lock.json")]


@pytest.mark.parametrize("folder", LANGUAGES)
def test_the_workbench_is_in_the_language_of_its_site(site, folder):
    assert (site / folder / KIM / "bench.html").read_text(encoding="utf-8") == bench_html(LANGUAGES[folder])
    assert (site / folder / KIM / "bench.css").read_text(encoding="utf-8") == bench_sheet()


@pytest.mark.parametrize("folder", LANGUAGES)
def test_no_page_loads_the_workbench_or_python_before_it_is_asked_for(site, folder):
    for page in (site / folder).rglob("*.html"):
        if "assets" not in page.relative_to(site).parts:
            text = page.read_text(encoding="utf-8")
            assert not re.search(r'(?:src|href)="[^"]*(?:bench|worker|runtime|pyodide|viz)\.\w+"', text), page


def test_python_lies_at_the_root_only(site):
    there = {file.relative_to(site).as_posix() for file in site.rglob(f"{KIM}/*-*/*") if file.parent.name.count("-") == 1}
    assert there == set(runtime.files())
    for name, source in runtime.files().items():
        assert (site / name).read_bytes() == source.read_bytes()


@pytest.mark.parametrize("folder", LANGUAGES)
def test_each_language_leads_to_it(site, folder):
    here = site / folder / KIM
    told = json.loads((here / "runtime.json").read_text(encoding="utf-8"))
    python, engine = ((here / told[name]).resolve() for name in ("python", "engine"))
    assert {file.name for file in python.iterdir()} == {*runtime.PYODIDE, "viz.js"}
    assert {file.name for file in engine.iterdir()} == set(runtime.PACKED)
    files = (*python.iterdir(), *engine.iterdir())
    assert told["bytes"] == sum(file.stat().st_size for file in files if file.name != runtime.LATER)


@pytest.mark.parametrize("folder", LANGUAGES)
def test_every_scenario_lies_there_as_its_author_wrote_it_and_as_the_editor_opens_it(site, folder):
    written = sorted((ROOT / "docs/scenarios").glob("*.yaml"))
    there = site / folder / "scenarios"
    assert {file.name for file in there.iterdir()} == {name for one in written for name in (one.name, f"{one.stem}.json")}
    for one in written:
        assert (there / one.name).read_bytes() == one.read_bytes()
        draft = Draft.from_json(json.loads((there / f"{one.stem}.json").read_text(encoding="utf-8")))
        assert (draft.name, dict(draft.title), dict(draft.files)) == (one.stem, load(one).title, load(one).files)


def test_a_scenario_that_is_wrong_has_nothing_for_the_editor(tmp_path):
    (tmp_path / "wrong.yaml").write_text("steps: {\n", encoding="utf-8")
    assert bundle.draft_of(tmp_path / "wrong.yaml") is None


def test_where_python_cannot_be_had_the_rest_is_still_there(monkeypatch):
    def fails(*_):
        raise NotFetched("There is no node here.")

    monkeypatch.setattr(bundle.runtime, "files", fails)
    bundle.shipped.cache_clear()
    monkeypatch.setattr(bundle.languages, "own", lambda _: SimpleNamespace(at="", lang="ko"))
    monkeypatch.setattr(bundle.languages, "is_first", lambda _: True)
    parts = bundle.workbench(None)
    assert (parts[f"{KIM}/runtime.json"], parts[f"{KIM}/bench.html"]) == ("{}", bench_html("ko"))
    assert bundle.shipped() == {}
    bundle.shipped.cache_clear()
