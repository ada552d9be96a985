"""`kubectl get`: objects as tables, or as YAML, JSON, names or chosen fields.

Upstream: kubectl/pkg/cmd/get/get.go; recordings 01, 21 and 40.
"""

from __future__ import annotations

from itertools import groupby

from gen.play.kubectl import output
from gen.play.kubectl.chosen_fields import PATH_FORMS, custom_columns, json_path, no_printer
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.targets import Found, Target, found, in_order, targets
from gen.play.kubectl.terminal import Session
from gen.play.kubectl.verbs.get_watch import watch
from gen.play.kubectl.verbs.version import raw

NOTHING_ASKED = (
    'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n'
    'error: Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource '
    "(e.g. kubectl explain pods).\nSee 'kubectl get -h' for help and examples"
)
WITHOUT_WATCH = (
    "--output-watch-events option can only be used with --watch or --watch-only\nSee 'kubectl get -h' for help and examples"
)
NO_FILTERS = "--raw may not be specified with other flags that filter the server request or alter the output"


async def get(session: Session) -> None:
    """Print what was asked for."""
    watches = session.command["watch"] or session.command["watch-only"]
    if session.command["raw"]:
        if watches or session.command["selector"]:
            raise Failure(NO_FILTERS)
        raw(session)
        return
    if session.command["output-watch-events"] and not watches:
        raise Failure(WITHOUT_WATCH)
    if watches:
        await watch(session)
        return
    if not session.command.arguments and not session.command["filename"]:
        raise Failure(NOTHING_ASKED)
    wanted = targets(session)
    objects = in_order(session, await found(session, wanted))
    if session.command["ignore-not-found"]:
        session.errors[:] = [error for error in session.errors if getattr(error, "code", 0) != 404]
    form = session.command["output"]
    if form in ("", "wide"):
        print_tables(session, wanted, objects)
    else:
        print_as(session, form, wanted, objects)


def print_tables(session: Session, wanted: list[Target], objects: list[Found]) -> None:
    """A table for each kind, with an empty line between."""
    command = session.command
    several = len({target.kind for target in wanted}) > 1 or command["show-kind"]
    printed: list[str] = []
    for kind, group in groupby(objects, key=lambda one: one.kind):
        printed.append(
            output.objects_table(
                kind.name,
                [one.obj for one in group],
                session.now_s,
                wide=command["output"] == "wide",
                show_labels=command["show-labels"],
                label_columns=command["label-columns"],
                namespaces=command["all-namespaces"] and kind.namespaced,
                prefix=output.resource_name(kind, "") if several else "",
                with_headings=not command["no-headers"],
            )
        )
    session.stdout.append("\n".join(printed))
    if not objects and not session.errors and not command["ignore-not-found"]:
        everywhere = command["all-namespaces"] or not all(target.kind.namespaced for target in wanted)
        session.note("No resources found" if everywhere else f"No resources found in {session.namespace} namespace.")


def print_as(session: Session, form: str, wanted: list[Target], objects: list[Found]) -> None:
    """The objects in the form that `-o` names. Raises Failure for one that is not known."""
    single = len(wanted) == 1 and bool(wanted[0].name)
    if single and not objects:
        return
    managed = session.command["show-managed-fields"]
    shown = [one.obj if managed else output.shown(one.obj) for one in objects]
    whole = shown[0] if single else output.as_list(shown, managed=managed)
    name, _, template = form.partition("=")
    if form == "name":
        session.stdout.extend(f"{output.resource_name(one.kind, one.name)}\n" for one in objects)
    elif form == "json":
        session.stdout.append(output.json_text(whole))
    elif form == "yaml":
        session.stdout.append(output.yaml_text(whole))
    elif name in PATH_FORMS and template:
        session.stdout.append(json_path(whole, name, template))
    elif name == "custom-columns" and template:
        session.stdout.append(
            output.table_text(*custom_columns(shown, template), with_headings=not session.command["no-headers"])
        )
    else:
        raise no_printer(form)
