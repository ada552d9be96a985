"""The verbs and flags of our kubectl: a table.

A flag is a Flag here or it does not exist: a scenario that uses another one is refused when it is loaded, a line that is
typed gets kubectl's own complaint.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag: `kind` is text, list (several, or one with commas), array (several), number, duration or switch.

    `bare` is its value without `=`. `parts` are the words behind the verb that have the flag, where not all have it.
    """

    name: str
    kind: str = "text"
    short: str = ""
    default: Any = ""
    bare: str | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verb:
    """What can follow a verb. `parts` are the words that must come next, as `status` after `rollout`; `aliases` of theirs."""

    flags: tuple[Flag, ...]
    parts: tuple[str, ...] = ()
    aliases: dict[str, str] = field(default_factory=dict)


NAMESPACE = Flag("namespace", short="n")
GLOBAL = (NAMESPACE, Flag("as"), Flag("as-group", "array", default=()))
ALL_NAMESPACES = Flag("all-namespaces", "switch", "A", False)
FILENAME = Flag("filename", "list", "f", ())
SELECTOR = Flag("selector", short="l")
FIELDS = Flag("field-selector")
ALL = Flag("all", "switch", default=False)
TIMEOUT = Flag("timeout", "duration", default="0s")
OUTPUT = Flag("output", short="o")
VALIDATE = Flag("validate", default="strict", bare="strict")
OVERWRITE = Flag("overwrite", "switch", default=False)
NAMES = Flag("name")
IMAGE = Flag("image")
CONTAINER = Flag("container", short="c")
REPLICAS = Flag("replicas", "number", default=None)
DRY_RUN = Flag("dry-run", default="none", bare="unchanged")
MANAGER = Flag("field-manager")
SERVER_SIDE = (Flag("server-side", "switch", default=False), Flag("force-conflicts", "switch", default=False), MANAGER)
LITERALS = tuple(Flag(f"from-{source}", "array", default=()) for source in ("literal", "file", "env-file"))
PRUNE = Flag("prune", "switch", default=False)
LISTED = Flag("list", "switch", default=False)
VERSION = Flag("resource-version")
CREATE_ANNOTATION = Flag("create-annotation", "switch", default=False)
SAVE = Flag("save-config", "switch", default=False)
ACCESS = ("clusterrole", "clusterrolebinding", "role", "rolebinding")
RULES = tuple(
    Flag(name, kind, default=(), parts=("clusterrole", "role"))
    for name, kind in (("verb", "list"), ("resource", "list"), ("resource-name", "array"))
)
SUBJECTS = (
    Flag("role", parts=("rolebinding",)), Flag("clusterrole", parts=("clusterrolebinding", "rolebinding")),
    *(Flag(name, "array", default=(), parts=("clusterrolebinding", "rolebinding"))
      for name in ("user", "group", "serviceaccount")),
)  # fmt: skip
WATCH = Flag("watch", "switch", "w", False)
PATIENCE = Flag("request-timeout", default="0")

