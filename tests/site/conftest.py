"""A small site of its own in a temporary folder, built by the real MkDocs with the project's own configuration."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OWN = {"custom_dir: gen/": f"custom_dir: {ROOT.as_posix()}/gen/", "[gen/": f"[{ROOT.as_posix()}/gen/", "[docs, gen, ": "[docs, "}
PAGES = [file.relative_to(ROOT / "docs/en").as_posix() for file in sorted((ROOT / "docs/en").rglob("*.md"))]  # as in the nav
SCENARIO = (ROOT / "docs/scenarios/first-journey.yaml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Workshop:
    """A folder with mkdocs.yml and docs/, as the project's own."""

    folder: Path

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def both(self, page: str, text: str) -> None:
        """The same page in both languages."""
        for lang in ("ko", "en"):
            self.write(f"docs/{lang}/{page}", text)

    def build(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "mkdocs", "build", "-f", str(self.folder / "mkdocs.yml"), *arguments]
        surroundings = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment}
        return subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, encoding="utf-8")

    def page(self, path: str) -> str:
        return (self.folder / "site" / path).read_text(encoding="utf-8")


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    made = Workshop(tmp_path)
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for ours, theirs in OWN.items():
            text = text.replace(ours, theirs)
        made.write(name, text)
    for page in PAGES:
        made.both(page, "# Page {#page}\n")
    made.write("docs/scenarios/first-journey.yaml", SCENARIO)
    return made
