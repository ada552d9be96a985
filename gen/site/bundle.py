"""What a language's site ships beside its pages: style sheets, scripts, icons, scenarios, the font; and at the root, what
runs figures in the reader's browser, for all languages.
"""

from __future__ import annotations

import json
import logging
import re
from functools import cache
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from gen.draw import stylesheet
from gen.draw.bench import bench_html
from gen.draw.theme import bench_sheet
from gen.play.reading.bad_input import BadInput
from gen.play.scenario.draft import opened
from gen.site import fonts, icons, languages, runtime, searching
from gen.site.packages import WEB, NotFetched

log = logging.getLogger("mkdocs.gen")

FONT = "assets/kim/pretendard.woff2"
NEVER = (".map", "assets/images/favicon.png")  # of the theme
SEARCHES = "assets/javascripts/lunr/"  # the theme brings parts for some thirty languages
IN_SHEETS = re.compile(r"/\*.*?\*/\s*", re.DOTALL)  # comments: for those who read our files, not for browsers
IN_SCRIPTS = re.compile(r"^[ \t]*(?://.*|/\*\*.*\*/)\n", re.MULTILINE)
SHARED = ("min/lunr.stemmer.support.min.js", "min/lunr.multi.min.js")


def arranged(files: Files, config: MkDocsConfig) -> Files:
    """The files of a site: ours added, those that no page loads left out."""
    ours = scripts()
    searching.put_between(files, ours.pop("assets/kim/search.js"), config)
    for name, content in {**style_sheets(), **ours, **workbench(config)}.items():
        files.append(File.generated(config, name, content=content))
    for name in icons.USED:
        files.append(File.generated(config, f"{icons.FOLDER}/{name}.png", content=icons.icon_bytes(name)))
    for scenario in sorted((Path(config.docs_dir).parent / "scenarios").glob("*.yaml")):
        files.append(File.generated(config, f"scenarios/{scenario.name}", abs_src_path=str(scenario)))
        draft = draft_of(scenario)
        if draft:
            files.append(File.generated(config, f"scenarios/{scenario.stem}.json", content=draft))
    for name, source in (shipped() if languages.is_first(config) else {}).items():
        files.append(File.generated(config, name, abs_src_path=str(source)))
    return Files([file for file in files if is_loaded(file.src_uri, config)])


def style_sheets() -> dict[str, str]:
    """Our style sheets by their place in the site, without comments."""
    return {
        "assets/kim/figure.css": IN_SHEETS.sub("", stylesheet()),
        "assets/kim/site.css": IN_SHEETS.sub("", (WEB / "site.css").read_text(encoding="utf-8")),
    }


def scripts() -> dict[str, str]:
    """Our scripts by their place in the site, without lines of comment. A page loads the player; that loads the others when
    they are asked for.
    """
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted(WEB.glob("*.js"))}
    return {f"assets/kim/{name}": IN_SCRIPTS.sub("", text) for name, text in texts.items()}


def workbench(config: MkDocsConfig) -> dict[str, str]:
    """What the player fetches when a reader asks for more than stepping."""
    up = "../" * (2 + bool(languages.own(config).at)) + runtime.FOLDER + "/"
    return {
        "assets/kim/bench.html": bench_html(languages.own(config).lang),
        "assets/kim/bench.css": bench_sheet(),
        "assets/kim/runtime.json": runtime.manifest(shipped(), up) if shipped() else "{}",
    }


def draft_of(scenario: Path) -> str | None:
    """A scenario as the editor opens it; None for one that is wrong, which the fence that shows it will tell."""
    try:
        draft = opened(scenario.read_text(encoding="utf-8"), scenario.stem, beside=scenario.parent)
    except BadInput:
        return None
    return json.dumps(draft.to_json(), ensure_ascii=False)


@cache
def shipped() -> dict[str, Path]:
    """The files of Python and Graphviz by their place in the site, the same for all languages of a build; none, if they
    cannot be had, which is said.
    """
    try:
        return runtime.files()
    except NotFetched as error:
        log.warning(f"Figures cannot be run in the pages: {error}")
        return {}


def is_loaded(name: str, config: MkDocsConfig) -> bool:
    """Whether a page asks for this file: not so for source maps, or the search's parts for languages that are not here."""
    if not name.startswith(SEARCHES):
        return not name.endswith(NEVER)
    search = config.plugins["material/search"].config.lang or []
    others = [lang for lang in search if lang != "en"]
    return bool(others) and name.removeprefix(SEARCHES) in (*SHARED, *(f"min/lunr.{lang}.min.js" for lang in others))


def add_font(config: MkDocsConfig) -> None:
    """Cut the font to the characters of the pages just built. Without it the pages fall back to the reader's own fonts."""
    site = Path(config.site_dir)
    others = tuple(language.at for language in languages.all_of(config) if language.at and language != languages.own(config))
    try:
        font = fonts.subset_for(site, others if languages.is_first(config) else ())
    except NotFetched as error:
        log.warning(f"The web font is missing: the pages would be set in whatever fonts a reader has. {error}")
        return
    target = site / FONT
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(font)
