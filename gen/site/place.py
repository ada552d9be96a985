"""Where a fence stands: its page, so that a message can name it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path

from markdown import Markdown
from mkdocs.utils import get_relative_url

from gen.site.languages import shown

OPENING = re.compile(r"(?:`{3,}|~{3,})[ {.]*\w")


@dataclass(frozen=True)
class Place:
    """The page that a fence is part of: its file, language and text, and where the scenarios of its site lie."""

    path: str
    lang: str
    text: str = field(repr=False)
    pages: Path
    scenarios: Path
    url: str

    def of(self, source: str) -> str:
        """`docs/ko/index.md:12`, the line on which the fence with this content opens."""
        lines, wanted = bare(self.text), list(filter(None, bare(source)))
        opening = (number for number, line in enumerate(lines, 1) if OPENING.match(line))
        inside = ((number, takewhile(is_inside, lines[number:])) for number in opening)
        line = next((number for number, held in inside if list(filter(None, held)) == wanted), None)
        return f"{self.path}:{line}" if line else self.path

    def link(self, target: str) -> str:
        """The way from the page to a file of its language's site, so that it holds under any address."""
        return get_relative_url(target, self.url)


def bare(text: str) -> list[str]:
    """The lines of a text without what they are indented or quoted by."""
    return [line.strip(" \t>") for line in text.splitlines()]


def is_inside(line: str) -> bool:
    """Whether a line belongs to what a fence holds: it is no fence itself."""
    return not line.startswith(("```", "~~~"))


def place_of(md: Markdown) -> Place:
    """The page that `md` renders, as MkDocs told its link processor."""
    links = md.treeprocessors["relpath"]
    file, config = links.file, links.config
    docs = Path(config.docs_dir)
    path = shown(Path(file.abs_src_path or file.src_uri), config)
    return Place(path, config.theme["language"], file.content_string, docs, docs.parent / "scenarios", file.url)
