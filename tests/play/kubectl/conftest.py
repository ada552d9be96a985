"""An API in memory, without a cluster behind it: what kubectl asks of it, it answers at once."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

import pytest

from gen.cluster.apiserver import schema, status
from gen.kit.evolve import evolve
from gen.kit.loop import SECOND, Future, Loop, Sleep
from gen.kit.patch import json_patch, merge_patch, strategic_merge
from gen.kit.process import Process
from gen.objects import meta, selectors
from gen.play.kubectl import Terminal, run
from gen.play.scenario.nodes import default_nodes
from gen.play.stage import Stage

EPOCH_US = 1_767_225_600 * SECOND


@dataclass
class Change:
    type: str
    obj: dict[str, Any]


class Stream:
    """A watch of the memory."""

    def __init__(self, wanted):
        self.wanted, self.arrived, self.waiting = wanted, deque(), None

    def offer(self, change):
        if self.wanted(change.obj):
            self.arrived.append(change)
            if self.waiting:
                self.waiting.settle()

    async def next(self):
        while not self.arrived:
            self.waiting = Future()
            await self.waiting
        return self.arrived.popleft()

    def stop(self):
        self.wanted = lambda _: False


def wanted(kind, namespace, labels, fields):
    """Whether an object is meant."""
    by_label, by_field = selectors.label_selector(labels), selectors.field_selector(fields)
    return lambda obj: (
        obj["kind"] == kind
        and namespace in ("", meta.namespace(obj))
        and selectors.matches(by_label, meta.labels(obj))
        and selectors.matches_fields(obj, by_field)
    )


class Memory:
    """Objects by kind, namespace and name. `grace` holds the kinds that take a second to go."""

    def __init__(self):
        self.loop = Loop(epoch_us=EPOCH_US)
        self.process = Process(self.loop, "terminal")
        self.warnings, self.objects, self.streams, self.calls, self.revision = [], {}, [], [], 0
        self.grace = ("Pod",)
        self.refuses: dict[str, status.StatusError] = {}

    def put(self, type_, key, obj):
        self.revision += 1
        obj = evolve(
            obj,
            "metadata.resourceVersion",
            str(self.revision),
            "metadata.uid",
            obj["metadata"].get("uid", f"uid-{self.revision}"),
        )
        if type_ == "DELETED":
            del self.objects[key]
        else:
            self.objects[key] = obj
        for stream in self.streams:
            stream.offer(Change(type_, obj))
        return obj

    def managing_as(self, manager):
        self.manager = manager
        return self

    def acting_as(self, user):
        return self

    def change(self, kind, name, path, value, namespace="default"):
        key = (kind, namespace, name)
        self.put("MODIFIED", key, evolve(self.objects[key], path, value))

    def _called(self, *call):
        self.calls.append(call)
        if call[0] in self.refuses:
            raise self.refuses[call[0]]

    async def get(self, kind, namespace, name, managed=False):
        self._called("get", kind, name)
        found = self.objects.get((kind, namespace, name))
        if found is None:
            raise status.not_found(kind, name)
        return found

    async def list(self, kind, namespace="", labels="", fields="", *, managed=False):
        self._called("list", kind, namespace, labels, fields)
        meant = wanted(kind, namespace, labels, fields)
        return [obj for _, obj in sorted(self.objects.items()) if meant(obj)], self.revision

    def watch(self, kind, namespace="", since=0, labels="", fields=""):
        stream = Stream(wanted(kind, namespace, labels, fields))
        self.streams.append(stream)
        return stream

    async def create(self, obj, validate="Ignore", dry_run=False, written=None):
        self._called("create", obj, validate)
        key = (obj["kind"], meta.namespace(obj), meta.name(obj))
        if key in self.objects:
            raise status.already_exists(obj["kind"], meta.name(obj))
        if dry_run:
            return obj
        return self.put("ADDED", key, evolve(obj, "metadata.creationTimestamp", "2026-01-01T00:00:00Z"))

    async def patch(
        self, kind, namespace, name, patch, how="strategic", subresource="", validate="Ignore", dry_run=False, written=None
    ):
        self._called("patch", kind, name, patch, how, subresource)
        old = await self.get(kind, namespace, name)
        keys = schema.merge_keys(old["apiVersion"], kind)
        plain = json_patch if how == "json" else merge_patch
        new = strategic_merge(old, patch, keys) if how == "strategic" else plain(old, patch)
        return new if dry_run else self.put("MODIFIED", (kind, namespace, name), new)

    async def update(self, obj, subresource="", validate="Ignore", dry_run=False):
        self._called("update", obj, subresource)
        await self.get(obj["kind"], meta.namespace(obj), meta.name(obj))
        return obj if dry_run else self.put("MODIFIED", (obj["kind"], meta.namespace(obj), meta.name(obj)), obj)

    async def delete(self, kind, namespace, name, grace=None, propagation="Background", uid="", dry_run=False):
        self._called("delete", kind, name, grace, propagation)
        old, key = await self.get(kind, namespace, name), (kind, namespace, name)
        if dry_run:
            return old
        if kind not in self.grace or grace == 0:
            return self.put("DELETED", key, old)
        self.loop.after(SECOND, self.put, "DELETED", key, old)
        return self.put("MODIFIED", key, evolve(old, "metadata.deletionTimestamp", "2026-01-01T00:00:01Z"))


class Keyboard:
    """Somebody types lines, and time passes until they come back."""

    def __init__(self, api):
        self.api, self.files = api, {}
        self.terminal = Terminal(api, self.files, lambda: api.loop.unix_us, "default", Sleep)

    def __call__(self, line, until_s=3_600):
        said = []
        self.api.process.spawn(self._type(line, said))
        self.api.loop.run(self.api.loop.now + until_s * SECOND, settled=True)
        assert said, f"{line} did not come back"
        return said[0]

    async def _type(self, line, said):
        said.append(await run(line, self.terminal))


@pytest.fixture
def api():
    return Memory()


@pytest.fixture
def typed(api):
    return Keyboard(api)


class Shell:
    """A terminal before a real cluster of one node; each line is followed by half a minute of its life."""

    def __init__(self):
        self.stage = Stage(default_nodes(1), seed=3)

    def __call__(self, line):
        said = []
        self.stage.do(self._type(line, said))
        while not said:
            self.stage.loop.step()
        self.stage.play(self.stage.loop.now + 30 * SECOND, settled=True)
        return said[0].rc, said[0].stdout, said[0].stderr

    async def _type(self, line, said):
        said.append(await self.stage.kubectl(f"kubectl {line}"))


@pytest.fixture
def shell():
    return Shell()
