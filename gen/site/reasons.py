"""The files that tell why: one for every figure, fetched when a reader asks and not before.

A file is named by what it holds, so that figures which say the same share one. Pages are rendered before the site's folder
is complete: what a fence makes is kept here until it is.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from gen.draw.why import why_html
from gen.site.place import Place
from gen.site.source import excerpt
from gen.trace.trace import Trace
from gen.views.model import Reasons, Story
from gen.views.why import why

FOLDER = "assets/kim/why"
MADE: dict[str, dict[str, str]] = {}  # by language, then by place in its site


def reasons_of(trace: Trace, story: Story, lang: str) -> str:
    """The reasons of a figure. Raises WrongName and MissingWord."""
    return written(why(trace, story), lang)


def written(reasons: Reasons, lang: str) -> str:
    """Reasons with the functions that decided. Raises WrongName and MissingWord."""
    return why_html(reasons, lang, {name: excerpt(name) for name in reasons.rules})


def link_to(html: str, scenario: str, place: Place) -> str:
    """The way from a page to the reasons of one of its figures, which thereby come into the site."""
    name = f"{FOLDER}/{scenario}-{hashlib.sha256(html.encode()).hexdigest()[:12]}.html"
    MADE.setdefault(place.lang, {})[name] = html
    return place.link(name)


def write(config: MkDocsConfig) -> None:
    """Put the files of the language that was built into its site."""
    for name, html in MADE.pop(config.theme["language"], {}).items():
        file = Path(config.site_dir) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(html, encoding="utf-8")
