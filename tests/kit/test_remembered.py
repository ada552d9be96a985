from __future__ import annotations

from gen.kit.remembered import Remembered


def test_a_rule_is_asked_once_about_each_thing():
    asked: list[object] = []
    remembered = Remembered(lambda thing: asked.append(thing) or len(asked))
    first, second = {"n": 1}, {"n": 1}
    assert [remembered.of(first), remembered.of(first)] == [1, 1]
    assert remembered.of(second) == 2, "an equal thing is another version"
    assert remembered.of(first) == 1


def test_things_that_nobody_else_holds_are_not_mistaken_for_one_another():
    remembered = Remembered(lambda thing: thing["n"])
    assert [remembered.of({"n": number}) for number in range(100)] == list(range(100))
