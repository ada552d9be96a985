"""Files are pages, functions are paragraphs, classes are chapters."""

from __future__ import annotations

import ast
from pathlib import Path

FILE, EXCUSED_FILE, FUNCTION, CLASS = 300, 400, 40, 100  # lines
WRITTEN_BY_HAND = ("*.py", "*.css", "*.js", "*.mjs")


def excused(root: Path) -> dict[str, str]:
    """The files that may be longer, and why."""
    lines = (root / "tests/house/sizes.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))
    return {row[0]: row[1] if len(row) > 1 else "" for row in rows}


def test_files_are_pages(root):
    limits = dict.fromkeys(excused(root), EXCUSED_FILE)
    too_long = []
    for folder in ("gen", "tests"):
        for pattern in WRITTEN_BY_HAND:
            for file in sorted((root / folder).rglob(pattern)):
                path = file.relative_to(root).as_posix()
                lines = len(file.read_text(encoding="utf-8").splitlines())
                if "node_modules" not in path and lines > limits.get(path, FILE):
                    too_long.append(f"{path}: {lines} lines")
    assert not too_long, "split them: " + ", ".join(too_long)


def test_every_excuse_has_a_reason_and_is_needed(root):
    for path, reason in excused(root).items():
        assert reason, f"{path} is excused without a reason"
        assert len((root / path).read_text(encoding="utf-8").splitlines()) > FILE, f"{path} needs no excuse any more"


def test_functions_are_paragraphs(all_sources):
    long = [
        f"{source.path}:{node.lineno} {node.name}: {length(node)} lines"
        for source in all_sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and length(node) > FUNCTION
    ]
    assert not long, "split them: " + ", ".join(long)


def test_classes_are_chapters(all_sources):
    long = [
        f"{source.path}:{node.lineno} {node.name}: {length(node)} lines"
        for source in all_sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and length(node) > CLASS
    ]
    assert not long, "split them: " + ", ".join(long)


def length(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
