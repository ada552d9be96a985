"""Where a fence stands: its page, so that a message can name it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from markdown import Markdown
from mkdocs.utils import get_relative_url

from gen.site.languages import shown


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
        wanted = [line.strip() for line in source.strip("\n").splitlines()]
        lines = [line.strip() for line in self.text.splitlines()]
        starts = (number for number in range(1, len(lines)) if lines[number : number + len(wanted)] == wanted)
        line = next(starts, None)
        return f"{self.path}:{line}" if line else self.path

    def link(self, target: str) -> str:
        """The way from the page to a file of its language's site, so that it holds under any address."""
        return get_relative_url(target, self.url)


def place_of(md: Markdown) -> Place:
    """The page that `md` renders, as MkDocs told its link processor."""
    links = md.treeprocessors["relpath"]
    file, config = links.file, links.config
    docs = Path(config.docs_dir)
    path = shown(Path(file.abs_src_path or file.src_uri), config)
    return Place(path, config.theme["language"], file.content_string, docs, docs.parent / "scenarios", file.url)
