"""How a verb that changes something says what it did: a sentence, or the object in the form that `-o` names.

Upstream: kubectl/pkg/cmd/util/helpers.go (GetDryRunStrategy, PrintFlagsWithDryRunStrategy), cli-runtime/pkg/printers/name.go.
"""

from __future__ import annotations

from typing import Any

from gen.objects import meta
from gen.objects.kinds import Kind, kind_of
from gen.play.kubectl import output
from gen.play.kubectl.chosen_fields import PATH_FORMS, json_path
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.output import resource_name
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
CLIENT, SERVER = "client", "server"
BEHIND = {"": "", CLIENT: " (dry run)", SERVER: " (server dry run)"}
FORMATS = ("json", "name", "yaml", "jsonpath=…", "jsonpath-as-json=…")


def dry_run(session: Session) -> str:
    """`client`, `server`, or "" for a line that means it. Raises Failure."""
    asked = session.command.flags.get("dry-run", "none")
    if asked not in ("none", CLIENT, SERVER):
        raise Failure(f'invalid dry-run value ({asked}). Must be "none", "server", or "client".')
    return "" if asked == "none" else str(asked)


def tell(session: Session, kind: Kind, obj: Obj, what: str) -> None:
    """Say that `what` was done to the object, or print it. Raises Failure for a form that is not known."""
    form = session.command.flags.get("output", "")
    if not form:
        session.say(f"{resource_name(kind, meta.name(obj))} {what}{BEHIND[dry_run(session)]}")
    elif form == "name":
        session.say(resource_name(kind, meta.name(obj)))
    elif session.together is not None:
        session.together.append(obj)
    else:
        print_object(session, form, obj)


def tell_together(session: Session) -> None:
    """Print the objects that were gathered: one as it is, several as a list. Raises Failure for a form that is not known."""
    objects, session.together = session.together or [], None
    if objects:
        one = objects[0] if len(objects) == 1 else {**output.as_list(objects), "metadata": {}}
        print_object(session, session.command["output"], one)


def print_object(session: Session, form: str, obj: Obj) -> None:
    """One object as YAML, JSON or chosen fields; a second one behind a line of dashes."""
    shown, (name, _, template) = output.shown(obj), form.partition("=")
    if form == "yaml":
        session.stdout.append(("---\n" if session.stdout else "") + output.yaml_text(shown))
    elif form == "json":
        session.stdout.append(output.json_text(shown))
    elif name in PATH_FORMS and template:
        session.stdout.append(json_path(shown, name, template))
    else:
        known = ",".join(FORMATS)
        raise Failure(f'unable to match a printer suitable for the output format "{form}", allowed formats are: {known}')


def kind_of_object(obj: Obj) -> Kind:
    """The kind of an object that kubectl itself has written."""
    kind = kind_of(obj["apiVersion"], obj["kind"])
    assert kind is not None
    return kind
