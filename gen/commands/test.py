"""`gen test`: every test, a real browser's included."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from gen.commands.arguments import Verbs, add_verb

ROOT = Path(__file__).parents[2]
SIDE_BY_SIDE = ["--numprocesses", "auto", "--maxprocesses", "4", "--dist", "loadfile"]  # each builds the site and has a browser


def add(verbs: Verbs) -> None:
    """The arguments of `gen test`: pytest's own."""
    verb = add_verb(
        verbs,
        "test",
        test,
        "Run all tests, a real browser's included, side by side; or what is typed, which goes to pytest as it is.",
        "python3 -m gen test tests/house -k sizes",
    )
    verb.set_defaults(passes_on=True)


def test(options: argparse.Namespace) -> int:
    """Find a browser, then let pytest run."""
    from gen.commands.chromium import NoBrowser, installed_chromium

    try:
        browser = installed_chromium()
    except NoBrowser as error:
        print(f"gen test: {error}", file=sys.stderr)
        return 1
    command = [sys.executable, "-m", "pytest", *(options.rest or SIDE_BY_SIDE)]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "CHROMIUM": browser}).returncode
