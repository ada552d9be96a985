"""Python on a page: nothing of it is lost, and what a reader looks for stands out."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from gen.draw import code
from gen.draw.svg import markup

ROOT = Path(__file__).parents[2]
RULE = '''def wanted(pods: list[Obj]) -> int:
    """How many: a < b."""

    # counted once
    return len([f"{one['name']!r}" for one in pods if one])  # all of them
'''
LETTERS = 'x = f"a {b:{c}} {{d}}" "e"\n'
DEED = """@decorated
async def reconcile(self, key):
    await self.api.create(
        key
    )
"""


def plain(text: str) -> str:
    return "\n".join(unescape(re.sub(r"<[^>]+>", "", markup(line))) for line in code.lines(text))


@pytest.mark.parametrize("text", [RULE, DEED, LETTERS, "x = (\n    1,\n\n)\n", 'TEXT = """\n  a\n\n  b\n"""\n'])
def test_every_blank_and_every_line_survives(text):
    assert plain(text) == text.rstrip("\n")


def test_every_file_of_the_model_can_be_shown():
    for file in sorted((ROOT / "gen/cluster").rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        assert plain(text) == text.rstrip("\n"), file


def test_what_stands_out():
    html = "".join(markup(line) for line in code.lines(RULE))
    assert '<span class="kim-py-keyword">def</span> <span class="kim-py-name">wanted</span>' in html
    assert '<span class="kim-py-string">"""How many: a &lt; b."""</span>' in html
    assert '<span class="kim-py-comment"># counted once</span>' in html
    assert html.count('<span class="kim-py-keyword">if</span>') == 1
    assert """<span class="kim-py-string">f"{one['name']!r}"</span>""" in html


def test_a_string_of_several_lines_is_coloured_in_each():
    rows = [markup(line) for line in code.lines('X = """a\n\nb"""\n')]
    assert rows[0] == '<span class="kim-line">X = <span class="kim-py-string">"""a</span></span>'
    assert rows[1:] == ['<span class="kim-line"></span>', '<span class="kim-line"><span class="kim-py-string">b"""</span></span>']


def test_what_waits_is_told_from_what_does_not():
    html = "".join(markup(line) for line in code.lines(DEED))
    assert html.count('class="kim-py-keyword kim-py-waiting"') == 2
    assert code.is_deed(DEED)
    assert not code.is_deed(RULE)
