"""`gen check`: everything that must hold before a change goes out."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from gen.commands.arguments import Verbs, add_verb
from gen.play.reading.bad_input import BadInput

ROOT = Path(__file__).parents[2]


def add(verbs: Verbs) -> None:
    """The arguments of `gen check`."""
    verb = add_verb(
        verbs,
        "check",
        check,
        "Style, types, tests and a strict build, one after another; or, with --tables, upstream's own test cases.",
        "python3 -m gen check",
    )
    verb.add_argument("--tables", type=Path, metavar="DIR", help="instead: the cases in this folder of tables, counted")


def check(options: argparse.Namespace) -> int:
    """Run every check, also after one that failed; 1 if any did."""
    if options.tables:
        return 0 if passes("tables", ["pytest", "tests/tables", "--tables", str(folder(options.tables))]) else 1
    with tempfile.TemporaryDirectory() as site:
        checks = {
            "style": ["ruff", "check"],
            "types": ["mypy"],
            "tests": ["gen", "test"],
            "build": ["mkdocs", "build", "--strict", "--site-dir", site],
        }
        failed = [name for name, command in checks.items() if not passes(name, command)]
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    """Run one check; what it prints is shown."""
    print(f"── {name}", flush=True)
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT).returncode == 0


def folder(path: Path) -> Path:
    """The folder, from wherever the checks run. Raises BadInput where there is none."""
    if not path.is_dir():
        raise BadInput(str(path), what="no such folder", todo="Name a folder of YAML tables.")
    return path.resolve()
