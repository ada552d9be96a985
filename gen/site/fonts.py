"""The site's font: Pretendard, cut down to the characters that the built pages hold.

The same characters give the same bytes. The licence reserves the font's own name for the whole font, so that the part has
another name inside; style sheets still call it Pretendard.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import string
from importlib.metadata import version
from pathlib import Path

from gen.site.packages import CACHE, kept

FILE = "dist/web/variable/woff2/PretendardVariable.woff2"
NAME = "Handbook Sans"
FAMILY_NAMES = (1, 3, 4, 6, 16, 25)  # name records that hold the font's own name
READ = ("*.html", "search_index.json")  # where the characters of a site stand
ESCAPED = re.compile(r"\\u((?!d[89a-f])[0-9a-f]{4})")  # how the theme hands its words to its script
TURNS_TO_SPACE = {"\n", "\r", "\t"}


def subset_for(site: Path, but: tuple[str, ...] = ()) -> bytes:
    """The font for a built site, but for the folders named in `but`. Raises NotFetched."""
    return subset(kept("pretendard", FILE), characters(site, but))


def characters(site: Path, but: tuple[str, ...] = ()) -> str:
    """All characters that the pages of a site hold, in order; ASCII in any case."""
    found = set(string.printable)
    for pattern in READ:
        for file in site.rglob(pattern):
            if not file.relative_to(site).as_posix().startswith(but):
                text = file.read_text(encoding="utf-8")
                found.update(text, (chr(int(code, 16)) for code in ESCAPED.findall(text)))
    return "".join(sorted(found - TURNS_TO_SPACE))


def subset(font: Path, wanted: str) -> bytes:
    """A WOFF2 with these characters only. It is kept: the same wish is cheap the second time."""
    made_with = f"{version('fonttools')} {version('brotli')} {NAME}"
    key = hashlib.sha256(font.read_bytes() + f"{made_with} {wanted}".encode()).hexdigest()[:16]
    file = CACHE / "subsets" / f"{key}.woff2"
    if not file.exists():
        keep(file, cut(unpacked(font), wanted))
    return file.read_bytes()


def unpacked(font: Path) -> Path:
    """The whole font as a plain file, kept: two thirds of a cut would be to unpack it, and each new syllable wants a cut."""
    from fontTools.ttLib import TTFont

    key = hashlib.sha256(font.read_bytes() + version("fonttools").encode()).hexdigest()[:16]
    file = CACHE / "subsets" / f"{key}.ttf"
    if not file.exists():
        with TTFont(font, recalcTimestamp=False) as whole:
            whole.flavor = None
            plain = io.BytesIO()
            whole.save(plain)
        keep(file, plain.getvalue())
    return file


def keep(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".partial")
    partial.write_bytes(content)
    partial.replace(file)


def cut(font: Path, wanted: str) -> bytes:
    """The work itself."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").setLevel(logging.ERROR)
    options = Options()
    options.layout_features = [*options.layout_features, "tnum"]
    options.notdef_outline = True
    with TTFont(font, recalcTimestamp=False) as whole:
        worker = Subsetter(options)
        worker.populate(text=wanted)
        worker.subset(whole)
        rename(whole)
        whole.flavor = "woff2"
        packed = io.BytesIO()
        whole.save(packed)
    return packed.getvalue()


def rename(font: object) -> None:
    """Give the part its own name."""
    for record in font["name"].names:  # type: ignore[index]
        if record.nameID in FAMILY_NAMES:
            record.string = NAME.replace(" ", "") if record.nameID in (6, 25) else NAME
