"""`gen test`: every test, a real browser's included."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from gen.commands.arguments import Verbs, add_verb

ROOT = Path(__file__).parents[2]


def add(verbs: Verbs) -> None:
    """The arguments of `gen test`: pytest's own."""
    verb = add_verb(
        verbs,
        "test",
        test,
        "Run the tests, a real browser's included; what else is typed goes to pytest.",
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
    command = [sys.executable, "-m", "pytest", *options.rest]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "CHROMIUM": browser}).returncode
