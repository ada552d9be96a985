from __future__ import annotations

from urllib.request import urlopen

import pytest

from gen.commands.bench_pages import packed_kb
from gen.commands.bench_server import of_runtime, served


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "parts").mkdir()
    for name in ("index.html", "parts/index.html", "engine.zip"):
        (tmp_path / name).write_text(name * 99, encoding="utf-8")
    return tmp_path


def test_what_is_asked_for_is_noted_once_taken(folder):
    with served(folder) as site:
        for name in ("", "parts/", "engine.zip?again"):
            assert urlopen(site.address + name).status == 200
        assert site.taken() == ["", "parts/", "engine.zip"]
        assert site.taken() == []


def test_files_weigh_what_a_host_sends(folder):
    with served(folder) as site:
        expected = sum(packed_kb((name * 99).encode()) for name in ("parts/index.html", "engine.zip"))
        assert site.weigh(["parts/", "engine.zip", "lost.js"]) == expected


def test_the_runtime_is_told_from_what_every_page_loads():
    asked = [
        "",
        "assets/kim/player.js",
        "assets/kim/runtime.json",
        "assets/kim/python-1/viz.js",
        "assets/kim/engine-2/engine.zip",
    ]
    assert of_runtime(asked) == asked[2:]


def test_pages_are_found_by_their_figures(folder):
    for name in ("index.html", "parts/index.html"):
        (folder / name).write_text('<figure class="kim-figure"></figure>', encoding="utf-8")
    (folder / "prose").mkdir()
    (folder / "prose/index.html").write_text("<p>prose</p>", encoding="utf-8")
    with served(folder) as site:
        assert site.figured_pages() == ["", "parts/"]
