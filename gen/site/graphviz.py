"""Graphviz, from its wheel: a program beside Python's own. What was laid out once is kept, here and beside the project."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path
from shutil import which

from gen.site.packages import CACHE

PROGRAM = "graphviz-pure"


class NoGraphviz(Exception):
    """Graphviz is not there or did not understand; the message says what to do."""


@cache
def lay_out(dot: str) -> str:
    """Graphviz's `plain` output for a DOT text. Raises NoGraphviz."""
    key = hashlib.sha256(f"{version(PROGRAM)} {dot}".encode()).hexdigest()[:16]
    file = CACHE / "layouts" / f"{key}.plain"
    if file.exists():
        return file.read_text(encoding="utf-8")
    plain = laid_out(dot)
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".partial")
    partial.write_text(plain, encoding="utf-8")
    partial.replace(file)
    return plain


def laid_out(dot: str) -> str:
    """The work itself."""
    program = which(PROGRAM, path=str(Path(sys.executable).parent)) or which(PROGRAM)
    if program is None:
        raise NoGraphviz(f"There is no {PROGRAM} here. `pip install -r requirements.txt` brings it.")
    done = subprocess.run([program, "-Tplain"], input=dot, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise NoGraphviz(f"{PROGRAM} says: {done.stderr.strip()}")
    return done.stdout
