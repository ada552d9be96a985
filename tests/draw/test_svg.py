from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from gen.draw.svg import TEXT, Film, Track, markup, still, tag

MOVING = tag(
    "g", tag("b", Track(((0, "one"), (2, "two")))), tag("i", "always", class_=Track(((0, "on"),))), "text",
    tag("use", href=Track(((1, "#a"), (3, None))), hidden=Track(((0, False), (2, True))), width=4),
    class_=Track(((0, "far"), (3, "near"))),
)  # fmt: skip


def test_text_and_attributes_are_escaped():
    assert markup(tag("text", '<script>alert("&")</script>', title='"><x')) == (
        '<text title="&quot;&gt;&lt;x">&lt;script&gt;alert("&amp;")&lt;/script&gt;</text>'
    )


def test_names_of_attributes():
    assert (
        markup(tag("rect", class_="a", stroke_width=2, hidden=True, x=None, y=False))
        == '<rect class="a" stroke-width="2" hidden=""/>'
    )


def test_empty_elements():
    assert markup(tag("div")) == "<div></div>"
    assert markup(tag("col")) == "<col/>"
    assert markup(tag("g")) == "<g/>"


def test_children_may_be_lists_and_nothing():
    assert markup(tag("g", [tag("a", "1"), "2"], None, "3")) == "<g><a>1</a>23</g>"


def test_no_line_ends_in_markup():
    assert "\n" not in markup(tag("p", "a\n\nb", title="c\nd"))


def test_what_no_xml_may_hold_is_shown_instead():
    odd = "".join(map(chr, (*range(0x20), 0x7F, 0x85, 0xD800, 0x2028, 0xFFFE, 0xFFFF, 0x1F600)))
    film = Film(0)
    moving = Track(((0, odd), (1, "b")))
    page = ElementTree.fromstring(markup(tag("p", odd, moving, title=moving), film).encode())
    assert page.text.startswith("␀␁␂␃␄␅␆␇␈\t ␋␌␍␎")
    ((title, text),) = film.rows
    assert page.text == text[2] * 2
    assert text[2].endswith("␟␡\x85\ufffd\u2028\ufffd\ufffd\U0001f600")
    assert page.get("title") == title[2].replace("\t", " ")  # as XML reads it
    assert title[2] == text[2].replace("\t ", "\t\n")


@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        ([], []),
        ([(0, "a"), (2, "b")], [(0, "a"), (2, "b")]),
        ([(0, "a"), (1, "a"), (2, "b"), (5, "b")], [(0, "a"), (2, "b")]),
        ([(0, "a"), (0, "b")], [(0, "b")]),
        ([(0, "a"), (1, "b"), (1, "c")], [(0, "a"), (1, "c")]),
        ([(0, "a"), (1, "b"), (1, "a"), (2, "c")], [(0, "a"), (2, "c")]),
        ([(0, None), (3, "a"), (4, None)], [(0, None), (3, "a"), (4, None)]),
    ],
    ids=["nothing", "a change", "no value twice", "the last of a step", "later too", "back at one step", "without a value"],
)
def test_the_keys_of_a_track(keys, kept):
    assert Track.of(keys) == Track(tuple(kept))


def test_a_track_keeps_its_value_until_the_next_key():
    assert [Track(((1, "a"), (3, "b"), (4, None))).at(step) for step in range(6)] == [None, "a", "a", "b", None, None]


def test_a_film_has_a_row_for_each_element_that_changes():
    film = Film(0)
    assert markup(MOVING, film) == (
        '<g class="far" data-k="0"><b data-k="1">one</b><i class="on">always</i>text<use width="4" data-k="2"/></g>'
    )
    assert film.rows == [
        [["class", 0, "far", 3, "near"]],
        [[TEXT, 0, "one", 2, "two"]],
        [["href", 1, "#a", 3, None], ["hidden", 0, None, 2, True]],
    ]


def test_a_film_has_texts_and_attributes_as_they_are_written():
    film, track = Film(0), Track(((0, "a\nb"), (1, "<c>")))
    assert markup(tag("p", track, title=track), film) == '<p title="a&#10;b" data-k="0">a b</p>'
    assert film.rows == [[["title", 0, "a\nb", 1, "<c>"], [TEXT, 0, "a b", 1, "<c>"]]]


def test_the_numbers_are_the_same_at_every_step():
    films = [Film(step) for step in range(5)]
    numbers = {tuple(re.findall(r'data-k="(\d+)"', markup(MOVING, film))) for film in films}
    assert numbers == {("0", "1", "2")}
    assert all(film.rows == films[0].rows for film in films)


@pytest.mark.parametrize(
    ("step", "written"),
    [
        (0, '<g class="far"><b>one</b><i class="on">always</i>text<use width="4"/></g>'),
        (1, '<g class="far"><b>one</b><i class="on">always</i>text<use href="#a" width="4"/></g>'),
        (2, '<g class="far"><b>two</b><i class="on">always</i>text<use href="#a" hidden="" width="4"/></g>'),
        (3, '<g class="near"><b>two</b><i class="on">always</i>text<use hidden="" width="4"/></g>'),
    ],
)
def test_a_still_is_what_the_film_shows_at_that_step(step, written):
    assert markup(still(MOVING, step)) == written
    assert re.sub(r' data-k="\d+"', "", markup(MOVING, Film(step))) == written


def test_without_a_film_a_tree_is_written_as_it_ends():
    assert markup(MOVING) == markup(still(MOVING, 3))
