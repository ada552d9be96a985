import pytest

from gen.kit.pointers import differing, inside


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        ({"a": 1}, {"a": 1}, []),
        (None, {"a": 1}, [""]),
        ({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}}, ["/a/c"]),
        ({"a": 1}, {"b": {"c": 1}}, ["/b", "/a"]),
        ({"a": [{"n": 1}]}, {"a": [{"n": 2}, {"n": 3}]}, ["/a/0/n", "/a/1"]),
        ({"a": [1, 2]}, {"a": [1]}, ["/a/1"]),
        ({"a": {}}, {"a": []}, ["/a"]),
    ],
)
def test_where_two_values_differ(before, after, places):
    assert list(differing(before, after)) == places


def test_signs_inside_of_keys():
    assert inside("/a", "b/c~d") == "/a/b~1c~0d"
