"""The store, against the slow and obvious: a dict of whole versions."""

from hypothesis import given
from hypothesis import strategies as st

from gen.cluster.etcd.mvcc import Store, Watch

KEYS = [("Pod", "default", name) for name in "abc"] + [("Node", "", "n")]
deeds = st.lists(st.tuples(st.sampled_from(["put", "delete"]), st.sampled_from(KEYS), st.integers(0, 9)), max_size=30)


@given(deeds, st.integers(0, 30))
def test_every_version_can_be_read_as_it_was(plan, compacted):
    store, versions = Store(), [{}]
    for deed, key, value in plan:
        now = dict(versions[-1])
        if deed == "put":
            store.put(key, {"v": value}, store.modified(key), lambda *_: 0)
            now[key] = {"v": value}
        elif key in now:
            store.delete(key, store.modified(key), lambda *_: 0)
            del now[key]
        else:
            continue
        versions.append(now)
    store.compact(compacted)
    for revision in range(min(compacted, store.revision), store.revision + 1):
        assert {key: store.get(key, at=revision) for key in KEYS if store.get(key, at=revision)} == versions[revision]
        assert store.list(("Pod",), at=revision) == [
            versions[revision][key] for key in sorted(versions[revision]) if key[0] == "Pod"
        ]
    assert len(Watch(store, (), min(compacted, store.revision)).take()) == store.revision - min(compacted, store.revision)
