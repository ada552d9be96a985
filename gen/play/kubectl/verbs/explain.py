"""`kubectl explain`: the fields of a kind, their types, and what they are for.

Upstream: kubectl/pkg/cmd/explain/explain.go, kubectl/pkg/explain/explain.go (v1.36.2); recording 40.
"""

from __future__ import annotations

from gen.cluster.apiserver import schema
from gen.cluster.apiserver.schema_types import type_named
from gen.objects.kinds import KINDS, Kind
from gen.play.kubectl.explain import NoField, explained
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.targets import known
from gen.play.kubectl.terminal import Session

NO_TYPE = (
    'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n'
)
PLAIN = "plaintext"


async def explain(session: Session) -> None:
    """Print where the field is, and what is below it; of a field that is not there, the kind alone (as v1.36 does)."""
    words = session.command.arguments
    if not words:
        raise Failure(NO_TYPE)
    if len(words) > 1:
        raise Failure("We accept only this format: explain RESOURCE\n")
    kind, path = asked(session, words[0])
    check_version(session.command["api-version"], kind)
    if session.command["output"] != PLAIN:
        raise Failure(f"unrecognized format: {session.command['output']}")
    struct = schema.struct_of(kind.api_version, kind.name)
    if struct is None:
        raise Failure(f"the fields of {kind.name} are not known to this cluster")
    session.stdout += [f"GROUP:      {kind.group}\n"] if kind.group else []
    session.stdout.append(f"KIND:       {kind.name}\nVERSION:    {kind.version}\n\n")
    try:
        session.stdout.append(explained(type_named(struct.name), path, session.command["recursive"]))
    except NoField as error:
        raise Failure(f'field "{error}" does not exist') from None


def asked(session: Session, text: str) -> tuple[Kind, list[str]]:
    """The kind and the way to the field in `deployments.spec.strategy`; the group may stand behind the kind. Raises Failure."""
    word, *path = text.removesuffix(".").split(".")
    kind = known(session, word)
    group = kind.group.split(".") if kind.group else []
    return kind, path[len(group) :] if group and path[: len(group)] == group else path


def check_version(asked_for: str, kind: Kind) -> None:
    """Raises Failure if the kind is not there in the group and version that was asked for."""
    if not asked_for or asked_for == kind.api_version:
        return
    group, _, version = asked_for.rpartition("/")
    resource = f"{group}/{version}, Resource={kind.plural}"
    served = any(one.api_version == asked_for for one in KINDS)
    raise Failure(f"GVR ({resource}) not found in OpenAPI schema" if served else f'couldn\'t find resource for "{resource}"')
