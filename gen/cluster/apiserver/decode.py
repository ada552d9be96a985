"""Is it an object at all? Unknown fields and wrong types are found before anything else is asked about the body.

Only what a person wrote is looked at: a component's client is compiled against the API's types.
"""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver import schema, status
from gen.cluster.apiserver.request import Call, Obj, World
from gen.kit.strategic import ORDER


def decode(world: World, call: Call, obj: Obj | None, old: Obj | None) -> Obj | None:
    """The body as the server understands it: known fields only, quantities in their canonical form.

    A component's patch may empty a list; then the field goes too. Raises StatusError 400 for a wrong type, and for an unknown
    field where validation is Strict.
    """
    if obj is None or call.subresource in ("binding", "scale"):
        return obj
    if call.typed:
        return schema.decoded(obj) if call.verb == "patch" and not call.subresource else obj
    unknown = schema.strict_errors(obj) if call.validate != "Ignore" else []
    wrong = schema.conversion_error(obj) if old else schema.type_error(obj)
    strict = "strict decoding error: " + ", ".join(unknown) if unknown and call.validate == "Strict" else ""
    if wrong or strict:
        raise _refusal(call, obj, wrong or strict, old)
    call.warnings.extend(unknown)
    return schema.decoded(obj)


def _refusal(call: Call, obj: Obj, why: str, old: Obj | None) -> status.StatusError:
    """The same fault is told otherwise of a new object than of a patch."""
    if old and call.verb == "patch":
        return status.bad_patch(left_of(call.patch) if call.how == "strategic" else call.patch, why)
    return status.cannot_be_handled(str(obj.get("kind", "")), str(obj.get("apiVersion", "")), why)


def left_of(patch: Any) -> Any:
    """A strategic patch after it was merged: lists that came with their order are taken out on the way, and are not printed.

    Upstream: apimachinery/pkg/util/strategicpatch/patch.go, mergePatchIntoOriginal; recording 41.

    >>> left_of({"spec": {"$setElementOrder/ports": [{"port": 1}], "ports": [{"port": 1}], "type": "x"}})
    {'spec': {'type': 'x'}}
    """
    if not isinstance(patch, dict):
        return patch
    merged = [key.removeprefix(ORDER) for key in patch if key.startswith(ORDER)]
    return {key: left_of(value) for key, value in patch.items() if key not in merged and not key.startswith(ORDER)}
