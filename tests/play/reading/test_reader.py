from __future__ import annotations

import pytest
import yaml

from gen.play.reading import reader as yaml_reader
from gen.play.reading.builder import DEPTH_LIMIT
from gen.play.reading.problems import Unreadable
from gen.play.reading.reader import documents

VALUES = {
    "x": "x", "5": 5, "0x1F": 31, "0777": 511, "0o17": 15, "0b101": 5, "08": 8, "1_000": 1000, "-3": -3, "+3": 3,
    "1.5": 1.5, "1.0": 1, "1e3": 1000,
    "12:30:45": "12:30:45", "2026-01-01": "2026-01-01", "1.2.3": "1.2.3", "10.0.0.1": "10.0.0.1", "100m": "100m",
    "yes": True, "No": False, "on": True, "off": False, "y": True, "true": True, "TrUe": "TrUe",
    "~": None, "null": None, "": None,
    "'5'": "5", '"on"': "on", "!!str 5": "5",
}  # fmt: skip
BROKEN = {
    "an open list": ("foo: [bar", 2, 1, "yaml: line 1: did not find expected ',' or ']'"),
    "a tab": ("kind:\n\t- x\n", 2, 1, "yaml: line 2: found character that cannot start any token"),
    "a colon too many": ("a: b: c\n", 1, 5, "yaml: mapping values are not allowed in this context"),
    "a list that ends in a mapping": ("- a\nb: c\n", 2, 1, "yaml: line 1: did not find expected '-' indicator"),
    "bad indentation": ("a:\n  - b\n c: d\n", 3, 2, "yaml: line 2: did not find expected key"),
    "a control character": ("kind: \x07\n", 1, 7, "yaml: control characters are not allowed"),
    "half a character": ("a: 1\nb: \ud800\n", 2, 4, "yaml: control characters are not allowed"),
    "beyond all characters": ('a: 1\nb: "\\U00110000"\n', 2, 7, "yaml: line 2: found invalid Unicode character escape code"),
    "beyond them at once": ('"\\UFFFFFFFF"', 1, 4, "yaml: found invalid Unicode character escape code"),
    "an alias of nothing": ("a: *b\n", 1, 4, "yaml: unknown anchor 'b' referenced"),
    "an alias of itself": ("a: &b [*b]\n", 1, 8, "yaml: anchor 'b' value contains itself"),
    "a list as key": ("{[1]: c}\n", 1, 4, "yaml: invalid map key"),
    "20,000 lists": ("[" * 20_000, 1, DEPTH_LIMIT + 1, f"yaml: exceeded max depth of {DEPTH_LIMIT}"),
    "200,000 mappings": ("{a: " * 200_000, 1, 4 * DEPTH_LIMIT + 1, f"yaml: exceeded max depth of {DEPTH_LIMIT}"),
    "200,000 dashes": ("- " * 200_000 + "x\n", 1, 2 * DEPTH_LIMIT + 1, f"yaml: exceeded max depth of {DEPTH_LIMIT}"),
    "the second document": ("a: 1\n---\nb: [\n", 4, 1, "yaml: line 1: did not find expected node content"),
}
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.fixture(params=["fast", "pure"])
def parser(request, monkeypatch):
    """Both parsers: the fast one where there is one, and the one that a browser has."""
    if request.param == "pure":
        monkeypatch.setattr(yaml_reader, "PARSER", yaml.SafeLoader)


@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_what_a_word_means(text, value):
    [document] = documents(f"key: {text}\n")
    found = document.value["key"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(("text", "line", "column", "said"), BROKEN.values(), ids=BROKEN)
@pytest.mark.usefixtures("parser")
def test_what_is_wrong_and_where(text, line, column, said):
    with pytest.raises(Unreadable) as caught:
        list(documents(text))
    assert (caught.value.line, caught.value.column, str(caught.value)) == (line, column, said)


@pytest.mark.usefixtures("parser")
def test_aliases_that_multiply_are_counted_and_refused():
    with pytest.raises(Unreadable, match="excessive aliasing"):
        list(documents(BOMB))


@pytest.mark.usefixtures("parser")
def test_every_value_has_its_place():
    text = "# first\na: 1\n---\nsteps:\n- at: 3s\n  run: x\n- {fault: {stop: y}}\n"
    _, document = documents(text)
    places = [
        ((), 4, 1),
        (("steps",), 4, 1),
        (("steps", 0), 5, 3),
        (("steps", 0, "run"), 6, 3),
        (("steps", 1, "fault", "stop"), 7, 12),
    ]
    assert [(path, *document.place(path)) for path, *_ in places] == places
    assert document.place(("steps", 0, "missing")) == (5, 3)


def test_a_key_written_twice_is_noted_and_the_last_one_wins():
    [document] = documents("a: 1\nb: {c: 1, c: 2}\n")
    assert (document.value, document.repeated) == ({"a": 1, "b": {"c": 2}}, (("b", "c"),))


def test_anchors_and_merges():
    [document] = documents("base: &b {p: 1, q: 2}\nmore: {<<: *b, q: 3}\nmost: {<<: [*b, {r: 4}]}\n")
    assert document.value["more"] == {"p": 1, "q": 3}
    assert document.value["most"] == {"p": 1, "q": 2, "r": 4}


def test_keys_are_text_as_in_json():
    [document] = documents("{1: a, on: b, 1.5: c, null: d}")
    assert document.value == {"1": "a", "true": "b", "1.5": "c", "null": "d"}


def test_documents_before_a_broken_one_can_be_had():
    read = documents("a: 1\n---\nb: [\n")
    assert next(read).value == {"a": 1}
    with pytest.raises(Unreadable):
        next(read)


def test_what_looks_like_a_separator_inside_a_text_is_none():
    [document] = documents("a: |\n  x\n  ---\n  y\n")
    assert document.value == {"a": "x\n---\ny\n"}
