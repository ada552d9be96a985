"""A scenario as a shell script that does the same on a real cluster, made with kind.

All that comes out of the scenario may be written by strangers. Words are quoted, files stand in here-documents that end
where no line of theirs does, comments are one line each, and no file is written outside of the script's own folder.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable
from typing import Any

from gen.kit.duration import parse_duration
from gen.kit.loop import SECOND
from gen.play.kubectl import NotUnderstood, files_named, goes_on
from gen.play.scenario.cluster import node_names
from gen.play.scenario.model import Scenario, Step
from gen.play.shell_waits import asked, functions_for

Obj = dict[str, Any]
CLUSTER = "kim"
CONTROL_PLANE = f"{CLUSTER}-control-plane"
LIMIT_S = 600  # how long the script waits for one condition
PLAIN = re.compile(r"[\w@%+=:,./ -]+", re.ASCII)  # what a shell leaves as it is
NUMBERED = re.compile(r"node-\d+")
ABOUT_A_NODE = (
    r"(?:\b(?:node|nodes|no)[/ ]|\b(?:cordon|uncordon) |\bnodeName\"?[:=]+ *\"?|\bkubernetes\.io/hostname\"?[:=]+ *\"?)"
)

HEADER = """#!/bin/sh
# {title}
#
# The same steps on a real cluster, which kind makes from containers on this machine. Needed: docker, kind and kubectl.
#
#   run it:   sh FILE
#   look on:  kind export kubeconfig --name {cluster}
#   clean up: kind delete cluster --name {cluster}
#
# A real cluster takes its own time, and makes up other names for Pods: a line that names one of those finds nothing here.
# Times are rounded up to whole seconds.
# For a certain version of Kubernetes give `kind create cluster` an --image, as kindest/node:v1.36.0.
{more}
set -u

LIMIT={limit}
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
mkdir "$folder/files" && cd "$folder/files" || exit 1
KUBECONFIG=$folder/kubeconfig # so no other cluster can be hit
export KUBECONFIG

for tool in docker kind kubectl; do
  command -v "$tool" >/dev/null || {{ echo "$tool is not installed." >&2; exit 1; }}
done
if kind get clusters 2>/dev/null | grep -qx {cluster}; then
  echo 'There is a cluster {cluster} already. First: kind delete cluster --name {cluster}' >&2
  exit 1
fi
"""
READY = """kubectl wait node --all --for=condition=Ready --timeout=180s || exit 1
until kubectl get serviceaccount default >/dev/null 2>&1; do sleep 1; done"""
CLOCK = """begin=$(date +%s)
elapsed() {
  echo $(($(date +%s) - begin))
}"""
FUNCTIONS = {
    "not_before": """not_before() { # SECONDS after the beginning
  while [ "$(elapsed)" -lt "$1" ]; do sleep 1; done
}""",
    "run": """run() { # show a line, do it, and say how it ended if it failed
  printf '\\n[%s s] $ %s\\n' "$(elapsed)" "$*"
  "$@" || echo "(exit code $?)"
}""",
    "later": """later() { # SECONDS LINE...: do a line in so many seconds, and go on meanwhile
  (
    sleep "$1"
    shift
    run "$@"
  ) &
}""",
    "beside": """beside() { # show a line, and do it beside the others until the script ends
  printf '\\n[%s s] $ %s\\n' "$(elapsed)" "$*"
  "$@" &
  going_on="$going_on $!"
}
going_on=
trap 'kill $going_on 2>/dev/null; rm -rf "$folder"' EXIT""",
    "kill_container": """kill_container() { # NAMESPACE POD [CONTAINER]: SIGKILL, past its kubelet
  node=$(kubectl get "pod/$2" -n "$1" -o 'jsonpath={.spec.nodeName}') || return 1
  set -- "$node" --label "io.kubernetes.pod.namespace=$1" --label "io.kubernetes.pod.name=$2" ${3:+--name "^$3\\$"}
  node=$1
  shift
  for id in $(docker exec "$node" crictl ps --quiet "$@"); do docker exec "$node" crictl stop --timeout 0 "$id"; done
}""",
    "kill_component": """kill_component() { # NAME: its kubelet starts it again at once
  for id in $(docker exec @ crictl ps --quiet --name "$1"); do docker exec @ crictl stop --timeout 0 "$id"; done
}""".replace("@", CONTROL_PLANE),
}
GOES_ON = "What watches goes on. Ctrl-C ends it."
NO_CUT = (
    "The next step cannot be done simply on a real cluster: it cuts the watches of {of}{time}, and leaves its requests alone. "
    "It is left out, so what follows may go another way."
)


def shell_script(scenario: Scenario, title: str = "") -> str:
    """The script as one text; `title` stands at its top instead of the scenario's English one."""
    real = kind_names(scenario.cluster)
    steps = "\n\n".join(step_lines(number, step, real) for number, step in enumerate(scenario.steps, 1))
    parts = [
        header(scenario, title, real), cluster_lines(scenario.cluster, real), READY, "\n\n".join(files(scenario.files, real)),
        CLOCK, own_functions(steps), functions_for(steps), f"# The steps\n\n{steps}", end(scenario),
    ]  # fmt: skip
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


