"""The API as a component calls it: every call is awaited, because every call takes time."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, TypeVar

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
VERB = {"log": "get", "exec": "create"}  # of requests that the server passes on to a kubelet


class Api:
    """One component's access to the API server.

    `who` is the component's name in the trace, `user` whom the server takes it for. `typed` clients are compiled
    against the API's types; the bodies of others (kubectl's) are checked field by field. All methods raise StatusError.
    """

    def __init__(self, server: Server, process: Process, who: str, user: User, typed: bool = True) -> None:
        self.server, self.process, self.loop = server, process, server.loop
        self.who, self.user, self.typed = who, user, typed
        self.warnings: list[str] = []
        self._dice = self.loop.rng(f"network/{who}")

    async def get(self, kind: str, namespace: str, name: str) -> Obj:
        """One object."""
        return await self._serve("get", kind, namespace, name)

    async def list(
        self, kind: str, namespace: str = "", labels: str = "", fields: str = "", leading: bool = False
    ) -> tuple[list[Obj], int]:
        """The objects of a kind (namespace "": of all namespaces) and the revision at which they were read.

        `leading`: what the task does next was caused by this request.
        """
        call = self._call("list", kind, namespace, "", selectors=(labels, fields))
        request = self._sent(call)
        found = await self._exchange(call, request, self.server.list(call))
        if leading:
            self.loop.context = Context(request.seq)
        return found

    def watch(self, kind: str, namespace: str = "", since: int = 0, labels: str = "", fields: str = "") -> Stream:
        """The changes after revision `since`; it ends with the process, or when the server ends it (WatchClosed)."""
        stream = self.server.watch(self._call("watch", kind, namespace, "", selectors=(labels, fields)), since)
        self.process.at_stop(stream.stop)
        return stream

    async def create(self, obj: Obj, validate: str = "Ignore") -> Obj:
        """Store a new object."""
        return await self._serve("create", *_place(obj), body=obj, validate=validate)

    async def update(self, obj: Obj, subresource: str = "", validate: str = "Ignore") -> Obj:
        """Replace an object (or only its status); 409 if it changed since it was read."""
        return await self._serve("update", *_place(obj), subresource=subresource, body=obj, validate=validate)

    async def patch(
        self, kind: str, namespace: str, name: str, patch: Any,
        how: str = "strategic", subresource: str = "", validate: str = "Ignore",
    ) -> Obj:  # fmt: skip
        """Change a part of an object."""
        return await self._serve("patch", kind, namespace, name, subresource=subresource, patch=patch, how=how, validate=validate)

    async def delete(
        self, kind: str, namespace: str, name: str, grace: int | None = None, propagation: str = "Background", uid: str = ""
    ) -> Obj:
        """Delete an object; `grace` in seconds (None: its own), `uid` to delete only that very one."""
        return await self._serve("delete", kind, namespace, name, grace_s=grace, propagation=propagation, uid=uid)

    async def bind(self, namespace: str, name: str, node: str) -> Obj:
        """Bind a Pod to a node."""
        body = {"apiVersion": "v1", "kind": "Binding", "metadata": {"name": name}, "target": {"kind": "Node", "name": node}}
        return await self._serve("create", "Pod", namespace, name, subresource="binding", body=body)

    async def connect(self, subresource: str, namespace: str, name: str, body: Obj) -> Obj:
        """Ask the kubelet of a Pod through the API server: `exec` or `log`."""
        return await self._serve(VERB[subresource], "Pod", namespace, name, subresource=subresource, body=body)

    def _call(self, verb: str, kind: str, namespace: str, name: str, **more: Any) -> Call:
        sender: dict[str, Any] = {"user": self.user, "who": self.who, "process": self.process.name, "typed": self.typed}
        return Call(verb, kind, namespace, name, **sender, **more)

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


def _place(obj: Obj) -> tuple[str, str, str]:
    return obj["kind"], meta.namespace(obj), meta.name(obj)
