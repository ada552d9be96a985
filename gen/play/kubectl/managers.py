"""Under which name each verb manages the fields that it sets.

Upstream: the `--field-manager` flag of each command under kubectl/pkg/cmd; recordings 17 and 41.
"""

from __future__ import annotations

from gen.play.kubectl.parse import Command

MANAGERS = {"apply": "kubectl-client-side-apply", "diff": "kubectl-client-side-apply", "scale": "kubectl"}
SERVER_SIDE = "kubectl"
FLAG, SWITCH = "field-manager", "server-side"


def manager(command: Command) -> str:
    """The name that was typed, else the verb's own."""
    if command.flags.get(FLAG):
        return str(command[FLAG])
    if command.flags.get(SWITCH):
        return SERVER_SIDE
    return MANAGERS.get(command.verb, f"kubectl-{command.verb}")
