"""What builds keep for those after them, beside the project: under a name that says all that it depends on.

A text is kept whole or not at all. One that is not there, or was damaged, is simply made again.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from gen.site.packages import CACHE

BESIDE = CACHE.parent
UNREADABLE = (EOFError, OSError, UnicodeDecodeError, zlib.error)
COMPILED = ("__pycache__", "node_modules")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of texts: the `most` that were used last."""

    folder: Path
    most: int

    def take(self, name: str) -> str | None:
        """The text of that name, which thereby counts as used; None if there is none that can be read."""
        file = self.folder / f"{name}.gz"
        try:
            text = gzip.decompress(file.read_bytes()).decode()
        except UNREADABLE:
            text = ""
        if not text:  # a file that was emptied counts as damaged too
            return None
        with suppress(OSError):
            os.utime(file)
        return text

    def keep(self, name: str, text: str) -> None:
        """Put a text on the shelf, and let those go that were not used for long. Where nothing can be kept, nothing is."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self.folder, suffix=".partial", delete=False) as partial:
                partial.write(gzip.compress(text.encode(), mtime=0))
            os.replace(partial.name, self.folder / f"{name}.gz")
            for old in sorted(self.folder.iterdir(), key=used_at, reverse=True)[self.most :]:
                old.unlink(missing_ok=True)


def used_at(file: Path) -> float:
    """When a text was used last; one that another build let go meanwhile, never."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0


def content_of(*folders: Path) -> str:
    """A word that changes with any file in these folders, which lie beside one another."""
    total = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not set(COMPILED) & set(file.parts):
                content = file.read_bytes()
                total.update(f"{file.relative_to(folder.parent).as_posix()} {len(content)}\n".encode() + content)
    return total.hexdigest()
