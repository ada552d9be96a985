"""The tree: one layout for the whole run, at every width; what is there, and whose it is, changes with the playhead."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from gen.draw import to_html, to_svg
from gen.draw.controls import landmarks
from gen.draw.measure import width
from gen.draw.standing_alone import ON_A_PAGE
from gen.draw.svg import Film, markup, still
from gen.draw.theme import sheet
from gen.draw.tree import drawing
from gen.draw.tree.leaves import ICONS
from gen.draw.tree.plan import HALF, MARGIN, NAME, PHONE, ROW, plan
from gen.draw.words import LANGUAGES
from gen.site import icons
from gen.views.model import Branch, Text, Tree, Turn
from gen.views.story import Playhead

HUNDREDTH = 10_000
PODS = {  # under which owner, and from which record on in which state
    "web-64f5d8-old42": "1 ready Running, 30 terminating Terminating, 33",
    "stray": "20 ready Running, 40",
    "web-64f5d8-x2k9q": "41 pending Pending, 42 starting ContainerCreating, 43 failed ErrImagePull",
}
SHARED = re.compile(r"<(style|defs)>.*?</\1>")


def turns(written: str) -> tuple[Turn, ...]:
    parts = (turn.split() for turn in written.split(", "))
    return tuple(Turn(record=int(record), state=rest[0] if rest else "", word=rest[1] if len(rest) > 1 else "")
                 for record, *rest in parts)  # fmt: skip


def branch(kind: str, title: str, depth: int, written: str, label: str = "") -> Branch:
    found = turns(written)
    touched = tuple(turn.record for turn in found if turn.state)
    key = f"{kind.lower() or 'more'}/default/{title}"
    return Branch(kind=kind, key=key, title=title, label=label or title[-5:], depth=depth, turns=found, touched=touched)


@pytest.fixture
def tree() -> Tree:
    return Tree(
        branches=(
            branch("Deployment", "web", 0, "1 full 2/2, 34 short 1/2, 50", label="web"),
            branch("ReplicaSet", "web-7c9b4d", 1, "1 idle 0/0", label="7c9b4d"),
            branch("ReplicaSet", "web-64f5d8", 1, "1 full 2/2, 33 short 1/2, 51", label="64f5d8"),
            *(branch("Pod", title, 2, written) for title, written in PODS.items()),
            branch("", "", 2, "41 more +3, 52"),
            branch("Widget", "<gear>", 0, "5 there", label="<gear>"),
        ),
        loose=(
            branch("Pod", "stray", 0, "10 ready Running, 20, 40 ready Running", label="stray"),
            branch("Service", "front", 0, "12 there", label="front"),
        ),
        records=(1, 5, 10, 12, 20, 30, 33, 34, 40, 41, 42, 43, 50, 51, 52), landmarks=((10, "typed"), (30, "fault")),
        notes=(Text("note.pods_left_out", count=3),),
    )  # fmt: skip


def icon(name: str) -> str:
    return f"{name}.png"


def head_of(told, tree: Tree, at: int | None = None) -> Playhead:
    return Playhead(told(tree).steps, at)


def now(told, tree: Tree, record: int, *, narrow: bool = False, lang: str = "en") -> ElementTree.Element:
    """The tree on a page, as it is at a record."""
    head = head_of(told, tree, record * HUNDREDTH)
    found = plan(tree, lang, narrow=narrow)
    return ElementTree.fromstring(markup(still(drawing.alone(tree, found, lang, head, icon, "kim-x"), head.start)))


def boxes(root: ElementTree.Element) -> list[ElementTree.Element]:
    return [one for one in root.iter("g") if one.get("data-box")]


def said(root: ElementTree.Element) -> list[str]:
    return [one.findtext("title", "") for one in boxes(root)]


def lines(root: ElementTree.Element) -> list[str]:
    return [
        one.get("class", "") for one in root.iter("path") if "kim-limb" in one.get("class", "") or one.get("class") == "kim-off"
    ]


def test_what_it_says_at_a_moment(told, tree):
    assert said(now(told, tree, 10)) == [
        "Deployment web: 2/2 ready", "ReplicaSet web-7c9b4d: 0/0 ready", "ReplicaSet web-64f5d8: 2/2 ready",
        "Pod web-64f5d8-old42: Ready (Running)", "not there now", "not there now", "not there now", "Widget <gear>",
        "Pod stray: Ready (Running)", "not there now",
    ]  # fmt: skip
    assert said(now(told, tree, 41))[4:7] == ["not there now", "Pod web-64f5d8-x2k9q: Pending", "3 more Pods"]


def test_a_line_is_new_then_there_then_away(told, tree):
    stray = 3  # the fourth of the lines
    looks = [lines(now(told, tree, record))[stray] for record in (12, 20, 30, 40)]
    assert looks == ["kim-off", "kim-limb kim-limb-new", "kim-limb", "kim-off"]


@pytest.mark.parametrize("narrow", [False, True])
def test_a_line_is_torn_when_its_owner_is_gone(told, tree, narrow):
    assert set(lines(now(told, tree, 43, narrow=narrow))) == {"kim-limb", "kim-off"}
    assert "kim-limb kim-limb-torn" in lines(now(told, tree, 51, narrow=narrow))


@pytest.mark.parametrize("narrow", [False, True])
def test_nothing_moves(told, tree, narrow):
    def rings(record: int) -> tuple[tuple[str | None, str | None], ...]:
        return tuple((ring.get("cx"), ring.get("cy")) for ring in now(told, tree, record, narrow=narrow).iter("circle"))

    places = {rings(record) for record in tree.records}
    assert len(places) == 1


def test_what_is_away_has_a_place_and_no_name(told, tree):
    stray = boxes(now(told, tree, 20))[8]
    assert stray.find("use").get("href") == "#kim-place"
    assert "".join(text.text or "" for text in stray.iter("text")) == ""
    gone = boxes(now(told, tree, 50))[0]
    assert gone.find("image").get("class") == "kim-off"
    assert gone.find("use").get("class") is None


def test_the_one_of_the_moment_has_a_ring(told, tree):
    acting = [one.get("data-box") for one in boxes(now(told, tree, 43)) if "kim-acting" in one.get("class", "")]
    assert acting == ["place/pod/default/web-64f5d8-x2k9q"]


def test_a_thing_has_its_key_while_it_is_there(told, tree):
    refs = [[one.get("data-ref") for one in boxes(now(told, tree, record))][4:6] for record in (12, 20, 41)]
    assert refs == [[None, None], ["pod/default/stray", None], [None, "pod/default/web-64f5d8-x2k9q"]]


def test_a_click_leads_to_its_steps(told, tree):
    head = head_of(told, tree)
    stray = boxes(now(told, tree, 43))[4]
    assert stray.get("data-steps") == ",".join(str(head.step(record)) for record in (20, 40))


def test_ids_are_there_once(told, tree, means):
    ids = re.findall(r' id="([^"]+)"', drawing_of(told, tree, means))
    assert len(ids) == len(set(ids)) == 20


def drawing_of(told, tree, means) -> str:
    return to_html(told(tree), means, lang="ko", at=43 * HUNDREDTH)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("narrow", [False, True])
def test_no_words_touch_and_none_leave_the_picture(tree, lang, narrow):
    found = plan(tree, lang, narrow=narrow)
    assert found.wide == PHONE if narrow else MARGIN < found.wide <= 840
    for spot in found.spots:
        assert spot.x - HALF >= MARGIN
        assert spot.right <= found.wide - MARGIN
        assert spot.text_x + width(spot.words.name, NAME, mono=True) < spot.state_x or not spot.words.in_one_line
    for one in found.spots:
        for other in found.spots:
            apart = abs(one.y - other.y) >= ROW or one.right < other.x - HALF or other.right < one.x - HALF
            assert one is other or apart
    assert found.tall > max(spot.y for spot in found.spots) + HALF


@pytest.mark.parametrize("narrow", [False, True])
def test_long_names_and_deep_trees_have_room(narrow):
    kinds, long = ("Deployment", "ReplicaSet", "CronJob", "Job", "Widget"), "a-name-that-is-much-too-long-for-a-phone"
    rows = (branch(kind, long, depth, "1 short 100/100", label=long) for depth, kind in enumerate(kinds))
    deep = Tree(branches=tuple(rows))
    found = plan(deep, "en", narrow=narrow)
    assert all(spot.right <= found.wide - MARGIN for spot in found.spots)
    assert all(spot.words.name.endswith("…") for spot in found.spots)
    assert not narrow or found.wide == PHONE


def test_wide_an_owner_stands_beside_its_first_and_narrow_above_it(tree):
    wide, thin = (plan(tree, "ko", narrow=narrow).spots for narrow in (False, True))
    assert [spot.y for spot in wide[:2]] == [wide[0].y] * 2
    assert [spot.y for spot in wide[2:4]] == [wide[2].y] * 2
    assert all(below.y - above.y >= ROW for above, below in pairwise(thin))
    assert [spot.owner for spot in thin] == [None, 0, 0, 2, 2, 2, 2, None, None, None]


def test_the_legend_has_what_occurs(told, tree):
    def signs(shown: Tree) -> list[str]:
        return [words for _, words in drawing.forms(shown, plan(shown, "en", narrow=False), head_of(told, shown), "en")]

    assert signs(tree) == ["Pending", "Starting", "Ready", "Terminating", "Failed", "owner and what it owns", "its owner is gone"]
    assert signs(Tree(branches=tree.branches[:3])) == ["owner and what it owns"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_told_to_those_who_cannot_see_it(told, tree, means, lang):
    html = drawing_of(told, tree, means) if lang == "ko" else to_html(told(tree), means, lang=lang)
    drawings = [one for one in ElementTree.fromstring(html).iter("svg") if one.get("role") == "img"]
    assert [[child.tag for child in one][:2] for one in drawings] == [["title", "desc"]] * 2
    text = drawings[0].findtext("desc", "")
    assert all(title in text for title in (*PODS, "web-64f5d8", "front"))
    assert "\n\n" not in html


def test_the_slider_has_ticks(told, tree):
    assert landmarks(told(tree)) == {10: "typed", 30: "fault"}


def test_every_icon_is_shipped():
    assert set(ICONS.values()) <= set(icons.USED)


def test_a_film_has_a_row_for_what_changes(told, tree):
    head = head_of(told, tree)
    film = Film(head.start)
    markup(drawing.to_html(tree, "en", head, icon, "x"), film)
    assert {track[0] for row in film.rows for track in row} == {"class", "href", "d", "data-ref", "#text"}


def test_a_tree_without_anything(told):
    empty, head = Tree(branches=()), Playhead([])
    ElementTree.fromstring(markup(drawing.to_html(empty, "ko", head, icon)))
    assert drawing.to_svg(empty, "ko", 390, head, icon, narrow=True)[1] > 0


def test_the_style_alone_is_what_is_drawn():
    assert sheet("tree").count("{") == sheet("tree").count("}")
    assert ".kim-figure" not in sheet("tree").partition(ON_A_PAGE)[0]


@pytest.mark.parametrize(
    ("lang", "theme", "narrow", "record"),
    [("ko", "light", False, 43), ("en", "dark", True, 51)],
    ids=["ko-light", "en-dark-narrow"],
)
def test_how_it_looks_alone(golden, told, tree, means, lang, theme, narrow, record):
    drawn = to_svg(told(tree), means, lang=lang, theme=theme, narrow=narrow, at=record * HUNDREDTH)
    assert SHARED.sub("", drawn).replace("><", ">\n<") == golden("svg")


def test_how_it_looks_on_a_page(golden, told, tree, means):
    assert drawing_of(told, tree, means).replace("><", ">\n<") + "\n" == golden("html")
