from __future__ import annotations

from gen.kit.remembered import Remembered


def test_a_rule_is_asked_once_about_the_same_things():
    asked: list[object] = []
    remembered = Remembered(lambda *given: asked.append(given) or len(asked))
    first, second = {"n": 1}, {"n": 1}
    assert [remembered.of("a", first, None), remembered.of("a", first, None)] == [1, 1]
    assert remembered.of("b", first, None) == 2
    assert remembered.of("a", second, None) == 3, "an equal thing is another version"
    assert remembered.of("a", second, first) == 4
