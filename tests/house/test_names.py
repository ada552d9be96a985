"""Names say what a thing is; what lies everywhere lies nowhere."""

from __future__ import annotations

import ast
import re
import subprocess

import pytest

NO_NAMES = {"util", "utils", "helper", "helpers", "common", "base", "manager", "misc", "shared"}
NO_KUBERNETES = re.compile(r"pod|deployment|replica|kubelet|kubectl|namespace|scheduler|apiserver", re.IGNORECASE)
ABBREVIATIONS = {"rs", "deploy", "ns", "svc", "cm", "sa", "ctx", "cfg", "obj_list"}
TOP_LEVEL = {
    ".ci", ".github", ".gitignore", "CHANGELOG.md", "LICENSE", "README.md", "docs", "gen", "mkdocs.en.yml", "mkdocs.yml",
    "pyproject.toml", "requirements.txt", "tests",
}  # fmt: skip


def tracked(root) -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, encoding="utf-8")
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [path for path in listed.stdout.split("\0") if path]


def test_no_file_is_a_drawer_for_odds_and_ends(engine):
    found = [source.path for source in engine if set(source.path.removesuffix(".py").split("/")) & NO_NAMES]
    assert not found


def test_the_kit_has_no_kubernetes_words(engine):
    found = [
        f"{source.path}:{node.lineno} {name}"
        for source in engine
        if source.floor == "kit"
        for node in ast.walk(source.tree)
        for name in names_in(node)
        if NO_KUBERNETES.search(name)
    ]
    assert not found


def test_kubernetes_nouns_are_written_in_full(engine):
    found = [
        f"{source.path}:{node.lineno} {name}"
        for source in engine
        for node in ast.walk(source.tree)
        for name in names_in(node)
        if name in ABBREVIATIONS
    ]
    assert not found


def names_in(node: ast.AST) -> list[str]:
    """The names that `node` itself gives to something."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.arg):
        return [node.arg]
    return [node.id] if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else []


def test_the_top_level_holds_what_the_design_lists(root):
    assert {path.split("/")[0] for path in tracked(root)} <= TOP_LEVEL


def test_no_paths_of_one_machine_and_no_marks_left_over(root):
    machine = re.compile(r"/(?:home/(?!pyodide/)|Users/)\w+/|/w[o]rk/|/roo[t]/\.(?!kube)|/tmp/\w+/\w+/")
    mark = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X])\b")
    found = []
    for path in tracked(root):
        file = root / path
        if path.startswith("tests/recordings/") or not file.is_file():
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="ignore").splitlines(), 1):
            if machine.search(line) or mark.search(line):
                found.append(f"{path}:{number}: {line.strip()[:100]}")
    assert not found, "\n".join(found)


def test_nothing_large_or_generated_is_kept(root):
    kept = [path for path in tracked(root) if not path.startswith("tests/recordings/") and (root / path).is_file()]
    assert not [path for path in kept if (root / path).stat().st_size > 1_000_000]
    assert not [path for path in kept if path.endswith((".png", ".jpg", ".woff2", ".ttf", ".wasm", ".zip", ".whl", ".min.js"))]
