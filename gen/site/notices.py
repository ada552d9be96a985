"""The `notices` fence: what others made and this site is built from, with the licences in full.

    ```notices
    shipped
    ```

What is named stands in `notices.yaml`; versions and texts are read, at the time of the build, from what is installed. Of a
script the notice at its head is shown. Below the theme's licence stand all that its scripts carry: they hold works of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown

from gen.site import packages, problems
from gen.site.place import place_of

LIST = Path(__file__).parent / "notices.yaml"
BANNER = re.compile(r"/\*[*!].*?\*/", re.DOTALL)
SCRIPTS = "material/templates/assets/javascripts"
THEME, THEME_NAME = "mkdocs-material", "Material for MkDocs"


@dataclass(frozen=True)
class Part:
    """One entry of notices.yaml. `numbered` is False for what has no version of its own."""

    name: str
    what: dict[str, str]
    licence: str
    link: str
    source: str
    text: str | list[str]
    numbered: bool = True

    @property
    def texts(self) -> list[str]:
        """Where the texts of the licence are, each as KIND:PACKAGE:FILE."""
        files = self.text if isinstance(self.text, list) else [self.text]
        return [file if ":" in file else f"{self.source}:{file}" for file in files]


class Missing(Exception):
    """A licence is not where notices.yaml says."""


def notices(source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **_: Any) -> str:
    """What SuperFences calls for each `notices` fence: its HTML."""
    place = place_of(md)
    try:
        return listing(source.strip(), place.lang)
    except Exception as error:  # a formatter's exception is swallowed, and the build would go on: so nothing may leave
        return problems.report(f"{place.of(source)}: notices fence: {error}")


@cache
def parts() -> dict[str, list[Part]]:
    """notices.yaml, read."""
    groups = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return {name: [Part(**row) for row in rows] for name, rows in groups.items()}


def listing(group: str, lang: str) -> str:
    """A group of parts as HTML: each a line that unfolds its licence."""
    if group not in parts():
        raise Missing(f"there is no group {group!r}; {LIST.name} has: {', '.join(parts())}.")
    return f'<div class="kim-notices">{"".join(entry(part, lang) for part in parts()[group])}</div>'


def entry(part: Part, lang: str) -> str:
    """One part. The way to its makers stands behind the line: what unfolds can hold no link."""
    link = f'<p><a href="{escape(part.link)}">{escape(part.link.removeprefix("https://"))}</a></p>'
    number = f" {escape(version(part))}" if part.numbered else ""
    head = f"<b>{escape(part.name)}</b>{number} · {escape(part.licence)} · {escape(part.what[lang])}"
    return f"<details><summary>{head}</summary>{link}<pre data-search-exclude>{escape(licence(part))}</pre></details>"


def version(part: Part) -> str:
    """The version in use. Raises Missing."""
    where, _, name = part.source.partition(":")
    if where == "npm":
        return packages.version(name)
    try:
        return distribution(name).version
    except PackageNotFoundError:
        raise Missing(f"the package {name} is not installed.") from None


def licence(part: Part) -> str:
    """The texts of the licence, and for the theme the notices inside its scripts. Raises Missing and NotFetched."""
    texts = [text_in(place) for place in part.texts]
    return "\n\n".join([*texts, inside_scripts()] if part.name == THEME_NAME else texts)


def text_in(place: str) -> str:
    """The text at KIND:PACKAGE:FILE; of a script the notice that it begins with. Raises Missing and NotFetched."""
    where, package, name = place.split(":")
    file = packages.kept(package, name) if where == "npm" else installed(package, name)
    text = file.read_text(encoding="utf-8").strip()
    if file.suffix != ".js":
        return text
    begins = BANNER.match(text)
    if begins is None:
        raise Missing(f"{package} says nothing at the head of {name}.")
    return begins[0]


def installed(package: str, ending: str) -> Path:
    """A file of an installed package by the end of its path. Raises Missing."""
    for name in files_of(package):
        if name.endswith(f"/{ending}") or name == ending:
            return Path(str(distribution(package).locate_file(name)))
    raise Missing(f"{package} has no file {ending}.")


@cache
def files_of(package: str) -> tuple[str, ...]:
    """The paths of a package's files, some ten thousand of them: they are read once."""
    return tuple(file.as_posix() for file in distribution(package).files or ())


def inside_scripts() -> str:
    """The notices that the theme's scripts carry inside, each once."""
    folder = installed(THEME, f"{SCRIPTS}/lunr/tinyseg.js").parents[1]
    scripts = sorted([*folder.glob("*.js"), *folder.glob("workers/*.js"), *folder.glob("lunr/min/lunr.ko.min.js")])
    found = [banner for script in scripts for banner in BANNER.findall(script.read_text(encoding="utf-8"))]
    return "\n\n".join(dict.fromkeys(found))
