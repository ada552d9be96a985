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
    assert [sighting.cells[1:] for row in table.rows for sighting in row.sightings] == [
        ("Normal", "SuccessfulCreate", "replicaset/web-64f5d8", "Created pod: web-64f5d8-x2k9q"),
        ("Normal", "Scheduled", "pod/web-64f5d8-x2k9q", "Successfully assigned default/web-64f5d8-x2k9q to node-1"),
        ("Normal", "Started", "pod/web-64f5d8-x2k9q", "Container started"),
        ("Normal", "Killing", "pod/web-64f5d8-x2k9q", "Stopping container web"),
    ]
    assert table.caption == Text("caption.events", count=4)


def test_a_reader_steps_to_every_sighting_in_order(trace):
    table = events(trace)
    assert [trace[seq].at for seq in table.records] == [42_000, 62_000, 1_900_000, 30_100_000]
    assert {trace[seq].ref.kind for seq in table.records} == {"Event"}


def test_an_event_that_comes_again_is_one_row_that_counts(diary):
    pod, other = Ref("Pod", "default", "web"), Ref("Pod", "default", "api")
    diary.event(1 * SECOND, pod, "BackOff", "Back-off restarting failed container", type_="Warning")
    diary.event(2 * SECOND, other, "Started", "Container started")
    diary.event(3 * SECOND, pod, "BackOff", "Back-off restarting failed container", count=2, type_="Warning")
    table = events(diary.trace)
    assert [column.heading for column in table.columns] == ["TIME", "TYPE", "REASON", "OBJECT", "COUNT", "MESSAGE"]
    assert [([(one.at, one.cells[2], one.cells[4]) for one in row.sightings], row.tone) for row in table.rows] == [
        ([(1 * SECOND, "BackOff", ""), (3 * SECOND, "BackOff", "×2")], "warning"),
        ([(2 * SECOND, "Started", "")], ""),
    ]
    assert [diary.trace[seq].at for seq in table.records] == [1 * SECOND, 2 * SECOND, 3 * SECOND]


def test_an_event_that_began_before_time_0_is_not_in_the_table(diary):
    about = Ref("Pod", "default", "web")
    diary.event(-1 * SECOND, about, "Pulled", "Container image is already present")
    diary.event(1 * SECOND, about, "Started", "Container started")
    assert [row.sightings[0].cells[2] for row in events(diary.trace).rows] == ["Started"]


def test_focus_keeps_what_the_object_owns(trace):
    assert len(events(trace, focus=Ref("Deployment", "default", "web")).rows) == 4
    assert len(events(trace, focus=Ref("Pod", "default", "web-64f5d8-x2k9q")).rows) == 3


def test_no_event_is_left_out_before_it_is_drawn(diary):
    for number in range(300):
        diary.event(number * 1_000, Ref("Pod", "default", f"web-{number}"), "Started", "Container started")
    table = events(diary.trace)
    assert (len(table.rows), table.caption, table.notes) == (300, Text("caption.events", count=300), ())
