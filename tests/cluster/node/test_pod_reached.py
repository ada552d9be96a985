"""Probes, hooks, and commands from outside: what reaches into a container that runs."""

from itertools import pairwise

import pytest

from gen.cluster.node.programs import Behaviour
from gen.kit.loop import SECOND
from gen.trace.record import Phase

from .conftest import events, pod, script, states

AT = "10.244.1.2"  # the first Pod's address


def test_readiness_follows_a_file(life):
    probe = "readinessProbe: {exec: {command: [cat, /tmp/ok]}, periodSeconds: 1, failureThreshold: 2}"
    found = life(
        pod(probe, image="nginx:1.25"), (6, "kubectl exec p -- touch /tmp/ok"), (12, "kubectl exec p -- rm /tmp/ok"), until=20
    )
    assert states(found, "p")[1:] == [("Running", "running"), ("Running", "ready"), ("Running", "running")]
    message = "Readiness probe failed: cat: can't open '/tmp/ok': No such file or directory\n"
    assert events(found, "Unhealthy")[0][0] == message
    assert not events(found, "Killing")


def test_a_startup_probe_holds_back_the_others(life):
    more = "startupProbe: {tcpSocket: {port: 80}, periodSeconds: 1}, readinessProbe: {httpGet: {port: 80}, periodSeconds: 1}"
    told = {"team/slow": Behaviour(listens=(80,), answers=(("/", 200),), starts_us=2 * SECOND)}
    found = life(pod(more, image="team/slow:v1"), until=20, programs=told)
    assert [one[1] for one in states(found, "p")] == ["ContainerCreating", "running", "ready"]
    assert all(message.startswith("Startup probe failed: dial tcp 10.244.1.2:80") for message, _ in events(found, "Unhealthy"))


def test_a_liveness_probe_that_fails_has_its_container_restarted(life):
    found = life(pod("livenessProbe: {httpGet: {path: /nope, port: 80}, periodSeconds: 1}", image="nginx:1.25"), until=12)
    assert events(found, "Unhealthy")[0][0] == "Liveness probe failed: HTTP probe failed with statuscode: 404"
    assert events(found, "Killing")[0][0] == "Container c failed liveness probe, will be restarted"
    killing = next(one for one in found.trace.of(Phase) if one.phase == "container-stopping")
    assert found.trace.records[killing.cause].by == "gen.cluster.node.probes.counted"


def test_a_look_that_takes_a_second_does_not_delay_the_next(life):
    """The server speaks no gRPC: each look waits for a second. A new container is looked at twice at once."""
    more = "livenessProbe: {grpc: {port: 80}}, readinessProbe: {grpc: {port: 80}}"
    told = {"*": Behaviour(serves_all=True, speaks="http")}
    found = life(pod(more, image="team/shop:v1"), until=55, programs=told)
    began = [one.at for one in found.trace.of(Phase) if one.phase == "container-started"]
    assert [round((after - before) / SECOND) for before, after in pairwise(began)] == [30]
    assert max(count for message, count in events(found, "Unhealthy") if message.startswith("Readiness")) == 9


def test_a_probe_by_command_has_its_time(life):
    found = life(pod("livenessProbe: {exec: {command: [sleep, '5']}, periodSeconds: 2}", image="nginx:1.25"), until=5)
    assert events(found, "Unhealthy")[0][0] == 'Liveness probe failed: command timed out: "sleep 5" timed out after 1s'


def test_a_post_start_hook_that_fails(life):
    found = life(pod("lifecycle: {postStart: {exec: {command: [sh, -c, exit 7]}}}", image="nginx:1.25"), until=8)
    assert ("Running", "PostStartHookError") in states(found, "p")
    assert events(found, "FailedPostStartHook")[0][0] == "PostStartHook failed"
    assert events(found, "Killing")[0][0] == "FailedPostStartHook"


@pytest.mark.parametrize(
    ("line", "code", "out", "err"),
    [
        ("kubectl exec p -- echo hi", 0, "hi\n", ""),
        ("kubectl exec p -- sh -c 'echo no; exit 3'", 3, "no\n", "command terminated with exit code 3\n"),
        ("kubectl exec p -c x -- true", 1, "", "error: container x not found in pod p\n"),
        ("kubectl exec q -- true", 1, "", 'Error from server (NotFound): pods "q" not found\n'),
        ("kubectl exec p", 1, "", "error: you must specify at least one command for the container\n"),
        ("kubectl logs p --tail=1", 0, "two\n", ""),
        ("kubectl logs p -p", 1, "", 'Error from server (BadRequest): previous terminated container "c" in pod "p" not found\n'),
    ],
)
def test_reaching_into_a_container(life, line, code, out, err):
    found = life(pod(script("echo one; echo two; sleep 1000")), (5, line), until=8)
    assert (found.said[-1].rc, found.said[-1].stdout, found.said[-1].stderr) == (code, out, err)


def test_a_container_that_has_ended_and_a_kubelet_that_does_not_run(life):
    found = life(pod(script("exit 1")), (9, "kubectl exec p -- true"), until=12)
    assert found.said[-1].stderr == 'error: unable to upgrade connection: container not found ("c")\n'
    found.stage.fault({"stop": "kubelet", "node": "node-1"})
    said = []

    async def type_it():
        said.append((await found.stage.kubectl("kubectl logs p")).stderr)

    found.stage.do(type_it())
    found.stage.play(20 * SECOND)
    assert said[0].startswith("Error from server: error dialing backend: dial tcp ")


def test_a_run_settles_though_a_program_loops_for_ever_but_not_while_somebody_waits(life):
    stage = life(pod(script("while true; do sleep 1; done")), until=5).stage
    assert stage.play(60 * SECOND, settled=True)
    ended = []

    async def type_it():
        ended.append((await stage.kubectl("kubectl exec p -- sh -c 'sleep 7; echo done'")).stdout)

    stage.do(type_it())
    assert stage.play(stage.loop.now + 60 * SECOND, settled=True)
    assert ended == ["done\n"]


@pytest.mark.parametrize(
    ("image", "probe", "message"),
    [
        ("redis:7", "httpGet: {path: /, port: 6379}", 'Get "http://10.244.1.2:6379/": EOF'),
        ("redis:7", "tcpSocket: {port: 6379}", None),
        ("nginx:1.25", "grpc: {port: 80}", f'timeout: failed to connect service "{AT}:80" within 1s: context deadline exceeded'),
        ("nginx:1.25", "httpGet: {port: 81}", f'Get "http://{AT}:81/": dial tcp {AT}:81: connect: connection refused'),
        ("team/app:v1", "grpc: {port: 5000}", None),
    ],
)  # fmt: skip
def test_what_a_probe_hears(life, image, probe, message):
    found = life(pod(f"readinessProbe: {{{probe}, periodSeconds: 2}}", image=image), until=8)
    assert {text for text, _ in events(found, "Unhealthy")} == ({f"Readiness probe failed: {message}"} if message else set())
