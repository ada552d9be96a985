"""What the house tests look at: every Python file of the project, parsed once."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Source:
    """One Python file: where it is, its text, and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def floor(self) -> str:
        """The folder (or file) right under `gen`: `kit`, `cluster`, `cli.py`."""
        return self.path.split("/")[1]


def sources(folder: str) -> list[Source]:
    """The Python files under `folder`, in order of their paths."""
    found = []
    for file in sorted((ROOT / folder).rglob("*.py")):
        if "node_modules" not in file.parts:
            text = file.read_text(encoding="utf-8")
            found.append(Source(file.relative_to(ROOT).as_posix(), text, ast.parse(text)))
    return found


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def engine() -> list[Source]:
    """The package `gen`."""
    return sources("gen")


@pytest.fixture(scope="session")
def all_sources(engine: list[Source]) -> list[Source]:
    """The package and its tests."""
    return engine + sources("tests")
