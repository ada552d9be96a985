"""Output files appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from gen.play.reading.bad_input import BadInput


def write_whole(file: Path, text: str) -> None:
    """Write `text` beside `file` and move it there in one step. Raises BadInput where that cannot be."""
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        os.replace(part, file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BadInput(str(file), what=f"cannot be written: {error.strerror}", todo="Name another file.") from None
