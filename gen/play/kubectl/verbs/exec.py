"""`kubectl exec`: run a command in a container. Upstream: kubectl/pkg/cmd/exec/exec.go; recording 12."""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.kit.evolve import dig
from gen.objects import meta, pods
from gen.play.kubectl.failures import Failure, usage
from gen.play.kubectl.podchoice import chosen_pod, container_of
from gen.play.kubectl.terminal import Session

Obj = dict[str, Any]


async def execute(session: Session) -> None:
    """Run the words after `--` in a container of the Pod."""
    arguments = session.command.arguments
    if not arguments:
        raise Failure("pod, type/name or --filename must be specified")
    if len(session.command.before_dash) > 1:
        raise usage("exec", "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead")
    words = list(arguments[1:])
    if not words:
        raise Failure("you must specify at least one command for the container")
    pod = await chosen_pod(session, arguments[0])
    if pods.is_terminal(pod):
        phase = dig(pod, "status.phase", "")
        raise Failure(f"cannot exec into a container in a completed pod; current phase is {phase}")
    container = container_of(session, pod)
    body = {"container": container, "command": words}
    try:
        found = await session.api.connect("exec", meta.namespace(pod), meta.name(pod), body)
    except StatusError as error:
        raise Failure(error.message) if error.message.startswith("unable to upgrade connection") else error from None
    if found.get("fault"):
        why = f'failed to exec in container: failed to start exec "{found["id"]}": OCI runtime exec failed: exec failed: '
        raise Failure(f"Internal error occurred: error executing command in container: {why}{found['fault']}")
    if found["output"]:
        session.stdout.append(found["output"])
    if found["code"]:
        session.code = found["code"]
        session.note(f"command terminated with exit code {found['code']}")
