from __future__ import annotations

from gen.trace.record import Ref
from gen.views import VIEWS
from gen.views.model import Text

SECOND = 1_000_000


def events(trace, **options):
    return VIEWS["events"](trace, **options)


def test_events_as_kubectl_prints_them(trace):
    table = events(trace)
    assert [column.heading for column in table.columns] == ["TIME", "TYPE", "REASON", "OBJECT", "MESSAGE"]
    assert [row.cells[1:] for row in table.rows] == [
        ("Normal", "SuccessfulCreate", "replicaset/web-64f5d8", "Created pod: web-64f5d8-x2k9q"),
        ("Normal", "Scheduled", "pod/web-64f5d8-x2k9q", "Successfully assigned default/web-64f5d8-x2k9q to node-1"),
        ("Normal", "Started", "pod/web-64f5d8-x2k9q", "Container started"),
        ("Normal", "Killing", "pod/web-64f5d8-x2k9q", "Stopping container web"),
    ]
    assert table.caption == Text("caption.events", count=4)


def test_the_row_of_the_moment(trace):
    assert [row.when for row in events(trace).rows] == ["past"] * 4
    assert [row.when for row in events(trace, at=10 * SECOND).rows] == ["past", "past", "now", "future"]
    assert [row.when for row in events(trace, at=1).rows] == ["future"] * 4


def test_an_event_that_comes_again_moves_down_and_counts(diary):
    pod, other = Ref("Pod", "default", "web"), Ref("Pod", "default", "api")
    diary.event(1 * SECOND, pod, "BackOff", "Back-off restarting failed container", type_="Warning")
    diary.event(2 * SECOND, other, "Started", "Container started")
    diary.event(3 * SECOND, pod, "BackOff", "Back-off restarting failed container", count=2, type_="Warning")
    now = events(diary.trace)
    assert [column.heading for column in now.columns] == ["TIME", "TYPE", "REASON", "OBJECT", "COUNT", "MESSAGE"]
    assert [(row.at, row.cells[2], row.cells[4], row.tone) for row in now.rows] == [
        (2 * SECOND, "Started", "", ""),
        (3 * SECOND, "BackOff", "×2", "warning"),
    ]
    earlier = events(diary.trace, at=2 * SECOND)
    assert [(row.at, row.cells[2], row.when) for row in earlier.rows] == [
        (1 * SECOND, "BackOff", "past"),
        (2 * SECOND, "Started", "now"),
    ]


def test_focus_keeps_what_the_object_owns(trace):
    assert len(events(trace, focus=Ref("Deployment", "default", "web")).rows) == 4
    assert len(events(trace, focus=Ref("Pod", "default", "web-64f5d8-x2k9q")).rows) == 3


def test_more_events_than_rows_are_counted_around_the_moment(diary):
    for number in range(300):
        diary.event(number * 1_000, Ref("Pod", "default", f"web-{number}"), "Started", "Container started")
    table = events(diary.trace, at=150_000)
    assert len(table.rows) == 200
    assert table.notes == (Text("note.events_before", count=50), Text("note.events_after", count=50))
