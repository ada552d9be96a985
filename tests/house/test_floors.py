"""Imports go only down, and the engine needs nothing that a browser's Python does not have."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from importlinter.cli import lint_imports

IN_THE_BROWSER = ("kit", "objects", "trace", "cluster", "play", "views", "draw")
PURE = {"gen", "yaml"}  # beside the standard library
IN_IT_TOO = ("gen/site/browser.py", "gen/site/source.py")
MORE = {"gen/draw/board/dot.py": {"diagrams", "graphviz"}}  # pure Python too; zipped for the browser with the rest
NOT_IN_THE_BROWSER = {"asyncio", "concurrent", "multiprocessing", "socket", "sqlite3", "ssl", "subprocess", "threading"}


def test_imports_go_only_down(root, monkeypatch):
    monkeypatch.chdir(root)
    assert lint_imports(config_filenames=("pyproject.toml",), no_cache=True, no_logo=True) == 0, "a contract is broken: see above"


def test_the_engine_needs_only_what_the_browser_has(engine):
    found = [
        f"{source.path}:{line} imports {name}"
        for source in engine
        if source.floor in IN_THE_BROWSER or source.path in IN_IT_TOO
        for line, name in imports(source.tree)
        if not allowed(name, MORE.get(source.path, set()))
    ]
    assert not found, "\n".join(found)


def imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, (node.module or "gen").split(".")[0]


def allowed(name: str, more: set[str]) -> bool:
    if name in PURE | more:
        return True
    return name in sys.stdlib_module_names and name not in NOT_IN_THE_BROWSER
