"""What a patch makes of the stored object."""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver import schema, status
from gen.cluster.apiserver.field_error import go_text
from gen.cluster.apiserver.request import Call, Obj
from gen.kit import patch
from gen.kit.strategic import NoMergeKey

REJECTED = "the server rejected our request due to an error in our request"


def patched(old: Obj, call: Call) -> Obj:
    """The stored object with the call's patch applied, as JSON patch, merge patch or strategic merge patch.

    Raises StatusError 422 for a patch that does not fit or leaves no such object, 500 for a strategic one that names no
    list item.
    """
    try:
        changed = _applied(old, call)
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise status.unprocessable(REJECTED) from error
    except NoMergeKey as error:
        raise status.internal(f"map: {go_text(error.item)} does not contain declared merge key: {error.key}") from error
    except ValueError as error:
        raise status.unprocessable(REJECTED) from error
    if not isinstance(changed, dict) or not isinstance(changed.get("metadata"), dict):
        raise status.unprocessable(REJECTED)
    if (changed.get("apiVersion"), changed.get("kind")) != (old["apiVersion"], old["kind"]):
        raise status.bad_request("the API version in the data does not match the expected API version")
    return changed


def _applied(old: Obj, call: Call) -> Any:
    if call.how == "json":
        return patch.json_patch(old, call.patch)
    if call.how == "merge":
        return patch.merge_patch(old, call.patch)
    return patch.strategic_merge(old, call.patch, schema.merge_keys(old["apiVersion"], old["kind"]))
