"""The text that Graphviz lays out, kept as DOT. `pytest --snapshot-update` writes it anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gen.draw.board.dot import NARROW, WIDE, dot

ROOT = Path(__file__).parents[2]
IN_ANOTHER_PYTHON = """
import sys
from gen.draw.board.dot import NARROW, WIDE, dot
from gen.play.scenario.load import load
from gen.play.simulate import simulate
from gen.views import VIEWS
for name in sys.argv[1:]:
    board = VIEWS["board"](simulate(load(name)))
    print(dot(board, WIDE), dot(board, NARROW))
"""


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_board_made_by_hand(golden, board, size):
    assert dot(board, size) == golden("dot")


@pytest.mark.parametrize("pods", [0, 5, 30])
@pytest.mark.parametrize("nodes", [1, 3, 8])
def test_boards_of_many_sizes(golden, sized, nodes, pods):
    assert dot(sized(nodes, pods).pictures[0], WIDE) == golden("dot")


def test_a_large_board_on_a_phone(golden, sized):
    assert dot(sized(8, 30).pictures[0], NARROW) == golden("dot")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_it_names_nothing_of_one_machine_and_nothing_by_chance(board, sized, size):
    for one in (board, sized(8, 30).pictures[0]):
        text = dot(one, size)
        assert text == dot(one, size)
        assert not re.search(r"[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-|\.png|/site-packages|[A-Za-z]:\\", text)
        assert str(ROOT) not in text
        assert set(re.findall(r"image=(\S*?)[\s\]]", text)) == {'""'}


def test_the_same_text_whatever_the_order_of_sets():
    scenarios = sorted(map(str, (ROOT / "docs/scenarios").glob("*.yaml")))
    texts = []
    for seed in ("0", "4242"):
        done = subprocess.run(
            [sys.executable, "-c", IN_ANOTHER_PYTHON, *scenarios], env={**os.environ, "PYTHONHASHSEED": seed}, cwd=ROOT,
            capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        texts.append(done.stdout)
    assert texts[0].count("digraph") == 2 * len(scenarios)
    assert texts[0] == texts[1]
