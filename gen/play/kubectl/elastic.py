"""Elastic tab stops: cells that end in a tab and stand below one another become a column as wide as the widest of them.

kubectl describe writes its text with tabs and lets Go's text/tabwriter align it; so do we, with the same rules (no least
width, two blanks of padding).
"""

from __future__ import annotations

PADDING = 2


def aligned(text: str) -> str:
    """The text with its tabs turned into blanks.

    >>> print(aligned("Name:\\tweb\\nNamespace:\\tdefault"))
    Name:       web
    Namespace:  default
    """
    lines = [line.split("\t") for line in text.split("\n")]
    out: list[str] = []
    _block(lines, 0, len(lines), [], out)
    return "\n".join(out)


def _block(lines: list[list[str]], first: int, end: int, widths: list[int], out: list[str]) -> None:
    """Lay out the lines from `first` to before `end`, whose columns left of here have these widths."""
    column, at = len(widths), first
    while at < end:
        if column >= len(lines[at]) - 1:
            at += 1
            continue
        _write(lines, first, at, widths, out)
        first = at
        while at < end and column < len(lines[at]) - 1:
            at += 1
        width = max(len(line[column]) for line in lines[first:at]) + PADDING
        _block(lines, first, at, [*widths, width], out)
        first = at
    _write(lines, first, end, widths, out)


def _write(lines: list[list[str]], first: int, end: int, widths: list[int], out: list[str]) -> None:
    for cells in lines[first:end]:
        padded = [cell.ljust(width) for cell, width in zip(cells[:-1], widths, strict=False)]
        out.append("".join([*padded, cells[-1]]))
