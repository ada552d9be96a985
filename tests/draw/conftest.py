"""Views made by hand: what a drawing must cope with, without a run.

Record 2708 happens at 27.08 s: records count hundredths of a second.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from gen.draw import Means
from gen.play.scenario.load import load
from gen.play.simulate import simulate
from gen.site.graphviz import lay_out
from gen.views import story
from gen.views.model import (
    Act,
    Arc,
    Board,
    Break,
    Column,
    Entry,
    Group,
    Lane,
    Mark,
    Picture,
    Row,
    Sighting,
    Site,
    Span,
    Stay,
    Step,
    Story,
    Table,
    Terminal,
    Text,
    Timeline,
    Turn,
)  # fmt: skip

SECOND, HUNDREDTH = 1_000_000, 10_000
TOLD = Text(
    "did.created", who=Text("who/deployment-controller"), thing=Text("thing", kind=Text("kind/ReplicaSet"), name="web-64f5d8")
)


def span(start_s: float, end_s: float, state: str, word: str = "", ends: bool = True) -> Span:
    return Span(
        start=int(start_s * SECOND), end=int(end_s * SECOND), state=state, word=word, record=round(start_s * 100), ends=ends
    )


def mark(at_s: float, deed: str = "write", label: str = "") -> Mark:
    return Mark(at=int(at_s * SECOND), deed=deed, record=round(at_s * 100), text=TOLD, label=label)


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
    lanes = (*COMPONENTS, *NODES, *PODS)
    records = sorted({part.record for lane in lanes for part in (*lane.marks, *lane.spans)})
    chains = {200: (2,), 2708: (0,), 2710: (2, 0, 1)}
    return Timeline(
        start=0, end=36 * SECOND, groups=groups, breaks=(Break(start=5 * SECOND, end=23 * SECOND),), arcs=arcs,
        records=tuple(records), chains=tuple(chains.get(record, ()) for record in records),
        notes=(Text("note.node_lifecycle"),),
    )  # fmt: skip


@pytest.fixture
def table() -> Table:
    heads = (("time", "TIME", "time"), ("type", "TYPE", "name"), ("reason", "REASON", "name"), ("object", "OBJECT", "name"),
             ("count", "COUNT", "count"), ("message", "MESSAGE", "text"))  # fmt: skip
    evil = "Stopping container <script>alert(1)</script>"
    pods = [f"pod/{lane.title}" for lane in PODS]
    rows = (
        ("", ((24, ("", "Normal", "Created", pods[0], "", "Container created")),)),
        ("warning", tuple((record, ("", "Warning", "BackOff", pods[1], times, "Back-off pulling image"))
                          for record, times in ((2550, ""), (2640, "×2"), (2710, "×3")))),
        ("", ((9500, ("", "Normal", "Killing", pods[0], "", evil)),)),
    )  # fmt: skip
    return Table(
        caption=Text("caption.events", count=3),
        columns=tuple(Column(key=key, heading=heading, shape=shape) for key, heading, shape in heads),
        rows=tuple(
            Row(tone=tone, sightings=tuple(Sighting(at=record * HUNDREDTH, record=record, cells=cells) for record, cells in said))
            for tone, said in rows
        ),
    )


@pytest.fixture
def terminal() -> Terminal:
    printed = ("NAME        READY   <b>", "web-x2k9q   1/1     &", "")
    wrong = ('Error from server (NotFound): pods "gone" not found',)
    return Terminal(
        entries=(
            Entry(at=0, record=0, line="kubectl get pods", said=2, printed=printed),
            Entry(at=24 * SECOND, record=2400, line="kubectl get pod gone", said=2402, rc=1, errors=wrong),
            Entry(at=27_100_000, record=2710, line="kubectl wait pod/gone --for=delete"),
        )
    )


A, B, C, D, E = (f"pod/default/web-64f5d8-{ending}" for ending in ("x2k9q", "9g9bm", "7fhtl", "old42", "q8vwz"))
ACTS = (  # who, what, and what to which Pod
    ("kubectl", "typed call", ""),
    ("deployment-controller", "watch decided call", ""),
    ("replicaset-controller", "watch decided", ""), ("replicaset-controller", "call", A),  # 15 to 17
    ("replicaset-controller", "call", B),
    ("default-scheduler", "watch decided call", A),  # 19 to 21
    ("default-scheduler", "call", B),
    ("kubelet/node-1", "watch work call call call", A),  # 23 to 27
    ("kubelet/node-2", "call call", B),  # 28, 29
    ("kubelet/node-2", "fault", ""), ("replicaset-controller", "fault", ""), ("", "fault", D),  # 30 to 32
    ("kube-controller-manager", "fault fault", ""), ("replicaset-controller", "fault", ""), ("kubelet/node-2", "fault", ""),
    ("garbage-collector", "watch refused", ""),  # 37, 38
    ("kubelet/node-3", "call call", C),
    ("kubectl", "typed call", A), ("kubelet/node-1", "call", A),  # 41 to 43
    ("replicaset-controller", "call", E),
)  # fmt: skip
STAYS = (  # whose, where, and from which record on in which state
    (D, "node-1", 1, "1 ready Running"),
    (A, "", 0, "17 pending Pending, 21"),
    (B, "", 1, "18 pending Pending, 22"),
    (A, "node-1", 0, "21 pending Pending, 25 starting ContainerCreating, 26 running Running, 27 ready Running, "
     "42 terminating Terminating, 43"),
    (B, "node-2", 0, "22 pending Pending, 28 failed ErrImagePull, 29 backoff ImagePullBackOff"),
    (C, "node-3", 0, "39 failed Error, 40 succeeded Completed"),
    (E, "", 0, "44 pending Pending"),
)  # fmt: skip
OUTAGES = {
    "kubelet/node-2": "30 stopped kubelet, 36",
    "replicaset-controller": "31 cut watch, 35",
    "*": "33 stopped kube-controller-manager, 34",
}


def turns(written: str) -> tuple[Turn, ...]:
    parts = (turn.split() for turn in written.split(", "))
    return tuple(Turn(record=int(record), state=rest[0] if rest else "", word=rest[1] if rest else "") for record, *rest in parts)


def acts() -> tuple[Act, ...]:
    found: list[Act] = []
    for source, kinds, pod in ACTS:
        for kind in kinds.split():
            record = 10 + len(found)
            found.append(Act(record=record, kind=kind, source=source, revision=200 + record if kind == "call" else 0, pod=pod))
    return tuple(found)


@pytest.fixture
def board() -> Board:
    return Board(
        controllers=("deployment-controller", "replicaset-controller", "default-scheduler"),
        others=("garbage-collector", "namespace-controller"),
        nodes=tuple(Site(name=f"node-{number}", places=places) for number, places in ((1, 2), (2, 1), (3, 1))),
        tray=2, acts=acts(), revision=180, outages=tuple((key, turns(written)) for key, written in OUTAGES.items()),
        stays=tuple(
            Stay(pod=pod, label=pod[-5:], title=pod.rpartition("/")[2], node=node, place=place, turns=turns(written))
            for pod, node, place, written in STAYS
        ),
        notes=(Text("note.node_lifecycle"),),
    )  # fmt: skip


def story_of(*pictures: Picture) -> Story:
    """A story through these views; every step has the same sentence."""
    records = sorted({record for picture in pictures for record in picture.records})
    steps = tuple(Step(at=record * HUNDREDTH, record=record, text=TOLD) for record in records)
    return Story(pictures=pictures, steps=steps, pods=2, records=52)


@pytest.fixture
def told() -> Callable[..., Story]:
    return story_of


@pytest.fixture
def means() -> Means:
    """Icons by their names, so that what is drawn stays readable."""
    return Means(icon=lambda name: f"{name}.png", lay_out=lay_out)


SIZES = """
title: {ko: 크기, en: Sizes}
cluster: {nodes: NODES}
steps:
- run: kubectl create deployment web --image=nginx --replicas=PODS
"""


@pytest.fixture(scope="session")
def sized(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int, int], Story]:
    """The story of a run with so many nodes and so many Pods, on the board."""
    folder = tmp_path_factory.mktemp("sizes")

    @cache
    def played(nodes: int, pods: int) -> Story:
        file = folder / f"{nodes}x{pods}.yaml"
        file.write_text(SIZES.replace("NODES", str(nodes)).replace("PODS", str(pods)), encoding="utf-8")
        return story(simulate(load(file)), ["board"])

    return played
