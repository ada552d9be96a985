import pytest
import yaml

from gen.views.yaml_lines import MISSING, STEP, is_plain, merged, whole

POD = {"metadata": {"name": "web"}, "spec": {"containers": [{"name": "a", "image": "x:1"}, {"name": "b"}], "args": ["-c", "1"]}}


def text(before, after) -> list[str]:
    return [f"{line.sign}{STEP * line.depth}{line.text}" for line in merged(before, after)]


def test_one_object_is_yaml_that_says_the_same():
    lines = [line[1:] for line in text(MISSING, POD)]
    assert yaml.safe_load("\n".join(lines)) == POD
    assert len(lines) == whole(POD)


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, [" a: 1", "-b: 2", "+b: 3"]),
        ({"a": 1, "b": 2, "c": 3}, {"a": 1, "c": 3, "d": 4}, [" a: 1", "-b: 2", " c: 3", "+d: 4"]),
        ({"r": {}}, {"r": {"cpu": 1}}, [" r:", "+  cpu: 1"]),
        ({"r": [{"name": "a", "v": 1}]}, {"r": [{"name": "a", "v": 2}]}, [" r:", " - name: a", "-  v: 1", "+  v: 2"]),
        ({"r": [{"name": "a"}]}, {"r": [{"name": "b"}, {"name": "a"}]}, [" r:", "+- name: b", " - name: a"]),
        ({"r": ["x"]}, {"r": ["x", "z"]}, [" r:", " - x", "+- z"]),
        ({"r": [{"a": 1, "b": 2}]}, {"r": [{"b": 2}]}, [" r:", " - b: 2", "-  a: 1"]),
        ({"r": [{}, 1]}, {"r": [{"f": 1}, 1]}, [" r:", "-- {}", "+- f: 1", " - 1"]),
        ({"r": {"a": 1}}, {"r": "text"}, ["-r:", "-  a: 1", "+r: text"]),
    ],
)
def test_two_states_in_one_text(before, after, lines):
    assert text(before, after) == lines


@pytest.mark.parametrize(
    "word", ["true", "10", "1.5", "", "~", "null", "y", "2026-01-01T00:00:00Z", "a: b", "- a", "a #b", "0x1f"]
)
def test_what_would_be_read_as_something_else_is_quoted(word):
    assert not is_plain(word)
    assert yaml.safe_load(text(MISSING, {"k": word})[0][1:]) == {"k": word}


def test_of_a_long_text_the_beginning():
    assert text(MISSING, {"key": "x" * 200})[0].endswith("x…")
