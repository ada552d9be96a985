"""What a scenario waits for, in the words of a POSIX shell: small functions, and which of them asks for which condition.

Each of the functions takes an object (`kind/name`) and its namespace first, and returns 0 if the condition holds now.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from gen.play.conditions import COMPARED, TOKEN, Condition, reference
from gen.trace.record import Ref

TESTS = dict(zip(COMPARED, ("-eq", "-ne", "-lt", "-le", "-gt", "-ge"), strict=True))
NO_NAMESPACE = "default"  # kubectl does not look at it where the kind has none
FUNCTIONS: dict[str, str] = {
    "field": """field() { # OBJECT NAMESPACE PATH: what the object has there
  kubectl get "$1" -n "$2" -o "jsonpath=$3" 2>/dev/null
}""",
    "number": """number() { # OBJECT NAMESPACE PATH: the numbers there, all together; 0 where there are none
  words=$(field "$@") || return 1
  sum=0
  for word in $words; do sum=$((sum + word)); done
  echo "$sum"
}""",
    "count": """count() { # OBJECT NAMESPACE PATH OPERATOR NUMBER
  counted=$(number "$1" "$2" "$3") || return 1
  [ "$counted" "$4" "$5" ]
}""",
    "same": """same() { # OBJECT NAMESPACE PATH...: the same number everywhere
  object=$1 namespace=$2
  shift 2
  wanted=$(number "$object" "$namespace" "$1") || return 1
  for path in "$@"; do count "$object" "$namespace" "$path" -eq "$wanted" || return 1; done
}""",
    "observed": """observed() { # the status speaks of the newest spec
  newest=$(number "$1" "$2" '{.metadata.generation}') && count "$1" "$2" '{.status.observedGeneration}' -ge "$newest"
}""",
    "holds": """holds() { # OBJECT NAMESPACE CONDITION, as kubectl wait knows it
  kubectl wait "$1" -n "$2" --for="$3" --timeout=5s >/dev/null 2>&1
}""",
    "rolled_out": """rolled_out() {
  kubectl rollout status "$1" -n "$2" --timeout=5s >/dev/null 2>&1
}""",
    "replica_set_complete": """replica_set_complete() {
  observed "$1" "$2" &&
    same "$1" "$2" '{.spec.replicas}' '{.status.readyReplicas}' '{.status.availableReplicas}' '{.status.replicas}'
}""",
    "stateful_set_complete": """stateful_set_complete() {
  observed "$1" "$2" &&
    same "$1" "$2" '{.spec.replicas}' '{.status.updatedReplicas}' '{.status.readyReplicas}' '{.status.replicas}'
}""",
    "all_ready": """all_ready() {
  same "$1" "$2" '{.spec.replicas}' '{.status.readyReplicas}'
}""",
    "bound": """bound() { # a Pod that has a node
  [ -n "$(field "$1" "$2" '{.spec.nodeName}')" ]
}""",
    "exists": """exists() {
  found=$(kubectl get "$1" -n "$2" --ignore-not-found -o name) && [ -n "$found" ]
}""",
    "gone": """gone() {
  found=$(kubectl get "$1" -n "$2" --ignore-not-found -o name) && [ -z "$found" ]
}""",
    "ready_and_updated": """ready_and_updated() { # OBJECT NAMESPACE READY [UPDATED]
  count "$1" "$2" '{.status.readyReplicas}' -eq "$3" || return 1
  [ -z "${4-}" ] || count "$1" "$2" '{.status.updatedReplicas}' -eq "$4"
}""",
    "every": """every() { # KIND NAMESPACE FUNCTION...: true of each object of the kind
  all=$(kubectl get "$1" -n "$2" -o name) || return 1
  where=$2 function=$3
  shift 3
  for one in $all; do "$function" "$one" "$where" "$@" || return 1; done
}""",
    "wait_until": """wait_until() { # WHAT FUNCTION...: ask once a second, and give up after LIMIT seconds
  printf '\\n[%s s] until %s\\n' "$(elapsed)" "$1"
  tries=$(($(elapsed) + LIMIT))
  shift
  until "$@"; do
    if [ "$(elapsed)" -ge "$tries" ]; then
      echo "It did not come true within $LIMIT seconds: the script ends here." >&2
      exit 1
    fi
    sleep 1
  done
}""",
}
PHASE = "jsonpath={.status.phase}="
STATES: dict[str, dict[str, tuple[str, ...]]] = {  # gen.play.conditions.STATES, in shell
    "complete": {
        "Deployment": ("rolled_out",), "StatefulSet": ("stateful_set_complete",), "DaemonSet": ("rolled_out",),
        "ReplicaSet": ("replica_set_complete",), "Job": ("holds", "condition=Complete"), "Pod": ("holds", f"{PHASE}Succeeded"),
    },
    "ready": {
        "Pod": ("holds", "condition=Ready"), "Node": ("holds", "condition=Ready"),
        "Deployment": ("all_ready",), "ReplicaSet": ("all_ready",), "StatefulSet": ("all_ready",),
    },
    "bound": {
        "Pod": ("bound",), "PersistentVolumeClaim": ("holds", f"{PHASE}Bound"), "PersistentVolume": ("holds", f"{PHASE}Bound"),
    },
    "running": {"Pod": ("holds", f"{PHASE}Running")},
}  # fmt: skip
PATHS: dict[str, str] = {  # gen.play.conditions.COUNTS
    "replicas": "{.status.replicas}",
    "ready": "{.status.readyReplicas}",
    "updated": "{.status.updatedReplicas}",
    "available": "{.status.availableReplicas}",
    "unavailable": "{.status.unavailableReplicas}",
    "terminating": "{.status.terminatingReplicas}",
    "restarts": "{.status.containerStatuses[*].restartCount}",
}
OTHER_PATHS: dict[str, dict[str, str]] = {  # gen.play.conditions.OTHER_COUNTS
    "DaemonSet": {
        "replicas": "{.status.desiredNumberScheduled}",
        "ready": "{.status.numberReady}",
        "updated": "{.status.updatedNumberScheduled}",
        "available": "{.status.numberAvailable}",
        "unavailable": "{.status.numberUnavailable}",
    },
    "Job": {"ready": "{.status.ready}", "terminating": "{.status.terminating}"},
}


def asked(condition: Condition, real: Callable[[str], str]) -> tuple[str, ...]:
    """The function that asks for a condition, and what it is given. `real` is how a node is called there."""
    first, *rest = TOKEN.findall(condition.text)
    if first == "replicasets":
        return "every", "replicasets", NO_NAMESPACE, "all_ready"
    if first == "statefulsets":
        return "every", "statefulsets", NO_NAMESPACE, *stateful_sets(rest)
    ref = reference(first)
    thing = named(ref, real), ref.namespace or NO_NAMESPACE
    if len(rest) == 3:
        path = OTHER_PATHS.get(ref.kind, {}).get(rest[0], PATHS[rest[0]])
        return "count", *thing, path, TESTS[rest[1]], rest[2]
    if rest[0] in ("gone", "exists"):
        return rest[0], *thing
    function, *more = STATES[rest[0]][ref.kind]
    return function, *thing, *more


def named(ref: Ref, real: Callable[[str], str]) -> str:
    """An object as kubectl takes it."""
    return f"{ref.kind.lower()}/{real(ref.name) if ref.kind == 'Node' else ref.name}"


def stateful_sets(words: list[str]) -> tuple[str, ...]:
    """`ready 3 updated 1` for all StatefulSets; without numbers, all of them complete."""
    if len(words) < 2 or not words[1].isdecimal():
        return ("stateful_set_complete",)
    return "ready_and_updated", *words[1::2]


def functions_for(steps: str) -> str:
    """The functions that a script's steps need, and those that these need, in the order of the table."""
    needing = [line for line in steps.splitlines() if line.startswith("wait_until ")]
    kept: dict[str, str] = {}
    for name, body in reversed(FUNCTIONS.items()):
        if any(re.search(rf"\b{name}\b", text) for text in (*needing, *kept.values())):
            kept[name] = body
    return "\n\n".join(reversed(kept.values()))
