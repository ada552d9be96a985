"""The browser's packages: fetched once by npm, exactly as `web/package-lock.json` pins them, and kept beside the project.

Only the files that the site needs are kept, in a folder named by the lock: a second build needs no network, and a changed
pin is fetched anew.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

log = logging.getLogger("mkdocs.gen")

WEB = Path(__file__).parent / "web"
CACHE = Path(__file__).parents[2] / ".cache" / "web"
PINS = ("package.json", "package-lock.json")
KEPT = {  # of each package, what is used
    "pretendard": ("dist/web/variable/woff2/PretendardVariable.woff2", "dist/LICENSE.txt"),
    "pyodide": ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"),
    "@viz-js/viz": ("dist/viz.js",),
}


class NotFetched(Exception):
    """The packages are not there and could not be fetched; the message says why and what to do."""


def kept(package: str, file: str) -> Path:
    """A file of a package, fetched if need be. Raises NotFetched."""
    folder = CACHE / fingerprint()
    if not folder.exists():
        fetch(folder)
    return folder / package / file


def version(package: str) -> str:
    """The version that the lock pins."""
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    return str(lock["packages"][f"node_modules/{package}"]["version"])


def fingerprint() -> str:
    """Changes with the pins, and with what is kept of them."""
    pins = b"".join((WEB / name).read_bytes() for name in PINS)
    return hashlib.sha256(pins + json.dumps(KEPT).encode()).hexdigest()[:16]


def fetch(folder: Path) -> None:
    """Let npm fetch the packages, and keep what is used: the whole folder or nothing."""
    log.info("Fetching the web font, Python for the browser and Graphviz for it with npm: once, some seconds")
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as workshop:
        for name in PINS:
            shutil.copy(WEB / name, workshop)
        npm(Path(workshop))
        for package, files in KEPT.items():
            for file in files:
                target = Path(workshop) / "kept" / package / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(Path(workshop) / "node_modules" / package / file, target)
        if not folder.exists():
            (Path(workshop) / "kept").rename(folder)


def npm(folder: Path) -> None:
    """`npm ci` in a folder; scripts of packages are not run. Raises NotFetched."""
    done = tool("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", folder=folder)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise NotFetched(f"npm says: {' '.join(said[:2])}\n  The first build needs a network; afterwards none is needed.")


def tool(name: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Let `npm` or `node` do something in a folder: the machine's, or that of the environment. Raises NotFetched."""
    path = os.pathsep.join([os.environ.get("PATH", ""), str(Path(sys.executable).parent)])
    program = shutil.which(name, path=path)
    if program is None:
        raise NotFetched(f"There is no {name} here. `python3 -m gen build` brings one; or install Node.js.")
    environment = {**os.environ, "PATH": path}
    return subprocess.run([program, *arguments], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
