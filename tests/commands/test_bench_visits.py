from __future__ import annotations

from contextlib import contextmanager

from gen.commands import bench_visits
from gen.commands.bench_server import Served


@contextmanager
def visited(asked, names):
    asked += names
    yield


def test_a_first_view_that_asks_for_the_runtime_breaks_its_promise(tmp_path, monkeypatch):
    (tmp_path / "en/parts").mkdir(parents=True)
    (tmp_path / "en/parts/index.html").write_text("<figure class='kim-figure'></figure>", encoding="utf-8")
    site = Served(tmp_path, "")
    names = ["en/parts/", "en/parts/", "assets/kim/runtime.json"]
    monkeypatch.setattr(bench_visits, "fresh_page", lambda *_: visited(site.asked, names))
    weight, runtime = bench_visits.first_views(None, "", site)
    assert (weight.what, weight.most, weight.kept) == ("first view of /en/parts/, 2 files asked for", 250, True)
    assert (runtime.found, runtime.kept) == (1, False)


def test_the_fastest_cold_run_counts_and_all_that_it_loads(tmp_path, monkeypatch):
    (tmp_path / "engine.zip").write_bytes(bytes(range(256)) * 40)
    seconds = iter([5.0, 3.0, 4.5, 1.0, 1.5, 0.5])
    monkeypatch.setattr(bench_visits, "cold_run", lambda *_, hover: (next(seconds), ["engine.zip", "engine.zip"]))
    site = Served(tmp_path, "")
    best, worst, hovered, _, loaded = bench_visits.cold_runs(None, "", site)
    assert (best.found, best.kept, worst.found, hovered.found) == (3.0, True, 5.0, 0.5)
    assert loaded.found == site.weigh(["engine.zip"]) / 1000
