"""`kubectl set resources`: other requests and limits for the containers of a workload's pod template.

Upstream: kubectl/pkg/cmd/set/set_resources.go, kubectl/pkg/generate/versioned/generate.go (v1.36.2); recordings 25, 26 and 84.
"""

from __future__ import annotations

from typing import Any

from gen.kit import quantity
from gen.kit.evolve import dig, evolve
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.targets import Found, found, needs_name, targets
from gen.play.kubectl.terminal import Session
from gen.play.kubectl.verbs.pod_template import change_spec, check_selection, chosen_containers, say_updated

Obj = dict[str, Any]
Amounts = dict[str, str]
NOT_A_QUANTITY = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"


async def set_resources(session: Session) -> None:
    """Change every object that was named; one that fails does not stop the others."""
    wanted = targets(session)
    needs_name(session, wanted)
    objects = await found(session, wanted)
    if session.errors:
        return
    check_selection(session)
    typed = {field: session.command[field] for field in ("limits", "requests")}
    if not any(typed.values()):
        raise Failure("you must specify an update to requests or limits (in the form of --requests/--limits)")
    amounts = {field: amounts_in(text) for field, text in typed.items() if text}
    for one in objects:
        await change_one(session, one, amounts)


async def change_one(session: Session, one: Found, amounts: dict[str, Amounts]) -> None:
    """Send the difference, if there is one."""
    pattern = session.command["containers"]

    def change(spec: Obj) -> Obj:
        changed, any_found = with_resources(spec, pattern, amounts)
        if not any_found:
            session.errors.append(Failure(f"error: unable to find container named {pattern}"))
        return changed

    if await change_spec(session, one, "resources", change):
        say_updated(session, one, "resource requirements")


def amounts_in(text: str) -> Amounts:
    """What `--limits` or `--requests` say. Raises Failure.

    >>> amounts_in("cpu=200m,memory=512Mi")
    {'cpu': '200m', 'memory': '512Mi'}
    """
    amounts: Amounts = {}
    for word in text.split(","):
        parts = word.split("=")
        if len(parts) != 2:
            raise Failure(f"Invalid argument syntax {word}, expected <resource>=<value>")
        try:
            amounts[parts[0]] = quantity.canonical(parts[1])
        except ValueError:
            raise Failure(NOT_A_QUANTITY) from None
    return amounts


def with_resources(spec: Obj, pattern: str, amounts: dict[str, Amounts]) -> tuple[Obj, bool]:
    """The spec of a Pod with those amounts beside the others of the chosen containers, and whether any was chosen."""
    any_found = False
    for field in ("containers", "initContainers"):
        chosen = chosen_containers(spec.get(field) or [], pattern)
        any_found = any_found or bool(chosen)
        if chosen:
            spec = evolve(spec, field, [_changed(one, amounts) if one["name"] in chosen else one for one in spec[field]])
    return spec, any_found


def _changed(container: Obj, amounts: dict[str, Amounts]) -> Obj:
    for field, added in amounts.items():
        container = evolve(container, f"resources.{field}", {**dig(container, f"resources.{field}", {}), **added})
    return container
