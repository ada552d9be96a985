"""What a task has gathered ends with it."""

from gen.kit.loop import Gather, Loop, Sleep
from gen.kit.process import Process


def test_ending_a_task_ends_what_it_waits_for():
    loop, told = Loop(), []
    process = Process(loop, "p")

    async def child():
        try:
            await Sleep(50)
            told.append("never")
        finally:
            told.append("closed")

    async def parent():
        await Gather([child(), child()])
        told.append("never either")

    task = process.spawn(parent())
    loop.run(until=10)
    process.end(task)
    loop.run(until=100)
    assert told == ["closed", "closed"]
    assert not process.tasks
