"""The work-queue: one worker a key, causes kept, failures later and later."""

import pytest

from gen.cluster.client.workqueue import WorkQueue
from gen.kit.loop import MILLISECOND, Loop
from gen.kit.process import Process

WEB = ("default", "web")


def taken(loop, process, queue, results, hold=0):
    async def take():
        results.append(await queue.get())

    process.spawn(take())
    loop.run(until=loop.now + 1)


def made():
    loop = Loop()
    process = Process(loop, "p")
    return loop, process, WorkQueue(process)


def test_a_key_queued_several_times_is_worked_on_once_with_all_causes():
    loop, process, queue = made()
    for cause in (3, 4, None, 5):
        queue.add(WEB, cause)
    results = []
    taken(loop, process, queue, results)
    taken(loop, process, queue, results)
    assert results == [(WEB, [3, 4, 5])]


def test_a_key_that_comes_while_it_is_worked_on_waits_until_that_is_done():
    loop, process, queue = made()
    results = []
    queue.add(WEB, 1)
    taken(loop, process, queue, results)
    queue.add(WEB, 2)
    taken(loop, process, queue, results)
    assert results == [(WEB, [1])]
    queue.done(WEB)
    loop.run(until=loop.now + 1)
    assert results == [(WEB, [1]), (WEB, [2])]


def test_failures_come_back_after_5_ms_10_ms_20_ms_until_forgotten():
    loop, process, queue = made()
    seen = []
    for _ in range(3):
        queue.add_rate_limited(WEB)
        begun, results = loop.now, []
        taken(loop, process, queue, results)
        while not results:
            loop.step()
        seen.append(loop.now - begun)
        queue.done(WEB)
    assert seen == [5 * MILLISECOND, 10 * MILLISECOND, 20 * MILLISECOND]
    queue.forget(WEB)
    assert queue._backoff.failures(WEB) == 0


@pytest.mark.parametrize(
    ("delays", "expected"),
    [((30, 10), [10]), ((10, 30), [10]), ((10, 10), [10])],
)
def test_a_key_waits_for_the_earliest_of_the_times_that_were_asked_for(delays, expected):
    loop, process, queue = made()
    seen = []

    async def work():
        while True:
            key, _ = await queue.get()
            seen.append(loop.now // MILLISECOND)
            queue.done(key)

    process.spawn(work())
    for delay in delays:
        queue.add_after(WEB, delay * MILLISECOND)
    loop.run(until=100 * MILLISECOND)
    assert seen == expected


def test_a_look_that_matters_is_not_forgotten_behind_one_that_does_not():
    loop, process, queue = made()
    queue.add_after(WEB, 10 * MILLISECOND, background=True)
    queue.add_after(WEB, 30 * MILLISECOND, cause=7)
    assert not loop.run(until=5 * MILLISECOND, settled=True)
    results = []
    taken(loop, process, queue, results)
    loop.run(until=20 * MILLISECOND)
    assert results == [(WEB, [])]
