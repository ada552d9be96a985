"""Why something happened, as a list that a page shows in part: every link is there, hidden, in order of records.

A reader asks for one step, whose record `data-ends` tells; then it, its `data-cause`, that one's cause, and so on are shown,
and make a chain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from gen.draw import code
from gen.draw.scale import exact
from gen.draw.svg import Element, Node, markup, tag
from gen.draw.words import say
from gen.views.model import Link, Micros, Reasons, Text, Written


class Source(Protocol):
    """The source of a function: where it stands, and its text."""

    @property
    def path(self) -> str:
        """The file."""

    @property
    def lines(self) -> str:
        """The lines in it, as `10–25`."""

    @property
    def name(self) -> str:
        """Its name within the file."""

    @property
    def text(self) -> str:
        """The lines themselves."""


def why_html(reasons: Reasons, lang: str, sources: Mapping[str, Source]) -> str:
    """All links, and the functions that decided. `sources` has them by dotted name; what it lacks is named, not shown."""
    by: dict[int | None, str] = {link.record: link.by for link in reasons.links}
    rows = [row(link, lang, sources.get(link.by) if link.by != by.get(link.cause) else None) for link in reasons.links]
    shown = [quoted(name, sources[name]) for name in reasons.rules if name in sources]
    ends = ",".join(map(str, reasons.ends)) or None
    return markup(tag("ol", rows, class_="kim-chain", data_ends=ends)) + markup(tag("div", shown, class_="kim-sources"))


def row(link: Link, lang: str, rule: Source | None) -> Element:
    """One link; the function that decided is not named again where the link before has named it."""
    return tag(
        "li",
        tag("span", moment(link.at, lang), class_="kim-link-time"), " ",
        tag("b", say(link.who, lang), class_="kim-link-who"), " ",
        tag("span", say(link.text, lang).lstrip(" :"), class_="kim-link-told"),
        tag("p", lines(say(text, lang) for text in link.read), class_="kim-link-read") if link.read else None,
        tag("p", left_behind(link.written, lang), class_="kim-link-written") if link.written else None,
        tag("button", rule.name, type="button", class_="kim-link-by", data_source=link.by) if rule else None,
        class_="kim-cause", data_record=link.record, data_cause=link.cause,
        data_ref=link.about or None, hidden=True,
    )  # fmt: skip


def moment(at: Micros, lang: str) -> str:
    """When it was; the cluster's boot lies before time 0."""
    return exact(at) if at >= 0 else say(Text("why.earlier"), lang)


def left_behind(written: Written, lang: str) -> list[Node]:
    """How the API was asked, what that made of the object, and which fields it changed."""
    deed = say(Text(f"why.{written.deed}", revision=written.revision), lang)
    rows = [say(Text("why.change", path=one.path, before=one.before, after=one.after), lang) for one in written.changes]
    more = [say(Text("why.more", count=written.more), lang)] if written.more else []
    return [" · ".join(filter(None, (written.call, deed))), *lines(rows + more)]


def lines(rows: Iterable[str]) -> list[Element]:
    """Details, a line each."""
    return [tag("span", row, class_="kim-link-row") for row in rows]


def quoted(name: str, source: Source) -> Element:
    """The source of a function, hidden until it is asked for. A rule and a deed look different."""
    kind = "deed" if code.is_deed(source.text) else "rule"
    return tag(
        "figure",
        tag("figcaption", f"{source.path}:{source.lines} · {source.name}"),
        tag("pre", tag("code", code.lines(source.text)), tabindex=0),
        class_=f"kim-source-code kim-source-{kind}", data_name=name, hidden=True,
    )  # fmt: skip
