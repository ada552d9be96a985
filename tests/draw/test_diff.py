"""A diff shows the request of the moment and no other: its lines with their signs, and whose they are."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from gen.draw import diff as drawing
from gen.draw.measure import width
from gen.draw.svg import markup, still
from gen.views.model import Diff, Hunk, Revision, Text
from gen.views.story import Playhead

THING = Text("thing", kind=Text("kind/Pod"), name="web")
MANIFEST, ACCOUNT = Text("diff.by.manifest"), Text("diff.by.admission", plugin="ServiceAccount")
LABELLER = Text("name", name="kubectl label")


@pytest.fixture
def diff() -> Diff:
    hunks = (
        Hunk(kind="sent", by=MANIFEST, lines=("kind: Pod", "spec:")),
        Hunk(kind="added", by=ACCOUNT, lines=("  serviceAccountName: default", f"  note: {'x' * 90}")),
    )
    later = (
        Hunk(kind="fold", count=4), Hunk(kind="same", lines=("metadata:",)),
        Hunk(kind="removed", by=Text("diff.by.merge"), lines=("  team: <red>",)),
        Hunk(kind="kept", by=LABELLER, lines=("  owner: kim",)),
    )  # fmt: skip
    return Diff(
        revisions=(
            Revision(record=3, at=300_000, thing=THING, deed=Text("name", name="kubectl apply"), sent=2, before=0, after=4,
                     hunks=hunks, tally=((MANIFEST, 2), (ACCOUNT, 2))),
            Revision(record=7, at=700_000, thing=THING, deed=LABELLER, sent=2, before=7, after=6, hunks=later),
            Revision(record=9, at=900_000, thing=THING, deed=LABELLER, sent=0, before=6, after=0, hunks=()),
        )
    )  # fmt: skip


def page(told, diff, step: int) -> ElementTree.Element:
    return ElementTree.fromstring(markup(still(drawing.to_html(diff, "en", Playhead(told(diff).steps)), step)))


def standing(element: ElementTree.Element, name: str) -> list[str]:
    """What has a class, and is not hidden."""
    classes = element.get("class", "").split()
    if "kim-off" in classes:
        return []
    return ["".join(element.itertext())] if name in classes else [one for child in element for one in standing(child, name)]


def test_one_request_at_a_time(told, diff):
    assert standing(page(told, diff, 0), "kim-line")[:3] == ["  kind: Pod", "  spec:", "+   serviceAccountName: default"]
    assert standing(page(told, diff, 1), "kim-line") == [
        "  … 4 unchanged lines",
        "  metadata:",
        "−   team: <red>",
        "=   owner: kim",
    ]
    assert standing(page(told, diff, 1), "kim-by") == ["three-way merge", "kept, set by kubectl label"]
    assert standing(page(told, diff, 2), "kim-line") == []


def test_what_stands_above_it(told, diff):
    names = [standing(page(told, diff, step), "kim-now") for step in range(3)]
    assert names == [["Pod web: kubectl apply"], ["Pod web: kubectl label"], ["Pod web: kubectl label"]]
    assert [one.get("data-steps") for one in page(told, diff, 0).iter("li") if one.get("data-steps")] == ["0", "1", "2"]
    states = [[one.text for one in page(told, diff, step).iter("p")][1 + step] for step in range(3)]
    assert states == [
        "sent 2 lines · now 4 lines", "sent 2 lines · before 7 lines · now 6 lines", "before 6 lines · removed",
    ]  # fmt: skip
    assert standing(page(told, diff, 0), "kim-tally") == ["manifest 2ServiceAccount admission 2"]


def test_before_the_first_request_and_where_there_is_none(told, diff):
    assert standing(page(told, Diff(revisions=()), 0), "kim-note") == ["No request has been stored yet."]
    assert drawing.described(Diff(revisions=()), "en", Playhead(())) == "No request has been stored yet."


def test_the_legend_has_what_occurs(told, diff):
    assert [words for _, words in drawing.forms(diff, "en")] == ["as sent", "added", "taken away", "not sent, and left alone"]


@pytest.mark.parametrize("narrow", [False, True])
def test_standing_alone_no_line_leaves_the_picture(told, diff, narrow):
    whole = 390 if narrow else 880
    for at in (300_000, 700_000, 900_000):
        shapes, tall = drawing.to_svg(diff, "en", whole, Playhead(told(diff).steps, at), narrow=narrow)
        texts = ElementTree.fromstring(f"<svg>{''.join(map(markup, shapes))}</svg>").iter("text")
        lines = [
            text for text in texts if "kim-mono" in text.get("class", "") and text.get("x") and text.get("text-anchor") is None
        ]
        assert all(int(text.get("x")) + width(text.text, 12, mono=True) <= whole for text in lines)
        assert all(int(text.get("y")) <= tall for text in lines)
