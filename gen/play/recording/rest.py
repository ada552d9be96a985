"""The API by its paths, as `curl` meets it: `POST /apis/apps/v1/namespaces/shop/deployments`.

Components and kubectl call the API by kind and name; recordings hold raw requests too. This is the small router between
(upstream: apiserver/pkg/endpoints/request/requestinfo.go).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from gen.cluster.apiserver import status
from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.api import Api
from gen.objects.kinds import KINDS, Kind
from gen.trace.record import Obj

SCHEME = "pkg/api/legacyscheme/scheme.go:30"  # what the API server calls its own table of kinds
NOT_FOUND_PAGE = "404 page not found\n"  # what no API group answers to


class NoSuchPath(Exception):
    """No API group is served there."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a path names: a collection, or with a name one object."""

    kind: Kind
    namespace: str
    name: str
    subresource: str
    query: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back over the wire: the HTTP code, and an object, a Status or plain text."""

    code: int
    body: Any


def target(path: str) -> Target:
    """What `path` names. Raises NoSuchPath, or StatusError 404 for an unknown resource of a known group."""
    parts = urlsplit(path)
    root, *words = parts.path.strip("/").split("/")
    depth = {"api": 1, "apis": 2}.get(root, len(words) + 1)
    if len(words) <= depth:
        raise NoSuchPath(path)
    group, version = (words[0] if root == "apis" else ""), words[depth - 1]
    served = [kind for kind in KINDS if (kind.group, kind.version) == (group, version)]
    if not served:
        raise NoSuchPath(path)
    namespace, rest = _split(words[depth:])
    kind = next((kind for kind in served if kind.plural == rest[0]), None)
    if kind is None:
        raise status.no_such_resource()
    name, subresource = (*rest[1:3], "", "")[:2]
    return Target(kind, namespace, name, subresource, {key: values[-1] for key, values in parse_qs(parts.query).items()})


def _split(words: list[str]) -> tuple[str, list[str]]:
    """The namespace and what follows; `namespaces/shop` itself names a Namespace, and so do its subresources."""
    if words[0] == "namespaces" and len(words) > 2 and words[2] not in ("status", "finalize"):
        return words[1], words[2:]
    return "", words


async def call(api: Api, method: str, path: str, body: Any) -> Reply:
    """Send one request; whatever the server answers is the reply."""
    try:
        return await _answer(api, method, target(path), body)
    except NoSuchPath:
        return Reply(404, NOT_FOUND_PAGE)
    except StatusError as error:
        return Reply(error.code, error.status())


async def _answer(api: Api, method: str, to: Target, body: Any) -> Reply:
    if method == "GET":
        return Reply(200, await (_get(api, to) if to.name else _list(api, to)))
    if method == "POST" and not to.name:
        return Reply(201, await api.create(_placed(_object(body, to), to), validate=to.query.get("fieldValidation", "Warn")))
    if method == "PUT" and to.name:
        return Reply(200, await api.update(_placed(_object(body, to), to), to.subresource))
    if method == "PATCH" and to.name:
        how = "json" if isinstance(body, list) else "merge"
        return Reply(200, await api.patch(to.kind.name, to.namespace, to.name, body, how, to.subresource))
    if method == "DELETE" and to.name:
        return Reply(200, await _delete(api, to, body or {}))
    raise status.method_not_allowed()


async def _get(api: Api, to: Target) -> Obj:
    return await api.get(to.kind.name, to.namespace, to.name, subresource=to.subresource)


async def _list(api: Api, to: Target) -> Obj:
    asked = to.query.get("resourceVersion", "0")
    if not asked.isdecimal():
        why = f'Invalid value: "{asked}": strconv.ParseUint: parsing "{asked}": invalid syntax'
        raise status.bad_request(f"invalid resource version: resourceVersion: {why}")
    labels, fields = to.query.get("labelSelector", ""), to.query.get("fieldSelector", "")
    items, revision = await api.list(to.kind.name, to.namespace, labels, fields)
    version = f"{to.kind.group}/{to.kind.version}".lstrip("/")
    return {"kind": f"{to.kind.name}List", "apiVersion": version, "metadata": {"resourceVersion": str(revision)}, "items": items}


async def _delete(api: Api, to: Target, options: Obj) -> Obj:
    grace, propagation = options.get("gracePeriodSeconds"), options.get("propagationPolicy", "Background")
    preconditions = options.get("preconditions") or {}
    uid, wanted = preconditions.get("uid", ""), preconditions.get("resourceVersion")
    if wanted is not None:
        found = (await _get(api, to))["metadata"]["resourceVersion"]
        if found != wanted:
            raise status.version_conflict(to.kind.name, to.name, wanted, found)
    return await api.delete(to.kind.name, to.namespace, to.name, grace, propagation, uid)


def _object(body: Any, to: Target) -> Obj:
    """The body as an object of the target's kind. Raises StatusError 400."""
    if isinstance(body, str):
        raise _unreadable(body, to)
    if not isinstance(body, dict):
        raise status.bad_request(
            f"the object provided is unrecognized (must be of type {to.kind.name}): couldn't get version/kind"
        )
    version = f"{to.kind.group}/{to.kind.version}".lstrip("/")
    if body.get("apiVersion", version) != version:
        raise status.bad_request(
            f"the API version in the data ({body['apiVersion']}) does not match the expected API version ({version})"
        )
    if body.get("kind", to.kind.name) != to.kind.name:
        raise status.bad_request(
            f'{body["kind"]} in version "{to.kind.version}" cannot be handled as a {to.kind.name}: '
            f'no kind "{body["kind"]}" is registered for version "{version}" in scheme "{SCHEME}"'
        )
    return {"apiVersion": version, "kind": to.kind.name, **body}


def _unreadable(body: str, to: Target) -> StatusError:
    """A text that is no object: broken JSON, or nothing like it, which curl would send as a form."""
    if not body.lstrip().startswith("{"):
        accepted = "application/json, application/yaml, application/vnd.kubernetes.protobuf"
        said = f"the body of the request was in an unknown format - accepted media types include: {accepted}"
        return status.unsupported_media_type(said)
    first = body.lstrip()[1:].lstrip()[:1]
    why = f"invalid character '{first}' looking for beginning of object key string" if first else "unexpected end of JSON input"
    told = f"couldn't get version/kind; json parse error: {why} ({body})"
    return status.bad_request(f"the object provided is unrecognized (must be of type {to.kind.name}): {told}")


def _placed(obj: Obj, to: Target) -> Obj:
    """The object where the path says; one that says otherwise is refused. Raises StatusError 400."""
    metadata = obj.get("metadata") or {}
    if metadata.get("namespace", to.namespace) != to.namespace:
        raise status.bad_request("the namespace of the provided object does not match the namespace sent on the request")
    if to.name and metadata.get("name", to.name) != to.name:
        raise status.bad_request(f"the name of the object ({metadata['name']}) does not match the name on the URL ({to.name})")
    where = {"namespace": to.namespace} if to.namespace else {}
    return {**obj, "metadata": {**metadata, **where, **({"name": to.name} if to.name else {})}}
