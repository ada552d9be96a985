"""The languages of the site: each is a site of its own in MkDocs' eyes, and every page knows its other editions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.utils import get_relative_url

from gen.site import problems


@dataclass(frozen=True)
class Language:
    """One row of `extra.languages` in mkdocs.yml: `at` is the folder of the site, "" for the root."""

    lang: str
    name: str
    at: str
    config: str


@dataclass(frozen=True)
class Edition:
    """One page in one language: `link` leads there from the page at hand, `url` from anywhere ("" if that is not known)."""

    lang: str
    name: str
    link: str
    url: str
    current: bool


def all_of(config: MkDocsConfig) -> list[Language]:
    """The languages, the site's first one first."""
    return [Language(**row) for row in config.extra["languages"]]


def own(config: MkDocsConfig) -> Language:
    """The language that is being built."""
    return next(language for language in all_of(config) if language.lang == config.theme["language"])


def is_first(config: MkDocsConfig) -> bool:
    """Whether this is the language at the root, which brings the others along."""
    return not own(config).at


def address(config: MkDocsConfig) -> None:
    """mkdocs.yml says where the whole site stands; a language stands in its folder of it.

    What a reader chose (light or dark) is kept for the whole site, not for each language.
    """
    at = own(config).at
    if config.site_url and at and not config.site_url.endswith(f"/{at}"):
        config.site_url += at
    config.extra["scope"] = urlsplit(root_of(config)).path


def root_of(config: MkDocsConfig) -> str:
    """Where the whole site stands: an address, or / where that is not known."""
    return (config.site_url or "/").removesuffix(own(config).at)


def editions(config: MkDocsConfig, page_url: str | None) -> list[Edition]:
    """A page in all languages; with no page, the front pages, with paths that hold at any address."""
    here, root = own(config), root_of(config)
    found = []
    for language in all_of(config):
        url = f"{root}{language.at}{page_url or ''}"
        link = url if page_url is None else get_relative_url(f"{language.at}{page_url}", f"{here.at}{page_url}")
        found.append(Edition(language.lang, language.name, link, url if config.site_url else "", language == here))
    return found


def compare(files: Files, config: MkDocsConfig) -> None:
    """Report every page that another language lacks."""
    docs = Path(config.docs_dir)
    for file in files.documentation_pages():
        for language in all_of(config):
            twin = docs.parent / language.lang / file.src_uri
            if language != own(config) and not twin.exists():
                problems.report(f"{shown(docs / file.src_uri, config)}: there is no {shown(twin, config)}. Write it too.")


def shown(path: Path, config: MkDocsConfig) -> str:
    """A path as people name it: from the folder of mkdocs.yml on."""
    root = Path(config.config_file_path or ".").absolute().parent
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def build_others(config: MkDocsConfig) -> None:
    """Build every other language into its folder, with the same MkDocs."""
    for language in all_of(config):
        if language.at:
            build(load_config(str(Path(config.config_file_path or ".").with_name(language.config)), **given(config, language)))


def given(config: MkDocsConfig, language: Language) -> dict[str, Any]:
    """What the command line or the environment said about the site, for one language of it."""
    site_url = config.site_url and config.site_url + language.at
    return {"site_dir": str(Path(config.site_dir) / language.at), "site_url": site_url, "strict": config.strict}
