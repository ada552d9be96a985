"""What each verb does: one file a family, one coroutine a verb."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from gen.play.kubectl.terminal import Session
from gen.play.kubectl.verbs.apply import apply
from gen.play.kubectl.verbs.auth import auth
from gen.play.kubectl.verbs.cordon import cordon, uncordon
from gen.play.kubectl.verbs.create import create, run
from gen.play.kubectl.verbs.delete import delete
from gen.play.kubectl.verbs.describe import describe
from gen.play.kubectl.verbs.diff import diff
from gen.play.kubectl.verbs.discovery import api_resources, api_versions
from gen.play.kubectl.verbs.events import events
from gen.play.kubectl.verbs.exec import execute
from gen.play.kubectl.verbs.explain import explain
from gen.play.kubectl.verbs.expose import expose
from gen.play.kubectl.verbs.get import get
from gen.play.kubectl.verbs.label import annotate, label
from gen.play.kubectl.verbs.logs import logs
from gen.play.kubectl.verbs.patch import patch
from gen.play.kubectl.verbs.replace import replace
from gen.play.kubectl.verbs.rollout import rollout
from gen.play.kubectl.verbs.scale import scale
from gen.play.kubectl.verbs.set import set_part
from gen.play.kubectl.verbs.taint import taint
from gen.play.kubectl.verbs.version import top, version
from gen.play.kubectl.verbs.wait import wait

VERB: dict[str, Callable[[Session], Awaitable[None]]] = {
    "apply": apply,
    "diff": diff,
    "replace": replace,
    "create": create,
    "run": run,
    "expose": expose,
    "get": get,
    "describe": describe,
    "wait": wait,
    "scale": scale,
    "delete": delete,
    "rollout": rollout,
    "set": set_part,
    "label": label,
    "annotate": annotate,
    "api-resources": api_resources,
    "api-versions": api_versions,
    "auth": auth,
    "events": events,
    "explain": explain,
    "top": top,
    "version": version,
    "cordon": cordon,
    "uncordon": uncordon,
    "taint": taint,
    "patch": patch,
    "exec": execute,
    "logs": logs,
}
