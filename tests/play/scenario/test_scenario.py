from __future__ import annotations

from pathlib import Path

import pytest

from gen.play.expect import Always, By, ReturnCode
from gen.play.reading.bad_input import BadInput
from gen.play.scenario.file import from_text
from gen.play.scenario.load import load

SCENARIOS = sorted(Path("docs/scenarios").glob("*.yaml"))
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers: [{name: web, image: nginx}]\n"
STORY = """\
title: {ko: 시험, en: A test}
seed: 7
cluster: {nodes: 2, images: [nginx]}
files:
  web.yaml: |
    kind: Pod
steps:
- run: kubectl apply -f web.yaml
- at: 24s
  fault: {stop: kubelet, node: node-2, for: 50s}
- after: pod/web ready
  run: kubectl get pods
until: 1m30s
expect:
- always: pod/web running
- by: 60s
  that: pod/web ready
- rc: 0
  of: 1
"""


def wrong(text: str) -> BadInput:
    with pytest.raises(BadInput) as caught:
        from_text(text, "story.yaml")
    return caught.value


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_scenarios_of_the_pages_can_be_read(path):
    scenario = load(path)
    assert set(scenario.title) == {"ko", "en"}
    assert scenario.steps


def test_a_scenario_is_read():
    story = from_text(STORY, "story.yaml")
    assert (story.title["en"], story.seed, story.cluster) == ("A test", 7, {"nodes": 2, "images": ["nginx"]})
    assert story.files == {"web.yaml": "kind: Pod\n"}
    assert [(step.at_us, str(step.after or ""), step.run, step.line) for step in story.steps] == [
        (None, "", "kubectl apply -f web.yaml", 8),
        (24_000_000, "", None, 9),
        (None, "pod/web ready", "kubectl get pods", 11),
    ]
    assert story.steps[1].fault == {"stop": "kubelet", "node": "node-2", "for": "50s"}
    assert story.until == 90_000_000
    assert [type(one) for one in story.expect] == [Always, By, ReturnCode]


def test_files_may_be_given_beside_the_text(tmp_path):
    (tmp_path / "web.yaml").write_text("kind: Service\n", encoding="utf-8")
    text = "steps:\n- run: kubectl apply -f web.yaml -f other.yaml\n"
    given = {"web.yaml": "kind: Pod\n", "other.yaml": "kind: Node\n"}
    assert from_text(text, "story", beside=tmp_path, files=given).files == given
    within = from_text("files: {web.yaml: 'kind: Job'}\n" + text, "story", files=given)
    assert within.files == {**given, "web.yaml": "kind: Job"}
    with pytest.raises(BadInput, match="does not exist"):
        from_text(text, "story", files={"web.yaml": ""})


@pytest.mark.parametrize(
    ("old", "new", "place", "field", "what", "todo"),
    [
        ("steps:", "stepps:", (7, 1), "stepps", "unknown field 'stepps'", 'Did you mean "steps"?'),
        ("seed: 7", "seed: many", (2, 1), "seed", "this is a text", "Write a whole number."),
        ("seed: 7", "seed: 7\nseed: 8", (2, 1), "seed", "stands here twice", "Keep one"),
        ("ko: 시험, ", "", (1, 1), "title", "lacks the language 'ko'", "{ko: …, en: …}"),
        ("nodes: 2", "nodes: 10000000", (3, 11), "cluster.nodes", "out of bounds", "from 1 to 5000"),
        ("nodes: 2", "nodes: [a, a]", (3, 22), "cluster.nodes[1]", "a node 'a' already", "own name"),
        (
            "nodes: 2", "nodes: [{metadata: {name: a, creationTimestamp: '2025-12-30T23:59:59Z'}}]", (3, 40),
            "cluster.nodes[0].metadata.creationTimestamp", "more than a day before", "Leave it out",
        ),
        ("kind: Pod", "kind: Pod\n  b: 3", (7, 3), "files.b", "not a text", "NAME: |"),
        ("- run: kubectl apply -f web.yaml", "- at: 3s", (8, 3), "steps[0]", "does nothing", "Give each step"),
        ("  fault:", "  falt:", (10, 3), "steps[1].falt", "unknown field 'falt'", 'Did you mean "fault"?'),
        ("24s", "soon", (9, 3), "steps[1].at", "'soon' is no time", "24s"),
        ("24s", "24", (9, 3), "steps[1].at", "24 is no time", "24s"),
        (
            "stop: kubelet",
            "explode: kubelet",
            (10, 3),
            "steps[1].fault",
            "unknown fault 'explode'",
            "known here: stop, start, kill",
        ),
        (
            "stop: kubelet",
            "stop: kublet",
            (10, 11),
            "steps[1].fault.stop",
            "nothing to stop: 'kublet'",
            'did you mean "kubelet"?',
        ),
        ("node: node-2, ", "", (10, 3), "steps[1].fault", "lacks 'node'", "node: NAME"),
        ("node-2", "node-9", (10, 26), "steps[1].fault.node", "no node 'node-9'", "node-"),
        ("pod/web ready\n  run", "pod/web happy\n  run", (11, 3), "steps[2].after", "'happy'", "complete"),
        ("kubectl get pods", "kubectl fly", (12, 3), "steps[2].run", 'unknown command "fly"', "no `fly`"),
        ("kubectl get pods", "kubctl get pods", (12, 3), "steps[2].run", "kubctl: command not found", "`kubectl`"),
        ("apply -f web.yaml", "apply -f nope.yaml", (8, 3), "steps[0].run", 'the path "nope.yaml" does not exist', "files:"),
        ("apply -f web.yaml", "apply -f https://x/y.yaml", (8, 3), "steps[0].run", "nothing is fetched", "Save"),
        ("until: 1m30s", "until: later", (13, 1), "until", "'later' is no time", "settled"),
        ("always:", "never:", (15, 3), "expect[0].never", "unknown field 'never'", "always"),
        ("  of: 1", "  of: 2", (19, 3), "expect[2].of", "step 2 is no line", "run"),
        ("  of: 1", "  of: 9", (19, 3), "expect[2].of", "9 is out of bounds", "from 1 to 3"),
    ],
)
def test_what_is_wrong_and_where(old, new, place, field, what, todo):
    assert old in STORY
    found = wrong(STORY.replace(old, new, 1))
    assert ((found.line, found.column), found.field) == (place, field)
    assert what in found.what
    assert todo in found.todo


