"""What kubectl can do and ours cannot: the commands, and what can be done instead."""

from __future__ import annotations

CHANGE = "Change the object with `kubectl patch`, `kubectl set` or `kubectl apply`."
FROM_FILE = "Write it in a file, and apply it with -f."
NO_MACHINE = "There is no machine around the cluster."

INSTEAD = {
    "alpha": "Nothing here stands for it.",
    "apply edit-last-applied": "`kubectl apply set-last-applied` takes it from a file.",
    "attach": "`kubectl logs -f` shows what a container prints.",
    "auth reconcile": FROM_FILE,
    "auth whoami": "You are the administrator, or whom `--as` names.",
    "autoscale": "Apply a HorizontalPodAutoscaler from a file: it is kept, and nobody acts on it. `kubectl scale` scales.",
    "certificate": "Nobody signs certificates here.",
    "cluster-info": "`kubectl get nodes` shows the nodes.",
    "completion": NO_MACHINE,
    "config": "The cluster is the only one; `-n` names the namespace.",
    "cp": f"{NO_MACHINE} `kubectl exec` reads and writes a container's files.",
    **{f"create {kind}": FROM_FILE for kind in (
        "cronjob", "cj", "ingress", "ing", "poddisruptionbudget", "pdb", "priorityclass", "pc",
    )},
    "create token": "Tokens are not modelled; `--as system:serviceaccount:NAMESPACE:NAME` acts as a ServiceAccount.",
    "debug": "`kubectl exec`, `kubectl logs` and `kubectl describe` look into a Pod.",
    "drain": "`kubectl cordon` the node, then `kubectl delete pod` those that run there.",
    "edit": CHANGE,
    "help": "`kubectl explain` tells what a field means.",
    "kustomize": "Build the manifests first, and apply them with -f.",
    "plugin": NO_MACHINE,
    "port-forward": f"{NO_MACHINE} A Service leads to the Pods from inside the cluster.",
    "proxy": f"{NO_MACHINE} `kubectl get --raw` asks the API server.",
    "set sa": CHANGE,
    "set selector": CHANGE,
    "set serviceaccount": CHANGE,
    "set subject": CHANGE,
}  # fmt: skip


def told(command: str) -> tuple[str, str]:
    """What is said of a command of kubectl's own that is not here, and what to do."""
    return f"error: `kubectl {command}` is a command that this kubectl does not play", INSTEAD[command]