def kind_names(cluster: Obj) -> dict[str, str]:
    """How kind calls the nodes."""
    return {name: f"{CLUSTER}-worker{number if number > 1 else ''}" for number, name in enumerate(node_names(cluster), 1)}


def header(scenario: Scenario, title: str, real: dict[str, str]) -> str:
    """What the script is, and what it does first."""
    mapped = [f"#   {one_line(name)} is {there}" for name, there in real.items()]
    more = ["#", "# kind calls the nodes its own way, and so do the lines and files below:", *mapped]
    shown = one_line(title or scenario.title.get("en", "")) or "A scenario"
    return HEADER.format(title=shown, cluster=CLUSTER, limit=LIMIT_S, more="\n".join(more))


def one_line(text: str) -> str:
    """A text as it can stand in a comment: no line ends in it, nothing that a terminal obeys."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def cluster_lines(cluster: Obj, real: dict[str, str]) -> str:
    """The cluster with all that can be made alike: how many nodes, their labels and taints, the images that are there."""
    lines = [
        f"kind create cluster --name {CLUSTER} --wait 180s --config - <<'END' || exit 1",
        "kind: Cluster", "apiVersion: kind.x-k8s.io/v1alpha4", "nodes:", "- role: control-plane", *["- role: worker"] * len(real),
        "END",
    ]  # fmt: skip
    for image in cluster.get("images", ()):
        lines += [command("docker", "pull", "--", image), command("kind", "load", "docker-image", "--name", CLUSTER, "--", image)]
    nodes = cluster.get("nodes")
    for node in nodes if isinstance(nodes, list) else ():
        lines += furniture(node, real[node["metadata"]["name"]])
    return "\n".join(lines)


def furniture(node: Obj, name: str) -> list[str]:
    """What a Node manifest says beyond its name; the machine itself is as it is."""
    labels = {key: value for key, value in (node["metadata"].get("labels") or {}).items() if "kubernetes.io/" not in key}
    spec = node.get("spec") or {}
    lines = [command("kubectl", "label", "node", name, f"{key}={value}") for key, value in labels.items()]
    for taint in spec.get("taints") or ():
        written = f"{taint.get('key', '')}={taint.get('value') or ''}:{taint.get('effect', '')}"
        lines.append(command("kubectl", "taint", "node", name, "--", written))
    return [*lines, *([command("kubectl", "cordon", name)] if spec.get("unschedulable") else [])]


def command(*words: str) -> str:
    """A line of these words, quoted for a shell."""
    return shlex.join(words)


def files(given: dict[str, str], real: dict[str, str]) -> Iterable[str]:
    """Here-documents that write the files. A name that leads out of the folder is left out, and said."""
    for name, text in given.items():
        if leads_out(name):
            yield loud(f"The file {one_line(name)} is left out: its name leads out of the script's folder.")
            continue
        folder = name.rpartition("/")[0]
        made = f"mkdir -p {shlex.quote(f'./{folder}')}\n" if folder else ""
        body = called_there(text, real).rstrip("\n")
        end_word = delimiter(body)
        yield f"{made}cat >{shlex.quote(f'./{name}')} <<'{end_word}'\n{body}\n{end_word}"


def leads_out(name: str) -> bool:
    """Whether what is called so cannot lie in the script's own folder."""
    return not name or not name.isprintable() or name.startswith("/") or "://" in name or ".." in name.split("/")


def delimiter(text: str) -> str:
    """A word that is no line of the text, so that a here-document ends behind it and nowhere else."""
    lines, number = [line.strip() for line in re.split(r"[\r\n]", text)], 0
    while (word := f"END{number or ''}") in lines:
        number += 1
    return word


