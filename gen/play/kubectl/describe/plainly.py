"""`kubectl describe` for a kind that nothing special is told about: every field there is, with a name for people.

Upstream: kubectl/pkg/describe/describe.go (v1.36.2), genericDescriber; recording 40.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from gen.cluster.apiserver.field_error import go_text
from gen.play.kubectl.describe.lines import head, with_events

Obj = dict[str, Any]
TOLD_ABOVE = (".metadata.managedFields", ".metadata.name", ".metadata.namespace", ".metadata.labels", ".metadata.annotations")
ACRONYMS = ("API", "URL", "UID", "OSB", "GUID")
WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|-+")


def describe_plainly(obj: Obj, events: list[Obj] | None, now_s: int) -> str:
    """Name, namespace, labels, annotations, then all the rest."""
    return with_events([*head(obj), *_fields(obj, "", "")], events, now_s)


def _fields(of: Obj, path: str, indent: str) -> Iterator[str]:
    for field in sorted(of):
        value, here = of[field], f"{path}.{field}"
        if here in TOLD_ABOVE:
            continue
        if not isinstance(value, dict | list):
            yield f"{indent}{label(field)}:\t{go_text(value)}"
            continue
        yield f"{indent}{label(field)}:"
        for inside in value if isinstance(value, list) else [value]:
            if isinstance(inside, dict):
                yield from _fields(inside, here, f"{indent}  ")
            else:
                yield f"{indent}  {go_text(inside)}"


def label(field: str) -> str:
    """A field's name as words; one with other characters than letters stays as it is.

    >>> label("blockOwnerDeletion"), label("apiVersion"), label("podCIDRs"), label("kubernetes.io/os")
    ('Block Owner Deletion', 'API Version', 'Pod CID Rs', 'kubernetes.io/os')
    """
    if not all(one.isalpha() or one == "-" for one in field):
        return field
    words = WORD.findall(field)
    return " ".join(word.upper() if word.upper() in ACRONYMS else word[:1].upper() + word[1:] for word in words)
