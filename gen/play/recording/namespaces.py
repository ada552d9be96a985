"""Which namespaces a recording began with, besides its own: those in which something was made before anybody made them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gen.play.recording.rows import Row

TYPED = re.compile(r"kubectl .*?(?:-n|--namespace)[ =](\S+) (?:create|run|apply|expose)\b")
POSTED = re.compile(r"POST /apis?/\S*?namespaces/([^/\s]+)/")
MADE = re.compile(r"kubectl .*?create (?:namespace|ns) (\S+)")
BORN_WITH_THE_CLUSTER = ("default", "kube-system", "kube-public", "kube-node-lease")


def namespaces(rows: Iterable[Row], own: str, made_by_files: Iterable[str] = ()) -> list[str]:
    """The namespaces in which a step succeeded in making something although no step before it had made the namespace.

    >>> namespaces([{"cmd": "kubectl -n shop run web --image=nginx", "rc": 0}], "default")
    ['shop']
    """
    known = dict.fromkeys((own, *BORN_WITH_THE_CLUSTER, *made_by_files))
    found: dict[str, None] = {}
    for row in rows:
        line = str(row.get("cmd") or row.get("api") or "")
        done = row.get("rc") == 0 if "cmd" in row else row.get("status") == 201
        made, used = MADE.match(line), TYPED.match(line) or POSTED.match(line)
        if made:
            known[made[1]] = None
        if used and done and used[1] not in known and "{" not in used[1]:
            found[used[1]] = known[used[1]] = None
    return list(found)
