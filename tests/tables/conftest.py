"""Upstream's own test cases, as tables of data: `pytest tests/tables --tables DIR`. Without the option nothing here is collected.

A test marked `table("scheduler/node_ports")` runs once for every case of that file of DIR. A table that has no test, and a
case that is skipped, is behaviour that the model does not have: the summary at the end names them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from gen.cluster.scheduler.pod_info import PodInfo, pod_info
from gen.cluster.scheduler.snapshot import Snapshot

Obj = dict[str, Any]
NOT_RUN = pytest.StashKey[list[str]]()


@dataclass(frozen=True)
class Case:
    given: Obj
    expect: Obj


def pytest_addoption(parser):
    parser.addoption("--tables", type=Path, help="the folder with upstream's test cases")


def pytest_configure(config):
    config.addinivalue_line("markers", "table(path): runs once for every case of that table")


def pytest_ignore_collect(collection_path, config):
    return True if config.getoption("--tables", None) is None else None


def pytest_generate_tests(metafunc):
    mark = metafunc.definition.get_closest_marker("table")
    if mark is None:
        return
    file = metafunc.config.getoption("--tables") / f"{mark.args[0]}.yaml"
    rows = (
        yaml.load(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["cases"]
        if file.exists()
        else []
    )
    metafunc.parametrize("case", [Case(row["given"], row["expect"]) for row in rows], ids=[row["id"] for row in rows])


def pytest_collection_modifyitems(config, items):
    folder = config.getoption("--tables", None)
    if folder is None:
        return
    for item in items:
        item.user_properties += [("table", mark.args[0]) for mark in item.iter_markers("table")]
    covered = {table for item in items for _, table in item.user_properties}
    tables = [file.relative_to(folder).with_suffix("").as_posix() for file in sorted(folder.rglob("*.yaml"))]
    config.stash[NOT_RUN] = [table for table in tables if table not in covered]


def pytest_terminal_summary(terminalreporter, config):
    counts: dict[str, Counter[str]] = {}
    for outcome in ("passed", "failed", "skipped"):
        for report in terminalreporter.getreports(outcome):
            for table in dict(getattr(report, "user_properties", [])).values():
                counts.setdefault(table, Counter())[outcome] += 1
    terminalreporter.section("cases by table: right, wrong, not modelled")
    for table, count in sorted(counts.items()):
        terminalreporter.write_line(f"{table:48} {count['passed']:4} {count['failed']:4} {count['skipped']:4}")
    terminalreporter.section("tables of behaviour that is not modelled yet")
    for table in config.stash.get(NOT_RUN, []):
        terminalreporter.write_line(table)


def named(obj: Obj, name: str) -> Obj:
    metadata = obj.get("metadata") or {}
    return {**obj, "metadata": {"namespace": "", **metadata, "name": metadata.get("name") or name}, "spec": obj.get("spec") or {}}


@pytest.fixture
def pod_of():
    def build(given: Obj) -> PodInfo:
        return pod_info(named(given, "incoming"))

    return build


@pytest.fixture
def snapshot_of():
    def build(nodes: list[Obj], pods: list[Obj] | None = None) -> Snapshot:
        snapshot = Snapshot()
        for node in nodes:
            snapshot.put_node(named(node, "machine1"))
        for index, pod in enumerate(pods or []):
            placed = named({**pod, "metadata": {**(pod.get("metadata") or {}), "name": f"existing-{index}"}}, "")
            snapshot.put_pod(pod_info(placed), placed["spec"].get("nodeName") or "machine1")
        return snapshot

    return build
