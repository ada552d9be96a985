"""What a patch makes of the stored object."""

from __future__ import annotations

from gen.cluster.apiserver import schema, status
from gen.cluster.apiserver.request import Call, Obj
from gen.kit import patch


def patched(old: Obj, call: Call) -> Obj:
    """The stored object with the call's patch applied, as JSON patch, merge patch or strategic merge patch.

    Raises StatusError 422 for a JSON patch that does not fit, 500 for a strategic one that names no list item.
    """
    changed: Obj
    if call.how == "json":
        try:
            changed = patch.json_patch(old, call.patch)
        except (KeyError, IndexError, ValueError) as error:
            raise status.unprocessable("the server rejected our request due to an error in our request") from error
    elif call.how == "merge":
        changed = patch.merge_patch(old, call.patch)
    else:
        try:
            changed = patch.strategic_merge(old, call.patch, schema.merge_keys(old["apiVersion"], old["kind"]))
        except ValueError as error:
            raise status.internal(str(error)) from error
    return changed