VERBS: dict[str, Verb] = {
    "apply": Verb(
        (FILENAME, VALIDATE, *SERVER_SIDE, DRY_RUN, OUTPUT, PRUNE, SELECTOR, ALL, CREATE_ANNOTATION),
        parts=("", "view-last-applied", "set-last-applied"),
    ),
    "diff": Verb((FILENAME, *SERVER_SIDE, SELECTOR)),
    "replace": Verb((
        FILENAME, VALIDATE, DRY_RUN, OUTPUT, SAVE, MANAGER, Flag("force", "switch", default=False),
        Flag("grace-period", "number", default=-1), TIMEOUT, Flag("cascade", default="background", bare="background"),
    )),
    "create": Verb(
        (
            FILENAME, VALIDATE, Flag("image", "list", default=()), Flag("replicas", "number", "r", None), DRY_RUN, OUTPUT,
            SAVE, MANAGER, *LITERALS, Flag("port", "number", default=0),
            Flag("tcp", "list", default=()), Flag("node-port", "number", default=0), Flag("clusterip"), Flag("external-name"),
            Flag("hard"), Flag("scopes"), Flag("type"), Flag("from"), *RULES, *SUBJECTS,
        ),
        parts=("", *ACCESS, "configmap", "deployment", "job", "namespace", "quota", "secret", "service", "serviceaccount"),
        aliases={
            "cm": "configmap", "deploy": "deployment", "ns": "namespace", "resourcequota": "quota", "sa": "serviceaccount",
            "svc": "service",
        },
    ),
    "run": Verb((
        IMAGE, Flag("labels", short="l"), Flag("restart", default="Always"), DRY_RUN, OUTPUT, MANAGER,
        Flag("env", "array", default=()), Flag("port", "number", default=0), Flag("command", "switch", default=False),
        Flag("image-pull-policy"), Flag("overrides"), Flag("override-type", default="merge"),
        Flag("expose", "switch", default=False),
    )),
    "expose": Verb((
        FILENAME, Flag("port"), Flag("target-port"), NAMES, Flag("type"), Flag("protocol"), Flag("selector"),
        Flag("labels", short="l"), Flag("cluster-ip"), Flag("external-ip"), Flag("session-affinity"), DRY_RUN, OUTPUT, MANAGER,
    )),
    "get": Verb((
        OUTPUT, SELECTOR, FIELDS, ALL_NAMESPACES, Flag("sort-by"), Flag("show-labels", "switch", default=False),
        Flag("label-columns", "list", "L", ()), Flag("no-headers", "switch", default=False), FILENAME,
        Flag("ignore-not-found", "switch", default=False), Flag("show-managed-fields", "switch", default=False),
        Flag("show-kind", "switch", default=False), Flag("raw"), WATCH, Flag("watch-only", "switch", default=False),
        Flag("output-watch-events", "switch", default=False), PATIENCE,
    )),
    "describe": Verb((SELECTOR, ALL_NAMESPACES, FILENAME, Flag("show-events", "switch", default=True))),
    "wait": Verb((Flag("for"), Flag("timeout", "duration", default="30s"), SELECTOR, FIELDS, ALL, FILENAME)),
    "scale": Verb((REPLICAS, Flag("current-replicas", "number", default=-1), FILENAME, SELECTOR, ALL)),
    "delete": Verb((
        FILENAME, SELECTOR, FIELDS, ALL, Flag("wait", "switch", default=True), Flag("grace-period", "number", default=-1),
        Flag("force", "switch", default=False), Flag("now", "switch", default=False),
        Flag("cascade", default="background", bare="background"),
        Flag("ignore-not-found", "switch", default=False), TIMEOUT, OUTPUT, ALL_NAMESPACES, DRY_RUN,
    )),
    "rollout": Verb((
        Flag("timeout", "duration", default="0s", parts=("status",)), Flag("watch", "switch", "w", True, parts=("status",)),
        Flag("revision", "number", default=0, parts=("status", "history")),
        Flag("to-revision", "number", default=0, parts=("undo",)), SELECTOR, FILENAME,
    ), parts=("status", "history", "undo", "pause", "resume", "restart")),
    "set": Verb((
        SELECTOR, ALL, FILENAME, Flag("containers", short="c", default="*", parts=("resources", "env")),
        Flag("limits", parts=("resources",)), Flag("requests", parts=("resources",)),
        Flag("env", "array", "e", (), parts=("env",)), Flag("list", "switch", default=False, parts=("env",)),
        Flag("overwrite", "switch", default=True, parts=("env",)),
    ), parts=("image", "resources", "env")),
    "label": Verb((OVERWRITE, SELECTOR, FIELDS, ALL, FILENAME, LISTED, DRY_RUN, OUTPUT, MANAGER, VERSION)),
    "annotate": Verb((OVERWRITE, SELECTOR, FIELDS, ALL, FILENAME, LISTED, DRY_RUN, OUTPUT, MANAGER, VERSION)),
    "api-resources": Verb((
        Flag("namespaced", "switch", default=True), Flag("api-group"), OUTPUT, Flag("no-headers", "switch", default=False),
    )),
    "api-versions": Verb(()),
    "auth": Verb((ALL_NAMESPACES, Flag("quiet", "switch", "q", False), Flag("subresource")), parts=("can-i",)),
    "events": Verb((
        ALL_NAMESPACES, Flag("for"), Flag("types", "list", default=()), Flag("no-headers", "switch", default=False), OUTPUT,
        WATCH, PATIENCE,
    )),
    "explain": Verb((Flag("recursive", "switch", default=False), Flag("api-version"), Flag("output", default="plaintext"))),
    "top": Verb((
        SELECTOR, FIELDS, ALL_NAMESPACES, Flag("sort-by"), Flag("containers", "switch", default=False),
        Flag("no-headers", "switch", default=False), Flag("sum", "switch", default=False),
    ), parts=("node", "pod"), aliases={"no": "node", "nodes": "node", "po": "pod", "pods": "pod"}),
    "version": Verb((Flag("client", "switch", default=False),)),
    "cordon": Verb((SELECTOR,)),
    "uncordon": Verb((SELECTOR,)),
    "taint": Verb((OVERWRITE, SELECTOR, ALL)),
    "exec": Verb((
        CONTAINER, Flag("stdin", "switch", "i", False), Flag("tty", "switch", "t", False), Flag("quiet", "switch", "q", False),
    )),
    "logs": Verb((
        CONTAINER, SELECTOR, Flag("previous", "switch", "p", False), Flag("tail", "number", default=-1),
        Flag("since", "duration", default="0s"), Flag("follow", "switch", "f", False),
        Flag("timestamps", "switch", default=False), Flag("all-containers", "switch", default=False),
        Flag("prefix", "switch", default=False), Flag("max-log-requests", "number", default=5),
    )),
    "patch": Verb((
        Flag("patch", short="p"), Flag("patch-file"), Flag("type", default="strategic"), FILENAME, DRY_RUN, OUTPUT, MANAGER,
        Flag("subresource"),
    )),
}  # fmt: skip
# With these flags a line prints on until somebody, or something, ends it.
GO_ON = {"get": ("watch", "watch-only"), "events": ("watch",), "logs": ("follow",)}
