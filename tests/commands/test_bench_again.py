from __future__ import annotations

import pytest

from gen.commands import bench_again
from gen.commands.bench_again import Shown, best, row, shown_in, shown_scenarios
from gen.commands.bench_server import Served

FIGURE = """<figure id="kim-{id}" class="kim-figure" data-why="../why/x.html" data-draft="../scenarios/{scenario}.json"
data-views="{views}" data-focus="deployment/web"><p id="other"></p></figure>"""
PARTS = [{"play": 30, "fold": 5, "draw": 20, "layout": layout, "html": 90_400} for layout in (70, 0, 0)]
SHOWN = Shown("drain", "nodes/", "kim-drain", ("board",), "")


def test_each_scenario_is_measured_in_its_figure_with_the_most_views(tmp_path):
    for page in ("nodes", "en/nodes"):
        (tmp_path / page).mkdir(parents=True)
        figures = [
            FIGURE.format(id=f"drain-{views.count(',')}", scenario="drain", views=views)
            for views in ("board", "board,tree", "tree")
        ]
        (tmp_path / page / "index.html").write_text("".join(figures), encoding="utf-8")
    (found,) = shown_scenarios(Served(tmp_path, ""))
    assert found == Shown("drain", "nodes/", "kim-drain-1", ("board", "tree"), "deployment/web")


def test_a_map_has_no_scenario():
    assert shown_in('<figure class="kim-figure kim-figure-map"></figure>', "") is None


def test_a_row_tells_where_the_time_went_and_marks_what_is_too_slow():
    cells = dict(zip(bench_again.HEAD, row(SHOWN, [[90, 60], [100, 70], [300, 200]], PARTS), strict=True))
    assert cells == {
        "": "drain", "median": "100 ms", "promised": "≤ 200 ms", "worst": "300", "engine": "70", "play": "30", "fold": "5",
        "draw": "20", "layout": "0", "first layout": "70", "page": "30", "HTML": "90 KB",
    }  # fmt: skip
    assert "≤ 200 ms !" in row(SHOWN, [[210, 60]], PARTS)


@pytest.mark.parametrize(("medians", "expected", "left"), [([90, 80], 90, 1), ([290, 80, 70], 80, 1), ([230, 210, 220], 210, 0)])
def test_a_round_is_repeated_until_it_keeps_the_promise(medians, expected, left):
    rounds = [[[took, 0.0]] for took in medians]
    assert best(lambda: rounds.pop(0)) == [[expected, 0.0]]
    assert len(rounds) == left
