"""`kubectl get --watch`: what is there, and then every change of it, for as long as somebody looks on.

Upstream: kubectl/pkg/cmd/get/get.go (watch, skipPrinter), cli-runtime/pkg/printers (tableprinter.go, json.go, yaml.go, name.go)
and cli-runtime/pkg/resource/result.go (v1.36.2). All goes through one writer of columns, JSON paths with tabs in them too.
"""

from __future__ import annotations

from typing import Any

from gen.kit.go_json import go_json
from gen.objects import meta
from gen.objects.kinds import Kind
from gen.play.kubectl import output
from gen.play.kubectl.changes import on_and_on
from gen.play.kubectl.chosen_fields import PATH_FORMS, custom_columns, json_path, no_printer
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.targets import Found, Target, asked_selectors, found, in_order, targets
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]
Event = tuple[str, Obj]  # ADDED, MODIFIED or DELETED, and the object
ADDED = "ADDED"
ONE_KIND = "you may only specify a single resource type"
ONE_SOURCE = "you may only watch a single resource or type of resource at a time"
ONE_OBJECT = "watch is only supported on individual resources and resource collections - more than 1 resource was found"
IGNORED = {
    "watch": "warning: --watch requested, --sort-by will be ignored for watch events received",
    "watch-only": "warning: --watch-only requested, --sort-by will be ignored",
}


async def watch(session: Session) -> None:
    """Print what is there, and what changes. Raises Failure, StatusError."""
    command = session.command
    if command["sort-by"]:
        session.note(IGNORED["watch" if command["watch"] else "watch-only"])
    wanted = targets(session)
    if len({target.kind for target in wanted}) > 1:
        raise Failure(ONE_OBJECT if command["filename"] else ONE_KIND)
    kind, namespace, name = wanted[0].kind, wanted[0].namespace, wanted[0].name
    there, revision = await present(session, wanted)
    if session.errors:
        return
    printer = Printer(session, kind)
    if not command["watch-only"]:
        session.stdout.append(printer.told([(ADDED, one.obj) for one in there]))
    session.show()
    if len(wanted) > 1:
        raise Failure(ONE_SOURCE)
    labels, fields = ("", f"metadata.name={name}") if name else asked_selectors(session)
    stream = session.api.watch(kind.name, namespace, revision, labels, fields)
    await on_and_on(session, stream, lambda change: printer.told([(change.type, change.obj)]))


async def present(session: Session, wanted: list[Target]) -> tuple[list[Found], int]:
    """What is there already, and the revision after which to look for changes."""
    if wanted[0].name:
        objects = await found(session, wanted)
        return objects, max((meta.resource_version(one.obj) for one in objects), default=0)
    kind, (labels, fields) = wanted[0].kind, asked_selectors(session)
    managed = session.command["show-managed-fields"]
    listed, revision = await session.api.list(kind.name, wanted[0].namespace, labels, fields, managed=managed)
    session.warn(*session.api.warnings)
    objects = [Found(kind, obj) for obj in listed]
    return in_order(session, objects) if session.command["output"] in ("", "wide") else objects, revision


class Printer:
    """Prints in the form that `-o` names, on and on: headings once, columns never narrower than before. Raises Failure."""

    def __init__(self, session: Session, kind: Kind) -> None:
        self.session, self.command, self.kind = session, session.command, kind
        self.form, _, self.template = self.command["output"].partition("=")
        self._columns = output.Columns()
        self._headed = bool(self.command["no-headers"])
        self._documents = 0
        if self.form in (*PATH_FORMS, "custom-columns"):
            known = bool(self.template)
        else:
            known = self.command["output"] in ("", "wide", "name", "json", "yaml")
        if not known:
            raise no_printer(self.command["output"])

    def told(self, events: list[Event]) -> str:
        """The events as text."""
        if not events:
            return ""
        if self.form in ("", "wide", "custom-columns"):
            headings, rows = self._custom(events) if self.form == "custom-columns" else self._table(events)
            lines, self._headed = (rows if self._headed else [headings, *rows]), True
            return "".join(f"{line}\n" for line in self._columns.aligned(lines))
        text = "".join(self._whole(event) for event in events)
        return "\n".join(self._columns.aligned([line.split("\t") for line in text.split("\n")]))

    def _table(self, events: list[Event]) -> tuple[list[str], list[list[str]]]:
        command = self.command
        headings, rows = output.object_rows(
            self.kind.name, [obj for _, obj in events], self.session.now_s, self.form == "wide", command["show-labels"],
            command["label-columns"], command["all-namespaces"],
            output.resource_name(self.kind, "") if command["show-kind"] else "",
        )  # fmt: skip
        if not command["output-watch-events"]:
            return headings, rows
        return ["EVENT", *headings], [[type_.ljust(8), *row] for (type_, _), row in zip(events, rows, strict=True)]

    def _custom(self, events: list[Event]) -> tuple[list[str], list[list[str]]]:
        return custom_columns([self._shown(event) for event in events], self.template)

    def _shown(self, event: Event) -> Obj:
        """The object, or with --output-watch-events what the API sends of the change."""
        type_, obj = event
        obj = obj if self.command["show-managed-fields"] else output.shown(obj)
        return {"object": obj, "type": type_} if self.command["output-watch-events"] else obj

    def _whole(self, event: Event) -> str:
        shown = self._shown(event)
        if self.form == "name":
            return f"{output.resource_name(self.kind, meta.name(event[1]))}\n"
        if self.form == "json":
            if self.command["output-watch-events"]:
                return f'{{"type":"{shown["type"]}","object":{go_json(shown["object"])}}}\n'
            return output.json_text(shown)
        if self.form == "yaml":
            self._documents += 1
            return ("---\n" if self._documents > 1 else "") + output.yaml_text(shown)
        return json_path(shown, self.form, self.template)
