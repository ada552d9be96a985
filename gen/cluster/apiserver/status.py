"""How the API server says no: a StatusError holds what becomes the `Status` object of the answer.

Upstream: apimachinery/pkg/api/errors/errors.go; every text was compared with recordings 17 and 63.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from gen.cluster.apiserver.field_error import FieldError, aggregated, go_text
from gen.objects.kinds import KINDS
from gen.trace.record import Obj

MODIFIED = "the object has been modified; please apply your changes to the latest version and try again"


class StatusError(Exception):
    """A refusal: HTTP code, machine-readable reason, sentence, and details (None where the server gives none)."""

    def __init__(self, code: int, reason: str, message: str, details: Obj | None) -> None:
        super().__init__(message)
        self.code, self.reason, self.message, self.details = code, reason, message, details

    def status(self) -> Obj:
        """The Status object that a client receives."""
        answer: Obj = {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": self.message}
        if self.reason:
            answer["reason"] = self.reason
        if self.details is not None:
            answer["details"] = self.details
        return {**answer, "code": self.code}


@cache
def _names(kind: str) -> tuple[str, str]:
    """Group and plural of a kind; a kind that nobody knows is called by its own name in small letters."""
    if kind == "Scale":  # what the subresource `scale` takes and gives is no resource itself
        return "autoscaling", "scales"
    return next(((known.group, known.plural) for known in KINDS if known.name == kind), ("", kind.lower()))


def _resource(kind: str) -> str:
    """`deployments.apps`, and for `Pod/binding` `pods/binding`."""
    kind, slash, subresource = kind.partition("/")
    group, plural = _names(kind)
    return plural + slash + subresource + (f".{group}" if group else "")


def _details(kind: str, name: str, **more: Any) -> Obj:
    """Name, group and plural; whatever is empty is left out."""
    kind, slash, subresource = kind.partition("/")
    group, plural = _names(kind)
    details = {"name": name, "group": group, "kind": plural + slash + subresource, **more}
    return {key: value for key, value in details.items() if value}


def unauthorized() -> StatusError:
    """401: the credentials are nobody's."""
    return StatusError(401, "Unauthorized", "Unauthorized", None)


def bad_request(message: str) -> StatusError:
    """400: the request itself makes no sense."""
    return StatusError(400, "BadRequest", message, None)


def cannot_be_handled(kind: str, api_version: str, why: str) -> StatusError:
    """400: the body is no object of its kind."""
    version = api_version.rpartition("/")[2]
    return bad_request(f'{kind} in version "{version}" cannot be handled as a {kind}: {why}')


def forbidden(kind: str, name: str, why: str) -> StatusError:
    """403: an admission plugin refuses."""
    named = f' "{name}"' if name else ""
    return StatusError(403, "Forbidden", f"{_resource(kind)}{named} is forbidden: {why}", _details(kind, name))


TERMINATING = "NamespaceTerminating"


def terminating(kind: str, name: str, namespace: str) -> StatusError:
    """403: the namespace is going away; the details say so, because controllers need not try again.

    Upstream: apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go.
    """
    why = f"unable to create new content in namespace {namespace} because it is being terminated"
    refused = forbidden(kind, name, why)
    cause = {"reason": TERMINATING, "message": f"namespace {namespace} is being terminated", "field": "metadata.namespace"}
    return StatusError(refused.code, refused.reason, refused.message, {**(refused.details or {}), "causes": [cause]})


def namespace_terminating(error: Exception) -> bool:
    """Whether a refusal has no other reason than that its namespace is going away."""
    details = error.details if isinstance(error, StatusError) else None
    return any(cause.get("reason") == TERMINATING for cause in (details or {}).get("causes") or ())


def not_allowed(user: str, verb: str, kind: str, namespace: str, name: str, subresource: str = "") -> StatusError:
    """403: no role lets the user do that."""
    group, plural = _names(kind)
    target = f"{plural}/{subresource}" if subresource else plural
    where = f'in the namespace "{namespace}"' if namespace else "at the cluster scope"
    known = "" if verb == "create" and not subresource else name  # the name is read from the path, never from the body
    return forbidden(kind, known, f'User "{user}" cannot {verb} resource "{target}" in API group "{group}" {where}')


