"""Output files appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from gen.play.reading.bad_input import BadInput


def write_whole(file: Path, text: str) -> None:
    """Write `text` to `file`: all of it or, where that cannot be, nothing. Raises BadInput then."""
    try:
        if file.exists() and not file.is_file():
            file.write_text(text, encoding="utf-8", newline="\n")  # a device or a pipe: it stays what it is
        else:
            replace_whole(file.resolve(), text)
    except OSError as error:
        raise BadInput(str(file), what=f"cannot be written: {error.strerror}", todo="Name another file.") from None


def replace_whole(file: Path, text: str) -> None:
    """Put a file with `text` in the place of `file`. Raises OSError, and leaves nothing behind then."""
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        os.replace(part, file)
    finally:
        part.unlink(missing_ok=True)
