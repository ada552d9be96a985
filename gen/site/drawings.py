"""Figures: what a fence made is kept, and made again only where something that it depends on has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from gen.site.shelf import BESIDE, Shelf, content_of

DRAWINGS = Shelf(BESIDE / "figures", most=1_000)  # some 10 KB each
GEN = Path(__file__).parents[1]
OTHERS = ("diagrams", "graphviz", "graphviz-pure")  # the packages that draw with us


def once(make: Callable[[], tuple[str, str]], *asked: object) -> tuple[str, str]:
    """A figure and its reasons, as `make` gives them, or gave them in an earlier build for what was asked then.

    What was asked is told apart by how Python prints it.
    """
    name = hashlib.sha256(json.dumps([code(), *map(repr, asked)]).encode()).hexdigest()[:32]
    found = told(DRAWINGS.take(name))
    if found is None:
        found = make()
        DRAWINGS.keep(name, json.dumps(found, ensure_ascii=False))
    return found


def told(text: str | None) -> tuple[str, str] | None:
    """What a kept text holds; None if that is no figure."""
    try:
        html, reasons = json.loads(text or "")
    except (TypeError, ValueError):
        return None
    return html, reasons


@cache
def code() -> str:
    """Changes with whatever draws: our own files, words and style sheets too, and the packages."""
    return " ".join([content_of(GEN), *map(version, OTHERS)])
