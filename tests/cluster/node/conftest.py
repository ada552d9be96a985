"""A container in which scripts run, and a cluster on which Pods live."""

import textwrap
from types import SimpleNamespace

import pytest

from gen.cluster.node.commands import COMMANDS
from gen.cluster.node.process import Inside, OutOfMemory, Signals
from gen.cluster.node.shell import parse
from gen.cluster.node.shell_run import Shell
from gen.kit.loop import SECOND, Loop
from gen.kit.process import Process
from gen.play.scenario.nodes import default_nodes
from gen.play.stage import Stage
from gen.trace.record import Phase, Write


@pytest.fixture
def ran():
    """Runs a script: its exit code (or "oom"), what it printed, how many seconds it took, and its inside."""
    assert COMMANDS

    def run(text, files=None, limit=None, signal_at=None, until=100):
        loop = Loop()
        process = Process(loop, "container")
        inside = Inside(loop, "web-1", dict(files or {}))
        inside.limit = inside.limit if limit is None else limit
        signals, found = Signals(), SimpleNamespace(code=None, seconds=None, inside=inside)

        async def deed():
            try:
                found.code = await Shell(inside, signals, process.spawn).run_to_the_end(parse(text))
            except OutOfMemory:
                found.code = "oom"
            found.seconds = loop.now / SECOND

        process.spawn(deed())
        if signal_at is not None:
            loop.after(signal_at * SECOND, signals.deliver, "TERM")
        loop.run(until * SECOND)
        found.printed = "".join(line for _, _, line in inside.lines)
        return found

    return run


@pytest.fixture
def life():
    """Plays Pods on one node: `life(manifest, (seconds, line), …)` gives the stage and what the lines printed."""

    def play(manifest, *lines, until=120, programs=None, files=None, seed=1):
        stage = Stage(default_nodes(1), seed=seed, images=("nginx:1.25", "busybox:1.36"), programs=programs)
        stage.files = {"a.yaml": textwrap.dedent(manifest), **(files or {})}
        said = []

        async def type_them():
            said.append(await stage.kubectl("kubectl apply -f a.yaml"))

        async def type_one(line):
            said.append(await stage.kubectl(line))

        stage.do(type_them())
        for at, line in lines:
            stage.loop.after(int(at * SECOND), lambda line=line: stage.do(type_one(line)))
        stage.play(until * SECOND)
        return SimpleNamespace(stage=stage, said=said, trace=stage.finish())

    return play


def states(found, name):
    """What the Pod said of its containers, one after the other: phase, and each container's word."""
    told = []
    for record in found.trace.of(Write):
        if (
            record.ref.kind == "Pod"
            and record.ref.name == name
            and record.after
            and "containerStatuses" in record.after["status"]
        ):
            status = record.after["status"]
            now = (
                status["phase"],
                *(word(one) for one in [*status.get("initContainerStatuses", []), *status["containerStatuses"]]),
            )
            if not told or told[-1] != now:
                told.append(now)
    return told


def word(one):
    state = one["state"]
    if "running" in state:
        return "ready" if one["ready"] else "running"
    inner = state.get("waiting") or state.get("terminated")
    return inner["reason"]


def events(found, reason, name=None):
    """The Events with that reason: message and count."""
    listed = found.stage.list("Event", "default")
    return [
        (one["message"], one["count"])
        for one in listed
        if one["reason"] == reason and name in (None, one["involvedObject"]["name"]) and one["involvedObject"]["kind"] == "Pod"
    ]


POD = """
apiVersion: v1
kind: Pod
metadata: {{name: p}}
spec:
  {more}
  containers:
  - {{name: c, image: "{image}", {container}}}
"""


def pod(container="", image="busybox:1.36", more="restartPolicy: Always"):
    return POD.format(container=container, image=image, more=more)


def script(text):
    return f"command: [sh, -c, {text!r}]"


def gone_at(found, name="p"):
    removed = [one.at for one in found.trace.of(Write) if one.ref.kind == "Pod" and one.ref.name == name and one.after is None]
    return removed[0] / SECOND if removed else None


def exits(found):
    return [one.detail["code"] for one in found.trace.of(Phase) if one.phase == "container-exited"]


def now(found, name="p"):
    return found.stage.get("Pod", "default", name)
