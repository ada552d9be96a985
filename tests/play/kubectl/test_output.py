"""Tables, YAML, JSON and names, as kubectl prints them."""

from pathlib import Path

import pytest
import yaml

from gen.play.kubectl import output

POD = Path(__file__).parent / "described" / "pod.yaml"
RECORDINGS = Path(__file__).parents[2] / "recordings"


def pod(name, made="2026-01-01T00:00:00Z", **labels):
    return {"kind": "Pod", "metadata": {"name": name, "namespace": "shop", "creationTimestamp": made, "labels": labels},
            "spec": {"containers": [{"name": "c"}]}}  # fmt: skip


class TimesAreTexts(yaml.SafeLoader):
    """YAML whose timestamps stay as they are written."""


TimesAreTexts.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in found if not tag.endswith(":timestamp")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("path", [POD, RECORDINGS / "01-deployment-create/final.yaml", RECORDINGS / "06a-scale/final.yaml"])
def test_yaml_of_a_real_cluster_comes_out_as_it_went_in(path):
    for text in path.read_text().split("---\n"):
        printed = "".join(line for line in text.splitlines(keepends=True) if line.strip() and not line.startswith("#"))
        assert output.yaml_text(yaml.load(text, TimesAreTexts)) == printed


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("web", "web"), ("", '""'), ("1", '"1"'), ("1.25", '"1.25"'), ("true", '"true"'), ("yes", '"yes"'), ("y", '"y"'),
        ("null", '"null"'),
        ("~", '"~"'), ("2026-01-01T00:00:00Z", '"2026-01-01T00:00:00Z"'), ("1e3", '"1e3"'), ("100m", "100m"), ("64Mi", "64Mi"),
        ("0x1f", '"0x1f"'), ("a: b", "'a: b'"), ("*", "'*'"), ("{}", "'{}'"), ("it's", "it's"),
        (3, "3"), (True, "true"), (None, "null"),
        ([], "[]"), ({}, "{}"), ("a\nb\n", "|\n  a\n  b"), ("10.0.0.1", "10.0.0.1"), ("12:30", '"12:30"'), ("-", "'-'"),
    ],
)  # fmt: skip
def test_quotes_as_go_writes_them(value, text):
    assert output.yaml_text({"key": value}) == f"key: {text}\n"


def test_long_texts_are_broken_after_80_characters():
    text = output.yaml_text({"message": "word " * 18 + "end"})
    assert text == "message: " + " ".join(["word"] * 15) + "\n  word word word end\n"


def test_lists_are_not_indented_and_keys_are_sorted():
    assert output.yaml_text({"b": [{"y": 1, "x": 2}], "a": 0}) == 'a: 0\nb:\n- x: 2\n  "y": 1\n'


def test_json_has_four_blanks():
    assert output.json_text({"b": 1, "a": []}) == '{\n    "a": [],\n    "b": 1\n}\n'


def test_a_list_of_objects():
    held = pod("web")
    held["metadata"]["managedFields"] = [{"manager": "kubectl"}]
    listed = output.as_list([held])
    assert (listed["kind"], listed["metadata"]) == ("List", {"resourceVersion": ""})
    assert "managedFields" not in listed["items"][0]["metadata"]
    assert "managedFields" in held["metadata"]


def test_a_table_with_every_ornament():
    text = output.objects_table(
        "Pod",
        [pod("a", app="web"), pod("longer")],
        1_767_225_606,
        show_labels=True,
        label_columns=("app",),
        namespaces=True,
        prefix="pod/",
    )
    assert text == (
        "NAMESPACE   NAME         READY   STATUS    RESTARTS   AGE   APP   LABELS\n"
        "shop        pod/a        0/1     Pending   0          6s    web   app=web\n"
        "shop        pod/longer   0/1     Pending   0          6s          <none>\n"
    )


def test_sorting_by_a_field():
    late, early = pod("a", "2026-01-01T00:00:05Z"), pod("b")
    assert output.sorted_by([late, early], "{.metadata.creationTimestamp}") == [early, late]
    with pytest.raises(KeyError):
        output.sorted_by([late], ".spec.nope")


@pytest.mark.parametrize(
    ("values", "ordered"),
    [
        (["web-10", "web-2", None, "web-1"], [None, "web-1", "web-2", "web-10"]),
        (["1Gi", "200Mi", "3Gi"], ["200Mi", "1Gi", "3Gi"]),
        ([3, None, 10, 0], [None, 0, 3, 10]),
    ],
)
def test_numbers_and_amounts_are_sorted_as_such(values, ordered):
    objects = [{"status": {"all": [{"here": value}] if value is not None else []}} for value in values]
    found = output.sorted_by(objects, ".status.all[*].here")
    assert [one["here"] if one else None for one in [(obj["status"]["all"] or [None])[0] for obj in found]] == ordered


@pytest.mark.parametrize(("kind", "text"), [("Pod", "pod/web"), ("Deployment", "deployment.apps/web"), ("Node", "node/web")])
def test_names(kind, text):
    assert output.resource_name(kind, "web") == text