def not_found(kind: str, name: str) -> StatusError:
    """404: there is no such object."""
    return StatusError(404, "NotFound", f'{_resource(kind)} "{name}" not found', _details(kind, name))


def no_such_resource() -> StatusError:
    """404: the group is served, but it has no such resource."""
    return StatusError(404, "NotFound", "the server could not find the requested resource", {})


def method_not_allowed() -> StatusError:
    """405: the path does not take this HTTP method."""
    return StatusError(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", {})


def unsupported_media_type(message: str) -> StatusError:
    """415: the body is in a form that the server does not read."""
    return StatusError(415, "UnsupportedMediaType", message, {})


def already_exists(kind: str, name: str, deleting: bool = False) -> StatusError:
    """409: the name is taken, perhaps by an object that is still on its way out."""
    message = f'{"object is being deleted: " if deleting else ""}{_resource(kind)} "{name}" already exists'
    return StatusError(409, "AlreadyExists", message, _details(kind, name))


def conflict(kind: str, name: str, why: str = MODIFIED) -> StatusError:
    """409: somebody else was faster."""
    message = f'Operation cannot be fulfilled on {_resource(kind)} "{name}": {why}'
    return StatusError(409, "Conflict", message, _details(kind, name))


def uid_conflict(kind: str, name: str, asked: str, found: str) -> StatusError:
    """409: a delete was meant for another object, of the same name (this text names the kind where others name the plural)."""
    return _precondition(kind, name, "UID", asked, found, "deleted and then recreated")


def version_conflict(kind: str, name: str, asked: str, found: str) -> StatusError:
    """409: a delete was meant for another state of the object."""
    return _precondition(kind, name, "ResourceVersion", asked, found, "modified")


def _precondition(kind: str, name: str, what: str, asked: str, found: str, fate: str) -> StatusError:
    group, _ = _names(kind)
    why = f"the {what} in the precondition ({asked}) does not match the {what} in record ({found}). "
    why += f"The object might have been {fate}"
    message = f'Operation cannot be fulfilled on {kind}{f".{group}" if group else ""} "{name}": {why}'
    return StatusError(409, "Conflict", message, {"name": name, **({"group": group} if group else {}), "kind": kind})


def expired(asked: int, compacted: int) -> StatusError:
    """410: what happened since `asked` is known up to `compacted` no longer; the client has to list again."""
    return StatusError(410, "Expired", f"too old resource version: {asked} ({compacted})", None)


def invalid(kind: str, name: str, errors: Sequence[FieldError]) -> StatusError:
    """422: the object breaks rules of its kind."""
    group, _ = _names(kind)
    causes = [{"reason": error.reason, "message": error.message, "field": error.field} for error in errors]
    details = {key: value for key, value in {"name": name, "group": group, "kind": kind, "causes": causes}.items() if value}
    message = f'{kind}{f".{group}" if group else ""} "{name}" is invalid: {aggregated(errors)}'
    return StatusError(422, "Invalid", message, details)


def bad_patch(patch: Any, why: str) -> StatusError:
    """422: with this patch the object would be none of its kind (the server prints the patch as Go prints a map).

    Upstream: apiserver/pkg/endpoints/handlers/patch.go; a JSON patch's result is printed, as JSON.
    """
    printed = go_text(patch) if isinstance(patch, dict) else json.dumps(patch, separators=(",", ":"), ensure_ascii=False)
    return invalid("", "", [FieldError("patch", "Invalid value", printed, why)])


def unprocessable(message: str) -> StatusError:
    """422 without a field: a patch that does not fit the object."""
    return StatusError(422, "Invalid", message, {})


def internal(message: str) -> StatusError:
    """500: the server stumbled."""
    return StatusError(500, "", message, None)
