"""What MkDocs calls while it builds: nothing is done here, only the right page of this folder asked.

MkDocs reads this file once and keeps it, also across the rebuilds of `mkdocs serve`; everything else is imported anew for
each build there, so that changed Python shows.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

serving = False


def on_startup(command: str, dirty: bool) -> None:
    """Whether somebody is writing: then a wrong fence is shown on its page, and the server goes on."""
    global serving
    serving = command == "serve"


def on_config(config: MkDocsConfig) -> None:
    """Addresses, dates, and a clean sheet for what goes wrong."""
    from gen.site import dates, languages, problems

    dates.fix()
    languages.address(config)
    if languages.is_first(config):
        problems.begin(forgiving=serving)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add our style sheets and the scenarios; take away what nobody loads; compare the languages' pages."""
    from gen.site import bundle, languages

    languages.compare(files, config)
    return bundle.arranged(files, config)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Add the forms that a page's figures and signs share: not inside of anything that folds, since there they do not paint."""
    from gen.draw import page_patterns

    return html + page_patterns() if "kim-svg" in html else html


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: object) -> dict[str, Any]:
    """Tell the page where it stands in each language."""
    from gen.site import languages

    return {**context, "languages": languages.editions(config, page.url)}


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """The page for what was not found knows the front pages only; the sitemap asks for each page."""
    from gen.site import languages

    return {**context, "languages": languages.editions(config, None), "editions": partial(languages.editions, config)}


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """The last touches; and let the page do what it does and nothing else."""
    from gen.site import typography

    output = typography.bound(output, config.theme["language"])
    return output if serving else secured(output)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    """The same for the page for what was not found."""
    return output_content if serving or not template_name.endswith(".html") else secured(output_content)


def secured(html: str) -> str:
    """A page with its policy."""
    from gen.site import policy

    return policy.secured(html)


def on_post_build(config: MkDocsConfig) -> None:
    """Add what the pages turned out to need, then build the other language, then say what went wrong."""
    from gen.site import bundle, languages, problems, reasons, searching

    reasons.write(config)
    bundle.add_font(config)
    searching.divide(config)
    if languages.is_first(config):
        languages.build_others(config)
    problems.end()
    if serving and languages.is_first(config):
        forget()


def forget() -> None:
    """Drop our modules, so that the next build of `mkdocs serve` imports them as they are then."""
    for name in [name for name in sys.modules if name == "gen" or name.startswith("gen.")]:
        del sys.modules[name]
