"""The kubelet's rules, one table each."""

import itertools

import pytest

from gen.cluster.node.actions import EXITED, NONE, RUNNING, Actions, Look, actions
from gen.cluster.node.backoff import Backoff
from gen.cluster.node.files import Files
from gen.cluster.node.images import tag_exists, why_not_found
from gen.cluster.node.latency import until_next
from gen.cluster.node.podend import effective_grace_s
from gen.cluster.node.probes import ERROR, FAILURE, LIVENESS, READINESS, STARTUP, SUCCESS, begin, counted, is_due, thresholds
from gen.cluster.node.programs import Behaviour, expanded, program_of
from gen.cluster.node.pull import must_pull, why_invalid
from gen.cluster.node.requeue import Outcome, wait_after
from gen.cluster.node.runtime import Container, Runtime
from gen.kit.loop import MINUTE, SECOND, Loop

UP, WELL, BAD = Look(RUNNING, started=True), Look(EXITED), Look(EXITED, 1)
STARTING = Look(RUNNING)


def killed(name, why, *start):
    return Actions(((name, f"Container {name} {why}"),), start)


@pytest.mark.parametrize(
    ("policy", "inits", "looks", "expected"),
    [
        ("Always", "", {"c": Look()}, Actions(start=("c",))),
        ("Always", "", {"c": UP}, Actions()),
        ("Always", "", {"c": WELL}, Actions(start=("c",))),
        ("OnFailure", "", {"c": BAD}, Actions(start=("c",))),
        ("OnFailure", "", {"c": WELL}, Actions(over=True)),
        ("Never", "", {"c": BAD}, Actions(over=True)),
        ("Always", "", {"c": Look(RUNNING, failed="liveness")}, killed("c", "failed liveness probe, will be restarted", "c")),
        ("Never", "", {"c": Look(RUNNING, failed="startup")}, killed("c", "failed startup probe")),
        ("Always", "", {"c": Look(RUNNING, changed=True)}, killed("c", "definition changed, will be restarted", "c")),
        ("Always", "i j", {"i": Look(), "j": Look(), "c": Look()}, Actions(start=("i",))),
        ("Always", "i j", {"i": UP, "j": Look(), "c": Look()}, Actions()),
        ("Always", "i j", {"i": WELL, "j": Look(), "c": Look()}, Actions(start=("j",))),
        ("Always", "i", {"i": BAD, "c": Look()}, Actions(start=("i",))),
        ("Never", "i", {"i": BAD, "c": Look()}, Actions(over=True)),
        ("Always", "i j", {"i": WELL, "j": WELL, "c": Look()}, Actions(start=("c",))),
        ("Always", "side*", {"side": STARTING, "c": Look()}, Actions()),
        ("Always", "side*", {"side": UP, "c": Look()}, Actions(start=("c",))),
        ("Always", "side*", {"side": BAD, "c": UP}, Actions(start=("side",))),
        ("Never", "side*", {"side": BAD, "c": UP}, Actions(start=("side",))),
        ("Never", "side*", {"side": UP, "c": WELL}, Actions(over=True)),
    ],
)  # fmt: skip
def test_what_a_pod_needs(policy, inits, looks, expected):
    named = [{"name": name.rstrip("*"), **({"restartPolicy": "Always"} if name.endswith("*") else {})} for name in inits.split()]
    spec = {"restartPolicy": policy, "initContainers": named, "containers": [{"name": "c"}]}
    assert actions(spec, looks) == expected
    assert Look().state == NONE


