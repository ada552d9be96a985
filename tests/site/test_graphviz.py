"""Graphviz lays out what it is given, once; what was laid out is kept, and a failure says what to do."""

from __future__ import annotations

import pytest

from gen.site import graphviz
from gen.site.graphviz import NoGraphviz

DOT = "digraph { rankdir=LR; one -> two }"


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """An empty folder for what is kept, and a process that has laid out nothing yet."""
    monkeypatch.setattr(graphviz, "CACHE", tmp_path)
    graphviz.lay_out.cache_clear()
    yield tmp_path / "layouts"
    graphviz.lay_out.cache_clear()


@pytest.fixture
def asked(monkeypatch):
    """The texts that the program was asked for."""
    texts: list[str] = []

    def answer(dot: str) -> str:
        texts.append(dot)
        return f"laid out: {dot}"

    monkeypatch.setattr(graphviz, "laid_out", answer)
    return texts


def test_two_boxes_stand_side_by_side(kept):
    nodes = [line.split()[1:4] for line in graphviz.lay_out(DOT).splitlines() if line.startswith("node")]
    (one, left, height), (two, right, other_height) = nodes
    assert (one, two) == ("one", "two")
    assert float(left) < float(right)
    assert height == other_height


def test_what_was_laid_out_is_kept_for_this_process_and_the_next(kept, asked):
    first = graphviz.lay_out(DOT)
    assert graphviz.lay_out(DOT) == first
    graphviz.lay_out.cache_clear()  # as in the next process
    assert graphviz.lay_out(DOT) == first
    assert asked == [DOT]
    assert [file.suffix for file in kept.iterdir()] == [".plain"]


def test_another_text_or_another_graphviz_is_laid_out_anew(kept, asked, monkeypatch):
    graphviz.lay_out(DOT)
    graphviz.lay_out(f"{DOT} ")
    monkeypatch.setattr(graphviz, "version", lambda _: "99")
    graphviz.lay_out.cache_clear()
    graphviz.lay_out(DOT)
    assert asked == [DOT, f"{DOT} ", DOT]


def test_nothing_is_kept_of_what_could_not_be_laid_out(kept):
    with pytest.raises(NoGraphviz, match=r"graphviz-pure says: .*syntax error"):
        graphviz.lay_out("digraph {")
    assert not kept.exists()


def test_without_graphviz_the_message_says_how_to_get_it(kept, monkeypatch):
    monkeypatch.setattr(graphviz, "which", lambda *_, **__: None)
    with pytest.raises(NoGraphviz, match=r"no graphviz-pure here\. `pip install -r requirements\.txt` brings it"):
        graphviz.lay_out(DOT)
