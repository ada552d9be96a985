"""The steps through several views, and where on them a record lies."""

from __future__ import annotations

import pytest

from gen.trace.record import Fault, Ref
from gen.views import VIEWS, story
from gen.views.model import Step, Text
from gen.views.sentences import sentence
from gen.views.story import Playhead

SECOND = 1_000_000
STEPS = tuple(
    Step(at=at, record=record, text=Text("name", name=str(record))) for record, at in ((3, 0), (5, 40), (6, 40), (9, 90))
)


@pytest.mark.parametrize(
    "names", [["board"], ["timeline"], ["events"], ["timeline", "events"], ["board", "timeline", "events"], ["events", "board"]]
)
def test_the_steps_are_all_records_of_all_views_once_and_in_order(trace, names):
    told = story(trace, names)
    records = [step.record for step in told.steps]
    assert records == sorted({seq for name in names for seq in VIEWS[name](trace).records})
    assert told.pictures == tuple(VIEWS[name](trace) for name in names)
    assert [(step.at, step.text) for step in told.steps] == [(trace[seq].at, sentence(trace, trace[seq])) for seq in records]


def test_a_story_says_how_big_the_run_was(diary, trace):
    diary.write(-SECOND, "somebody", Ref("Pod", "default", "early"), {"kind": "Pod", "metadata": {"name": "early"}}, None)
    diary.write(-SECOND, "somebody", Ref("Pod", "default", "early"), None, None)
    trace.info["notSimulated"] = ["Pod.spec.affinity"]
    told = story(trace, ["timeline"])
    assert (told.pods, told.records) == (1, sum(record.at >= 0 for record in trace))
    assert told.not_simulated == ("Pod.spec.affinity",)
    assert story(trace, ["timeline"], focus=Ref("Deployment", "default", "api")).pods == 1  # of the run, whatever is shown


def test_a_note_that_several_views_have_is_told_once(trace):
    trace.add(Fault, at=SECOND, who="scenario", deed="stop", what="kubelet", ref=Ref("Node", "", "node-1"))
    note = (Text("note.node_lifecycle"),)
    assert [VIEWS[name](trace).notes for name in ("board", "timeline")] == [note, note]
    assert [picture.notes for picture in story(trace, ["events", "board", "timeline"]).pictures] == [(), note, ()]


def test_an_unknown_view_is_an_error(trace):
    with pytest.raises(KeyError, match="bored"):
        story(trace, ["bored"])


@pytest.mark.parametrize(
    ("at", "start"),
    [(-1, 0), (0, 0), (39, 0), (40, 2), (89, 2), (90, 3), (1_000, 3), (None, 3)],
    ids=["before the first", "the first", "between", "two at once", "after them", "the last", "after the end", "no moment"],
)
def test_where_a_reader_begins(at, start):
    assert Playhead(STEPS, at).start == start


@pytest.mark.parametrize("at", [None, -1, 0, 7])
def test_without_steps_there_is_nowhere_to_stand(at):
    assert (Playhead((), at).start, Playhead((), at).step(3)) == (0, 0)


@pytest.mark.parametrize(
    ("record", "step"), [(0, 0), (3, 0), (4, 1), (5, 1), (6, 2), (7, 3), (9, 3), (10, 4)],
    ids=["before all", "first", "in between", "second", "third", "behind it", "last", "never"],
)  # fmt: skip
def test_from_which_step_on_a_record_is_seen(record, step):
    assert Playhead(STEPS).step(record) == step
