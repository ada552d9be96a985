"""`kubectl auth can-i`: may I, or may somebody else, do this?

Upstream: kubectl/pkg/cmd/auth/cani.go; recordings 17 and 40.
"""

from __future__ import annotations

from gen.objects.kinds import kind_named
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.terminal import Session

HOW = (
    "you must specify two arguments: verb resource or verb resource/resourceName.\n"
    "See 'kubectl auth can-i -h' for help and examples."
)


async def auth(session: Session) -> None:
    """Ask the server, and say yes or no; the return code says the same."""
    words = session.command.arguments
    if len(words) not in (2, 3):
        raise Failure(HOW)
    if words[1].startswith("/"):
        raise Failure(f"this kubectl asks about resources, and not about {words[1]}")
    verb, (text, _, name) = words[0], words[1].partition("/")
    name = words[2] if len(words) == 3 else name
    kind = None if text == "*" else kind_named(text, session.custom)
    if kind is None and text != "*":
        session.warn(f"the server doesn't have a resource type '{text}'\n")
    elif kind is not None and not kind.namespaced and not session.command["all-namespaces"]:
        group = f" in group '{kind.group}'" if kind.group else ""
        session.warn(f"resource '{kind.plural}' is not namespace scoped{group}\n")
    namespaced = (kind is None or kind.namespaced) and not session.command["all-namespaces"]
    asked = {
        "verb": verb, "resource": kind.plural if kind else text, "group": kind.group if kind else "",
        "namespace": session.namespace if namespaced else "", "name": name, "subresource": session.command["subresource"],
    }  # fmt: skip
    review = {
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectAccessReview",
        "metadata": {"name": ""},
        "spec": {"resourceAttributes": {key: value for key, value in asked.items() if value}},
    }
    allowed = (await session.api.create(review))["status"]["allowed"]
    if not session.command["quiet"]:
        session.say("yes" if allowed else "no")
    session.code = 0 if allowed else 1
