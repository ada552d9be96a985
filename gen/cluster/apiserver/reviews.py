"""Questions that are asked like objects and never stored: may I do this?

Upstream: pkg/registry/authorization (selfsubjectaccessreview/rest.go, subjectaccessreview/rest.go).
"""

from __future__ import annotations

from gen.cluster.apiserver.authz import allowed
from gen.cluster.apiserver.rbac import bound
from gen.cluster.apiserver.request import Call, Obj, User, World
from gen.kit.evolve import dig
from gen.objects.kinds import KINDS

ACCESS_REVIEWS = ("SelfSubjectAccessReview", "SubjectAccessReview", "LocalSubjectAccessReview")


def answered(world: World, call: Call) -> Obj:
    """The review with its answer."""
    body = call.body or {}
    user = call.user
    if call.kind != "SelfSubjectAccessReview":
        user = User(dig(body, "spec.user", ""), tuple(dig(body, "spec.groups", [])))
    asked = dig(body, "spec.resourceAttributes", {})
    kind = next((one for one in KINDS if (one.plural, one.group) == (asked.get("resource"), asked.get("group", ""))), None)
    name = kind.name if kind else str(asked.get("resource", ""))
    what = Call(asked.get("verb", ""), name, asked.get("namespace", ""), asked.get("name", ""), user,
                subresource=asked.get("subresource", ""))  # fmt: skip
    yes = allowed(user, what.verb, what.kind, what.subresource) or bound(world, what)
    return {**body, "status": {"allowed": yes}}
