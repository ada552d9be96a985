"""What every component has: a name, a process to live in, access to the API, caches, a voice, and a hand in the trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from gen.cluster.client.api import Api
from gen.cluster.client.events import EventRecorder
from gen.cluster.client.informer import Informers, Notice
from gen.kit.loop import Context
from gen.trace.record import Decided, Record, Ref, Seen

R = TypeVar("R", bound=Record)


def dotted(function: Callable[..., Any]) -> str:
    """The dotted name of a function, as records and pages use it."""
    return f"{function.__module__}.{function.__qualname__}"


class Component:
    """A part of the cluster that acts by itself: a controller, the scheduler, a kubelet."""

    def __init__(self, api: Api, informers: Informers, source: str = "", host: str = "") -> None:
        self.api, self.informers, self.name = api, informers.share(), api.who
        self.process, self.loop, self.trace = api.process, api.loop, api.server.trace
        self.recorder = EventRecorder(api, source or api.who, host)

    def context(self) -> Context:
        """What the running task was caused by; an empty context outside of tasks."""
        return self.loop.context

    def seen(self, notice: Notice, ref: Ref) -> int | None:
        """A change has reached this component and is of interest to it; the seq of the record of it.

        What was found by listing has no such record: it was caused by what made the component list.
        """
        if notice.record is None:
            return self.context().cause
        return self._add(Seen, cause=notice.record, ref=ref, revision=notice.revision).seq

    def decided(self, ref: Ref, by: Callable[..., Any], **values: Any) -> Record:
        """The rule `by` was asked about `ref` and answered `values`. What the task does next was caused by that."""
        context = self.context()
        record = self._add(Decided, cause=context.cause, by=dotted(by), ref=ref, values=values)
        context.cause, context.by = record.seq, record.by
        return record

    def obey(self, rule: Callable[..., Any]) -> None:
        """What the running task does next was decided by `rule`, a question that is asked too often to tell each answer."""
        self.context().by = dotted(rule)

    def _add(self, kind: type[R], **values: Any) -> R:
        return self.trace.add(kind, at=self.loop.now, who=self.name, process=self.process.name, **values)