def test_back_off_doubles_up_to_five_minutes_and_is_forgotten_after_ten():
    backoff, now, waits = Backoff(), 0, []
    for _ in range(8):
        assert not backoff.is_waiting("c", now, now + backoff.get("c"))
        backoff.next("c", now, now)
        waits.append(backoff.get("c") // SECOND)
        assert backoff.is_waiting("c", now, now + backoff.get("c") - 1)
        now += backoff.get("c")
    assert waits == [10, 20, 40, 80, 160, 300, 300, 300]
    late = now + 10 * MINUTE + 1
    assert not backoff.is_waiting("c", late, late)
    backoff.next("c", late, late)
    assert backoff.get("c") == 10 * SECOND


def test_a_container_that_its_probe_kills_is_measured_by_the_run_before():
    """Recording 11, liveness-http: killed every 15 s, it is restarted at once twice after the first time, then must wait."""
    backoff, ends, waited = Backoff(), [14, 29, 44, 59], []
    for before, now in itertools.pairwise(ends):
        waited.append(backoff.is_waiting("c", before * SECOND, now * SECOND))
        if not waited[-1]:
            backoff.next("c", before * SECOND, now * SECOND)
    assert waited == [False, False, True]


@pytest.mark.parametrize(
    ("kind", "results", "deeds"),
    [
        (READINESS, "SSS", ["ready", "", ""]),
        (READINESS, "SFFFS", ["ready", "", "", "unready", "ready"]),
        (READINESS, "FFF", ["", "", ""]),
        (READINESS, "SFSFF", ["ready", "", "", "", ""]),
        (LIVENESS, "FF", ["", ""]),
        (LIVENESS, "SFFF", ["", "", "", "kill"]),
        (LIVENESS, "FFFF", ["", "", "kill", ""]),  # then it rests until there is a new container
        (LIVENESS, "FFEF", ["", "", "", "kill"]),  # an error counts as nothing
        (STARTUP, "FFS", ["", "", "started"]),
        (STARTUP, "FFF", ["", "", "kill"]),
    ],
)
def test_what_results_of_a_probe_lead_to(kind, results, deeds):
    count, found = begin(kind), []
    for letter in results:
        count, deed = counted(kind, count, {"S": SUCCESS, "F": FAILURE, "E": ERROR}[letter], thresholds({}))
        found.append(deed)
    assert found == deeds


@pytest.mark.parametrize(
    ("kind", "started", "ran_s", "due"),
    [(STARTUP, False, 5, True), (STARTUP, True, 5, False), (LIVENESS, False, 5, False), (LIVENESS, True, 5, True),
     (READINESS, True, 4, False)],
)  # fmt: skip
def test_when_a_probe_looks(kind, started, ran_s, due):
    assert is_due(kind, started, ran_s, {"initialDelaySeconds": 5}) is due


@pytest.mark.parametrize(
    ("image", "exists"),
    [
        ("nginx:1.25", True), ("nginx:1.27.3-alpine", True), ("nginx", True), ("nginx:stable", True),
        ("nginx:stable-alpine3.20", True),
        ("nginx:1.99-does-not-exist", False), ("nginx:nope", False), ("nginx:1.99", False), ("busybox:1.36", True),
        ("team/nginx:whatever", True), ("registry.example.com/app:v1", True), ("redis:7", True), ("busybox:1.36-glibc", True),
    ],
)  # fmt: skip
def test_which_images_there_are(image, exists):
    assert (why_not_found(image, {}) == "") is exists


def test_why_a_pull_fails():
    name = "docker.io/library/nginx:nope"
    unpacking = f'failed to pull and unpack image "{name}": failed to resolve reference "{name}": {name}: not found'
    assert why_not_found("nginx:nope", {}) == f"rpc error: code = NotFound desc = {unpacking}"
    assert why_not_found("registry.internal.example:5000/app:v1", {}).endswith("lookup registry.internal.example: no such host")
    told = {"nginx:nope": Behaviour(listens=(80,)), "team/app": Behaviour(missing=True)}
    assert why_not_found("nginx:nope", told) == ""
    assert "not found" in why_not_found("team/app:v2", told)
    assert tag_exists("docker.io/library/nginx@sha256:0")


@pytest.mark.parametrize(
    ("policy", "present", "pulls"),
    [("Always", True, True), ("IfNotPresent", True, False), ("IfNotPresent", False, True), ("Never", False, False)],
)
def test_the_pull_policy(policy, present, pulls):
    assert must_pull(policy, present) is pulls


@pytest.mark.parametrize(
    ("image", "why"),
    [
        ("nginx:1.25", ""), ("localhost:5000/a/b:c", ""), ("nginx@sha256:0", ""),
        ("Nginx:1.25", "invalid reference format: repository name (library/Nginx) must be lowercase"),
        ("nginx::x", "invalid reference format"), ("nginx:", "invalid reference format"),
    ],
)  # fmt: skip
def test_names_of_images(image, why):
    assert why_invalid(image) == why


@pytest.mark.parametrize(
    ("container", "kind"),
    [
        ({"image": "nginx"}, "serves"),
        ({"image": "busybox"}, "script"),
        ({"image": "busybox", "args": ["sh", "-c", "sleep 1"]}, "script"),
        ({"image": "busybox", "command": ["sleep", "1"]}, "script"),
        ({"image": "nginx", "command": ["/no/such/binary"]}, "fault"),
        ({"image": "nginx", "command": ["nope"]}, "fault"),
        ({"image": "nginx", "args": ["-g", "daemon off;"]}, "serves"),
        ({"image": "redis:7", "args": ["--port", "7000"]}, "serves"),
        ({"image": "nginx", "command": ["sh", "-c", "exec nginx -g 'daemon off;'"]}, "serves"),
        ({"image": "team/app"}, "unknown"),
        ({"image": "team/app", "command": ["/app"]}, "unknown"),
        ({"image": "team/app", "command": ["sh", "-c", "sleep 1"]}, "script"),
        ({"image": "busybox", "command": ["sh", "-c", "case x in esac"]}, "unknown"),
        ({"image": "team/told"}, "serves"),
        ({"image": "team/job:v1"}, "script"),
    ],
)
def test_which_program_runs(container, kind):
    told = {"team/told": Behaviour(listens=(8080,)), "team/job": Behaviour(runs=("sh", "-c", "exit 1"))}
    program = program_of(container, told, {})
    found = "fault" if program.fault else "unknown" if program.unknown else "script" if program.script is not None else "serves"
    assert found == kind


def test_variables_in_a_command():
    assert expanded("$(A)-$$(A)-$(B)", {"A": "1"}) == "1-$(A)-$(B)"


@pytest.mark.parametrize(
    ("until", "wait_s"),
    [(None, 10), (5 * SECOND, 5), (-5 * SECOND, 0), (300 * SECOND, 60)],
)
def test_when_a_pod_is_synced_again(until, wait_s):
    assert wait_after(Outcome(failed=True, until=until), 0) == wait_s * SECOND


@pytest.mark.parametrize(("now", "expected"), [(0, 300), (300, 1000), (1299, 1), (1300, 1000)])
def test_beats(now, expected):
    assert until_next(now, 1000, 300) == expected


@pytest.mark.parametrize(("asked", "own", "grace"), [(12, 30, 12), (0, 30, 30), (None, 30, 30), (0, 0, 1), (1, 30, 1)])
def test_how_long_a_pod_may_take_to_end(asked, own, grace):
    metadata = {} if asked is None else {"deletionGracePeriodSeconds": asked}
    assert effective_grace_s({"metadata": metadata, "spec": {"terminationGracePeriodSeconds": own}}) == grace


def test_volumes_hang_in_the_files_of_several_containers():
    volume = {}
    one, other = Files({"/data": (volume, "")}), Files({"/logs": (volume, ""), "/conf/a": ({"a": "x", "b": "y"}, "a")})
    one["/data/f"] = "hello"
    one["/own"] = "mine"
    assert (other["/logs/f"], other["/conf/a"]) == ("hello", "x")
    assert (sorted(one), sorted(other)) == (["/data/f", "/own"], ["/conf/a", "/logs/f"])
    del other["/logs/f"]
    assert "/data/f" not in one


def test_a_container_moves_only_as_its_table_says():
    runtime = Runtime(Loop(), "node-1", lambda: "10.0.0.1")
    run = Container("c", "web", "nginx", 0)
    runtime.start(run)
    with pytest.raises(ValueError, match="a container that is running cannot start"):
        runtime.start(run)
    assert run.state == "running"
