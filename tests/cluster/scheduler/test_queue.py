from __future__ import annotations

import pytest

from gen.cluster.scheduler.pod_info import pod_info
from gen.cluster.scheduler.queue import BACKING_OFF, GATED, IN_FLIGHT, UNSCHEDULABLE, SchedulingQueue
from gen.cluster.scheduler.requeueing import NodeChange, PodChange
from gen.cluster.scheduler.snapshot import NodeInfo
from gen.kit.loop import SECOND, Loop
from gen.kit.process import Process


@pytest.fixture
def loop():
    return Loop(start=250_000)


@pytest.fixture
def queue(loop):
    return SchedulingQueue(Process(loop, "kube-scheduler"))


@pytest.fixture
def taken(loop, queue):
    """Everything that is taken from the queue, with the time; nothing is done with it."""
    found = []

    async def take():
        while True:
            waiting = await queue.pop()
            found.append((loop.now, waiting))

    Process(loop, "reader").spawn(take(), background=True)
    return found


def order(taken):
    return [waiting.info.key[1] for _, waiting in taken]


def node_change(node, before, after):
    def bare(made):
        info = NodeInfo("a")
        info.set_node(made)
        return info

    return NodeChange(bare(before) if before else None, bare(after))


def test_the_highest_priority_first_then_the_longest_wait(loop, queue, taken, info):
    for name, priority in (("first", 0), ("second", 0), ("urgent", 100)):
        queue.add(info(name, priority=priority), None)
    loop.run(loop.now)
    assert order(taken) == ["urgent", "first", "second"]


def test_a_gate_holds_a_pod_back(loop, queue, taken, info):
    queue.add(info("gated", schedulingGates=[{"name": "quota"}]), None)
    loop.run(SECOND)
    assert (taken, queue.room_of(("default", "gated"))) == ([], GATED)
    queue.update(info("gated"), 7)
    loop.run(SECOND)
    assert order(taken) == ["gated"]
    assert taken[0][1].cause == 7


def test_only_a_change_that_may_help_wakes_a_pod(loop, queue, taken, info, node):
    queue.add(info("big", cpu="3"), None)
    loop.run(SECOND)
    queue.give_back(taken[0][1], ("NodeResourcesFit",))
    assert queue.room_of(("default", "big")) == UNSCHEDULABLE
    queue.changed(node_change(node, node("a"), node("a", labels={"disk": "ssd"})), None)
    queue.changed(node_change(node, None, node("a", cpu="2")), None)
    loop.run(2 * SECOND)
    assert len(taken) == 1
    queue.changed(node_change(node, node("a", cpu="2"), node("a", cpu="4")), 9)
    loop.run(2 * SECOND)
    assert order(taken) == ["big", "big"], "with nobody active the back-off is cut short"
    assert taken[1][1].cause == 9


def test_what_happens_during_a_try_is_not_missed(loop, queue, taken, info):
    queue.add(info("new", cpu="1"), None)
    loop.run(SECOND)
    assert queue.room_of(("default", "new")) == IN_FLIGHT
    queue.changed(PodChange(info("old", cpu="1"), None, "a"), 5)
    queue.give_back(taken[0][1], ("NodeResourcesFit",))
    assert queue.room_of(("default", "new")) == BACKING_OFF
    loop.run(SECOND)
    assert order(taken) == ["new", "new"]


def test_after_an_error_only_time_helps(loop, queue, taken, info):
    queue.add(info("unlucky"), None)
    loop.run(loop.now)
    for tries in range(1, 4):
        queue.give_back(taken[-1][1], ())
        while len(taken) == tries:
            loop.step()
    seconds = [at / SECOND for at, _ in taken]
    assert seconds == [0.25, 2, 5, 10], "1, 2 and 4 seconds, each to the end of a whole second"


def test_a_pod_that_comes_back_is_one_pod(loop, queue, taken, info, node):
    """Back in the queue it waits behind those who came before its last try, and is tried once."""
    queue.add(info("again", cpu="3"), None)
    loop.run(SECOND)
    queue.give_back(taken[0][1], ("NodeResourcesFit",))
    queue.add(info("other"), None)
    queue.changed(node_change(node, None, node("a", cpu="4")), None)
    loop.run(2 * SECOND)
    assert order(taken) == ["again", "other", "again"]
    loop.run(10 * SECOND)
    assert len(taken) == 3


def test_whoever_is_gone_does_not_come_back(loop, queue, taken, info):
    queue.add(info("gone"), None)
    loop.run(loop.now)
    queue.remove(("default", "gone"))
    queue.give_back(taken[0][1], ())
    loop.run(20 * SECOND)
    assert len(taken) == 1


def test_a_pod_that_waits_for_long_is_tried_all_the_same(loop, queue, taken, pod):
    queue.add(pod_info(pod("forgotten")), None)
    loop.run(loop.now)
    queue.give_back(taken[0][1], ("NodeAffinity",))
    loop.run(400 * SECOND)
    assert [at // SECOND for at, _ in taken] == [0, 300]
