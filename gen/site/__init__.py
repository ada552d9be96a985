"""From pages to a site: MkDocs builds both languages, and every `run` fence becomes the figure of a run.

What MkDocs calls is `hook.py` and the fences; `build` and `serve` call MkDocs. Plain `mkdocs build --strict` gives the same.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from gen.play.reading.bad_input import BadInput

ROOT = Path(__file__).parents[2]
PATIENCE_S = 5
A_SITE = "sitemap.xml"  # what every built site has: a folder without it was not made by us


def build(site_dir: str | Path = "site", site_url: str | None = None) -> int:
    """Write the whole site into `site_dir`, or nothing if a page is wrong. The exit code: 0, or 1."""
    target = Path(site_dir).absolute()
    if target.exists() and not replaceable(target):
        what = "is a folder that holds something else than a site"
        raise BadInput(str(site_dir), what=what, todo="Name an empty or a new one.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as workshop:
        built = Path(workshop) / "site"
        code = mkdocs("build", "--strict", "--site-dir", str(built), site_url=site_url)
        if code == 0:
            shutil.rmtree(target, ignore_errors=True)
            built.rename(target)
    return 1 if code else 0


def serve(port: int = 8000) -> int:
    """Serve both languages, rebuilt whenever a page, a scenario or the code changes; until interrupted."""
    return mkdocs("serve", "--dev-addr", f"127.0.0.1:{port}")


def mkdocs(*arguments: str, site_url: str | None = None) -> int:
    """Let MkDocs do it, in a process of its own; the exit code."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    if site_url is not None:
        environment["SITE_URL"] = site_url
    with subprocess.Popen([sys.executable, "-m", "mkdocs", *arguments], cwd=ROOT, env=environment) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:  # whoever pressed Ctrl-C told MkDocs too: it puts its things away
            return ended(process)


def ended(process: subprocess.Popen[bytes]) -> int:
    """Wait for a process that was asked to end, and end it if it does not; its exit code."""
    try:
        return process.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.terminate()
        return process.wait()


def replaceable(folder: Path) -> bool:
    """Whether a folder may be replaced: it is empty, or a site that was built before."""
    return folder.is_dir() and ((folder / A_SITE).exists() or not any(folder.iterdir()))
