"""The API as a component calls it: every call is awaited, because every call takes time."""

from __future__ import annotations

from collections.abc import Coroutine
from copy import copy
from typing import Any, TypeVar

from gen.cluster.apiserver.passage import Passage
from gen.cluster.apiserver.request import Call, Obj, User
from gen.cluster.apiserver.server import Server
from gen.cluster.apiserver.status import StatusError
from gen.cluster.apiserver.watchcache import Stream
from gen.kit.loop import Context, Sleep
from gen.kit.process import Process
from gen.objects import meta
from gen.trace.record import Request

T = TypeVar("T")
NETWORK_US = (150, 450)  # one way, inside a data centre
DEPRECATED = {"Endpoints": "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"}
VERB = {"log": "get", "exec": "create"}  # of requests that the server passes on to a kubelet


class Connection:
    """The way from one client to the server: what is sent, how long it travels, and what comes back."""

    def __init__(self, server: Server, process: Process, who: str, user: User, typed: bool = True) -> None:
        self.server, self.process, self.who, self.user, self.typed = server, process, who, user, typed
        self.loop = server.loop
        self.manager = ""
        self.warnings: list[str] = []
        self._dice = self.loop.rng(f"network/{who}")

    def _call(self, verb: str, kind: str, namespace: str, name: str, written: Obj | None = None, **more: Any) -> Call:
        sender: dict[str, Any] = {"user": self.user, "who": self.who, "process": self.process.name, "typed": self.typed}
        sender["manager"] = self.manager
        if not self.typed:
            sender["passage"] = Passage(written)
        warnings = [DEPRECATED[kind]] if kind in DEPRECATED else []
        return Call(verb, kind, namespace, name, warnings=warnings, **sender, **more)

    async def _serve(self, verb: str, kind: str, namespace: str, name: str, **more: Any) -> Obj:
        self.warnings = (call := self._call(verb, kind, namespace, name, **more)).warnings
        return await self._exchange(call, request := self._sent(call), self.server.serve(call, request))

    def _sent(self, call: Call) -> Request:
        context = self.loop.context
        return self.server.trace.add(
            Request, at=self.loop.now, cause=context.cause, who=call.who, process=call.process,
            by=context.by, verb=call.verb, ref=call.ref, subresource=call.subresource,
            arrived=self.loop.now + self._dice.randint(*NETWORK_US),
        )  # fmt: skip

    async def _exchange(self, call: Call, request: Request, answer: Coroutine[Any, Any, T]) -> T:
        """There, and back: the request travels, is served, and its answer is written into its record."""
        try:
            await Sleep(request.arrived - request.at)
            result = await answer
        except StatusError as error:
            await self._travel_back(request, error.code, error.message)
            raise
        finally:
            answer.close()
        await self._travel_back(request, 201 if call.verb == "create" else 200, "")
        return result

    async def _travel_back(self, request: Request, code: int, message: str) -> None:
        travel = Sleep(self._dice.randint(*NETWORK_US))
        self.server.trace.answer(request, answered=self.loop.now + travel.delay, code=code, message=message)
        await travel


