"""Is it an object at all? Unknown fields and wrong types are found before anything else is asked about the body.

Only what a person wrote is looked at: a component's client is compiled against the API's types.
"""

from __future__ import annotations

from gen.cluster.apiserver import schema, status
from gen.cluster.apiserver.request import Call, Obj, World


def decode(world: World, call: Call, obj: Obj | None, old: Obj | None) -> Obj | None:
    """The body, as it came. Raises StatusError 400 for a wrong type, and for an unknown field where validation is Strict."""
    if obj is None or call.typed or call.subresource in ("binding", "scale"):
        return obj
    version, kind = str(obj.get("apiVersion", "")), str(obj.get("kind", ""))
    unknown = schema.strict_errors(obj) if call.validate != "Ignore" else []
    wrong = schema.type_error(obj)
    if wrong and not old:
        raise status.cannot_be_handled(kind, version, wrong)
    if unknown and call.validate == "Strict":
        if old:
            raise status.bad_patch(call.patch, "strict decoding error: " + ", ".join(unknown))
        raise status.cannot_be_handled(kind, version, "strict decoding error: " + ", ".join(unknown))
    if wrong:
        raise status.bad_patch(call.patch, wrong)
    call.warnings.extend(unknown)
    return obj
