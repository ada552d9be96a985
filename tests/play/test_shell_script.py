"""A scenario as a shell script: right for a shell, the same steps in the same order, and nothing that strangers wrote is run."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from gen.play import conditions
from gen.play.scenario.load import load
from gen.play.scenario.model import Scenario, Step
from gen.play.shell_script import called_there, delimiter, kind_names, one_line, shell_script
from gen.play.shell_waits import FUNCTIONS, OTHER_PATHS, PATHS, STATES, asked, functions_for

SCENARIOS = sorted((Path(__file__).parents[2] / "docs/scenarios").glob("*.yaml"))
SECOND = 1_000_000
REAL = {"node-1": "kim-worker", "node-2": "kim-worker2", "edge": "kim-worker3"}
STUBS = {
    "docker": 'echo "docker $*" >>"$LOG"; case "$*" in *"crictl ps"*) echo abc123 ;; esac',
    "kind": 'echo "kind $*" >>"$LOG"; [ "$1" = get ] || cat >>"$LOG"',
    "kubectl": 'echo "kubectl $*" >>"$LOG"; case "$*" in *jsonpath*) printf "%s" "${FIELD:-2}" ;; *name*) echo pod/web-1 ;; esac',
    "sleep": "exit 0",
    "date": 'now=$(($(cat "$CLOCK" 2>/dev/null || echo 0) + 50)); echo "$now" >"$CLOCK"; echo "$now"',
}


def scenario(*steps: Step, **rest) -> Scenario:
    return Scenario(title={"ko": "제목", "en": "A title"}, steps=steps, **rest)


def checked(script: str) -> str:
    """The script, if both shells can read it."""
    for shell in (["sh", "-n"], ["bash", "-n"], ["bash", "--posix", "-n"]):
        done = subprocess.run(shell, input=script, text=True, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), shell
    return script


@pytest.fixture
def played(tmp_path):
    """Run a script with stand-ins for docker, kind, kubectl and the clock: what was called, in order, and how it ended."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name, body in STUBS.items():
        (tools / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (tools / name).chmod(0o755)

    def play(script: str, **environment: str) -> tuple[list[str], subprocess.CompletedProcess[str]]:
        log = tmp_path / "log"
        known = {"PATH": f"{tools}:/usr/bin:/bin", "LOG": str(log), "CLOCK": str(tmp_path / "clock"), "TMPDIR": str(tmp_path)}
        known["HOME"] = str(tmp_path)
        done = subprocess.run(
            ["sh", "-c", checked(script)], env={**known, **environment}, cwd=tmp_path, stdin=subprocess.DEVNULL, timeout=60,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return log.read_text(encoding="utf-8").splitlines(), done

    return play


@pytest.mark.parametrize("file", SCENARIOS, ids=[file.stem for file in SCENARIOS])
def test_every_scenario_as_a_script(file):
    given = load(file)
    script = checked(shell_script(given))
    lines = [shlex.split(line)[1:] for line in script.splitlines() if line.startswith(("run kubectl ", "beside kubectl "))]
    assert lines == [shlex.split(called_there(step.run, kind_names(given.cluster))) for step in given.steps if step.run]
    assert script.count("\n- role: worker") == len(kind_names(given.cluster))


def test_the_steps_are_done_in_order(played):
    script = shell_script(
        scenario(
            Step(run="kubectl apply -f web.yaml"),
            Step(after=conditions.parse("deployment/web ready = 2"), at_us=10_500_000, run="kubectl cordon node-2"),
            Step(fault={"stop": "kubelet", "node": "node-2", "for": "1500ms"}),
            Step(fault={"kill": "container", "pod": "shop/web-1", "container": "web"}),
            Step(fault={"stop": "kube-scheduler"}),
            Step(fault={"start": "kube-scheduler"}),
            Step(fault={"kill": "kube-controller-manager"}),
            cluster={"nodes": 2, "images": ["nginx:1.27"]}, files={"web.yaml": "kind: Pod\n"},
        )
    )  # fmt: skip
    calls, done = played(script, FIELD="2")
    assert done.returncode == 0, done.stderr
    begins = calls.index("docker pull -- nginx:1.27")
    calls = [call for call in calls[begins:] if not call.startswith("docker exec kim-worker2 systemctl start")]  # in its own time
    there, pod = "docker exec kim-control-plane", "io.kubernetes.pod"
    folder, away = "/etc/kubernetes/manifests/kube-scheduler.yaml", "/etc/kubernetes/kube-scheduler.yaml"
    assert calls == [
        "docker pull -- nginx:1.27", "kind load docker-image --name kim -- nginx:1.27",
        "kubectl wait node --all --for=condition=Ready --timeout=180s", "kubectl get serviceaccount default",
        "kubectl apply -f web.yaml",
        "kubectl get deployment/web -n default -o jsonpath={.status.readyReplicas}",
        "kubectl cordon kim-worker2",
        "docker exec kim-worker2 systemctl stop kubelet",
        "kubectl get pod/web-1 -n shop -o jsonpath={.spec.nodeName}",
        f"docker exec 2 crictl ps --quiet --label {pod}.namespace=shop --label {pod}.name=web-1 --name ^web$",
        "docker exec 2 crictl stop --timeout 0 abc123",
        f"{there} mv {folder} {away}", f"{there} mv {away} {folder}",
        f"{there} crictl ps --quiet --name kube-controller-manager", f"{there} crictl stop --timeout 0 abc123",
    ]  # fmt: skip
    assert "not_before 11" in script
    assert "later 2 docker exec kim-worker2 systemctl start kubelet" in script
    assert "until deployment/web ready = 2" in done.stdout
    assert "kind delete cluster --name kim" in done.stdout


def test_what_goes_on_does_so_beside_the_others_until_the_end(played):
    steps = (Step(run="kubectl get pods -w"), Step(run="kubectl apply -f web.yaml"))
    calls, done = played(shell_script(scenario(*steps, until=2_000_000, files={"web.yaml": "kind: Pod\n"})))
    assert done.returncode == 0, done.stderr
    assert sorted(calls[-2:]) == ["kubectl apply -f web.yaml", "kubectl get pods -w"]
    assert done.stdout.index("$ kubectl get pods -w") < done.stdout.index("$ kubectl apply -f web.yaml")
    assert shell_script(scenario(*steps)).endswith("echo 'What watches goes on. Ctrl-C ends it.'\nwait\n")


def test_the_cluster_has_as_many_nodes(played):
    calls, _ = played(shell_script(scenario(cluster={"nodes": 2})))
    assert calls[:2] == ["kind get clusters", "kind create cluster --name kim --wait 180s --config -"]
    made = "\n".join(calls[2:8])
    assert made.startswith("kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnodes:\n- role: control-plane\n")
    assert made.count("- role: worker") == 2


def test_it_leaves_no_files_and_no_other_cluster_is_touched(played, tmp_path):
    _, done = played(shell_script(scenario(Step(run="kubectl get pods"), files={"a/b.yaml": "x"})))
    assert done.returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clock", "log", "tools"]
    assert "\nKUBECONFIG=$folder/kubeconfig" in shell_script(scenario())


def test_it_gives_up_on_what_never_comes_true(played):
    script = shell_script(scenario(Step(after=conditions.parse("deployment/web ready = 3"), run="kubectl get pods")))
    calls, done = played(script, FIELD="2")
    assert done.returncode == 1
    assert "It did not come true within 600 seconds" in done.stderr
    assert "kubectl get pods" not in calls


def test_what_cannot_be_done_is_said_loudly(played):
    script = shell_script(scenario(Step(fault={"cut": "watch", "of": "replicaset-controller", "for": "20s"})))
    _, done = played(script)
    assert "!!! The next step cannot be done simply on a real cluster" in done.stderr
    assert "replicaset-controller for 20s" in done.stderr


EVIL = "x\n`cd; touch run1`\n$(cd; touch run2)\r\ncd; touch run3 #\u202e'; cd; touch run4; '\"; cd; touch run5; \""


@pytest.mark.parametrize(
    "given",
    [
        Scenario(title={"en": EVIL}, steps=()),
        scenario(files={"web.yaml": f"END\nEND1\n{EVIL}\nEND\n", "b'; cd; touch run6; '.yaml": "END"}),
        scenario(files={"../run7": "", "/tmp/run8": "", "a/../../run9": "", "a\nb": "", "": ""}),
        scenario(Step(run="kubectl get pods;touch run10"), Step(run="kubectl get pods `cd; touch run11` $(cd; touch run12)")),
        scenario(Step(run="kubectl get pods -l 'a=$(cd; touch run13)'"), Step(run="touch run14")),
        scenario(Step(run="kubectl get pods\ncd; touch run15")),
        scenario(Step(after=conditions.parse("pod/$(cd;touch${IFS}run16)/x';cd;touch${IFS}run17;' gone"))),
        scenario(Step(fault={"kill": "container", "pod": "$(cd; touch run18)", "container": "'; cd; touch run19; '"})),
        scenario(Step(fault={"cut": "watch", "of": EVIL})),
        scenario(cluster={"nodes": 1, "images": ["$(cd; touch run20)"]}),
        scenario(
            cluster={
                "nodes": [{"metadata": {"name": "$(cd; touch run21)\ncd; touch run22", "labels": {"a": "$(cd; touch run23)"}},
                           "spec": {"taints": [{"key": "$(cd; touch run24)", "effect": "'; cd; touch run25"}]}}]
            }
        ),
    ],
    ids=["title", "files", "names of files", "lines", "words", "two lines", "conditions", "kill", "cut", "images", "nodes"],
)  # fmt: skip
def test_nothing_that_strangers_wrote_is_run(played, tmp_path, given):
    _, done = played(shell_script(given, title="" if given.title["en"] == EVIL else EVIL))
    assert "syntax" not in done.stderr.lower()
    assert not list(tmp_path.rglob("run*"))
    assert not Path("/tmp/run8").exists()


@pytest.mark.parametrize(
    "line", ["kubectl apply -f https://example.org/x.yaml", "kubectl apply -f /etc/x", "kubectl get pod '\x1b[2J'", "rm -r x", ""]
)
def test_lines_that_are_left_out(line):
    script = checked(shell_script(scenario(Step(run=line), files={"https://example.org/x.yaml": "kind: Pod"})))
    assert "\nrun " not in script
    assert "!!! Left out" in script
    assert "\ncat >" not in script


def test_what_a_file_says_arrives_as_it_is(played, tmp_path):
    text = "a: $HOME `x` \\ \"q\" 'q'\nEND\n\n  END1\nb: ${x}\n"
    script = shell_script(scenario(Step(run="kubectl get pods"), files={"a b.yaml": text}))
    kept = tmp_path / "kept"
    _, done = played(script.replace("# The steps", f"cp 'a b.yaml' '{kept}'"))
    assert done.returncode == 0
    assert kept.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(("text", "word"), [("a", "END"), ("END", "END1"), ("END\n END1 \nx", "END2"), ("ENDE", "END")])
def test_a_word_that_no_line_is(text, word):
    assert delimiter(text) == word


def test_a_comment_is_one_line():
    assert one_line("a\nb\r\x1b[2J\u202e  c\u2028d") == "a b [2J c d"


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("kubectl cordon node-2", "kubectl cordon kim-worker2"),
        ("kubectl get pods --field-selector spec.nodeName=node-1", "kubectl get pods --field-selector spec.nodeName=kim-worker"),
        ("kubectl cordon node-20", "kubectl cordon node-20"),
        ("kubectl get pod my-node-1 node-1-x", "kubectl get pod my-node-1 node-1-x"),
        ("kubectl get pod edge", "kubectl get pod edge"),
        ("kubectl uncordon edge", "kubectl uncordon kim-worker3"),
        ("kubectl taint nodes edge a=b:NoSchedule", "kubectl taint nodes kim-worker3 a=b:NoSchedule"),
        ("kubectl describe node/edge", "kubectl describe node/kim-worker3"),
        ("name: edge\nnodeName: edge\n", "name: edge\nnodeName: kim-worker3\n"),
        ('{"nodeName":"edge"}', '{"nodeName":"kim-worker3"}'),
        ("nodeSelector: {kubernetes.io/hostname: edge}", "nodeSelector: {kubernetes.io/hostname: kim-worker3}"),
        ("values: [node-1, node-2]", "values: [kim-worker, kim-worker2]"),
    ],
)
def test_nodes_are_called_as_kind_calls_them(text, there):
    assert called_there(text, REAL) == there


