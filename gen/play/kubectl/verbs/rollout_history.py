"""`kubectl rollout history`: the revisions of a Deployment that are still there, or the Pod template of one of them.

Upstream: kubectl/pkg/cmd/rollout/rollout_history.go, kubectl/pkg/polymorphichelpers/history.go (v1.36.2); recordings 05, 26,
40 and 84.
"""

from __future__ import annotations

from typing import Any

from gen.kit.evolve import dig, evolve
from gen.objects import meta, selectors, workloads
from gen.play.kubectl.describe.template import pod_template
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.output import resource_name, table_text
from gen.play.kubectl.targets import Found
from gen.play.kubectl.terminal import Session
from gen.play.kubectl.verbs.rollout_status import check_played

Obj = dict[str, Any]
CHANGE_CAUSE = "kubernetes.io/change-cause"
REVISION = "deployment.kubernetes.io/revision"
GAP = "  "


async def history(session: Session, one: Found) -> None:
    """The list, or with `--revision` one template."""
    check_played(one)
    if one.kind.name != "Deployment":
        raise Failure(f"no history viewer has been implemented for {one.kind.name}")
    wanted = session.command["revision"]
    if wanted < 0:
        raise Failure(f"revision must be a positive integer: {wanted}")
    templates = by_revision(await replica_sets_of(session, one))
    title = resource_name(one.kind, one.name)
    if not wanted:
        session.say(f"{title} ")
        session.say(listed(templates))
        return
    if wanted not in templates and templates:
        raise Failure("unable to find the specified revision")
    session.say(f"{title} with revision #{wanted}")
    session.say(template_text(templates[wanted]) if templates else NO_HISTORY)


NO_HISTORY = "No rollout history found."


async def replica_sets_of(session: Session, one: Found) -> list[Obj]:
    """The ReplicaSets of a Deployment, in the order in which they are looked at: old ones first, the present one last."""
    wanted = selectors.format_selector(dig(one.obj, "spec.selector"))
    listed_, _ = await session.api.list("ReplicaSet", one.namespace, labels=wanted)
    newest, old = workloads.new_and_old(one.obj, listed_)
    return [*old, *([newest] if newest else [])]


def revision_of(replica_set: Obj) -> int | None:
    """The revision in the annotation: 0 where there is none, None where it is no number."""
    text = meta.annotations(replica_set).get(REVISION, "0")
    return int(text) if text.isascii() and text.isdigit() else None


def by_revision(replica_sets: list[Obj]) -> dict[int, Obj]:
    """The Pod templates by revision, each with the cause of the change among its annotations."""
    found: dict[int, Obj] = {}
    for replica_set in replica_sets:
        revision, template = revision_of(replica_set), replica_set["spec"]["template"]
        cause = meta.annotations(replica_set).get(CHANGE_CAUSE)
        if revision is not None:
            found[revision] = evolve(template, ("metadata", "annotations", CHANGE_CAUSE), cause) if cause else template
    return found


def listed(templates: dict[int, Obj]) -> str:
    """The revisions with their causes, the oldest first."""
    if not templates:
        return NO_HISTORY
    causes = {number: meta.annotations(template).get(CHANGE_CAUSE, "<none>") for number, template in templates.items()}
    rows = [[str(number), causes[number]] for number in sorted(causes)]
    return table_text(["REVISION", "CHANGE-CAUSE"], rows, gap=len(GAP), least=0)


def template_text(template: Obj) -> str:
    """A Pod template as `describe` has it, but with its tabs as they are."""
    return "".join(f"{line}\n" for line in pod_template(template))
