"""The workbench of a figure: the editor, the sheets that open above the bar, and what they say. One file a language.

It is fetched when a reader first asks for any of it, and not before; the player takes its parts by their names.
"""

from __future__ import annotations

from gen.draw.controls import button_sign
from gen.draw.svg import Element, markup, tag
from gen.draw.words import say
from gen.views.model import Text

SAID = (
    "loading", "running", "wrong", "changed", "place", "copied", "copy", "too_long", "stopped", "missing", "broken", "steps",
    "svg",
)  # fmt: skip
DEEDS = (("pod", "delete"), ("pod", "kill"), ("node", "stop"), ("node", "start"))  # on which kind of thing, and what
TITLES = {  # of the views, in the order in which they are offered
    "board": "board.title", "timeline": "timeline.title", "sequence": "ladder.title", "rollout": "rollout.title",
    "objects": "tree.title", "diff": "diff.title", "terminal": "terminal.title", "events": "bench.events",
}  # fmt: skip
BLANK = "%"  # the player puts numbers and names where a sentence has a blank


def bench_html(lang: str) -> str:
    """All parts, each in a template with its name, and the sentences that the player says."""
    parts = {
        "editor": editor(lang), "status": status(lang), "why": why(lang), "link": link(lang), "download": download(lang),
        "starts": starts(lang),
    }  # fmt: skip
    templates = [tag("template", part, data_part=name) for name, part in parts.items()]
    return markup(tag("div", templates, said(lang), class_="kim-parts", hidden=True))


def word(name: str, lang: str, **params: str) -> str:
    """A word of the workbench."""
    return say(Text(f"bench.{name}", **params), lang)


def said(lang: str) -> Element:
    """The sentences; where they have blanks, the blank's name stands between percent signs."""
    blanks = {name: f"{BLANK}{name}{BLANK}" for name in ("part", "count", "file", "line", "what", "view")}
    return tag("ul", [tag("li", word(name, lang, **blanks), data_said=name) for name in SAID])


def close(lang: str) -> Element:
    """The button that closes what it is part of."""
    label = word("close", lang)
    return tag("button", button_sign("close"), type="button", class_="kim-button kim-close", aria_label=label, title=label)


def editor(lang: str) -> Element:
    """The scenario's files and its steps, one of them at a time, with what may be done with them."""
    text = tag(
        "textarea", class_="kim-text", aria_label=word("files", lang), autocomplete="off", autocapitalize="none",
        spellcheck="false", wrap="off", rows=12,
    )  # fmt: skip
    paper = tag(
        "div", tag("div", class_="kim-gutter", aria_hidden="true"),
        tag("div", tag("pre", class_="kim-paint", aria_hidden="true"), text, class_="kim-page"), class_="kim-paper-sheet",
    )  # fmt: skip
    follow = tag("label", tag("input", type="checkbox", role="switch", checked=True, class_="kim-follow"), word("follow", lang))
    tabs = tag("div", class_="kim-tabs", role="tablist", aria_label=word("files", lang))
    run = tag("button", word("run", lang), type="button", class_="kim-button kim-run")
    return tag(
        "section", tag("div", tabs, close(lang), class_="kim-bench-head"), paper,
        tag("div", tag("ul", class_="kim-problems", hidden=True), role="alert"),
        tag("div", run, follow, views(lang), class_="kim-bench-foot"),
        class_="kim-bench", role="group", aria_label=say(Text("player.edit"), lang),
    )  # fmt: skip


def views(lang: str) -> Element:
    """Which views the figure has."""
    boxes = [tag("label", tag("input", type="checkbox", value=name), say(Text(title), lang)) for name, title in TITLES.items()]
    return tag("fieldset", tag("legend", word("views", lang)), boxes, class_="kim-views")


def status(lang: str) -> Element:
    """How it stands with the run: loading, running, done, or what was wrong; and the way back to the page's own run."""
    return tag(
        "div", tag("span", class_="kim-says", role="status"), tag("progress", max=100, value=0, hidden=True, aria_hidden="true"),
        tag("button", word("reset", lang), type="button", class_="kim-button kim-reset", hidden=True), class_="kim-status",
    )  # fmt: skip


def why(lang: str) -> Element:
    """The head above a chain of causes: what was clicked, and what one may do to it."""
    deeds = [
        tag("button", word(name, lang), type="button", class_="kim-button kim-deed", data_deed=name, data_on=thing, hidden=True)
        for thing, name in DEEDS
    ]
    group = tag("div", deeds, class_="kim-deeds", role="group", aria_label=word("deeds", lang))
    return tag(
        "section", tag("div", tag("b", class_="kim-thing"), group, close(lang), class_="kim-sheet-head"),
        tag("div", class_="kim-reasons", tabindex=0, role="group", aria_label=word("chain", lang)), class_="kim-why",
        role="group", aria_label=say(Text("player.why"), lang), tabindex=-1,
    )  # fmt: skip


def link(lang: str) -> Element:
    """The address of this moment."""
    address = tag("input", type="text", readonly=True, class_="kim-address", aria_label=word("address", lang))
    return tag(
        "section", tag("div", tag("span", class_="kim-says", role="status"), close(lang), class_="kim-sheet-head"),
        tag("div", address, class_="kim-sheet-body"),
    )  # fmt: skip


def download(lang: str) -> Element:
    """What can be taken along: each view as it stands, the scenario, and the same lines for a real cluster."""
    looks: dict[str, str] = {"type": "button", "class_": "kim-button kim-take"}
    choices = [tag("button", word(name, lang), data_take=name, **looks) for name in ("yaml", "script")]
    names = [tag("li", say(Text(title), lang), data_view=name) for name, title in TITLES.items()]
    return tag(
        "section", tag("div", tag("b", say(Text("player.download"), lang)), close(lang), class_="kim-sheet-head"),
        tag("div", choices, class_="kim-sheet-body kim-takes"), tag("ul", names, hidden=True, class_="kim-view-names"),
        tag("p", class_="kim-says", role="status"),
    )  # fmt: skip


def starts(lang: str) -> Element:
    """Scenarios to begin with."""
    return tag("label", tag("span", word("starts", lang)), tag("select", class_="kim-starts"), class_="kim-starts-row")