CONDITIONS = (
    ("deployment/web complete", "rolled_out deployment/web default"),
    ("replicaset/shop/web complete", "replica_set_complete replicaset/web shop"),
    ("statefulset/db ready", "all_ready statefulset/db default"),
    ("job/sum complete", "holds job/sum default condition=Complete"),
    ("pod/web running", "holds pod/web default jsonpath={.status.phase}=Running"),
    ("node/node-2 ready", "holds node/kim-worker2 default condition=Ready"),
    ("pod/web bound", "bound pod/web default"),
    ("pod/web gone", "gone pod/web default"),
    ("pod/web exists", "exists pod/web default"),
    ("daemonset/log ready != 2", "count daemonset/log default {.status.numberReady} -ne 2"),
    ("pod/web restarts >= 2", "count pod/web default {.status.containerStatuses[*].restartCount} -ge 2"),
    ("replicasets ready", "every replicasets default all_ready"),
    ("statefulsets ready", "every statefulsets default stateful_set_complete"),
    ("statefulsets ready 3 updated 1", "every statefulsets default ready_and_updated 3 1"),
    ("statefulsets ready 3", "every statefulsets default ready_and_updated 3"),
)


@pytest.mark.parametrize(("text", "expected"), CONDITIONS)
def test_conditions(text, expected):
    assert " ".join(asked(conditions.parse(text), lambda name: REAL.get(name, name))) == expected


def test_every_condition_is_known_here_too():
    assert {word: set(kinds) for word, kinds in STATES.items()} == {word: set(kinds) for word, kinds in conditions.STATES.items()}
    assert set(PATHS) == set(conditions.COUNTS)
    assert {kind: set(words) for kind, words in OTHER_PATHS.items()} == {
        kind: set(words) for kind, words in conditions.OTHER_COUNTS.items()
    }


@pytest.mark.parametrize("text", [text for text, _ in CONDITIONS])
def test_the_functions_of_a_condition_come_with_it(played, text):
    _, done = played(shell_script(scenario(Step(after=conditions.parse(text)))))
    assert "not found" not in done.stderr
    assert "parameter not set" not in done.stderr


def test_only_the_functions_that_are_needed_are_there():
    assert functions_for("run kubectl create serviceaccount count") == ""
    assert functions_for("wait_until x gone pod/web default").count("() {") == 2
    assert set(FUNCTIONS) >= {function for kinds in STATES.values() for function, *_ in kinds.values()}
