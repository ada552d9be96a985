"""Pages: both languages or neither, and everything that a fence names exists."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from gen.views import VIEWS

FENCE = re.compile(r"^(?P<indent> *)(?P<marks>```+) *(?P<kind>\w+)\b.*?\n(?P<body>.*?)^(?P=indent)(?P=marks)", re.M | re.S)


def pages(root: Path, language: str) -> dict[str, str]:
    folder = root / "docs" / language
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.md"))}


def fences(root: Path, kind: str) -> Iterator[tuple[str, str]]:
    """Where a fence of `kind` stands, and what it holds."""
    for language in ("ko", "en"):
        for path, text in pages(root, language).items():
            for found in FENCE.finditer(text):
                if found["kind"] == kind:
                    line = text.count("\n", 0, found.start()) + 1
                    yield f"docs/{language}/{path}:{line}", re.sub(f"^{found['indent']}", "", found["body"], flags=re.M)


def compared(fence: dict[str, Any]) -> list[str]:
    """The scenarios of a `compare` fence, each of which may have a name in the page's language."""
    runs: dict[str, str] | list[str] = fence.get("runs", [])
    return list(runs.values()) if isinstance(runs, dict) else runs


def test_every_page_exists_in_both_languages(root):
    korean, english = pages(root, "ko"), pages(root, "en")
    assert korean
    assert list(korean) == list(english)


def test_both_languages_show_the_same_runs(root):
    def shown(language: str) -> list[object]:
        both = (*fences(root, "run"), *fences(root, "compare"))
        own = [yaml.safe_load(body) for where, body in both if where.startswith(f"docs/{language}/")]
        own = [{**fence, "runs": list(compared(fence))} for fence in own]
        return [{key: value for key, value in fence.items() if key not in ("title", "watch", "description")} for fence in own]

    assert shown("ko") == shown("en")


def test_every_fence_names_a_scenario_and_views_that_exist(root):
    scenarios = {file.stem for file in (root / "docs/scenarios").glob("*.yaml")}
    wrong = []
    for where, body in fences(root, "run"):
        fence = yaml.safe_load(body)
        views = fence.get("view", [])
        views = [views] if isinstance(views, str) else views
        wrong += [f"{where}: no view {view}" for view in views if view not in VIEWS]
        if "scenario" in fence and fence["scenario"] not in scenarios:
            wrong.append(f"{where}: no scenario {fence['scenario']}")
    for where, body in fences(root, "compare"):
        wrong += [f"{where}: no scenario {name}" for name in compared(yaml.safe_load(body)) if name not in scenarios]
    assert not wrong


def test_every_manifest_on_a_page_is_one_that_runs(root):
    scenarios = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in (root / "docs/scenarios").glob("*.yaml")]
    running = {text for scenario in scenarios for text in (scenario.get("files") or {}).values()}
    shown = [(where, body) for where, body in fences(root, "yaml") if body.startswith("apiVersion:")]
    assert not [where for where, body in shown if body not in running]


def test_every_excerpt_is_a_function_that_exists(root):
    wrong = [f"{where}: {body.strip()}" for where, body in fences(root, "code") if not resolves(body.split()[0])]
    assert not wrong


def resolves(dotted: str) -> bool:
    """Whether `gen.cluster.controllers.replicaset.missing_or_surplus` leads to something."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            found = getattr(found, part, None)
        return found is not None
    return False
