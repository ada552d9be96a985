"""Reading what a user named: files, a folder's manifests, standard input; never more than is reasonable."""

from __future__ import annotations

import sys
from pathlib import Path

from gen.play.reading.bad_input import BadInput

SIZE_LIMIT = 8 * 1024 * 1024  # bytes in one file
FILES_LIMIT = 500  # files in one folder
SUFFIXES = (".json", ".yaml", ".yml")  # upstream: cli-runtime/pkg/resource FileExtensions
SMALLER = f"Keep it below {SIZE_LIMIT // 1024 // 1024} MiB: nothing that a cluster accepts is as large."
STANDARD_INPUT = "-"


def read_file(path: Path) -> str:
    """The text of a file. Raises BadInput."""
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise BadInput(str(path), what=f"the file is too large ({path.stat().st_size:,} bytes)", todo=SMALLER)
        with path.open("rb") as file:
            return as_text(file.read(SIZE_LIMIT + 1), str(path))
    except FileNotFoundError:
        raise BadInput(
            str(path), what=f'the path "{path}" does not exist', todo="Name a scenario, a manifest, or a folder of manifests."
        ) from None
    except OSError as error:
        raise BadInput(str(path), what=f"cannot be read: {error.strerror}", todo="Name a file that can be read.") from None


def read_standard_input() -> str:
    """All that comes in. Raises BadInput."""
    if sys.stdin is None:
        raise BadInput(STANDARD_INPUT, what="standard input is closed", todo="Send manifests into it, or name a file.")
    return as_text(sys.stdin.buffer.read(SIZE_LIMIT + 1), STANDARD_INPUT)


def as_text(content: bytes, name: str) -> str:
    """The bytes as text. Raises BadInput."""
    if len(content) > SIZE_LIMIT:
        raise BadInput(name, what=f"the file is too large (more than {SIZE_LIMIT:,} bytes)", todo=SMALLER)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        what = f"no text in UTF-8: byte {error.start} is {content[error.start]:#04x}"
        raise BadInput(name, what=what, todo="Save it as UTF-8 text.") from None


def manifests_in(folder: Path) -> list[Path]:
    """The manifests of a folder in order of their names, as `kubectl apply -f FOLDER` takes them. Raises BadInput."""
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file())
    except OSError as error:
        raise BadInput(str(folder), what=f"cannot be read: {error.strerror}", todo="Name a folder that can be read.") from None
    if not found:
        what = f"error reading [{folder}]: recognized file extensions are [{' '.join(SUFFIXES)}]"
        raise BadInput(str(folder), what=what, todo="Name a folder with manifests in it.")
    if len(found) > FILES_LIMIT:
        raise BadInput(
            str(folder), what=f"{len(found)} manifests in one folder", todo=f"Name a folder with at most {FILES_LIMIT}."
        )
    return found
