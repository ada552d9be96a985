"""The `code` fence: one dotted name becomes the source that it names, as it runs, with a caption that leads to the file.

    ```code
    gen.cluster.controllers.replicaset.missing_or_surplus
    ```

What a name may lead to is told in `source`.
"""

from __future__ import annotations

from html import escape
from inspect import signature
from typing import Any

from markdown import Markdown

from gen.site import problems
from gen.site.place import place_of
from gen.site.source import Excerpt, WrongName, excerpt

BRANCH = "main"  # where the published pages' source lies


def code(source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **_: Any) -> str:
    """What SuperFences calls for each `code` fence: its HTML."""
    place = place_of(md)
    try:
        return shown(excerpt(only_name(source)), md)
    except WrongName as error:
        what = str(error)
    except Exception as error:  # a formatter's exception is swallowed, and the build would go on: so nothing may leave
        what = f"{type(error).__name__}: {error}"
    return problems.report(f"{place.of(source)}: code fence: {what}")


def only_name(source: str) -> str:
    """The one word of a fence. Raises WrongName."""
    words = source.split()
    if len(words) != 1:
        said = f"holds {len(words)} words" if words else "is empty"
        raise WrongName(f"{said}. Write one dotted name, as in `gen.cluster.controllers.replicaset.missing_or_surplus`.")
    return words[0]


def shown(found: Excerpt, md: Markdown) -> str:
    """An excerpt as HTML: the caption, then the code, coloured as every block on the page. Search finds the caption."""
    place = f'<span class="kim-code-place">{escape(found.path)}:<span class="kim-code-lines">{found.lines}</span></span>'
    caption = f'{place} <span class="kim-code-name">{escape(found.name)}</span>'
    repo_url = md.treeprocessors["relpath"].config.repo_url
    if repo_url:
        caption = f'<a href="{escape(address(repo_url, found.path, found.first, found.last))}">{caption}</a>'
    block = coloured(found.text, md).replace("<div ", "<div data-search-exclude ", 1)
    return f'<figure class="kim-code"><figcaption>{caption}</figcaption>{block}</figure>'


def address(repo_url: str, path: str, first: int, last: int) -> str:
    """Where lines of a file are shown by the repository's host."""
    lines = f"L{first}" if first == last else f"L{first}-L{last}"
    return f"{repo_url.rstrip('/')}/blob/{BRANCH}/{path}#{lines}"


def coloured(text: str, md: Markdown) -> str:
    """Python as HTML, by the highlighter and with the settings that the page's own blocks have."""
    extension = next(one for one in md.registeredExtensions if hasattr(one, "get_pymdownx_highlight_settings"))
    settings, highlighter = extension.get_pymdownx_highlight_settings(), extension.get_pymdownx_highlighter()
    fitting = {name: value for name, value in settings.items() if name in signature(highlighter).parameters}
    extension.pygments_code_block += 1
    block = highlighter(md, **fitting).highlight(
        text, "python", settings["css_class"], code_block_count=extension.pygments_code_block
    )
    return str(block)
