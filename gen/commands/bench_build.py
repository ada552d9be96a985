"""How long a build takes: in a copy of the project that has built nothing yet, then with nothing, a page or the engine changed.

Time on the wall, since that is what a writer waits for. Of what builds keep, the copy has only what npm fetched. Where the
engine changed, all runs are made anew, and it is packed for the browser again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from gen.commands.bench_promises import Promise

ROOT = Path(__file__).parents[2]
COPIED = ("gen", "docs", "mkdocs.yml", "mkdocs.en.yml", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE")
BUILD = "from gen.site import build; raise SystemExit(build('site'))"
FIRST_S, UNCHANGED_S, AGAIN_S = 15, 5, 3
EDITED = "docs/ko/index.md"
EDITED_ENGINE = "gen/kit/backoff.py"
NEW_SYLLABLE = chr(0xBDC1)  # of Korean, and in no word of it


class NotBuilt(Exception):
    """The site could not be built; what MkDocs said stands above."""


@contextmanager
def copied() -> Iterator[Path]:
    """The project in a folder of its own, as a fresh clone whose packages are fetched."""
    from gen.site import packages

    packages.kept("pretendard", "")  # fetched now if it is not there
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "clone"
        copy.mkdir()
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif (ROOT / name).exists():
                shutil.copy(ROOT / name, copy / name)
        fetched = packages.CACHE / packages.fingerprint()
        shutil.copytree(fetched, copy / fetched.relative_to(ROOT))
        yield copy


def builds(copy: Path) -> Iterator[Promise]:
    """Build in the copy, and again; with a page edited, also by a character that the font lacks; with the engine edited.

    Raises NotBuilt.
    """
    yield Promise("build, nothing kept yet", built(copy), "s", FIRST_S)
    yield Promise("build, nothing changed", built(copy), "s", UNCHANGED_S)
    page = copy / EDITED
    for what, more in (("one page edited", "One more sentence."), ("a new syllable on it", NEW_SYLLABLE)):
        page.write_text(f"{page.read_text(encoding='utf-8')}\n{more}\n", encoding="utf-8")
        yield Promise(f"build, {what}", built(copy), "s", AGAIN_S)
    engine = copy / EDITED_ENGINE
    engine.write_text(f"{engine.read_text(encoding='utf-8')}\n", encoding="utf-8")
    yield Promise("build, the engine changed", built(copy), "s")


def built(copy: Path) -> float:
    """How many seconds a build takes there, in a process of its own."""
    start = perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(copy)}  # or `gen` would be the one here
    done = subprocess.run([sys.executable, "-c", BUILD], cwd=copy, env=environment, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise NotBuilt(done.stderr)
    return perf_counter() - start
