"""Something that begins when the first object of a kind is stored.

A controller of a rare kind has nothing to do before: it neither lists nor watches until then. The real one watches from the
start and hears nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from gen.cluster.client.component import Component
from gen.cluster.etcd.mvcc import Change
from gen.kit.loop import Context


def when_there(component: Component, kind: str, begin: Callable[[Context | None], None]) -> None:
    """Call `begin` once, now if there is an object of the kind, else when there is; its argument is why."""
    store = component.api.server.store
    if store.list((kind,)):
        begin(None)
        return
    waiting = True

    def look(change: Change) -> None:
        if change.key[0] == kind and change.after is not None:
            stop()
            begin(Context(change.record))

    def stop() -> None:
        nonlocal waiting
        if waiting:
            waiting = False
            store.on_change.remove(look)

    store.on_change.append(look)
    component.process.at_stop(stop)
