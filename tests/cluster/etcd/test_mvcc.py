"""etcd's store: versions, compare-and-swap, compaction, watches."""

import pytest

from gen.cluster.etcd.mvcc import Compacted, Conflict, Store, Watch

A, B = ("Pod", "default", "a"), ("Pod", "default", "b")


def nobody(revision, before, after):
    return 0


def put(store, key, value, expect=None):
    return store.put(key, {"v": value}, store.modified(key) if expect is None else expect, nobody)


def filled():
    store = Store()
    put(store, A, 1)
    put(store, B, 1)
    put(store, A, 2)
    store.delete(B, 2, nobody)
    put(store, ("Node", "", "n"), 1)
    return store


def test_every_change_has_the_next_revision_and_old_ones_can_be_read():
    store = filled()
    assert store.revision == 5
    assert [store.get(A, at=revision) for revision in range(6)] == [None, {"v": 1}, {"v": 1}, {"v": 2}, {"v": 2}, {"v": 2}]
    assert [bool(store.get(B, at=revision)) for revision in range(6)] == [False, False, True, True, False, False]
    assert len(store.list(("Pod",), at=3)) == 2
    assert len(store.list(("Pod", "default"))) == 1
    assert len(store.list()) == 2


@pytest.mark.parametrize(("key", "expect"), [(A, 0), (A, 1), (B, 2)])
def test_a_writer_that_has_not_seen_the_latest_is_refused(key, expect):
    with pytest.raises(Conflict):
        put(filled(), key, 9, expect)


def test_what_is_not_there_cannot_be_deleted():
    with pytest.raises(Conflict):
        filled().delete(B, 0, nobody)


def test_a_watch_gives_each_change_once_in_order():
    store = filled()
    watch = Watch(store, ("Pod",), since=1)
    assert [change.revision for change in watch.take()] == [2, 3, 4]
    assert watch.take() == []
    put(store, A, 3)
    assert [(change.before, change.after) for change in watch.take()] == [({"v": 2}, {"v": 3})]


def test_a_limited_take_goes_on_where_it_stopped():
    watch = Watch(filled(), (), since=0)
    assert [change.revision for change in watch.take(2)] == [1, 2]
    assert [change.revision for change in watch.take(9)] == [3, 4, 5]


def test_what_is_compacted_cannot_be_read_any_more():
    store = filled()
    store.compact(3)
    assert store.get(A, at=3) == {"v": 2}
    with pytest.raises(Compacted, match="revision 2"):
        store.get(A, at=2)
    with pytest.raises(Compacted):
        Watch(store, ("Pod",), since=1).take()
    assert [change.revision for change in Watch(store, (), since=3).take()] == [4, 5]
