"""Why a busy cluster writes fewer Events than things happen.

The same one is counted, similar ones are combined, and a flood is dropped.

Three rules in a row, kept by every component for itself. Upstream: client-go/tools/record/events_cache.go.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gen.kit.loop import SECOND

Obj = dict[str, Any]
Key = tuple[str, ...]

SIMILAR = 10  # upstream: defaultAggregateMaxEvents: so many different messages of one reason, …
SIMILAR_WITHIN_US = 600 * SECOND  # … none further apart than this, and they become one Event
BURST = 25  # upstream: defaultSpamBurst: so many Events of one source and type about one object, …
REFILL_US = 300 * SECOND  # … and then one more each 300 s
COMBINED = "(combined from similar events): "


@dataclass(slots=True)
class _Similar:
    last_us: int
    messages: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class _Bucket:
    tokens_us: int  # how much is left, a token being REFILL_US
    last_us: int


class Correlator:
    """What one component remembers of the Events that it has already written."""

    def __init__(self) -> None:
        self._similar: dict[Key, _Similar] = {}
        self._written: dict[Key, Obj] = {}
        self._buckets: dict[Key, _Bucket] = {}

    def correlate(self, event: Obj, now_us: int) -> Obj | None:
        """The Event to write: new (`count` 1), or an older one with its count raised; None when it is to be dropped."""
        event, key = self._combine(event, now_us)
        known = self._written.get(key)
        if known is not None:
            event = {
                **event,
                "metadata": known["metadata"],
                "firstTimestamp": known["firstTimestamp"],
                "count": known["count"] + 1,
            }
        self._written[key] = event
        return event if self._allowed(event, now_us) else None

    def _combine(self, event: Obj, now_us: int) -> tuple[Obj, Key]:
        group = about(event) + (event["type"], event["reason"])
        similar = self._similar.get(group)
        if similar is None or now_us - similar.last_us > SIMILAR_WITHIN_US:
            similar = self._similar[group] = _Similar(now_us)
        similar.last_us = now_us
        similar.messages[event["message"]] = None
        if len(similar.messages) < SIMILAR:
            return event, (*group, event["involvedObject"].get("fieldPath", ""), event["message"])
        del similar.messages[next(iter(similar.messages))]
        return {**event, "message": COMBINED + event["message"]}, group

    def _allowed(self, event: Obj, now_us: int) -> bool:
        key = (*about(event), event["type"])  # recording 11: Normal ones and Warnings are counted apart
        bucket = self._buckets.setdefault(key, _Bucket(BURST * REFILL_US, now_us))
        bucket.tokens_us = min(BURST * REFILL_US, bucket.tokens_us + now_us - bucket.last_us)
        bucket.last_us = now_us
        if bucket.tokens_us < REFILL_US:
            return False
        bucket.tokens_us -= REFILL_US
        return True


def about(event: Obj) -> Key:
    """Who speaks, and of which object."""
    source, involved = event["source"], event["involvedObject"]
    return (
        source.get("component", ""), source.get("host", ""), involved["kind"], involved.get("namespace", ""),
        involved["name"], involved.get("uid", ""), involved.get("apiVersion", ""),
    )  # fmt: skip
