"""From `-f` to objects: files, folders and standard input, document by document, as kubectl's builder reads them.

A broken file does not keep the others from being read: what is wrong is collected, what is right is returned.
Upstream: cli-runtime/pkg/resource/visitor.go and mapper.go, kubectl/pkg/validation/schema.go; recordings 17, 40 and 41.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gen.cluster.apiserver import schema
from gen.kit.evolve import evolve
from gen.objects import meta
from gen.objects.kinds import Kind, kind_of
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.older_versions import renewed
from gen.play.kubectl.terminal import Session
from gen.play.reading.problems import Unreadable
from gen.play.reading.reader import documents
from gen.play.reading.text_files import SUFFIXES

Obj = dict[str, Any]
STANDARD_INPUT, ITS_SOURCE = "-", "STDIN"
TURN_OFF = "if you choose to ignore these errors, turn validation off with --validate=false"
VALIDATION = {"strict": "Strict", "true": "Strict", "warn": "Warn", "ignore": "Ignore", "false": "Ignore"}


@dataclass(frozen=True, slots=True)
class Item:
    """One object from a file, in the namespace where it belongs; and as it is written there."""

    kind: Kind
    obj: Obj
    source: str
    written: Obj

    @property
    def namespace(self) -> str:
        """Its namespace; "" for what belongs to the cluster."""
        return meta.namespace(self.obj)

    @property
    def name(self) -> str:
        """Its name."""
        return meta.name(self.obj)


def items(session: Session) -> list[Item]:
    """The objects of all files that were named; what is wrong with the rest goes to the session's errors."""
    found: list[Item] = []
    for source, text in sources(session):
        try:
            for document in documents(text):
                check(session, document.value, source)
                found.extend(read(session, document.value, source))
        except Unreadable as error:
            session.errors.append(Failure(f"error parsing {source}: error converting YAML to JSON: {error}"))
        except Failure as error:
            session.errors.append(error)
    return found


def sources(session: Session) -> Iterator[tuple[str, str]]:
    """Each file that was named, with its text. Raises Failure for a path that is not there."""
    files = {posixpath.normpath(name): text for name, text in session.terminal.files.items()}
    for name in session.command["filename"]:
        path = posixpath.normpath(name)
        inside = [file for file in sorted(files) if posixpath.dirname(file) == path and file.endswith(SUFFIXES)]
        if name == STANDARD_INPUT:
            yield ITS_SOURCE, files.get(STANDARD_INPUT, "")
        elif path in files:
            yield name, files[path]
        elif inside:
            yield from ((posixpath.join(name, posixpath.basename(file)), files[file]) for file in inside)
        else:
            raise Failure(f'the path "{name}" does not exist')


def validation(session: Session) -> str:
    """What the server shall do about unknown fields. Raises Failure."""
    asked = session.command["validate"]
    if asked not in VALIDATION:
        raise Failure(f'invalid - validate option "{asked}"')
    return VALIDATION[asked]


def check(session: Session, value: Any, source: str) -> None:
    """What kubectl itself looks at before it asks the server. Raises Failure, and reads no further in this file."""
    if "validate" not in session.command.flags or validation(session) == "Ignore":
        return
    wrong = (
        [f"{field} not set" for field in ("apiVersion", "kind") if value.get(field) is None] if isinstance(value, dict) else None
    )
    if wrong is None:
        wrong = ["invalid object to validate"]
    wrong = wrong or [f"{field} isn't string type" for field in ("apiVersion", "kind") if not isinstance(value[field], str)]
    if wrong:
        said = wrong[0] if len(wrong) == 1 else f"[{', '.join(wrong)}]"
        raise Failure(f'error validating "{source}": error validating data: {said}; {TURN_OFF}')


def read(session: Session, value: Any, source: str) -> Iterator[Item]:
    """The object of a document, or the objects of its List; each that cannot be read leaves an error instead."""
    if isinstance(value, dict) and str(value.get("kind")).endswith("List") and isinstance(value.get("items"), list):
        for one in value["items"]:
            yield from read(session, named_by(value, one), source)
        return
    try:
        yield placed(session, renewed(decoded(value, source)), source)
    except Failure as error:
        session.errors.append(error)


def named_by(whole: Obj, item: Any) -> Any:
    """An item of a list; one without a kind is of the kind that the list is called after, as in a ConfigMapList.

    >>> named_by({"apiVersion": "v1", "kind": "ConfigMapList"}, {"data": {}})
    {'apiVersion': 'v1', 'kind': 'ConfigMap', 'data': {}}
    """
    kind = whole["kind"].removesuffix("List")
    if not kind or not isinstance(item, dict) or item.get("kind"):
        return item
    return {"apiVersion": whole.get("apiVersion"), "kind": kind, **item}


def decoded(value: Any, source: str) -> Obj:
    """The object, if its kind and its metadata can be read. Raises Failure."""
    if not isinstance(value, dict) or not isinstance(value.get("kind"), str) or not value["kind"]:
        text = json.dumps(value, separators=(",", ":"), sort_keys=True)
        raise Failure(f"unable to decode \"{source}\": Object 'Kind' is missing in '{text}'")
    metadata = value.get("metadata")
    wrong = schema.type_error({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata if metadata is not None else {}})
    if wrong:
        raise Failure(f'unable to decode "{source}": {wrong}')
    return {**value, "metadata": metadata or {}}


def placed(session: Session, obj: Obj, source: str) -> Item:
    """The object with its kind, in its namespace. Raises Failure."""
    version = str(obj.get("apiVersion") or "")
    kind = kind_of(version, obj["kind"], session.custom)
    namespace = meta.namespace(obj)
    if kind is None:
        what = f'no matches for kind "{obj["kind"]}" in version "{version}"'
        where = f'resource mapping not found for name: "{meta.name(obj)}" namespace: "{namespace}" from "{source}"'
        raise Failure(f"{where}: {what}\nensure CRDs are installed first")
    if not kind.namespaced:
        return Item(kind, obj, source, obj)
    if namespace and "namespace" in session.command.given and namespace != session.namespace:
        mismatch = f'the namespace from the provided object "{namespace}" does not match the namespace "{session.namespace}"'
        raise Failure(f"{mismatch}. You must pass '--namespace={namespace}' to perform this operation.")
    return Item(kind, obj if namespace else evolve(obj, "metadata.namespace", session.namespace), source, obj)
