"""`gen bench`: how long runs take and how much memory, as a table."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from typing import Any

from gen.commands.arguments import Verbs, add_verb

LOADS = (3, 100, 300, 1_000, 3_000)  # Pods; nodes grow along, ten Pods a node
RATIO_OF = 100  # the cost of a Pod is compared with that among so many

# What is promised: Pods → seconds of processor time, megabytes.
PROMISED_SECONDS = {3: 0.1, 100: 0.3, 1_000: 4.0}
PROMISED_MEGABYTES = {1_000: 400}
PROMISED_RATIO = 1.5

HEAD = ("Pods", "import", "run", "draw", "promised", "a Pod", "times", "peak", "promised", "records")


def add(verbs: Verbs) -> None:
    """The arguments of `gen bench`."""
    verb = add_verb(
        verbs,
        "bench",
        bench,
        "Measure runs from 3 to 3,000 Pods: seconds of processor time, and memory.",
        "python3 -m gen bench --pods 3 100",
    )
    verb.add_argument("--pods", type=int, nargs="+", default=LOADS, metavar="N", help="how many Pods, one row each")


def bench(options: argparse.Namespace) -> int:
    """Measure each load in a process of its own and print the table; 1 when Pods did not become ready."""
    rows = []
    for pods in options.pods:
        print(f"{pods} Pods …", file=sys.stderr, flush=True)
        done = subprocess.run([sys.executable, "-m", "gen.commands.load", str(pods)], stdout=subprocess.PIPE, encoding="utf-8")
        if done.returncode:
            print(f"gen bench: the run of {pods} Pods failed, see above", file=sys.stderr)
            return 1
        rows.append(json.loads(done.stdout))
    print(table(rows))
    behind = [f"{row['ready']} of {row['pods']}" for row in rows if row["ready"] != row["pods"]]
    if behind:
        print(f"gen bench: only {', '.join(behind)} Pods became ready", file=sys.stderr)
    return 1 if behind else 0


def table(rows: list[dict[str, Any]]) -> str:
    """The figures in columns; `!` marks what breaks a promise."""
    costs = {row["pods"]: row["run_s"] / row["pods"] for row in rows}
    cells = [HEAD, *(figures(row, costs.get(RATIO_OF)) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    return "\n".join("  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True)) for line in cells)


def figures(row: dict[str, Any], among_a_hundred: float | None) -> tuple[str, ...]:
    """One row of the table."""
    pods, whole = row["pods"], row["run_s"] + (row["draw_s"] or 0)
    cost = row["run_s"] / pods
    ratio = cost / among_a_hundred if among_a_hundred and pods >= RATIO_OF else None
    seconds, megabytes = PROMISED_SECONDS.get(pods), PROMISED_MEGABYTES.get(pods)
    return (
        f"{pods:,}",
        f"{row['import_s']:.3f} s",
        f"{row['run_s']:.3f} s",
        "" if row["draw_s"] is None else f"{row['draw_s']:.3f} s",
        promise(seconds, whole, "s"),
        f"{cost * 1000:.2f} ms",
        "" if ratio is None else f"{ratio:.2f}{'' if ratio <= PROMISED_RATIO else ' !'}",
        "" if row["peak_mb"] is None else f"{row['peak_mb']:.0f} MB",
        promise(megabytes, row["peak_mb"] or 0, "MB"),
        f"{row['records']:,}",
    )


def promise(limit: float | None, found: float, unit: str) -> str:
    """What was promised, with a mark where it was not kept."""
    return "" if limit is None else f"≤ {limit:g} {unit}{'' if found <= limit else ' !'}"