def called_there(text: str, real: dict[str, str]) -> str:
    """A text with kind's names for nodes. One like `node-1` is a node's wherever it stands, another only where a node must be."""
    if not real:
        return text
    known = "|".join(re.escape(name) for name in sorted(real, key=len, reverse=True))
    anywhere = "|".join(re.escape(name) for name in sorted(real, key=len, reverse=True) if NUMBERED.fullmatch(name))
    before = rf"(?P<before>{ABOUT_A_NODE})(?P<name>{known})"
    free = rf"|(?<![\w.-])(?P<free>{anywhere})" if anywhere else ""
    pattern = re.compile(rf"(?:{before}{free})(?![\w.-])")
    return pattern.sub(lambda found: (found["before"] or "") + real[found["name"] or found[0]], text)


def step_lines(number: int, step: Step, real: dict[str, str]) -> str:
    """One step: what it waits for, and what is done then."""
    lines = [f"# {number}"]
    if step.after is not None:
        waits = asked(step.after, lambda name: real.get(name, name))
        lines.append(command("wait_until", one_line(step.after.text), *waits))
    if step.at_us:
        lines.append(f"not_before {-(-step.at_us // SECOND)}")
    if step.run is not None:
        lines.append(typed_line(step.run, real))
    if step.fault is not None:
        lines += fault_lines(step.fault, real)
    return "\n".join(lines)


def typed_line(line: str, real: dict[str, str]) -> str:
    """The line word for word; what a shell would make something else of is quoted."""
    there = called_there(line, real)
    try:
        fit = there.isprintable() and not any(map(leads_out, files_named(there)))
    except NotUnderstood:
        fit = False
    if not fit:
        return loud(f"Left out, as it is no line for kubectl and the files of this folder: {one_line(line)}")
    do = "beside" if goes_on(there) else "run"
    return f"{do} {there.strip() if PLAIN.fullmatch(there) else shlex.join(shlex.split(there))}"


def fault_lines(fault: Obj, real: dict[str, str]) -> list[str]:
    """A fault as one makes it by hand, and what ends it."""
    deed = next(one for one in ("stop", "start", "kill", "cut") if one in fault)
    what, lasts = str(fault[deed]), fault.get("for")
    seconds = str(-(-parse_duration(str(lasts)) // SECOND)) if lasts is not None else ""
    if deed == "cut":
        time = f" for {one_line(str(lasts))}" if seconds else ""
        return [loud(NO_CUT.format(of=one_line(str(fault.get("of", ""))), time=time))]
    if what == "container":
        namespace, _, pod = ("/" + str(fault["pod"])).rpartition("/")
        name = [str(fault["container"])] if "container" in fault else []
        return [command("run", "kill_container", namespace.strip("/") or "default", pod, *name)]
    if deed == "kill" and not seconds:
        return [command("run", "kill_component", what)]
    make: Callable[[str, str], list[str]] = kubelet if what == "kubelet" else component
    target = real.get(str(fault.get("node", "")), "") if what == "kubelet" else what
    if deed == "start":
        return [command("run", *make("start", target))]
    again = [command("later", seconds, *make("start", target))] if seconds else []
    return [command("run", *make("stop", target)), *again]


def kubelet(deed: str, node: str) -> list[str]:
    """The line that stops or starts a node's kubelet."""
    return ["docker", "exec", node, "systemctl", deed, "kubelet"]


def component(deed: str, name: str) -> list[str]:
    """The line that stops or starts a component of the control plane: its kubelet runs what lies in the manifests' folder."""
    away, there = f"/etc/kubernetes/{name}.yaml", f"/etc/kubernetes/manifests/{name}.yaml"
    return ["docker", "exec", CONTROL_PLANE, "mv", *((there, away) if deed == "stop" else (away, there))]


def loud(text: str) -> str:
    """Something that the script does not do: said in it, and when it runs."""
    return f"# {text}\necho {shlex.quote(f'!!! {text}')} >&2"


def own_functions(steps: str) -> str:
    """Those of the script's own functions that the steps need."""
    needed = [name for name in FUNCTIONS if re.search(rf"(?:^|\s){name} ", steps)]
    return "\n\n".join(FUNCTIONS[name] for name in FUNCTIONS if name in needed)


def end(scenario: Scenario) -> str:
    """How long one looks on, and what is left behind."""
    still = [f"not_before {-(-scenario.until // SECOND)}"] if isinstance(scenario.until, int) else []
    there = f"The cluster {CLUSTER} is still there. Clean up with: kind delete cluster --name {CLUSTER}"
    last = f"echo; echo {shlex.quote(there)}"
    if not any(step.run and goes_on(step.run) for step in scenario.steps):
        return "\n".join([*still, "wait", last])
    if still:
        return "\n".join([*still, "kill $going_on 2>/dev/null", "wait", last])
    return "\n".join([last, f"echo {shlex.quote(GOES_ON)}", "wait"])
