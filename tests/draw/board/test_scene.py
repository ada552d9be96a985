"""The drawn board: at every step it shows who acts then, and each Pod where it is and as it is."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from gen.draw.board.actors import actors
from gen.draw.board.dot import API, ETCD, KUBECTL, LABEL, LANE, OTHERS, column, sizes
from gen.draw.board.plan import more_of, plan
from gen.draw.board.scene import drawing, frames, scene, to_html
from gen.draw.board.setting import Setting
from gen.draw.board.spots import spots
from gen.draw.board.wires import SPEAKING, wire, wires
from gen.draw.measure import width
from gen.draw.svg import Element, markup, still, tag
from gen.draw.words import LANGUAGES, say
from gen.views.model import Text
from gen.views.story import Playhead

SVG = "{http://www.w3.org/2000/svg}"
CONTROLLERS = ("deployment-controller", "replicaset-controller", OTHERS)


@pytest.fixture(params=[False, True], ids=["wide", "narrow"])
def narrow(request):
    return request.param


@pytest.fixture(params=["by hand", (3, 5), (8, 30), (4, 36)], ids=str)
def story(request, board, told, sized):
    return told(board) if request.param == "by hand" else sized(*request.param)


@pytest.fixture
def setting(story, means, narrow):
    board = story.pictures[0]
    return Setting(
        board, plan(board, sizes(narrow=narrow), means.lay_out), Playhead(story.steps), "en", means.icon, "kim-x", narrow
    )


def steps_of(setting):
    """Each step with its act."""
    acts = {act.record: act for act in setting.board.acts}
    return [(number, acts[step.record]) for number, step in enumerate(setting.head.steps)]


def box_of(act, board):
    return OTHERS if act.source in board.others else act.source


def boxes_of(setting):
    return [
        *(key for key in column(setting.board) if key != LANE),
        KUBECTL,
        *(f"kubelet/{one.name}" for one in setting.board.nodes),
    ]


def at(element, name, step):
    """An attribute as it is at a step."""
    return dict(still(element, step).attributes).get(name)


def test_the_active_wires_are_those_of_the_act(setting):
    _, active = wires(setting)
    ends = {wire(setting, key)[1:]: key for key in boxes_of(setting)}
    assert len(ends) == len(boxes_of(setting))
    for step, act in steps_of(setting):
        shown = []
        for line in active:
            kind = str(at(line, "class", step)).removeprefix("kim-wire kim-")
            if kind != "kim-off":
                x1, y1, x2, y2 = (dict(line.attributes)[name] for name in ("x1", "y1", "x2", "y2"))
                shown.append((ends[(x2, y2, x1, y1) if kind == "watch" else (x1, y1, x2, y2)], kind))
        expected = [(box_of(act, setting.board), act.kind)] if act.kind in SPEAKING else []
        assert sorted(shown) == sorted([*expected, *([(ETCD, "call")] if act.kind == "call" else [])])


def test_a_quiet_wire_gives_way_to_the_one_that_speaks(setting):
    behind, active = wires(setting)
    for step, _ in steps_of(setting):
        lines = [line for line in [*behind, *active] if at(line, "class", step) not in ("kim-off", "kim-reach")]
        places = [
            frozenset([(line["x1"], line["y1"]), (line["x2"], line["y2"])]) for line in (dict(one.attributes) for one in lines)
        ]
        assert len(places) == len(set(places)) == len(boxes_of(setting))


def test_a_click_on_a_line_leads_to_what_was_said_along_it(setting):
    reach = {one["data_key"]: one for one in reaches(setting)}
    assert sorted(reach) == sorted(boxes_of(setting))
    assert {one.get("data-ref") for one in reach.values()} == {None, *(key for key in reach if key.startswith("kubelet/"))}
    for key, one in reach.items():
        said = [step for step, act in steps_of(setting) if act.kind in SPEAKING and box_of(act, setting.board) == key]
        if key == ETCD:
            said = [step for step, act in steps_of(setting) if act.kind == "call"]
        assert one.get("data-steps") == (",".join(map(str, said)) or None)


def reaches(setting):
    """The attributes of what one can click on along the lines, and under `data_key` whose line it is."""
    ends = {wire(setting, key)[1:]: key for key in boxes_of(setting)}
    found = [dict(one.attributes) for one in wires(setting)[0] if at(one, "class", 0) == "kim-reach"]
    return [{**one, "data_key": ends[tuple(one[name] for name in ("x1", "y1", "x2", "y2"))]} for one in found]


def test_who_has_a_halo(setting):
    everybody = [element for element in drawing(setting) if dict(element.attributes).get("data-box")]
    for step, act in steps_of(setting):
        acting = {at(one, "data-box", step) for one in everybody if "kim-acting" in str(at(one, "class", step))}
        own = {box_of(act, setting.board)} if act.kind in ("call", "refused", "decided", "work", "watch", "typed") else set()
        assert {key for key in acting if not key.startswith("place/")} == (
            own | ({API} if act.kind in SPEAKING else set()) | ({ETCD} if act.kind == "call" else set())
        )
        touched = {
            f"place/{stay.node}/{stay.place}"
            for stay in setting.board.stays
            if stay.pod == act.pod and now(stay, act.record) and f"place/{stay.node}/{stay.place}" in setting.plan.boxes
        }
        assert {key for key in acting if key.startswith("place/")} == touched


def now(stay, record):
    """The turn that a stay has come to; None before it, and behind it."""
    past = [turn for turn in stay.turns if turn.record <= record]
    return past[-1] if past and past[-1].state else None


def test_a_place_looks_like_the_pod_in_it(setting):
    free = say(Text("board.free"), "en")
    for spot in spots(setting):
        key = dict(spot.attributes).get("data-box")
        if key is None:
            continue  # how many more there are
        _, node, place = str(key).split("/")
        stays = [stay for stay in setting.board.stays if (stay.node, stay.place) == (node, int(place))]
        for step, act in steps_of(setting):
            there = [(stay, turn) for stay in stays if (turn := now(stay, act.record))]
            assert len(there) <= 1
            title, _, body, label = still(spot, step).children
            state = there[0][1].state if there else ""
            assert dict(body.attributes)["href"] == (f"#kim-pod-{state}" if state else "#kim-place")
            assert "".join(map(str, label.children)) == (there[0][0].label if there else "")
            assert str(title.children[0]).startswith(there[0][0].title if there else free)


def test_a_place_says_which_pod_is_in_it(setting):
    for spot in spots(setting):
        key = dict(spot.attributes).get("data-box")
        if key is None:
            continue
        _, node, place = str(key).split("/")
        stays = [stay for stay in setting.board.stays if (stay.node, stay.place) == (node, int(place))]
        for step, act in steps_of(setting):
            there = [stay.pod for stay in stays if now(stay, act.record)]
            assert at(spot, "data-ref", step) == (there[0] if there else None)


def test_every_box_is_found_by_its_key(setting):
    page = ElementTree.fromstring(markup(still(Element("g", (), tuple(drawing(setting))), 0)))
    keys = [element.get("data-box") for element in page.iter() if element.get("data-box")]
    assert sorted(keys) == sorted(
        key for key in setting.plan.boxes if key != LANE and not key.startswith("more/") and not padding(setting, key)
    )
    ids = [element.get("id") for element in page.iter() if element.get("data-box")]
    assert ids == [f"kim-x-{key.replace('/', '-')}" for key in keys]
    assert len(ids) == len(set(ids))


def padding(setting, key):
    """Whether a box only fills its row: its node never needs it."""
    kind, _, rest = key.partition("/")
    needed = {site.name: site.places for site in setting.board.nodes} | {"": setting.board.tray}
    return kind == "place" and int(rest.split("/")[1]) >= needed[rest.split("/")[0]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_text_stays_inside(story, means, narrow, lang):
    drawn = scene(story.pictures[0], lang, Playhead(story.steps), means.icon, means.lay_out, "kim-x", narrow=narrow)
    page = ElementTree.fromstring(markup(drawn))
    assert page.get("viewBox") == f"0 0 {page.get('width')} {page.get('height')}"
    for text in page.iter("text"):
        words, classes = "".join(text.itertext()), text.get("class", "")
        needed = width(words, LABEL, mono="kim-mono" in classes, bold="kim-strong" in classes)
        x, y = int(text.get("x", "")), int(text.get("y", ""))
        left = x - needed // 2 if text.get("text-anchor") == "middle" else x
        assert left >= 0, words
        assert left + needed <= int(page.get("width", "")), words
        assert 12 <= y + 4 <= int(page.get("height", "")), words


def test_the_revision_counts_on(board, told, means):
    head = Playhead(told(board).steps)
    setting = Setting(board, plan(board, sizes(narrow=False), means.lay_out), head, "en", means.icon, "", False)
    (etcd,) = [one for one in actors(setting) if dict(one.attributes)["data-box"] == ETCD]
    said = [ElementTree.fromstring(markup(still(etcd, step))).findall("text")[-1].text for step in range(len(head.steps))]
    assert said[:5] == ["rev 180", "rev 211", "rev 211", "rev 211", "rev 214"]


@pytest.mark.parametrize(
    ("record", "out"),
    [
        (29, set()),
        (30, {"kubelet/node-2"}),
        (31, {"kubelet/node-2", "replicaset-controller"}),
        (33, {"kubelet/node-2", *CONTROLLERS}),
        (34, {"kubelet/node-2", "replicaset-controller"}),
        (35, {"kubelet/node-2"}),
        (36, set()),
    ],
)
def test_who_is_out_is_crossed_and_their_lines_are_torn(board, told, means, record, out):
    head = Playhead(told(board).steps)
    setting, step = (
        Setting(board, plan(board, sizes(narrow=False), means.lay_out), head, "en", means.icon, "", False),
        head.step(record),
    )
    crossed = {
        at(actor, "data-box", step)
        for actor in actors(setting)
        for part in actor.children
        if isinstance(part, Element) and at(part, "class", step) == "kim-cross"
    }
    dimmed = {
        at(actor, "data-box", step) for actor in actors(setting) for part in actor.children
        if isinstance(part, Element) and at(part, "class", step) == "kim-out"
    }  # fmt: skip
    torn = {
        key
        for key, line in zip(boxes_of_wires(setting), wires(setting)[0], strict=True)
        if "kim-torn" in str(at(line, "class", step))
    }
    assert crossed == dimmed == torn == out


def boxes_of_wires(setting):
    ends = {wire(setting, key)[1:]: key for key in boxes_of(setting)}
    lines = (dict(line.attributes) for line in wires(setting)[0])
    return [ends[tuple(line[name] for name in ("x1", "y1", "x2", "y2"))] for line in lines]


@pytest.mark.parametrize("size", [(3, 30), (4, 36)], ids=str)
def test_more_pods_than_there_are_places_for_are_a_number(sized, means, size):
    story = sized(*size)
    board, head = story.pictures[0], Playhead(story.steps)
    setting = Setting(board, plan(board, sizes(narrow=True), means.lay_out), head, "en", means.icon, "", True)
    full = [node for node in ("", *(site.name for site in board.nodes)) if more_of(node) in setting.plan.boxes]
    assert "" in full
    assert (len(full) > 1) == (size == (4, 36))
    numbers = [spot for spot in spots(setting) if spot.name == "text"]
    for more, node in zip(numbers, full, strict=True):
        stays = [one for one in board.stays if one.node == node and f"place/{node}/{one.place}" not in setting.plan.boxes]
        assert stays
        for step, act in steps_of(setting):
            hidden = [stay for stay in stays if now(stay, act.record)]
            assert "".join(map(str, still(more, step).children)) == (f"+{len(hidden)}" if hidden else "")


@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_a_tray_of_one_column_says_what_it_is_for_and_how_many_wait(board, told, means, narrow):
    board = replace(board, stays=tuple(replace(stay, label="a-label-as-long-as-it-gets") for stay in board.stays))
    places, head = plan(board, sizes(narrow=narrow), means.lay_out), Playhead(told(board).steps)
    setting = Setting(board, places, head, "en", means.icon, "", narrow)
    assert more_of("") in setting.plan.boxes
    assert "Waiting" in markup(tag("g", frames(setting)))


def test_a_page_has_both_boards_under_other_ids(board, told, means):
    page = ElementTree.fromstring(markup(to_html(board, "en", Playhead(told(board).steps), means.icon, means.lay_out, "web")))
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {name.split("-")[2] for name in ids} == {"wide", "narrow"}
    assert [div.get("class") for div in page.findall("div")] == ["kim-wide", "kim-narrow"]
    assert "kim-needs-" in page.get("class", "")
