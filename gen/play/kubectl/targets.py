"""Which objects a line names: `pods`, `pod web`, `pod/web deploy/shop`, `deploy,rs,pods`, `all`, a selector, or a file.

Upstream: cli-runtime/pkg/resource/builder.go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.objects import meta, selectors
from gen.objects.kinds import ALL, Kind, kind_by_name, kind_named
from gen.play.kubectl import output
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.manifest_files import items
from gen.play.kubectl.paths import PathError
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
NO_NAME = "resource(s) were provided, but no name was specified"
NOT_BY_NAME = "a resource cannot be retrieved by name across all namespaces"
MIXED = (
    "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form "
    "(e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'"
)


@dataclass(frozen=True, slots=True)
class Target:
    """One object by its name, or with the name "" all objects of a kind. `source` is the file that named it."""

    kind: Kind
    namespace: str
    name: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An object, and how it was named."""

    kind: Kind
    obj: Obj
    source: str = ""

    @property
    def namespace(self) -> str:
        """Its namespace."""
        return meta.namespace(self.obj)

    @property
    def name(self) -> str:
        """Its name."""
        return meta.name(self.obj)


def targets(session: Session, arguments: tuple[str, ...] | None = None) -> list[Target]:
    """What the line names. Raises Failure."""
    words = session.command.arguments if arguments is None else arguments
    if session.command.flags.get("filename"):
        return [Target(item.kind, item.namespace, item.name, item.source) for item in items(session)]
    if not words:
        raise Failure("You must provide one or more resources by argument or filename.")
    if any("/" in word for word in words):
        return in_one_namespace([one_named(session, word) for word in words])
    named = words[1:] or ("",)
    return in_one_namespace([Target(kind, where(session, kind), name) for kind in kinds(session, words[0]) for name in named])


def in_one_namespace(wanted: list[Target]) -> list[Target]:
    """The same targets. Raises Failure for a name that is to be looked for in every namespace."""
    if any(target.name and target.kind.namespaced and not target.namespace for target in wanted):
        raise Failure(NOT_BY_NAME)
    return wanted


def one_named(session: Session, word: str) -> Target:
    """The object behind `TYPE/NAME`. Raises Failure."""
    kind_text, slash, name = word.partition("/")
    if not slash:
        raise Failure(MIXED)
    if "/" in name or not name or not kind_text:
        raise Failure("arguments in resource/name form may not have more than one slash" if "/" in name else MIXED)
    kind = known(session, kind_text)
    return Target(kind, where(session, kind), name)


def kinds(session: Session, text: str) -> list[Kind]:
    """The kinds behind `deploy,rs,pods` or `all`. Raises Failure."""
    found = [kind for word in text.split(",") if word for kind in (all_kinds() if word == "all" else [known(session, word)])]
    return list(dict.fromkeys(found))


def all_kinds() -> list[Kind]:
    """What `all` stands for."""
    return [kind for kind in map(kind_by_name, ALL) if kind is not None]


def known(session: Session, text: str) -> Kind:
    """The kind that a word names. Raises Failure."""
    kind = kind_named(text, session.custom)
    if kind is None:
        raise Failure(f'the server doesn\'t have a resource type "{text}"')
    return kind


def where(session: Session, kind: Kind) -> str:
    """The namespace to look in: none for what belongs to the cluster, nor with --all-namespaces."""
    return "" if not kind.namespaced or session.command.flags.get("all-namespaces") else session.namespace


def asked_selectors(session: Session) -> tuple[str, str]:
    """The label and the field selector that were typed. Raises Failure for one that cannot be read."""
    labels, fields = session.command.flags.get("selector", ""), session.command.flags.get("field-selector", "")
    try:
        selectors.label_selector(labels)
        selectors.field_selector(fields)
    except ValueError as error:
        raise Failure(str(error)) from None
    return labels, fields


def needs_name(session: Session, wanted: list[Target]) -> None:
    """Raises Failure if whole kinds are meant though neither a selector nor --all says which objects."""
    flags = session.command.flags
    if any(not target.name for target in wanted) and not (
        flags.get("selector") or flags.get("field-selector") or flags.get("all")
    ):
        raise Failure(NO_NAME)


async def found(session: Session, wanted: list[Target]) -> list[Found]:
    """The objects that are meant; those that are not there leave an error."""
    labels, fields = asked_selectors(session)
    if (labels or fields) and any(target.name for target in wanted):
        raise Failure("name cannot be provided when a selector is specified")
    managed = {"managed": True} if session.command.flags.get("show-managed-fields") else {}
    result: list[Found] = []
    for target in wanted:
        try:
            if target.name:
                one = await session.api.get(target.kind.name, target.namespace, target.name, **managed)
                result.append(Found(target.kind, one, target.source))
            else:
                listed, _ = await session.api.list(target.kind.name, target.namespace, labels, fields, **managed)
                result.extend(Found(target.kind, obj, target.source) for obj in listed)
        except StatusError as error:
            session.errors.append(error if target.name else not_listed(error, target.kind, labels, fields))
        session.warn(*session.api.warnings)
    return result


def not_listed(error: StatusError, kind: Kind, labels: str, fields: str) -> StatusError:
    """The server's answer to a list that it did not understand, with what was asked.

    Upstream: cli-runtime/pkg/resource/selector.go.
    """
    if error.reason not in ("BadRequest", "NotFound"):
        return error
    resource = f'"{kind.group}/{kind.version}, Resource={kind.plural}"'
    asked = f'Unable to find {resource} that match label selector "{labels}", field selector "{fields}"'
    what = asked if labels or fields else f"Unable to list {resource}"
    return StatusError(error.code, error.reason, f"{what}: {error.message}", error.details)


def in_order(session: Session, objects: list[Found]) -> list[Found]:
    """The objects as --sort-by wants them. Raises Failure."""
    path = session.command["sort-by"]
    if not path:
        return objects
    places = {id(one.obj): one for one in objects}
    try:
        return [places[id(obj)] for obj in output.sorted_by([one.obj for one in objects], path)]
    except KeyError as error:
        raise Failure(f'couldn\'t find any field with path "{error.args[0]}" in the list of objects') from None
    except PathError as error:
        raise Failure(str(error)) from None
