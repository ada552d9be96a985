"""The clock: order, waiting, settling."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gen.kit.loop import SECOND, Future, Gather, Loop, Sleep
from gen.kit.process import Process


def test_timers_run_in_order_of_time_then_of_asking():
    loop, seen = Loop(), []
    for delay, name in ((5, "c"), (1, "a"), (1, "b")):
        loop.after(delay, seen.append, name)
    loop.run(until=10)
    assert seen == ["a", "b", "c"]
    assert loop.now == 10


def test_a_cancelled_timer_does_nothing_and_counts_no_longer():
    loop, seen = Loop(), []
    timer = loop.after(5, seen.append, "never")
    timer.cancel()
    timer.cancel()
    assert loop.run(until=10, settled=True)
    assert seen == []


def test_settled_means_only_background_timers_are_left():
    loop, beats = Loop(), []
    process = Process(loop, "heart")

    async def beat():
        while True:
            await Sleep(SECOND)
            beats.append(loop.now)

    process.spawn(beat(), background=True)
    loop.after(3 * SECOND, lambda: None)
    assert loop.run(until=60 * SECOND, settled=True)
    assert loop.now == 3 * SECOND
    assert beats == [SECOND, 2 * SECOND]


def test_gather_gives_results_in_the_order_asked_and_errors_as_themselves():
    loop, results = Loop(), []
    process = Process(loop, "p")

    async def work(delay, value):
        await Sleep(delay)
        if value is None:
            raise ValueError("none")
        return value

    async def main():
        results.extend(await Gather([work(3, "slow"), work(1, "fast"), work(2, None)]))

    process.spawn(main())
    loop.run(until=10)
    assert results[:2] == ["slow", "fast"]
    assert isinstance(results[2], ValueError)


def test_a_future_wakes_everybody_who_waits_and_those_who_come_late():
    loop, seen, future = Loop(), [], Future()
    process = Process(loop, "p")

    async def wait(name):
        seen.append((name, await future))

    process.spawn(wait("early"))
    loop.run(until=1)
    future.settle("done")
    future.settle("ignored")
    process.spawn(wait("late"))
    loop.run(until=2)
    assert seen == [("early", "done"), ("late", "done")]


def test_dice_are_named_and_independent():
    one, other = Loop(seed=7), Loop(seed=7)
    other.rng("b").random()
    assert [one.rng("a").randint(0, 99) for _ in range(5)] == [other.rng("a").randint(0, 99) for _ in range(5)]
    assert Loop(seed=8).rng("a").random() != Loop(seed=7).rng("a").random()


@given(st.integers(-9, 9), st.integers(0, 2**70))
def test_the_dice_fall_as_those_of_python_do(least, more):
    dice, python = Loop(seed=7).rng("a"), random.Random("7/a")
    assert [dice.randint(least, least + more) for _ in range(5)] == [python.randint(least, least + more) for _ in range(5)]
    with pytest.raises(ValueError, match="nothing from"):
        dice.randint(least, least - 1)


def test_an_error_in_a_task_is_not_swallowed():
    loop = Loop()

    async def broken():
        raise RuntimeError("bug")

    Process(loop, "p").spawn(broken())
    with pytest.raises(RuntimeError, match="bug"):
        loop.run(until=1)
