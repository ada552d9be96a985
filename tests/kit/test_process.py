"""Processes: what runs together dies together, and leaves nothing locked."""

from gen.kit.loop import Loop, Sleep
from gen.kit.process import Lock, Process


def test_stopping_closes_tasks_in_mid_deed_and_runs_their_finally():
    loop, told = Loop(), []
    process = Process(loop, "p")

    async def work():
        try:
            await Sleep(100)
            told.append("never")
        finally:
            told.append("cleaned up")

    process.spawn(work())
    process.after(50, told.append, "never either")
    loop.run(until=10)
    process.stop()
    loop.run(until=200)
    assert told == ["cleaned up"]


def test_a_lock_held_by_a_stopped_process_is_free_again():
    loop, got, lock = Loop(), [], Lock()
    first, second = Process(loop, "first"), Process(loop, "second")

    async def hold(name, duration):
        async with lock:
            got.append((name, loop.now))
            await Sleep(duration)

    first.spawn(hold("first", 1_000))
    second.spawn(hold("second", 10))
    loop.run(until=100)
    assert got == [("first", 0)]
    first.stop()
    loop.run(until=200)
    assert got == [("first", 0), ("second", 100)]
    assert not lock.held


def test_one_who_is_stopped_while_waiting_leaves_the_queue():
    loop, got, lock = Loop(), [], Lock()
    holder, waiter, last = (Process(loop, name) for name in ("holder", "waiter", "last"))

    async def hold(name, duration):
        async with lock:
            got.append(name)
            await Sleep(duration)

    holder.spawn(hold("holder", 50))
    waiter.spawn(hold("waiter", 1))
    last.spawn(hold("last", 1))
    loop.run(until=10)
    waiter.stop()
    loop.run(until=100)
    assert got == ["holder", "last"]


def test_a_stopped_process_starts_nothing_more():
    loop, told = Loop(), []
    process = Process(loop, "p")
    process.stop()

    async def work():
        told.append("never")

    process.spawn(work())
    loop.run(until=10)
    assert told == []
