"""Lines that go on: what is there at once, then each change of it, in a terminal of their own."""

from __future__ import annotations

import pytest

from gen.play.scenario.file import from_text
from gen.play.simulate import simulate
from gen.trace.query import answers
from gen.trace.record import Said, Typed

SCENARIO = """
files:
  pod.yaml: |
    apiVersion: v1
    kind: Pod
    metadata: {name: web, labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{name: web, image: nginx}]
steps:
  - run: kubectl get pods -w
  - run: kubectl get po -A -w -o wide --watch-only --no-headers -l app=web
  - run: kubectl apply -f pod.yaml
  - run: kubectl get pod web -w -o jsonpath='{.metadata.name}{"\\t"}{.status.phase}{"\\n"}'
  - run: kubectl get pod web -w -o json --output-watch-events
  - run: kubectl get pod/web -w --output-watch-events --request-timeout=3s
  - run: kubectl events -w --for pod/web
  - at: 4s
    run: kubectl delete pod web
"""
WRONG = {
    "kubectl get pods,svc -w": "error: you may only specify a single resource type\n",
    "kubectl get pods web -w": 'Error from server (NotFound): pods "web" not found\n',
    "kubectl get node node-1 node-2 -w": "error: you may only watch a single resource or type of resource at a time\n",
    "kubectl get pods -w --request-timeout=5x": "error: Invalid timeout value. Timeout must be a single integer in seconds, or "
    "an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)\n",
    "kubectl get pods --output-watch-events": "error: --output-watch-events option can only be used with --watch or "
    "--watch-only\nSee 'kubectl get -h' for help and examples\n",
}


def played(text):
    return simulate(from_text(text, "watch.yaml"))


@pytest.fixture(scope="module")
def trace():
    return played(SCENARIO)


@pytest.fixture(scope="module")
def pieces(trace):
    """What each line printed, piece by piece; by the line."""
    told = answers(trace)
    return {typed.line: [f"{one.stdout}{one.stderr}" for one in told[typed.seq]] for typed in trace.of(Typed)}


def test_a_table_begins_with_its_first_row_and_grows_wider_only(pieces):
    first, *more = pieces["kubectl get pods -w"]
    assert first == ""
    assert more[0] == "NAME   READY   STATUS    RESTARTS   AGE\nweb    0/1     Pending   0          0s\n"
    assert more[2] == "web    0/1     ContainerCreating   0          0s\n"
    assert more[-1].startswith("web    0/1     Completed           0          ")
    assert [len(row.split()) for row in more[1:]] == [5] * (len(more) - 1)


def test_only_changes_are_printed_without_what_was_there(pieces):
    first, *more = pieces["kubectl get po -A -w -o wide --watch-only --no-headers -l app=web"]
    assert first == ""
    assert more[0].split() == ["default", "web", "0/1", "Pending", "0", "0s", *["<none>"] * 4]


def test_other_forms_go_through_the_same_columns(pieces):
    path, json = (pieces[line] for line in pieces if " -o json" in line)
    assert path[0] == "web   Pending\n"
    assert path[-1] == "web   Succeeded\n"
    assert [one.partition(',"object":{"apiVersion":"v1",')[0] for one in (json[0], json[-1])] == [
        '{"type":"ADDED"', '{"type":"DELETED"',
    ]  # fmt: skip


def test_the_kind_of_a_change_is_a_column_and_a_timeout_ends_the_line(trace, pieces):
    line = "kubectl get pod/web -w --output-watch-events --request-timeout=3s"
    first, *more = pieces[line]
    assert [row.split()[0] for row in first.splitlines()] == ["EVENT", "ADDED"]
    assert more[0].startswith("MODIFIED   web    ")
    said = next(one for one in trace.of(Said) if one.line == line)
    assert (said.rc, said.stdout, said.stderr, round(said.at / 1_000_000)) == (0, "", "", 3)


def test_events_one_by_one(pieces):
    rows = "".join(pieces["kubectl events -w --for pod/web"]).splitlines()
    assert rows[0].split() == ["LAST", "SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"]
    assert [row.split()[2] for row in rows[1:]] == ["Scheduled", "Pulling", "Pulled", "Created", "Started", "Killing"]


FOLLOWED = """
files:
  pod.yaml: |
    apiVersion: v1
    kind: Pod
    metadata: {name: talker}
    spec:
      restartPolicy: Never
      containers:
      - {name: a, image: busybox, command: [sh, -c, "echo one; sleep 2; echo two; sleep 2"]}
      - {name: b, image: busybox, command: [sh, -c, "while true; do echo tick; sleep 1; done"]}
steps:
  - run: kubectl apply -f pod.yaml
  - after: pod/talker running
    run: kubectl logs talker -f -c a
  - run: kubectl logs talker -f --all-containers --prefix
"""


def test_a_log_is_followed_until_its_container_ends():
    trace = played(FOLLOWED)
    told = answers(trace)
    _, one, both = (told[typed.seq] for typed in trace.of(Typed))
    assert [(piece.stdout, round(piece.at / 1_000_000)) for piece in one] == [("one\n", 2), ("two\n", 3), ("", 5)]
    assert isinstance(one[-1], Said)
    rows = [piece.stdout for piece in both]
    assert (rows.count("[pod/talker/a] two\n"), rows.count("[pod/talker/b] tick\n") > 3) == (1, True)
    assert not isinstance(both[-1], Said)


def test_a_row_is_caused_by_the_change_it_tells_of(trace):
    watch = next(trace.of(Typed))
    rows = answers(trace)[watch.seq][1:]
    assert [trace.why(row.seq)[0].line for row in (rows[0], rows[-1])] == ["kubectl apply -f pod.yaml", "kubectl delete pod web"]
    assert rows[-1].at - trace[rows[-1].cause].at < 5_000


def test_nobody_waits_for_it(trace):
    typed = {one.line: one.at for one in trace.of(Typed)}
    assert list(typed) == [step.run for step in from_text(SCENARIO, "watch.yaml").steps]
    assert typed["kubectl delete pod web"] == 4_000_000
    alone = "\n".join(line for line in SCENARIO.split("\n") if " -w" not in line)
    assert abs(trace.info["end"] - played(alone).info["end"]) < 300_000


def test_what_cannot_be_watched():
    trace = played("steps:\n" + "".join(f"  - run: {line}\n" for line in WRONG))
    assert {one.line: one.stderr for one in trace.of(Said)} == WRONG
