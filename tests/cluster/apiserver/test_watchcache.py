"""Watches: everything, once, in order, to whom it concerns."""

import pytest

from gen.cluster.apiserver.status import StatusError
from gen.cluster.apiserver.watchcache import WatchClosed
from gen.kit.evolve import evolve
from gen.kit.process import Process


def followed(bench, stream):
    seen = []

    async def follow():
        while True:
            delivery = await stream.next()
            seen.append((delivery.type, delivery.obj["metadata"]["name"], delivery.revision, delivery.obj))

    Process(bench.loop, "follower").spawn(follow())
    return seen


def test_a_watch_gives_what_came_before_it_and_what_comes_after(bench, pod):
    bench.ask(bench.admin.create(pod))
    seen = followed(bench, bench.admin.watch("Pod", "default", since=0))
    bench.ask(bench.admin.patch("Pod", "default", "web", {"metadata": {"labels": {"a": "b"}}}))
    bench.ask(bench.admin.delete("Pod", "default", "web", grace=0))
    bench.loop.run(until=bench.loop.now + 100_000)
    assert [one[0] for one in seen] == ["ADDED", "MODIFIED", "MODIFIED", "DELETED"]
    assert [one[2] for one in seen] == sorted(one[2] for one in seen)


def test_a_kubelet_hears_only_of_its_own_pods(bench, pod):
    for name in ("n1", "n2"):
        bench.ask(bench.admin.create({"apiVersion": "v1", "kind": "Node", "metadata": {"name": name}}))
    seen = followed(bench, bench.admin.watch("Pod", since=bench.server.store.revision, fields="spec.nodeName=n1"))
    for name, node in (("a", "n1"), ("b", "n2")):
        bench.ask(bench.admin.create(evolve(pod, "metadata.name", name)))
        bench.ask(bench.admin.bind("default", name, node))
    bench.loop.run(until=bench.loop.now + 100_000)
    assert [one[:2] for one in seen] == [("ADDED", "a")]  # for this watch it begins with the binding


def test_what_no_longer_matches_is_deleted_for_the_watch(bench, pod):
    bench.ask(bench.admin.create(evolve(pod, "metadata.labels", {"app": "web"})))
    seen = followed(bench, bench.admin.watch("Pod", since=0, labels="app=web"))
    bench.ask(bench.admin.patch("Pod", "default", "web", {"metadata": {"labels": {"app": "other"}}}))
    bench.loop.run(until=bench.loop.now + 100_000)
    assert [one[0] for one in seen] == ["ADDED", "DELETED"]
    revision, metadata = seen[1][2], seen[1][3]["metadata"]
    assert (metadata["labels"], metadata["resourceVersion"]) == ({"app": "web"}, str(revision))  # as it was, at the revision now


def test_a_revision_that_is_compacted_is_too_old(bench, pod):
    bench.ask(bench.admin.create(pod))
    bench.server.store.compact(bench.server.store.revision)
    with pytest.raises(StatusError, match="too old resource version: 1 ") as refused:
        bench.admin.watch("Pod", since=1)
    assert refused.value.code == 410


def test_an_informer_lists_again_when_it_missed_too_much(bench, pod):
    from gen.cluster.client.informer import Informer

    bench.ask(bench.admin.create(pod))
    informer = Informer(bench.admin, "Pod")
    notices = []
    informer.on_change(notices.append)
    watcher = Process(bench.loop, "watcher")
    watcher.spawn(informer.run())
    bench.loop.run(until=bench.loop.now + 100_000)
    watcher.stop()
    bench.ask(bench.admin.delete("Pod", "default", "web", grace=0))
    bench.ask(bench.admin.create(evolve(pod, "metadata.name", "other")))
    bench.server.store.compact(bench.server.store.revision)
    Process(bench.loop, "watcher").spawn(informer.run())
    bench.loop.run(until=bench.loop.now + 100_000)
    assert [one["metadata"]["name"] for one in informer.all()] == ["other"]
    assert [(one.before is None, one.after is None) for one in notices] == [(True, False), (False, True), (True, False)]


def test_a_watch_ends_with_its_process(bench, pod):
    seen = followed(bench, bench.admin.watch("Pod", since=0))
    bench.admin.process.stop()
    bench.ask(bench.cluster.administrator().create(pod))
    bench.loop.run(until=bench.loop.now + 100_000)
    assert seen == []


def test_what_was_sent_before_the_server_closed_a_watch_still_arrives(bench, pod):
    stream = bench.admin.watch("Pod", since=0)
    bench.ask(bench.admin.create(pod))
    stream.close(cause=7)
    stream.close(cause=8)
    bench.ask(bench.admin.create(evolve(pod, "metadata.name", "later")))
    assert bench.ask(stream.next()).obj["metadata"]["name"] == "web"
    with pytest.raises(WatchClosed) as closed:
        bench.ask(stream.next())
    assert closed.value.cause == 7


def test_what_was_on_its_way_when_the_client_hung_up_is_lost(bench, pod):
    stream = bench.admin.watch("Pod", since=0)
    seen = followed(bench, stream)
    bench.ask(bench.admin.create(pod))
    for _ in range(2):
        stream.stop()
    bench.loop.run(until=bench.loop.now + 100_000)
    assert len(seen) <= 1
    bench.ask(bench.admin.delete("Pod", "default", "web", grace=0))
    bench.loop.run(until=bench.loop.now + 100_000)
    assert len(seen) <= 1
