"""What must hold for every picture, drawn either way, in both languages."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from gen.draw import page_patterns, to_html, to_svg
from gen.draw.bars import SIGNS, word_of
from gen.draw.measure import width
from gen.draw.theme import ROLES, stylesheet
from gen.draw.words import LANGUAGES

WAYS = [(lang, theme, narrow) for lang in LANGUAGES for theme in ("auto", "light", "dark") for narrow in (False, True)]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=["timeline", "table"])
def view(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize(("lang", "theme", "narrow"), WAYS)
def test_a_picture_that_stands_alone(view, lang, theme, narrow):
    drawn = to_svg(view, lang=lang, theme=theme, narrow=narrow)
    root = ElementTree.fromstring(drawn)
    assert root.get("width") == ("390" if narrow else "880")
    assert root.get("role") == "img"
    assert root.get("lang") == lang
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert ("prefers-color-scheme" in drawn) == (theme == "auto")
    assert not re.search(r"<script|https?://(?!www\.w3\.org/2000/svg)", drawn)
    numbers = [value for element in root.iter() for key, value in element.attrib.items() if key in ("x", "y", "width", "height")]
    assert not [value for value in numbers if "." in value]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_text_stays_inside_of_the_picture(view, lang, narrow):
    root = ElementTree.fromstring(to_svg(view, lang=lang, narrow=narrow))
    whole = int(root.get("width", "0"))
    for text in (element for element in root if element.tag == f"{SVG}text"):
        mono = "kim-mono" in text.get("class", "")
        words = "".join(text.itertext()) if text.text else text[-1].tail or ""
        needed, x = width(words, 12, mono=mono), int(text.get("x", "0"))
        left = x - needed if text.get("text-anchor") == "end" else x
        assert left >= 0
        assert left + needed <= whole


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_part_of_a_page(view, lang):
    drawn = to_html(view, lang=lang)
    ElementTree.fromstring(drawn)
    assert "\n\n" not in drawn
    assert "<script" not in drawn
    assert " id=" not in drawn


def test_the_same_bytes_every_time(view):
    assert to_html(view, lang="ko") == to_html(view, lang="ko")
    assert to_svg(view, lang="ko") == to_svg(view, lang="ko")


def test_every_colour_that_is_used_has_a_role_in_both_schemes():
    sheet = stylesheet()
    used = set(re.findall(r"var\(--kim-([a-z0-9-]+)\)", sheet)) - {"sans", "mono"}
    assert used <= set(ROLES)
    assert set(ROLES) - used <= {"accent-ink"}


def test_no_text_is_smaller_than_12_px():
    assert min(float(size) for size in re.findall(r"(?:font-size:|font: \d+) ?([\d.]+)px", stylesheet())) >= 12


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        *[(ink, "paper", 4.5) for ink in ("ink", "ink-2", "pending", "starting", "running", "ready", "terminating", "failed")],
        *[(ink, "paper-2", 4.5) for ink in ("ink", "ink-2")],
        *[(ink, "accent-tint", 4.5) for ink in ("ink", "accent-ink", "failed")],
        ("ready", "ready-tint", 4.5),
        ("on-accent", "accent", 4.5),
        ("accent", "paper", 3),
        ("line", "paper", 3),
    ],
)
def test_contrast(scheme, ink, ground, least):
    assert contrast(ROLES[ink][scheme], ROLES[ground][scheme]) >= least


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_state_is_told_by_colour_alone(lang):
    words = [
        word_of(state, lang)
        for state in ("pending", "starting", "running", "ready", "terminating", "failed", "backoff", "succeeded")
    ]
    assert len(set(words)) == len(words)
    patterned = {"starting", "terminating", "failed", "backoff"}
    assert all(f'id="kim-{state}"' in page_patterns() for state in patterned)
    assert set(SIGNS) >= {"ready", "failed", "backoff", "terminating"}


def test_names_from_a_manifest_are_text(table):
    assert "&lt;script&gt;" in to_html(table, lang="en")
    assert "&lt;script&gt;" in to_svg(table, lang="en")
