"""Which images the nodes of a recording had when it began, and how large those are that they pulled.

`nodes.yaml` does not tell; the kubelets do, as soon as a container starts: their first word of an image on a node is either
that it is there already, or that it has been pulled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from gen.cluster.node.programs import Behaviour, behaviour_of
from gen.kit.evolve import dig
from gen.trace.record import Obj

PRESENT = re.compile(r'Container image "([^"]+)" already present on machine')
PULLED = re.compile(r'Successfully pulled image "([^"]+)" in .* Image size: (\d+) bytes')


@dataclass(frozen=True, slots=True)
class Images:
    """`held` are the images that each node had, by its name; `programs` says how large the others are."""

    held: dict[str, tuple[str, ...]]
    programs: dict[str, Behaviour]


def images(events: Iterable[Obj], nodes: Iterable[str]) -> Images:
    """What the Events, in order of creation, tell of the images on these nodes.

    A node that never speaks of an image is taken to be like the others: it has it if none of them pulled it.
    """
    first: dict[tuple[str, str], bool] = {}
    sizes: dict[str, int] = {}
    for node, image, size in words(events):
        first.setdefault((node, image), not size)
        if size:
            sizes[image] = size
    names = dict.fromkeys(image for _, image in first)
    held = {node: tuple(image for image in names if first.get((node, image), image not in sizes)) for node in nodes}
    return Images(held, {image: sized for image, size in sizes.items() for sized in as_large(image, size)})


def words(events: Iterable[Obj]) -> Iterator[tuple[str, str, int]]:
    """Every word about an image: the node, the image, its size if it was pulled, else 0."""
    for event in events:
        message = str(event.get("message") or "")
        found = PRESENT.match(message) or PULLED.match(message)
        if event.get("reason") == "Pulled" and found:
            host = dig(event, "source.host") or event.get("reportingInstance") or ""
            yield str(host), found[1], int(found[2]) if found.re is PULLED else 0


def as_large(image: str, size: int) -> Iterable[Behaviour]:
    """What is known of an image, with this size; nothing for one that is not known."""
    known = behaviour_of(image, {})
    return [] if known is None else [replace(known, size_bytes=size)]
