"""Views made by hand: what a drawing must cope with, without a run."""

from __future__ import annotations

import pytest

from gen.views.model import Arc, Break, Column, Group, Lane, Mark, Moment, Row, Span, Table, Text, Timeline

SECOND = 1_000_000
STORY = Text(
    "did.created", who=Text("who/deployment-controller"), thing=Text("thing", kind=Text("kind/ReplicaSet"), name="web-64f5d8")
)


def span(start_s: float, end_s: float, state: str, word: str = "", ends: bool = True) -> Span:
    return Span(start=int(start_s * SECOND), end=int(end_s * SECOND), state=state, word=word, record=1, ends=ends)


def mark(at_s: float, deed: str = "write", label: str = "") -> Mark:
    return Mark(at=int(at_s * SECOND), deed=deed, record=int(at_s * 100), text=STORY, label=label)


COMPONENTS = (
    Lane(
        key="component/kubectl", label=Text("who/kubectl"), title="kubectl",
        marks=(mark(0, "typed", "apply -f web.yaml"), mark(24, "typed", "set image deployment/web web=nginx:1.26")),
    ),
    Lane(
        key="component/deployment-controller", label=Text("who/deployment-controller"), title="deployment-controller",
        marks=(mark(0.01), mark(0.02), mark(0.5), mark(24.1), mark(27.08)),
    ),
)  # fmt: skip
NODES = (
    Lane(
        key="node/node-2", label=Text("name", name="node-2"), title="node-2", spans=(span(25, 26, "stopped", "kubelet"),),
        marks=(mark(25, "fault"), mark(26, "mended")),
    ),
)  # fmt: skip
PODS = (
    Lane(
        key="pod/default/web-64f5d8-x2k9q", label=Text("name", name="x2k9q"), title="web-64f5d8-x2k9q",
        spans=(
            span(0.05, 0.3, "pending", "Pending"), span(0.3, 2, "starting", "ContainerCreating"),
            span(2, 3, "running", "Running"), span(3, 27.1, "ready", "Running"),
            span(27.1, 28.3, "terminating", "Terminating"),
        ),
    ),
    Lane(
        key="pod/default/web-64f5d8-9g9bm", label=Text("name", name="9g9bm"), title="web-64f5d8-9g9bm",
        spans=(
            span(24.2, 25.5, "failed", "ErrImagePull"), span(25.5, 27, "backoff", "ImagePullBackOff"),
            span(27, 36, "succeeded", "Completed", ends=False),
        ),
    ),
)  # fmt: skip


@pytest.fixture
def timeline() -> Timeline:
    heading = Text("group.owner", kind=Text("kind/ReplicaSet"), name="web-64f5d8")
    groups = (
        Group(heading=None, lanes=COMPONENTS),
        Group(heading=Text("group.nodes"), lanes=NODES),
        Group(heading=heading, lanes=PODS),
    )
    arcs = (
        Arc(source=PODS[1].key, source_at=27 * SECOND, target=COMPONENTS[1].key, target_at=27_080_000),
        Arc(source=COMPONENTS[1].key, source_at=27_080_000, target=PODS[0].key, target_at=27_100_000),
        Arc(source=COMPONENTS[0].key, source_at=0, target=PODS[0].key, target_at=2 * SECOND),
    )
    return Timeline(
        start=0, end=36 * SECOND, groups=groups, breaks=(Break(start=5 * SECOND, end=23 * SECOND),), arcs=arcs,
        moment=Moment(at=27_100_000, since=27_080_000, record=2708, text=STORY), notes=(Text("note.node_lifecycle"),),
    )  # fmt: skip


@pytest.fixture
def table() -> Table:
    heads = (("time", "TIME", "time"), ("type", "TYPE", "name"), ("reason", "REASON", "name"), ("object", "OBJECT", "name"),
             ("count", "COUNT", "count"), ("message", "MESSAGE", "text"))  # fmt: skip
    evil = "Stopping container <script>alert(1)</script>"
    rows = (
        ("past", "", 240_000, ("", "Normal", "Created", "pod/web-64f5d8-x2k9q", "", "Container created")),
        ("now", "warning", 27_100_000, ("", "Warning", "BackOff", "pod/web-64f5d8-9g9bm", "×3", "Back-off pulling image")),
        ("future", "", 95_000_000, ("", "Normal", "Killing", "pod/web-64f5d8-x2k9q", "", evil)),
    )  # fmt: skip
    return Table(
        caption=Text("caption.events", count=3),
        columns=tuple(Column(key=key, heading=heading, shape=shape) for key, heading, shape in heads),
        rows=tuple(
            Row(at=at, record=number, cells=cells, when=when, tone=tone) for number, (when, tone, at, cells) in enumerate(rows)
        ),
    )
