"""`kubectl set env`: environment variables for the containers of a workload's pod template, or what they are now.

Left out: taking them from a ConfigMap or a Secret (`--from`), and looking up what others stand for (`--resolve`).
Upstream: kubectl/pkg/cmd/set/set_env.go, kubectl/pkg/cmd/set/env (v1.36.2); recordings 40 and 41.
"""

from __future__ import annotations

import re
from typing import Any

from gen.kit.evolve import evolve
from gen.play.kubectl.failures import Failure
from gen.play.kubectl.targets import Found, found, needs_name, targets
from gen.play.kubectl.terminal import Session
from gen.play.kubectl.verbs.pod_template import change_spec, check_selection, chosen_containers, say_updated

Obj = dict[str, Any]
VARIABLE = re.compile(r"^[^\x00-\x1f\x7f-\U0010ffff=]+$")  # since 1.30: printable ASCII but for `=`


async def set_env(session: Session) -> None:
    """Change every object that was named, or list the variables of each."""
    resources, words = separated(session.command.arguments)
    if not resources and not session.command["filename"]:
        raise Failure("one or more resources must be specified as <resource> <name> or <resource>/<name>")
    check_selection(session)
    values, removed = variables((*session.command["env"], *words))
    wanted = targets(session, resources)
    needs_name(session, wanted)
    for one in await found(session, wanted):
        await (list_one if session.command["list"] else change_one)(session, one, values, removed)


def separated(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The resources, and after them what is to be set or, with a dash at the end, taken away. Raises Failure.

    >>> separated(("deployment/web", "COLOR=red", "OLD-"))
    (('deployment/web',), ('COLOR=red', 'OLD-'))
    """
    changes = [word for word in words if "=" in word[1:] or (word.endswith("-") and word != "-")]
    resources = tuple(word for word in words if word not in changes)
    late = next((word for word in words[len(resources) :] if word not in changes), None)
    if late is not None:
        raise Failure(f"all resources must be specified before environment changes: {late}")
    return resources, tuple(changes)


def variables(words: tuple[str, ...]) -> tuple[dict[str, str], list[str]]:
    """The values by name, and the names that are taken away. Raises Failure."""
    values: dict[str, str] = {}
    removed: list[str] = []
    for word in words:
        name, equals, value = word.partition("=")
        if equals and not VARIABLE.match(name):
            why = "a valid environment variable name must consist only of printable ASCII characters other than '='"
            raise Failure(f'"{name}" is not a valid key name: {why}')
        if equals:
            values[name] = value
        elif word.endswith("-"):
            removed.append(word[:-1])
        else:
            raise Failure(f"unknown environment variable: {word}")
    both = next((name for name in removed if name in values), None)
    if both is not None:
        raise Failure(f'can not both modify and remove the same environment variable: "{both}"')
    return values, removed


async def change_one(session: Session, one: Found, values: dict[str, str], removed: list[str]) -> None:
    """Send the difference, if there is one."""
    overwrite, errors = session.command["overwrite"], len(session.errors)

    def change(spec: Obj) -> Obj:
        chosen = _chosen(session, one, spec)
        if not overwrite:
            session.errors += [Failure(f"error: {one.kind.plural}/{one.name} {why}") for why in taken(spec, chosen, values)]
        return with_variables(spec, chosen, values, removed) if len(session.errors) == errors else spec

    if await change_spec(session, one, "env", change):
        if not values and not removed:
            raise Failure("at least one environment variable must be provided")
        say_updated(session, one, "env")


async def list_one(session: Session, one: Found, values: dict[str, str], removed: list[str]) -> None:
    """Print the variables of the chosen containers, as they would be; nothing is sent."""

    def tell(spec: Obj) -> Obj:
        chosen = _chosen(session, one, spec)
        for container in with_variables(spec, chosen, values, removed).get("containers") or []:
            if container["name"] in chosen:
                session.say(f"# {one.kind.name} {one.name}, container {container['name']}")
                for variable in container.get("env") or []:
                    session.say(shown(variable))
        return spec

    await change_spec(session, one, "env", tell)


def _chosen(session: Session, one: Found, spec: Obj) -> list[str]:
    pattern = session.command["containers"]
    chosen = chosen_containers(spec.get("containers") or [], pattern)
    if not chosen:
        session.note(f'warning: {one.kind.name}/{one.name} does not have any containers matching "{pattern}"')
    return chosen


def shown(variable: Obj) -> str:
    """A variable with its value, or where that comes from.

    >>> shown({"name": "COLOR", "valueFrom": {"configMapKeyRef": {"name": "settings", "key": "color"}}})
    '# COLOR from configmap settings, key color'
    """
    source = variable.get("valueFrom")
    if not source:
        return f"{variable['name']}={variable.get('value', '')}"
    if one := source.get("configMapKeyRef"):
        place = f"configmap {one.get('name', '')}, key {one['key']}"
    elif one := source.get("secretKeyRef"):
        place = f"secret {one.get('name', '')}, key {one['key']}"
    elif one := source.get("fieldRef"):
        place = f"field path {one['fieldPath']}"
    elif one := source.get("resourceFieldRef"):
        place = f"resource field {one['resource']}"
    else:
        place = "invalid valueFrom"
    return f"# {variable['name']} from {place}"


def taken(spec: Obj, chosen: list[str], values: dict[str, str]) -> list[str]:
    """What must not be overwritten: the first variable of a container that has a value already."""
    for container in spec.get("containers") or []:
        present = {one["name"]: one.get("value", "") for one in container.get("env") or []}
        name = next((name for name in values if name in present), None)
        if container["name"] in chosen and name is not None:
            return [f"'{name}' already has a value ({present[name]}), and --overwrite is false"]
    return []


def with_variables(spec: Obj, chosen: list[str], values: dict[str, str], removed: list[str]) -> Obj:
    """The spec of a Pod whose chosen containers have these variables: known ones at their place, new ones at the end."""
    changed: list[Obj] = []
    for container in spec.get("containers") or []:
        env = [one for one in container.get("env") or [] if one["name"] not in removed]
        known = {one["name"] for one in env}
        kept = [valued(one["name"], values[one["name"]]) if one["name"] in values else one for one in env]
        env = [*kept, *(valued(name, value) for name, value in values.items() if name not in known)]
        same = container["name"] not in chosen or env == (container.get("env") or [])
        changed.append(container if same else evolve(container, "env", env))
    return dict(evolve(spec, "containers", changed)) if chosen else spec


def valued(name: str, value: str) -> Obj:
    """One variable; an empty value is none."""
    return {"name": name, **({"value": value} if value else {})}
