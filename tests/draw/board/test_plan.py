"""Where everything on a board stands, for boards of many sizes."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from gen.draw.board.dot import API, ETCD, KUBECTL, LABEL, LANE, column, label_lines, sizes
from gen.draw.board.plan import more_of, plan
from gen.draw.measure import width
from gen.draw.words import LANGUAGES

ICON = 20  # from the top of a box to the middle of its icon, where its line runs
BOARDS = [*((nodes, pods) for nodes in (1, 3, 8) for pods in (0, 1, 2, 5, 13, 30)), (4, 36), None]  # None: the one made by hand


@pytest.fixture(params=BOARDS, ids=lambda size: "by-hand" if size is None else f"{size[0]}x{size[1]}")
def any_board(request, board, sized):
    return board if request.param is None else sized(*request.param).pictures[0]


@pytest.fixture(params=[False, True], ids=["wide", "narrow"])
def narrow(request):
    return request.param


@pytest.fixture
def places(any_board, narrow, means):
    return plan(any_board, sizes(narrow=narrow), means.lay_out)


def inside(inner, outer):
    return outer.x <= inner.x and inner.right <= outer.right and outer.y <= inner.y and inner.bottom <= outer.bottom


def apart(one, other):
    return one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y


def test_it_fits(places, narrow):
    assert places.wide <= (372 if narrow else 876)
    everything = [*places.boxes.values(), *places.frames.values(), places.control_plane, *([places.tray] if places.tray else [])]
    for rect in everything:
        assert 0 <= rect.x < rect.right <= places.wide
        assert 0 <= rect.y < rect.bottom <= places.tall


def test_everybody_has_a_box(any_board, places):
    assert {*column(any_board), API, KUBECTL, *(f"kubelet/{site.name}" for site in any_board.nodes)} <= set(places.boxes)
    assert bool(places.tray) == bool(any_board.tray)


def drawn(places, node, taken):
    """The numbers of a node's places that are drawn, or ("") of the tray's."""
    return [number for number in range(taken) if f"place/{node}/{number}" in places.boxes]


def test_places_are_drawn_or_counted(any_board, places, narrow):
    total = 0
    for node, taken in [("", any_board.tray), *((site.name, site.places) for site in any_board.nodes)]:
        shown = drawn(places, node, taken)
        assert shown == list(range(len(shown)))
        assert (more_of(node) in places.boxes) == (len(shown) < taken)
        total += len(shown) if node else 0
    everybody = sum(site.places for site in any_board.nodes)
    assert total == everybody if everybody <= (30 if narrow else 60) else total < 30


def test_no_two_boxes_overlap(places):
    for one, other in combinations(places.boxes.values(), 2):
        assert apart(one, other)


def test_the_column_stands_in_the_given_order(any_board, places):
    boxes = [places.boxes[key] for key in column(any_board)]
    assert all(above.bottom <= below.y for above, below in pairwise(boxes))
    assert len({box.cx for box in boxes}) == 1
    assert column(any_board)[-1] == ETCD
    assert all(inside(box, places.control_plane) for box in [*boxes, places.boxes[API]])


def test_nodes_stand_as_they_joined_and_have_one_width(any_board, places):
    frames = list(places.frames.values())
    assert list(places.frames) == [site.name for site in any_board.nodes]
    assert all(above.bottom < below.y for above, below in pairwise(frames))
    assert len({(frame.x, frame.wide) for frame in frames}) == 1
    assert all(apart(frame, places.control_plane) for frame in frames)
    if places.tray:
        assert places.tray.bottom < frames[0].y
        assert (places.tray.x, places.tray.wide) == (frames[0].x, frames[0].wide)


def test_everything_stands_in_its_own_frame(places):
    for key, box in places.boxes.items():
        kind, _, rest = key.partition("/")
        if kind in ("kubelet", "place", "more"):
            frame = places.frames.get(rest.partition("/")[0], places.tray)
            assert inside(box, frame), key


def test_places_fill_their_rows_from_the_left(any_board, places):
    for node, taken in [("", any_board.tray), *((site.name, site.places) for site in any_board.nodes)]:
        keys = [*(f"place/{node}/{number}" for number in drawn(places, node, taken)), more_of(node)]
        boxes = [places.boxes[key] for key in keys if key in places.boxes]
        assert [(box.y, box.x) for box in boxes] == sorted((box.y, box.x) for box in boxes)
    for site in any_board.nodes:
        assert places.boxes[f"kubelet/{site.name}"].y == places.boxes[f"place/{site.name}/0"].y


def test_every_line_meets_the_spine(places, narrow):
    spine = places.boxes[API]
    for key, box in places.boxes.items():
        if key.startswith(("place/", "more/")) or key in (API, LANE) or key == KUBECTL and narrow:
            continue
        assert spine.y <= (box.cy if key == KUBECTL else box.y + ICON) <= spine.bottom, key
    if narrow:
        assert spine.x <= places.boxes[KUBECTL].cx <= spine.right


def test_labels_of_neighbouring_places_do_not_touch(any_board, places):
    widest = max((width(stay.label, LABEL, mono=True) for stay in any_board.stays), default=0)
    for one, other in combinations((box for key, box in places.boxes.items() if key.startswith(("place/", "more/"))), 2):
        assert one.y != other.y or abs(one.cx - other.cx) > widest
    for key, box in places.boxes.items():
        if key.startswith("place/"):
            frame = places.frames.get(key.split("/")[1], places.tray)
            assert frame.x <= box.cx - widest // 2
            assert box.cx + widest // 2 <= frame.right


@pytest.mark.parametrize("lang", LANGUAGES)
def test_labels_of_the_column_fit(any_board, places, narrow, lang):
    for key in column(any_board):
        if key != LANE:
            box, lines = places.boxes[key], label_lines(key, lang, narrow=narrow)
            assert all(width(line, LABEL) <= box.wide for line in lines), lines
            assert box.cx + max(width(line, LABEL) for line in lines) // 2 < places.boxes[API].x


def test_the_same_places_every_time(any_board, narrow, means):
    assert plan(any_board, sizes(narrow=narrow), means.lay_out) == plan(any_board, sizes(narrow=narrow), means.lay_out)
