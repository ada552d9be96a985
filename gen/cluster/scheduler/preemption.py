"""Would it help to make room, by deleting Pods of lower priority?

Choosing the victims and deleting them is not simulated yet; whether there could be any is, because the scheduler's message
tells it. Upstream: pkg/scheduler/framework/preemption/preemption.go and plugins/defaultpreemption.
"""

from __future__ import annotations

from dataclasses import dataclass

from gen.cluster.scheduler import message
from gen.cluster.scheduler.framework import SKIP, Filter, Profile, Rejection, Unplaceable
from gen.cluster.scheduler.pod_info import PodInfo
from gen.cluster.scheduler.snapshot import NodeInfo, Snapshot

NAME = "DefaultPreemption"
NOT_HELPFUL = Rejection(NAME, ("Preemption is not helpful for scheduling",), resolvable=False)
NO_VICTIMS = Rejection(NAME, ("No preemption victims found for incoming pod",), resolvable=False)
PREFIX = "no new claims to deallocate, preemption: "  # the first words are DynamicResources's, which has nothing to do here
NEVER = "not eligible due to preemptionPolicy=Never."


@dataclass(frozen=True, slots=True)
class Prospect:
    """What making room would come to: the nodes where it would help, and why not on the others. `allowed`: the Pod may."""

    helpful: list[str]
    refusals: list[Rejection]
    allowed: bool = True

    def text(self) -> str:
        """The end of the scheduler's message; empty where preemption would go ahead."""
        if not self.allowed:
            return PREFIX + NEVER
        return "" if self.helpful else PREFIX + message.unschedulable(len(self.refusals), self.refusals, "")


def prospects(
    pod: PodInfo, nodes: list[NodeInfo], rejections: dict[str, Rejection], profile: Profile, snapshot: Snapshot
) -> Prospect:
    """Look at every node: could the Pod go there if all Pods of lower priority were gone?"""
    if pod.spec.get("preemptionPolicy") == "Never":
        return Prospect([], [], allowed=False)
    helpful: list[str] = []
    refusals: list[Rejection] = []
    for node in nodes:
        refusal = refused(pod, node, profile, snapshot) if rejections[node.name].resolvable else NOT_HELPFUL
        if refusal is None:
            helpful.append(node.name)
        else:
            refusals.append(refusal)
    return Prospect(helpful, refusals)


def refused(pod: PodInfo, node: NodeInfo, profile: Profile, snapshot: Snapshot) -> Rejection | None:
    """Why the Pod could not go to `node` even without the Pods of lower priority there; None if it could."""
    victims = [one for one in node.pods.values() if one.priority < pod.priority]
    if not victims:
        return NO_VICTIMS
    for victim in victims:
        snapshot.remove_pod(victim.key)
    try:
        return next((found for one in profile.filters if (found := _ask(one, pod, node, snapshot))), None)
    finally:
        for victim in victims:
            snapshot.put_pod(victim, node.name)


def _ask(rule: Filter, pod: PodInfo, node: NodeInfo, snapshot: Snapshot) -> Rejection | None:
    try:
        state = rule.prepare(pod, snapshot)
    except Unplaceable as refusal:
        return Rejection(rule.name, (refusal.reason,), resolvable=False)
    return None if state is SKIP else rule.check(state, pod, node)
