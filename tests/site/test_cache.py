"""Kept runs: as good as played ones, played anew where anything that they depend on has changed, and never in the way."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from gen.draw import Frame, Means, figure
from gen.play.scenario.load import load
from gen.play.simulate import simulate
from gen.site import cache
from gen.site.graphviz import lay_out
from gen.site.shelf import Shelf
from gen.views import VIEWS, story

SCENARIOS = sorted((Path(__file__).parents[2] / "docs/scenarios").glob("*.yaml"))
JOURNEY = next(file for file in SCENARIOS if file.stem == "first-journey")
MEANS = Means(icon=lambda name: f"{name}.png", lay_out=lay_out)
BESIDE = "steps:\n- run: kubectl apply -f pod.yaml\n"
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec: {containers: [{name: web, image: nginx}]}\n"
DAMAGES = {
    "empty": lambda kept: b"",
    "no archive": lambda kept: b"{}",
    "cut off": lambda kept: kept[:-100],
    "a byte changed": lambda kept: kept[:2000] + bytes([kept[2000] ^ 1]) + kept[2001:],
    "no text": lambda kept: gzip.compress(b"\xff\xfe"),
    "no trace": lambda kept: gzip.compress(b'{"seed": 1}'),
    "a record of an unknown kind": lambda kept: gzip.compress(b'{"info": {}}\n{"record": "Dreamt", "seq": 0, "at": 0}'),
    "a record that lacks something": lambda kept: gzip.compress(b'{"info": {}}\n{"record": "Typed", "at": 0}'),
    "a list": lambda kept: gzip.compress(b'["info"]\n[]'),
}


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """The folder of kept runs, empty; and what this process played already is forgotten."""
    monkeypatch.setattr(cache, "RUNS", Shelf(tmp_path / "runs", most=9))
    forget()
    yield tmp_path / "runs"
    forget()


@pytest.fixture
def plays(monkeypatch):
    """The titles of the scenarios that were really played."""
    played: list[str] = []
    monkeypatch.setattr(cache, "simulate", lambda scenario: played.append(scenario.title["en"]) or simulate(scenario))
    return played


def forget() -> None:
    """A build ends."""
    cache._checked.cache_clear()
    cache._read.cache_clear()


def again(file: Path):
    """The run as a build that begins now gets it."""
    forget()
    return cache.run_of(file)


@pytest.mark.parametrize("file", SCENARIOS, ids=[file.stem for file in SCENARIOS])
def test_a_restored_run_is_the_run_that_was_played(file):
    played = simulate(load(file))
    restored = cache.restored(cache.text_of(played))
    assert restored.records == played.records
    assert list(map(repr, restored)) == list(map(repr, played))  # tuples, and the order of keys
    assert restored.info == played.info
    assert restored.digest() == played.digest()
    for lang in ("ko", "en"):
        drawn = [figure(story(trace, sorted(VIEWS)), MEANS, lang=lang, frame=Frame()) for trace in (played, restored)]
        assert drawn[0] == drawn[1]


def test_a_second_build_plays_nothing(kept, plays):
    first = cache.run_of(JOURNEY)
    second = again(JOURNEY)
    assert plays == ["The first journey"]
    assert second.records == first.records
    assert [file.suffix for file in kept.iterdir()] == [".gz"]


def test_an_edit_plays_what_it_touches(kept, plays, tmp_path):
    texts = {"one": f"title: {{ko: one, en: one}}\n{BESIDE}", "two": "title: {ko: two, en: two}\nsteps: []\n"}
    files = {name: tmp_path / f"{name}.yaml" for name in texts}
    pod = tmp_path / "pod.yaml"
    pod.write_text(POD, encoding="utf-8")
    for name, file in files.items():
        file.write_text(texts[name], encoding="utf-8")
        cache.run_of(file)
    assert plays == ["one", "two"]
    files["two"].write_text(f"{texts['two']}seed: 2\n", encoding="utf-8")
    [again(file) for file in files.values()]
    assert plays == ["one", "two", "two"]
    pod.write_text(POD.replace("nginx", "redis"), encoding="utf-8")
    [again(file) for file in files.values()]
    assert plays == ["one", "two", "two", "one"]


def test_a_changed_engine_plays_everything_anew(kept, plays, monkeypatch):
    cache.run_of(JOURNEY)
    monkeypatch.setattr(cache, "engine", lambda: "another")
    again(JOURNEY)
    assert len(plays) == 2


@pytest.mark.parametrize("floor", cache.ENGINE)
def test_the_engine_is_every_floor_on_which_a_run_stands(tmp_path, monkeypatch, floor):
    monkeypatch.setattr(cache, "GEN", tmp_path)
    for name in (*cache.ENGINE, "draw"):
        (tmp_path / name).mkdir()
    before = cache.engine.__wrapped__()
    (tmp_path / "draw/svg.py").write_text("", encoding="utf-8")
    assert cache.engine.__wrapped__() == before
    (tmp_path / floor / "types.txt").write_text("", encoding="utf-8")
    assert cache.engine.__wrapped__() != before


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_run_is_played_anew_and_mended(kept, plays, damage):
    first = cache.run_of(JOURNEY)
    file = next(kept.iterdir())
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert again(JOURNEY).digest() == first.digest()
    assert len(plays) == 2
    assert [one.read_bytes() for one in kept.iterdir()] == [whole]


def test_where_nothing_can_be_kept_runs_are_played(kept, plays):
    kept.write_text("no folder", encoding="utf-8")
    assert again(JOURNEY).digest() == again(JOURNEY).digest()
    assert len(plays) == 2


def test_what_a_scenario_expects_is_asked_of_a_restored_run_too(kept, tmp_path):
    file = tmp_path / "wishful.yaml"
    file.write_text("steps: []\nexpect:\n- by: 1s\n  that: deployment/web exists\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(cache.Unmet, match="line 3: expected by 1s"):
            again(file)
