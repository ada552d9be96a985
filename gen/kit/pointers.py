"""JSON pointers (RFC 6901): the places of a value, and at which of them two values differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def inside(pointer: str, key: str | int) -> str:
    """The pointer to what is one step further in.

    >>> inside("/metadata/annotations", "kubernetes.io/limit-ranger")
    '/metadata/annotations/kubernetes.io~1limit-ranger'
    """
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"


def differing(before: Any, after: Any, pointer: str = "") -> Iterator[str]:
    """Where `after` says something else than `before`, or one of them nothing: the outermost such places, in order.

    Branches that both share are not looked into, so copy-on-write changes are found fast. Items of lists are compared by place.

    >>> list(differing({"spec": {"replicas": 1}}, {"spec": {"replicas": 2}, "status": {}}))
    ['/spec/replicas', '/status']
    """
    if before is after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*after, *before)):
            if key in before and key in after:
                yield from differing(before[key], after[key], inside(pointer, key))
            else:
                yield inside(pointer, key)
    elif isinstance(before, list) and isinstance(after, list):
        for at in range(max(len(before), len(after))):
            if at < len(before) and at < len(after):
                yield from differing(before[at], after[at], inside(pointer, at))
            else:
                yield inside(pointer, at)
    elif before != after:
        yield pointer
