"""places, final: where the Pods went, and what stands at the end."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from typing import Any

from gen.play.measure.evidence import Evidence
from gen.play.measure.likeness import overlap
from gen.play.measure.masks import FURNITURE, LUCKY, VOLATILE
from gen.play.measure.roles import Roles
from gen.trace.record import Obj

NOT_ASKED = ("Event", "Node", "Namespace")  # what stands there whatever was played

Path = tuple[str, ...]


def places(recorded: Evidence, run: Evidence) -> float | None:
    """How many Pods of a role did each node get?

    Where other things ran beside what was recorded, only the sizes count: so many on the fullest node, so many on the next.
    """
    asked, found = _placed(recorded), _placed(run)
    if not recorded.exact:
        asked, found = _by_rank(asked), _by_rank(found)
    return overlap(asked, found) if asked else None


def _placed(evidence: Evidence) -> Counter[tuple[str, Any]]:
    """How many Pods of each role went to each node."""
    pods = (row for row in evidence.history if row["kind"] == "Pod")
    node_of = {row["name"]: node for row in pods if (node := (row.get("spec") or {}).get("nodeName"))}
    return Counter((evidence.roles.of(name), node) for name, node in node_of.items())


def _by_rank(placed: Counter[tuple[str, Any]]) -> Counter[tuple[str, Any]]:
    """The same without the names of the nodes: the fullest node of a role is its number 0."""
    sizes: defaultdict[str, list[int]] = defaultdict(list)
    for (role, _), count in placed.items():
        sizes[role].append(count)
    ranked: Counter[tuple[str, Any]] = Counter()
    for role, found in sizes.items():
        ranked.update({(role, rank): count for rank, count in enumerate(sorted(found, reverse=True))})
    return ranked


def final(recorded: Evidence, run: Evidence) -> float | None:
    """Which leaves of the objects at the end are equal? Only kinds that the recording holds are asked for."""
    kinds = {item.get("kind") for item in recorded.final}
    return overlap(_standing(recorded, kinds), _standing(run, kinds)) if recorded.final else None


def _standing(evidence: Evidence, kinds: set[Any]) -> Counter[Hashable]:
    """Every leaf of every object of `kinds`: how often it stands there."""
    total: Counter[Hashable] = Counter()
    for item in evidence.final:
        kind, name = item.get("kind", ""), (item.get("metadata") or {}).get("name", "")
        if kind not in kinds or kind in NOT_ASKED or _is_furniture(kind, name):
            continue
        role = evidence.roles.of(name)
        total.update((kind, role, path, value) for path, value in leaves(item, evidence.roles) if (kind, path[-1]) not in LUCKY)
    return total


def _is_furniture(kind: str, name: str) -> bool:
    return name in FURNITURE and (kind == "ServiceAccount" or name != "default")


def leaves(value: Any, roles: Roles, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every leaf with the path to it. Entries of a list are known by their name or type where they have one, else by place."""
    if isinstance(value, dict):
        for key, child in value.items():
            if key not in VOLATILE:
                yield from leaves(child, roles, (*path, roles.mask(key)))
    elif isinstance(value, list):
        keyed = all(isinstance(child, dict) and ("type" in child or "name" in child) for child in value)
        for index, child in enumerate(value):
            label = roles.mask(_key(child)) if keyed else index
            yield from leaves(child, roles, (*path, f"[{label}]"))
    else:
        yield path, roles.mask(value)


def _key(entry: Obj) -> Any:
    return entry.get("name") or entry.get("type")
