"""Which place each Pod takes. A run is written as `+web` (made), `web>node-1` (bound) and `-web` (gone), a second each."""

from __future__ import annotations

import pytest

from gen.kit.evolve import evolve
from gen.trace.record import Ref
from gen.views.focus import Scope
from gen.views.model import Turn
from gen.views.stays import stays

SECOND = 1_000_000
MANY = 60


def pod(name: str, **metadata):
    return {"kind": "Pod", "metadata": {"name": name, **metadata}, "spec": {"containers": []}, "status": {"phase": "Pending"}}


def happen(diary, line: str, start: int = 0):
    """Write a run; the number of each write by what was done."""
    seqs = {}
    for number, deed in enumerate(line.split()):
        name, _, node = deed.strip("+-").partition(">")
        ref = Ref("Pod", "default", name)
        after = None if deed.startswith("-") else evolve(pod(name), "spec.nodeName", node) if node else pod(name)
        seqs[deed] = diary.write((start + number) * SECOND, "somebody", ref, after, None)
    return seqs


def housed(diary, most: int = MANY):
    found, _, _ = stays(diary.trace, Scope(diary.trace), most)
    return [f"{stay.title} {stay.node or 'tray'} {stay.place}" for stay in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("+a a>one", ["a tray 0", "a one 0"]),
        ("+a +b a>one b>one", ["a tray 0", "b tray 1", "a one 0", "b one 1"]),
        ("a>one b>one c>two", ["a one 0", "b one 1", "c two 0"]),
        ("a>one b>one -a c>one d>one", ["a one 0", "b one 1", "c one 0", "d one 2"]),
        ("a>one b>one -a -b c>one", ["a one 0", "b one 1", "c one 0"]),
        ("+a +b a>one +c", ["a tray 0", "b tray 1", "a one 0", "c tray 0"]),
        ("a>one -a a>two", ["a one 0", "a two 0"]),
    ],
    ids=[
        "tray then node",
        "side by side",
        "each node counts for itself",
        "freed when gone",
        "the first of two",
        "the tray too",
        "come again",
    ],
)
def test_the_first_free_place(diary, line, expected):
    happen(diary, line)
    assert housed(diary) == expected


def test_a_stay_ends_where_the_next_one_begins(diary):
    seqs = happen(diary, "+a a>one -a")
    found, tray, left_out = stays(diary.trace, Scope(diary.trace), MANY)
    assert (tray, left_out) == (1, 0)
    assert [stay.turns for stay in found] == [
        (Turn(record=seqs["+a"], state="pending", word="Pending"), Turn(record=seqs["a>one"], state="")),
        (Turn(record=seqs["a>one"], state="pending", word="Pending"), Turn(record=seqs["-a"], state="")),
    ]


def test_a_pod_that_is_deleted_while_it_waits_never_comes_to_a_node(diary):
    seqs = happen(diary, "+a -a +b")
    found, tray, _ = stays(diary.trace, Scope(diary.trace), MANY)
    assert [(stay.title, stay.node, stay.place, stay.turns[-1].record) for stay in found] == [
        ("a", "", 0, seqs["-a"]),
        ("b", "", 0, seqs["+b"]),
    ]
    assert tray == 1


def test_a_turn_for_every_change_of_state_and_none_for_what_looks_the_same(trace):
    _, on_node = stays(trace, Scope(trace), MANY)[0]
    assert [(turn.state, turn.word) for turn in on_node.turns] == [
        ("pending", "Pending"), ("starting", "ContainerCreating"), ("ready", "Running"), ("terminating", "Terminating"), ("", ""),
    ]  # fmt: skip
    assert (on_node.pod, on_node.label, on_node.title) == ("pod/default/web-64f5d8-x2k9q", "x2k9q", "web-64f5d8-x2k9q")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("a>one", "", ["a one 0"]),
        ("a>one", "-a", ["a one 0"]),
        ("a>one -a", "b>one", ["b one 0"]),
        ("+a", "a>one", ["a tray 0", "a one 0"]),
        ("+a a>one", "b>one", ["a one 0", "b one 1"]),
    ],
    ids=["there all the time", "goes later", "gone before", "waits", "was bound before"],
)
def test_what_is_there_at_time_0(diary, before, after, expected):
    happen(diary, before, start=-10)
    happen(diary, after)
    assert housed(diary) == expected


@pytest.mark.parametrize(
    ("most", "line", "expected", "left_out"),
    [
        (2, "a>one b>one c>one d>one", ["a one 0", "b one 1"], 2),
        (2, "a>one b>two c>one", ["a one 0", "b two 0"], 1),
        (2, "a>one b>one -a c>one", ["a one 0", "b one 1", "c one 0"], 0),
        (2, "+a +b a>one b>one", ["a tray 0", "b tray 1", "a one 0", "b one 1"], 0),
    ],
    ids=["one node is full", "over all nodes", "a place that is free again", "who waited for a place finds one"],
)
def test_more_pods_than_places_are_counted(diary, most, line, expected, left_out):
    happen(diary, line)
    assert housed(diary, most) == expected
    assert stays(diary.trace, Scope(diary.trace), most)[2] == left_out


def test_only_pods_in_view_take_places(diary):
    happen(diary, "a>one b>one")
    scope = Scope(diary.trace, Ref("Pod", "default", "b"))
    assert [(stay.title, stay.place) for stay in stays(diary.trace, scope, MANY)[0]] == [("b", 0)]