class Api(Connection):
    """One component's access to the API server.

    `who` is the component's name in the trace, `user` whom the server takes it for. `typed` clients are compiled
    against the API's types; the bodies of others (kubectl's) are checked field by field. All methods raise StatusError.
    """

    def managing_as(self, manager: str) -> Api:
        """The same access, under another name as manager of fields."""
        other = copy(self)
        other.manager, other.warnings = manager, []
        return other

    def acting_as(self, user: User) -> Api:
        """The same access, for another user."""
        other = copy(self)
        other.user, other.warnings = user, []
        return other

    async def get(self, kind: str, namespace: str, name: str, managed: bool = False, subresource: str = "") -> Obj:
        """One object, or a subresource of it; `managed`: with who manages its fields."""
        return await self._serve("get", kind, namespace, name, managed=managed, subresource=subresource)

    async def list(
        self, kind: str, namespace: str = "", labels: str = "", fields: str = "", leading: bool = False, managed: bool = False
    ) -> tuple[list[Obj], int]:
        """The objects of a kind (namespace "": of all namespaces) and the revision at which they were read.

        `leading`: what the task does next was caused by this request.
        """
        call = self._call("list", kind, namespace, "", selectors=(labels, fields), managed=managed)
        self.warnings, request = call.warnings, self._sent(call)
        found = await self._exchange(call, request, self.server.list(call))
        if leading:
            self.loop.context = Context(request.seq)
        return found

    def watch(self, kind: str, namespace: str = "", since: int = 0, labels: str = "", fields: str = "") -> Stream:
        """The changes after revision `since`; it ends with the process, or when the server ends it (WatchClosed)."""
        stream = self.server.watch(self._call("watch", kind, namespace, "", selectors=(labels, fields)), since)
        self.process.at_stop(stream.stop)
        return stream

    async def create(self, obj: Obj, validate: str = "Ignore", dry_run: bool = False, written: Obj | None = None) -> Obj:
        """Store a new object; with `dry_run` only answer what would be stored. `written`: what it was made from."""
        return await self._serve("create", *_place(obj), body=obj, validate=validate, dry_run=dry_run, written=written)

    async def update(self, obj: Obj, subresource: str = "", validate: str = "Ignore", dry_run: bool = False) -> Obj:
        """Replace an object (or only its status); 409 if it changed since it was read."""
        more: dict[str, Any] = {"validate": validate, "dry_run": dry_run}
        return await self._serve("update", *_place(obj), subresource=subresource, body=obj, **more)

    async def patch(
        self, kind: str, namespace: str, name: str, patch: Any,
        how: str = "strategic", subresource: str = "", validate: str = "Ignore", dry_run: bool = False,
        written: Obj | None = None,
    ) -> Obj:  # fmt: skip
        """Change a part of an object. `written`: what the patch was made from."""
        more: dict[str, Any] = {"how": how, "validate": validate, "dry_run": dry_run, "written": written}
        return await self._serve("patch", kind, namespace, name, subresource=subresource, patch=patch, **more)

    async def apply(
        self, obj: Obj, force: bool = False, validate: str = "Ignore", dry_run: bool = False, written: Obj | None = None
    ) -> Obj:
        """Server-side apply: merge what is wanted into what is there; 409 where others manage a field. Answers with managers."""
        more: dict[str, Any] = {"force": force, "validate": validate, "dry_run": dry_run, "managed": True, "written": written}
        return await self._serve("patch", *_place(obj), patch=obj, how="apply", **more)

    async def delete(
        self, kind: str, namespace: str, name: str, grace: int | None = None, propagation: str = "Background", uid: str = "",
        dry_run: bool = False,
    ) -> Obj:  # fmt: skip
        """Delete an object; `grace` in seconds (None: its own), `uid` to delete only that very one."""
        more: dict[str, Any] = {"grace_s": grace, "propagation": propagation, "uid": uid, "dry_run": dry_run}
        return await self._serve("delete", kind, namespace, name, **more)

    async def bind(self, namespace: str, name: str, node: str) -> Obj:
        """Bind a Pod to a node."""
        body = {"apiVersion": "v1", "kind": "Binding", "metadata": {"name": name}, "target": {"kind": "Node", "name": node}}
        return await self._serve("create", "Pod", namespace, name, subresource="binding", body=body)

    async def connect(self, subresource: str, namespace: str, name: str, body: Obj) -> Obj:
        """Ask the kubelet of a Pod through the API server: `exec` or `log`."""
        return await self._serve(VERB[subresource], "Pod", namespace, name, subresource=subresource, body=body)


def _place(obj: Obj) -> tuple[str, str, str]:
    return obj["kind"], meta.namespace(obj), meta.name(obj)
