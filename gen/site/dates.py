"""The one date of a build: that of the last commit, so that the same commit gives the same bytes."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
OUTSIDE_GIT = "1767225600"  # 2026-01-01T00:00:00Z, virtual time 0 of every run


def fix() -> None:
    """Set SOURCE_DATE_EPOCH, which MkDocs and all that it calls respect, unless somebody has set it already."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", last_commit() or OUTSIDE_GIT)


def last_commit() -> str:
    """When the last commit was made, in seconds since 1970; "" where git or its history is missing."""
    try:
        asked = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    except OSError:
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""
