"""`gen bench`: how long runs and large rollouts take and how much memory; then builds, drawings, and what pages weigh."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gen.commands.arguments import Verbs, add_verb
from gen.commands.bench_promises import Promise, in_columns, listed

LOADS = (3, 100, 300, 1_000, 3_000)  # Pods; nodes grow along, ten Pods a node
RATIO_OF = 100  # the cost of a Pod is compared with that among so many

# What is promised: Pods → seconds of processor time, megabytes.
PROMISED_SECONDS = {3: 0.1, 100: 0.3, 1_000: 4.0}
PROMISED_MEGABYTES = {1_000: 400}
PROMISED_RATIO = 1.5

HEAD = ("Pods", "import", "run", "draw", "promised", "a Pod", "times", "peak", "promised", "records")
PARTS = ("runs", "rollouts", "pages")


def add(verbs: Verbs) -> None:
    """The arguments of `gen bench`."""
    verb = add_verb(
        verbs,
        "bench",
        bench,
        "Measure runs from 3 to 3,000 Pods (seconds of processor time, and memory), the rollout of 1,000, then the site: how "
        "long builds and drawings take, and what a reader's browser has to fetch. Beside each figure stands what is promised; "
        "`!` marks what breaks it.",
        "python3 -m gen bench --only runs --pods 3 100\n  python3 -m gen bench --only pages --browser",
    )
    verb.add_argument("--pods", type=int, nargs="+", default=LOADS, metavar="N", help="how many Pods, one row each")
    verb.add_argument("--only", choices=PARTS, help="measure only runs, only rollouts, or only the site")
    verb.add_argument(
        "--browser", action="store_true", help="also measure in a real browser: steps, first views, the first run and later ones"
    )


def bench(options: argparse.Namespace) -> int:
    """Measure and print; 1 when something could not be measured, or Pods did not become ready. A broken promise is no failure."""
    asked = [options.only] if options.only else PARTS
    failed = "runs" in asked and runs(options.pods)
    failed |= "rollouts" in asked and rolled_over()
    failed |= "pages" in asked and site()
    return int(failed or (options.browser and in_browser()))


def runs(loads: list[int]) -> bool:
    """Measure each load in a process of its own and print the table; whether something failed."""
    rows = []
    for pods in loads:
        print(f"{pods} Pods …", file=sys.stderr, flush=True)
        done = subprocess.run([sys.executable, "-m", "gen.commands.load", str(pods)], stdout=subprocess.PIPE, encoding="utf-8")
        if done.returncode:
            print(f"gen bench: the run of {pods} Pods failed, see above", file=sys.stderr)
            return True
        rows.append(json.loads(done.stdout))
    print(table(rows))
    behind = [f"{row['ready']} of {row['pods']}" for row in rows if row["ready"] != row["pods"]]
    if behind:
        print(f"gen bench: only {', '.join(behind)} Pods became ready", file=sys.stderr)
    return bool(behind)


def rolled_over() -> bool:
    """Measure large rollouts; whether something failed."""
    from gen.commands.bench_rollouts import NotRolledOver, rollouts

    print("rollouts of 100 and of 1,000 Pods in turn …", file=sys.stderr, flush=True)
    try:
        show(rollouts())
    except NotRolledOver as error:
        print(f"gen bench: {error}", file=sys.stderr)
        return True
    return False


def site() -> bool:
    """Measure builds, what they give, and drawings; whether something failed."""
    from gen.commands.bench_build import NotBuilt, builds, copied
    from gen.commands.bench_pages import drawings, weights
    from gen.site.packages import NotFetched

    try:
        with copied() as copy:
            print("two builds and the drawings of all pages …", file=sys.stderr, flush=True)
            show(builds(copy))
            show(drawings(copy / "docs"))
            show(weights(copy / "site"))
    except (NotBuilt, NotFetched) as error:
        print(f"gen bench: {error}", file=sys.stderr)
        return True
    return False


def in_browser() -> bool:
    """Measure in a browser what a reader waits for; whether there was none, or no site for it."""
    from playwright.sync_api import sync_playwright

    from gen.commands import bench_again, bench_steps, bench_visits
    from gen.commands.bench_server import served
    from gen.commands.chromium import NoBrowser, installed_chromium
    from gen.site import build

    try:
        program = installed_chromium()
        show(bench_steps.steps())
    except NoBrowser as error:
        print(f"gen bench: {error}", file=sys.stderr)
        return True
    with tempfile.TemporaryDirectory() as folder:
        if build(Path(folder) / "site"):
            return True
        with served(Path(folder) / "site") as site, sync_playwright() as playwright:
            busy()
            show(bench_visits.first_views(playwright, program, site))
            busy()
            show(bench_visits.cold_runs(playwright, program, site))
            busy()
            print(f"\nlater runs, {bench_again.TIMES} each\n{bench_again.table(playwright, program, site)}", flush=True)
    return False


def busy() -> None:
    """Say how much else the machine has to do: figures of a busy one are worth less."""
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    print(f"\nload of the machine: {load}, processors: {os.cpu_count()}", flush=True)


def show(promises: Iterator[Promise]) -> None:
    """A part of the table."""
    print(f"\n{listed(promises)}", flush=True)


def table(rows: list[dict[str, Any]]) -> str:
    """The figures in columns; `!` marks what breaks a promise."""
    costs = {row["pods"]: row["run_s"] / row["pods"] for row in rows}
    return in_columns([HEAD, *(figures(row, costs.get(RATIO_OF)) for row in rows)])


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
