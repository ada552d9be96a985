"""`kubectl create` and `kubectl run`: new objects, from a file or from what was typed.

Upstream: kubectl/pkg/cmd/create (create.go, create_deployment.go, …) and kubectl/pkg/cmd/run/run.go; recordings 25, 40 and 90.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from gen.cluster.apiserver import schema
from gen.cluster.apiserver.status import StatusError
from gen.kit.patch import json_patch, merge_patch, strategic_merge
from gen.play.kubectl import generators, generators_access
from gen.play.kubectl.failures import Failure, usage, with_source
from gen.play.kubectl.manifest_files import items, validation
from gen.play.kubectl.telling import CLIENT, dry_run, kind_of_object, tell
from gen.play.kubectl.terminal import Session
from gen.play.kubectl.verbs.apply import annotated

Obj = dict[str, Any]
# What can be created by name: who writes it, and what stands before the server's refusal ("": nothing).
MADE: dict[str, tuple[Callable[[Session], Obj], str]] = {
    "clusterrole": (generators_access.cluster_role, ""),
    "clusterrolebinding": (generators_access.cluster_role_binding, "failed to create clusterrolebinding: "),
    "configmap": (generators.config_map, "failed to create configmap: "),
    "deployment": (generators.deployment, "failed to create deployment: "),
    "job": (generators.job, "failed to create job: "),
    "namespace": (generators.namespace, ""),
    "quota": (generators.quota, "failed to create quota: "),
    "role": (generators_access.role, ""),
    "rolebinding": (generators_access.role_binding, "failed to create rolebinding: "),
    "secret": (generators.secret, "failed to create secret "),
    "service": (generators.service, "failed to create {} service: "),
    "serviceaccount": (generators.service_account, "failed to create serviceaccount: "),
}


async def create(session: Session) -> None:
    """The objects of the named files, or an object by its name."""
    part = session.command.part
    if part not in MADE:
        await create_files(session)
        return
    write, before = MADE[part]
    obj = await from_cron_job(session) if part == "job" and session.command["from"] else write(session)
    await make(session, obj, before.format(obj.get("spec", {}).get("type", "")) if part == "service" else before)


async def create_files(session: Session) -> None:
    """Every object of the named files."""
    if session.command.arguments:
        raise usage("create", f"Unexpected args: [{' '.join(session.command.arguments)}]")
    if not session.command["filename"]:
        raise Failure("must specify one of -f and -k")
    found = items(session)
    if not found and not session.errors:
        raise Failure("no objects passed to create")
    for item in found:
        obj = annotated(item.obj) if session.command["save-config"] else item.obj
        try:
            tell(session, item.kind, await sent(session, obj, validation(session), item.written), "created")
        except StatusError as error:
            session.errors.append(with_source("creating", item.source, error))
        session.warn(*session.api.warnings)


async def sent(session: Session, obj: Obj, validate: str, written: Obj | None = None) -> Obj:
    """The object as the server has it, or with a dry run of the client's as it is. Raises StatusError."""
    mode = dry_run(session)
    return obj if mode == CLIENT else await session.api.create(obj, validate=validate, dry_run=bool(mode), written=written)


async def make(session: Session, obj: Obj, before: str = "", what: str = "created") -> None:
    """Create one object; `before` stands before what the server says against it."""
    try:
        created = await sent(session, obj, "Strict")
    except StatusError as error:
        if not before or error.reason == "Invalid":
            raise
        raise Failure(f"{before}{error.message}") from None
    tell(session, kind_of_object(obj), created, what)


async def from_cron_job(session: Session) -> Obj:
    """The Job that a CronJob would start, now. Raises Failure."""
    kind, _, name = session.command["from"].partition("/")
    if kind not in ("cronjob", "cronjobs", "cj", "cronjob.batch"):
        raise Failure(f"unknown object type for --from: {kind}, must be cronjob/NAME")
    cron_job = await session.api.get("CronJob", session.namespace, name)
    template = cron_job["spec"]["jobTemplate"]
    owner = {
        "apiVersion": "batch/v1", "kind": "CronJob", "name": name, "uid": cron_job["metadata"]["uid"], "controller": True,
    }  # fmt: skip
    annotations = {"cronjob.kubernetes.io/instantiate": "manual", **(template.get("metadata", {}).get("annotations") or {})}
    metadata = generators.placed(session, generators.only_name(session), annotations=annotations, ownerReferences=[owner])
    labels = template.get("metadata", {}).get("labels")
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {**metadata, **({"labels": labels} if labels else {})},
        "spec": template.get("spec") or {},
    }


def overridden(session: Session, obj: Obj) -> Obj:
    """The object with what `--overrides` changes of it. Raises Failure."""
    text, how = session.command["overrides"], session.command["override-type"]
    if not text:
        return obj
    try:
        patch: Any = json.loads(text)
    except ValueError as error:
        raise Failure(f"unable to parse {text!r}: {error}") from None
    fits = isinstance(patch, list) if how == "json" else isinstance(patch, dict)
    if not fits:
        raise Failure(f"unable to apply {text!r}: --override-type={how} takes {'a list' if how == 'json' else 'an object'}")
    if how == "json":
        changed: Obj = json_patch(obj, patch)
    elif how == "strategic":
        changed = strategic_merge(obj, patch, schema.merge_keys(obj["apiVersion"], obj["kind"]))
    else:
        changed = merge_patch(obj, patch)
    return changed


async def run(session: Session) -> None:
    """One Pod with one container; with `--expose` also a Service in front of it."""
    obj = overridden(session, generators.pod(session))
    await make(session, obj)
    if session.command["expose"]:
        if not session.command["port"]:
            raise Failure("--port must be set when exposing a service")
        metadata = {key: obj["metadata"][key] for key in ("name", "namespace") if key in obj["metadata"]}
        port = {"port": session.command["port"], "protocol": "TCP", "targetPort": session.command["port"]}
        spec = {"ports": [port], "selector": obj["metadata"]["labels"]}
        await make(session, {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec})
