"""What state a Pod is in, as a picture tells it, and for how long."""

from __future__ import annotations

from collections.abc import Iterable

from gen.objects import pods
from gen.trace.record import Micros, Obj, Write
from gen.views.model import Span

WAITING_WORDS = ("Pending", "ContainerCreating", "PodInitializing")  # kubectl's words for a start without a mishap
STATES = ("pending", "starting", "running", "ready", "terminating", "failed", "backoff", "succeeded", "stopped")


def state_of(pod: Obj) -> tuple[str, str]:
    """The drawn state of a Pod, and the word that kubectl has for it."""
    word = pods.status_word(pod)
    return _state(pod, word), word


def _state(pod: Obj, word: str) -> str:
    if pods.is_terminating(pod):
        return "terminating"
    if pods.phase(pod) in ("Succeeded", "Failed"):
        return pods.phase(pod).lower()
    if word.endswith("BackOff"):
        return "backoff"
    if not pod["spec"].get("nodeName"):
        return "pending"
    if pods.is_ready(pod):
        return "ready"
    if pods.phase(pod) == "Pending":
        return "starting" if word in WAITING_WORDS or word.startswith("Init:") else "failed"
    return "running" if word in ("Running", "NotReady") else "failed"


def spans(writes: Iterable[Write], start: Micros, end: Micros) -> tuple[Span, ...]:
    """The stretches of one state each in the life of a Pod, between `start` and `end`."""
    found: list[Span] = []
    begun: tuple[Micros, str, str, int] | None = None
    for write in writes:
        state, word = state_of(write.after) if write.after else ("gone", "")
        if begun and begun[1:3] == (state, word):
            continue
        if begun and write.at > start:
            found.append(Span(start=max(begun[0], start), end=write.at, state=begun[1], word=begun[2], record=begun[3]))
        begun = None if state == "gone" else (write.at, state, word, write.seq)
    if begun:
        found.append(Span(start=max(begun[0], start), end=end, state=begun[1], word=begun[2], record=begun[3], ends=False))
    return tuple(found)