@pytest.mark.parametrize("text", ["steps: [\n", "steps: &a [*a]\n", "[" * 20_000, "", "- a\n", "title: x\n---\ntitle: y\n"])
def test_what_is_no_scenario_at_all(text):
    assert str(wrong(text)).startswith("story.yaml")


def test_files_may_lie_beside_the_scenario(tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "web.yaml").write_text(POD)
    (tmp_path / "more" / "b.yaml").write_text(POD)
    (tmp_path / "more" / "notes.txt").write_text("no manifest")
    (tmp_path / "story.yaml").write_text("steps:\n- run: kubectl apply -f web.yaml -f more\n")
    story = load(tmp_path / "story.yaml")
    assert story.files == {"web.yaml": POD, "more/b.yaml": POD}
    assert story.title["en"] == "story"


def test_nodes_by_name_and_by_manifest():
    nodes = from_text("cluster: {nodes: [a, {metadata: {name: b}, status: {capacity: {cpu: 8}}}]}\n", "s.yaml").cluster["nodes"]
    assert [node["metadata"]["name"] for node in nodes] == ["a", "b"]
    assert [node["status"]["allocatable"]["cpu"] for node in nodes] == ["2", "8"]
    assert nodes[0]["metadata"]["labels"]["kubernetes.io/hostname"] == "a"


def test_manifests_are_a_scenario_too(tmp_path):
    (tmp_path / "b.yaml").write_text(POD)
    (tmp_path / "a.yml").write_text(POD)
    one, folder, both = load(tmp_path / "b.yaml"), load(tmp_path), load([tmp_path / "b.yaml", tmp_path / "a.yml"])
    assert one.steps[0].run == f"kubectl apply -f {tmp_path / 'b.yaml'}"
    assert list(folder.files) == [str(tmp_path / "a.yml"), str(tmp_path / "b.yaml")]
    assert both.steps[0].run == f"kubectl apply -f {tmp_path / 'b.yaml'} -f {tmp_path / 'a.yml'}"
    assert (one.plain, one.cluster, one.until) == (True, {"nodes": 3}, "settled")


def test_what_cannot_be_read(tmp_path):
    for name, content in (("bytes.yaml", b"\xff\xfe\x00kind"), ("large.yaml", None)):
        with open(tmp_path / name, "wb") as file:
            file.write(content or b"# ")
            file.truncate(len(content) if content else 100_000_000)
        with pytest.raises(BadInput, match=r"no text|too large"):
            load(tmp_path / name)
    (tmp_path / "empty").mkdir()
    for missing, said in (("nothing.yaml", "does not exist"), ("empty", "recognized file extensions are")):
        with pytest.raises(BadInput, match=said):
            load(tmp_path / missing)


def test_a_message_shows_what_a_terminal_would_obey():
    shown = str(BadInput("a\x1b.yaml", line=1, column=2, field="x", what="bad \x1b[31m name", todo="Do."))
    assert shown == "a\\x1b.yaml:1:2: x: bad \\x1b[31m name\n  Do."
