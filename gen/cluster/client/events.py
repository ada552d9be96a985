"""Events: what a component says aloud about an object. They are written in order, apart from the work, and may be lost."""

from __future__ import annotations

from collections import deque
from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.api import Api
from gen.cluster.client.correlation import Correlator
from gen.kit.duration import micro_timestamp, timestamp
from gen.kit.loop import Context, Sleep
from gen.objects import meta

Obj = dict[str, Any]
WRITING_US = (300, 1_500)  # the writer is a goroutine of its own, woken after the deed


class EventRecorder:
    """One component's voice. `source` is its name in Events, `host` the node it speaks from."""

    def __init__(self, api: Api, source: str, host: str = "") -> None:
        self.api, self.loop, self.source, self.host = api, api.loop, source, host
        self._correlator = Correlator()
        self._series: dict[tuple[str, ...], Obj] = {}
        self._queue: deque[tuple[Obj, Context]] = deque()
        self._spoken = 0
        self._writing = False

    def event(self, obj: Obj, kind: str, reason: str, message: str, *, field_path: str = "") -> None:
        """Say it in the old form (core/v1): counted and combined. `kind` is Normal or Warning."""
        now = timestamp(self.loop.unix_us)
        source = {"component": self.source, **({"host": self.host} if self.host else {})}
        body = {
            **self._frame(obj, kind, reason, message, field_path), "source": source, "count": 1, "firstTimestamp": now,
            "lastTimestamp": now, "eventTime": None, "reportingComponent": self.source, "reportingInstance": self.host,
        }  # fmt: skip
        self._enqueue(body)

    def event_in_series(self, obj: Obj, kind: str, reason: str, action: str, message: str, *, instance: str) -> None:
        """Say it in the new form (events.k8s.io/v1, the scheduler's): repeated ones become a series."""
        body = {
            **self._frame(obj, kind, reason, message, ""), "source": {}, "eventTime": micro_timestamp(self.loop.unix_us),
            "firstTimestamp": None, "lastTimestamp": None, "action": action,
            "reportingComponent": self.source, "reportingInstance": instance,
        }  # fmt: skip
        self._enqueue(body)

    def _frame(self, obj: Obj, kind: str, reason: str, message: str, field_path: str) -> Obj:
        self._spoken += 1
        involved = {
            "kind": obj["kind"], "namespace": meta.namespace(obj), "name": meta.name(obj), "uid": meta.uid(obj),
            "apiVersion": obj["apiVersion"], "resourceVersion": obj["metadata"].get("resourceVersion", ""),
        }  # fmt: skip
        if field_path:
            involved["fieldPath"] = field_path
        name = f"{meta.name(obj)}.{self.loop.unix_us * 1_000 + self._spoken % 1_000:x}"
        return {
            "apiVersion": "v1", "kind": "Event", "metadata": {"name": name, "namespace": meta.namespace(obj) or "default"},
            "involvedObject": involved, "type": kind, "reason": reason, "message": message,
        }  # fmt: skip

    def _enqueue(self, body: Obj) -> None:
        context = self.loop.context
        self._queue.append((body, Context(context.cause, context.by)))
        if not self._writing:
            self._writing = True
            self.api.process.spawn(self._write_all())

    async def _write_all(self) -> None:
        """One Event after the other, as long as there are any."""
        dice = self.loop.rng(f"events/{self.api.who}")
        try:
            while self._queue:
                body, context = self._queue.popleft()
                self.loop.context = context
                await Sleep(dice.randint(*WRITING_US))
                await self._write(body)
        finally:
            self._writing = False

    async def _write(self, body: Obj) -> None:
        correlated = self._in_series(body) if body["eventTime"] else self._correlator.correlate(body, self.loop.unix_us)
        if correlated is None:
            return
        metadata = correlated["metadata"]
        try:
            if correlated is body or correlated.get("count") == 1:
                await self.api.create(correlated)
            else:
                changed = {key: correlated[key] for key in ("count", "lastTimestamp", "message", "series") if key in correlated}
                await self.api.patch("Event", metadata["namespace"], metadata["name"], changed, how="merge")
        except StatusError:
            return  # an Event that cannot be written is lost; upstream logs it

    def _in_series(self, body: Obj) -> Obj | None:
        """The first is written, the second makes it a series, later ones are only counted here.

        Upstream: client-go/tools/events/event_broadcaster.go, recordToSink.
        """
        involved = body["involvedObject"]
        what = (body["type"], body["action"], body["reason"], body["reportingInstance"])
        key = (*what, involved["uid"], involved["resourceVersion"])  # recording 10: of another version, another Event
        known = self._series.get(key)
        if known is None:
            self._series[key] = body
            return body
        again = "series" in known
        count = known["series"]["count"] + 1 if again else 2
        self._series[key] = {**known, "series": {"count": count, "lastObservedTime": body["eventTime"]}}
        return None if again else self._series[key]
