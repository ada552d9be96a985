"""What must hold for every picture, drawn either way, in both languages."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from gen.draw import page_patterns, to_html, to_svg
from gen.draw.measure import width
from gen.draw.theme import ROLES, stylesheet
from gen.draw.timeline.bars import SIGNS, word_of
from gen.draw.words import LANGUAGES
from gen.site.means import standing_alone

WAYS = [(lang, theme, narrow) for lang in LANGUAGES for theme in ("auto", "light", "dark") for narrow in (False, True)]
LENGTHS = ("x", "y", "width", "height", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx")
POD_STATES = ("pending", "starting", "running", "ready", "terminating", "failed", "backoff", "succeeded")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=["timeline", "table", "board", "terminal"])
def story(request, told):
    return told(request.getfixturevalue(request.param))


@pytest.fixture(params=[-1, 260_000, 27_100_000, None], ids=["before", "early", "late", "end"])
def at(request):
    return request.param


@pytest.mark.parametrize(("lang", "theme", "narrow"), WAYS)
def test_a_picture_that_stands_alone(story, means, at, lang, theme, narrow):
    drawn = to_svg(story, means, lang=lang, theme=theme, narrow=narrow, at=at)
    root = ElementTree.fromstring(drawn)
    assert root.get("width") == ("390" if narrow else "880")
    assert root.get("role") == "img"
    assert root.get("lang") == lang
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert ("prefers-color-scheme" in drawn) == (theme == "auto")
    assert not re.search(r"<script|https?://(?!www\.w3\.org/2000/svg)", drawn)
    numbers = [value for element in root.iter() for key, value in element.attrib.items() if key in LENGTHS]
    assert numbers
    assert not [value for value in numbers if not re.fullmatch(r"-?\d+|100%", value)]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_text_stays_inside_of_the_picture(story, means, at, lang, narrow):
    root = ElementTree.fromstring(to_svg(story, means, lang=lang, narrow=narrow, at=at))
    whole = int(root.get("width", "0"))
    for text in (element for element in root if element.tag == f"{SVG}text"):
        mono = "kim-mono" in text.get("class", "")
        words = "".join(text.itertext()) if text.text else text[-1].tail or ""
        needed, x = width(words, 12, mono=mono), int(text.get("x", "0"))
        left = x - needed if text.get("text-anchor") == "end" else x
        assert left >= 0
        assert left + needed <= whole


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_part_of_a_page(story, means, at, lang):
    drawn = to_html(story, means, lang=lang, at=at)
    page = ElementTree.fromstring(drawn)
    assert "\n" not in drawn
    assert "<script" not in drawn
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert bool(ids) == ("kim-board" in page.get("class", ""))


def test_the_same_bytes_every_time(story, means, at):
    assert to_html(story, means, lang="ko", at=at) == to_html(story, means, lang="ko", at=at)
    assert to_svg(story, means, lang="ko", at=at) == to_svg(story, means, lang="ko", at=at)


@pytest.mark.parametrize("narrow", [False, True])
def test_a_picture_that_stands_alone_carries_its_icons_inside(board, told, narrow):
    root = ElementTree.fromstring(to_svg(told(board), standing_alone(), lang="en", narrow=narrow))
    icons = [image.get("href", "") for image in root.iter(f"{SVG}image")]
    assert len(icons) == len(board.nodes) + len(board.controllers) + 3  # the others, the API server and etcd
    assert all(icon.startswith("data:image/png;base64,") for icon in icons)
    used = {use.get("href", "").removeprefix("#") for use in root.iter(f"{SVG}use")}
    assert used <= {element.get("id") for element in root.iter()}


def test_every_colour_that_is_used_has_a_role_in_both_schemes():
    sheet = stylesheet()
    used = set(re.findall(r"var\(--kim-([a-z0-9-]+)\)", sheet))
    no_colours = set(re.findall(r"--kim-([a-z0-9-]+):", sheet)) - set(ROLES)  # fonts, and how many lines there are
    assert used - no_colours <= set(ROLES)
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
    words = [word_of(state, lang) for state in POD_STATES]
    assert len(set(words)) == len(words)
    patterned = {"starting", "terminating", "failed", "backoff"}
    assert all(f'id="kim-{state}"' in page_patterns() for state in patterned)
    assert set(SIGNS) >= {"ready", "failed", "backoff", "terminating"}


def test_every_state_has_a_body_of_its_own_form():
    """The same heptagon: what is in it and how it is drawn, without its colours, differs from state to state."""
    bodies = {element.get("id"): element for element in ElementTree.fromstring(page_patterns()).iter() if element.get("id")}
    signs = {}
    for state in POD_STATES:
        inside = [part.get("d") for part in bodies[f"kim-pod-{state}"]][1:]
        assert inside or state == "pending"
        signs[state] = tuple(inside)
    assert len(set(signs.values())) >= len(POD_STATES) - 1
    assert signs["ready"] == signs["succeeded"]  # one is filled, the other is not
    assert "kim-place" in bodies


def test_names_from_a_manifest_are_text(table, told, means):
    assert "&lt;script&gt;" in to_html(told(table), means, lang="en")
    assert "&lt;script&gt;" in to_svg(told(table), means, lang="en")


@pytest.mark.parametrize(
    ("at", "shown"),
    [(-1, set()), (2_000_000, {2}), (26_000_000, set()), (27_080_000, {0}), (27_100_000, {0, 1, 2}), (None, {0, 1, 2})],
)
def test_the_arcs_of_the_moment(timeline, told, means, at, shown):
    """Two bows and a straight arrow, each with a class that hides it at other moments."""
    page = ElementTree.fromstring(to_html(told(timeline), means, lang="en", at=at))
    links = [element.get("class") for element in page.iter() if is_arc(element)]
    bows, far = len(shown & {0, 1}), len(shown & {2})
    assert sorted(links) == sorted(["kim-link"] * bows + ["kim-arc kim-arc-far"] * far + ["kim-off"] * (3 - bows - far))


def is_arc(element: ElementTree.Element) -> bool:
    return element.get("class") in ("kim-link", "kim-arc kim-arc-far", "kim-off")


def test_the_playhead_stands_at_the_moment(timeline, told, means):
    places = []
    for at in (0, 2_000_000, 27_100_000, None):
        page = ElementTree.fromstring(to_html(told(timeline), means, lang="en", at=at))
        (here,) = [element for element in page.iter("svg") if element.get("class") == "kim-here"]
        places.append(float(here.get("x", "").rstrip("%")))
    assert places[0] == 0
    assert places == sorted(places)
    assert places[-1] < 100
