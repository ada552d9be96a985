import pytest

from gen.kit.evolve import frozen
from gen.kit.patch import Merge, json_patch, merge_patch, strategic_merge, three_way

MERGES = {
    ("items",): Merge(("merge",), "name"),
    ("items", "ports"): Merge(("merge",), "port"),
    ("words",): Merge(("merge",)),
    ("way",): Merge(("retainKeys",)),
    ("whole",): Merge(("replace",)),
}


def keys(path):
    return MERGES.get(path, Merge())


def test_merge_patch():
    obj = frozen({"a": {"b": 1, "c": [1, 2]}, "d": 2})
    assert merge_patch(obj, {"a": {"b": None, "c": [3]}, "e": {"f": None, "g": 1}}) == {"a": {"c": [3]}, "d": 2, "e": {"g": 1}}


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ({"op": "add", "path": "/a/1", "value": 9}, {"a": [1, 9, 2], "b": {"c/d": 3}}),
        ({"op": "add", "path": "/a/-", "value": 9}, {"a": [1, 2, 9], "b": {"c/d": 3}}),
        ({"op": "replace", "path": "/b/c~1d", "value": 4}, {"a": [1, 2], "b": {"c/d": 4}}),
        ({"op": "remove", "path": "/a/0"}, {"a": [2], "b": {"c/d": 3}}),
        ({"op": "copy", "from": "/a/0", "path": "/b/e"}, {"a": [1, 2], "b": {"c/d": 3, "e": 1}}),
        ({"op": "move", "from": "/b", "path": "/c"}, {"a": [1, 2], "c": {"c/d": 3}}),
        ({"op": "test", "path": "/a/1", "value": 2}, {"a": [1, 2], "b": {"c/d": 3}}),
    ],
)
def test_json_patch(operation, expected):
    assert json_patch(frozen({"a": [1, 2], "b": {"c/d": 3}}), [operation]) == expected


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "remove", "path": "/x"},
        {"op": "replace", "path": "/a/5", "value": 1},
        {"op": "add", "path": "/x/y", "value": 1},
        {"op": "test", "path": "/a/0", "value": 2},
        {"op": "dance", "path": "/a"},
    ],
)
def test_json_patch_that_does_not_fit(operation):
    with pytest.raises((KeyError, IndexError, ValueError)):
        json_patch(frozen({"a": [1]}), [operation])


@pytest.mark.parametrize(
    ("patch", "expected"),
    [
        ({"items": [{"name": "b", "v": 2}]}, {"items": [{"name": "a", "v": 1}, {"name": "b", "v": 2}]}),
        ({"items": [{"name": "a", "w": 3}]}, {"items": [{"name": "a", "v": 1, "w": 3}]}),
        ({"items": [{"name": "a", "$patch": "delete"}]}, {"items": []}),
        ({"items": [{"$patch": "replace"}, {"name": "c"}]}, {"items": [{"name": "c"}]}),
        (
            {"items": [{"name": "b"}], "$setElementOrder/items": [{"name": "b"}, {"name": "a"}]},
            {"items": [{"name": "b"}, {"name": "a", "v": 1}]},
        ),
    ],
)
def test_strategic_merge_of_items(patch, expected):
    assert strategic_merge(frozen({"items": [{"name": "a", "v": 1}]}), patch, keys) == expected


def test_strategic_merge_of_other_things():
    obj = frozen({"words": ["x", "y"], "way": {"type": "A", "a": 1}, "whole": {"k": 1}, "list": [1]})
    patch = {"words": ["z"], "$deleteFromPrimitiveList/words": ["x"], "way": {"type": "B", "$retainKeys": ["type"]}}
    merged = strategic_merge(obj, {**patch, "whole": {"m": 2}, "list": [2], "gone": None}, keys)
    assert merged == {"words": ["y", "z"], "way": {"type": "B"}, "whole": {"m": 2}, "list": [2]}


def test_an_item_without_its_key_is_refused():
    with pytest.raises(ValueError, match="does not contain declared merge key: name"):
        strategic_merge({"items": []}, {"items": [{"v": 1}]}, keys)


@pytest.mark.parametrize(
    ("last", "modified", "live"),
    [
        ({"a": 1, "b": 2}, {"a": 1}, {"a": 1, "b": 2, "server": 3}),
        (
            {"items": [{"name": "a"}, {"name": "b"}]},
            {"items": [{"name": "b", "v": 1}]},
            {"items": [{"name": "a"}, {"name": "b", "s": 1}]},
        ),
        ({}, {"items": [{"name": "n", "ports": [{"port": 1}]}]}, {"items": [{"name": "n", "ports": [{"port": 2}]}]}),
        ({"words": ["a", "b"]}, {"words": ["b", "c"]}, {"words": ["a", "b", "s"]}),
        ({"way": {"type": "A", "a": 1}}, {"way": {"type": "B"}}, {"way": {"type": "A", "a": 1}}),
    ],
)
def test_three_way_gives_what_was_asked_for_and_is_then_content(last, modified, live):
    after = strategic_merge(frozen(live), three_way(frozen(last), frozen(modified), frozen(live), keys), keys)
    assert three_way(modified, modified, after, keys) == {}


def test_three_way_keeps_what_only_the_server_has():
    live = {"items": [{"name": "a"}, {"name": "s"}, {"name": "b", "k": 1}]}
    patch = three_way({"items": [{"name": "a"}, {"name": "b"}]}, {"items": [{"name": "b", "v": 1}]}, live, keys)
    assert patch == {
        "$setElementOrder/items": [{"name": "b"}],
        "items": [{"name": "a", "$patch": "delete"}, {"name": "b", "v": 1}],
    }
    assert strategic_merge(live, patch, keys) == {"items": [{"name": "s"}, {"name": "b", "k": 1, "v": 1}]}
    assert three_way({"a": 1}, {"a": 1}, {"a": 1, "b": 2}, keys) == {}
