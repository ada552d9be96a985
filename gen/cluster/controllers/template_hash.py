"""The hash in the name of a ReplicaSet: `nginx-85dbbcff49` on every cluster that was given the same template.

FNV-1a over Go's dump of the defaulted PodTemplateSpec, then over the collision count where there is one. Every field counts,
in Go's order, also the empty ones; so the hash changes when an API version brings a new field.
Upstream: pkg/controller/controller_utils.go, ComputeHash; apimachinery/pkg/util/dump.
"""

from __future__ import annotations

from gen.cluster.apiserver.schema_types import type_named
from gen.cluster.controllers.go_dump import dumped
from gen.kit.names import fnv1a_32, safe_encode
from gen.objects.workloads import without_hash
from gen.trace.record import Obj

REMEMBERED = 256
_states: dict[int, tuple[Obj, int]] = {}  # by identity of the template, which is kept alive here and never changes


def pod_template_hash(template: Obj, collision_count: int | None = None) -> str:
    """The hash of a defaulted Pod template; each collision with another template gives a different one."""
    state = _state(template)
    if collision_count is not None:
        state = fnv1a_32(collision_count.to_bytes(4, "little") + bytes(4), state)
    return safe_encode(str(state))


def _state(template: Obj) -> int:
    """FNV's state after the template itself, remembered: the same template is hashed at every sync of its Deployment."""
    known = _states.get(id(template))
    if known is not None and known[0] is template:
        return known[1]
    dump = dumped(without_hash(template), type_named("core/v1.PodTemplateSpec"))
    state = fnv1a_32(dump.encode())
    if len(_states) >= REMEMBERED:
        _states.clear()
    _states[id(template)] = (template, state)
    return state
