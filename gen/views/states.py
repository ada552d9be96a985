"""What state a Pod is in, as a picture tells it, and for how long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gen.objects import meta, pods
from gen.trace.record import Micros, Obj, Write
from gen.views.model import Span

WAITING_WORDS = ("ContainerCreating", "PodInitializing")  # kubectl's words for a start without a mishap
STATES = ("pending", "starting", "running", "ready", "terminating", "failed", "backoff", "succeeded", "stopped", "cut")


def state_of(pod: Obj) -> tuple[str, str]:
    """The drawn state of a Pod, and the word that kubectl has for it."""
    word = pods.status_word(pod)
    return _state(pod, word), word


def _state(pod: Obj, word: str) -> str:
    if meta.deleting(pod):
        return "terminating"
    if pods.phase(pod) in ("Succeeded", "Failed"):
        return pods.phase(pod).lower()
    if word.endswith("BackOff"):
        return "backoff"
    if not pod["spec"].get("nodeName") or word == "Pending":  # has no node yet, or its kubelet has not said a word
        return "pending"
    if pods.is_ready(pod):
        return "ready"
    if pods.phase(pod) == "Pending":
        return "starting" if word in WAITING_WORDS or word.startswith("Init:") else "failed"
    return "running" if word in ("Running", "NotReady") else "failed"


def spans(writes: Iterable[Write], start: Micros, end: Micros) -> tuple[Span, ...]:
    """The stretches of one state each in the life of a Pod, between `start` and `end`."""
    found: list[Span] = []
    now: Span | None = None
    for write in writes:
        state, word = state_of(write.after) if write.after else ("", "")
        if now is not None and now.state == state:
            now = replace(now, word=word)
            continue
        if now is not None and write.at > start:
            found.append(replace(now, end=write.at, ends=True))
        begin = max(write.at, start)
        now = Span(start=begin, end=end, state=state, word=word, record=write.seq, ends=False) if state else None
    return tuple(found if now is None else [*found, now])
