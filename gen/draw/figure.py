"""A figure: one run seen through one or more views, with title, what to watch for, the moment, and what is not simulated."""

from __future__ import annotations

from collections.abc import Sequence

from gen.draw import lanes, table
from gen.draw.scale import exact
from gen.draw.svg import Element, markup, tag
from gen.draw.words import say
from gen.trace.query import histories
from gen.trace.record import Micros, Ref
from gen.trace.trace import Trace
from gen.views import VIEWS
from gen.views.focus import Scope
from gen.views.model import Moment, Table, Text
from gen.views.registry import Picture


def figure(
    trace: Trace, views: Sequence[str], *, title: str = "", watch: str = "", at: Micros | None = None, lang: str = "en",
    focus: Ref | None = None, name: str = "figure",
) -> str:  # fmt: skip
    """The whole figure as one piece of HTML without blank lines. `name` makes its id. Raises KeyError for an unknown view."""
    pictures = [VIEWS[view](trace, focus=focus, at=at) for view in views]
    moment = next((picture.moment for picture in pictures if picture.moment), None)
    whole = tag(
        "figure", head(title, watch, name), moment_line(moment, lang), [drawn(picture, lang) for picture in pictures],
        tag("p", footer(trace, focus, lang), class_="kim-foot"),
        id=f"kim-{name}", class_="kim-figure", lang=lang, aria_labelledby=f"kim-{name}-title" if title else None,
    )  # fmt: skip
    return markup(whole)


def drawn(picture: Picture, lang: str) -> Element:
    """A view as a part of a page."""
    return table.to_html(picture, lang) if isinstance(picture, Table) else lanes.to_html(picture, lang)


def head(title: str, watch: str, name: str) -> Element | None:
    """The title, and one sentence: what to watch for."""
    if not title and not watch:
        return None
    return tag(
        "figcaption",
        tag("p", title, class_="kim-title", id=f"kim-{name}-title") if title else None,
        tag("p", watch, class_="kim-watch") if watch else None,
        class_="kim-head",
    )


def moment_line(moment: Moment | None, lang: str) -> Element | None:
    """The sentence of the moment: what had happened last, and when."""
    if moment is None:
        return None
    now, then = exact(moment.at), exact(moment.since)
    since = [] if now == then else [tag("span", f" · {then}", class_="kim-since")]
    return tag(
        "p", tag("b", now, class_="kim-time"), tag("span", say(moment.text, lang), *since), class_="kim-moment"
    )


def footer(trace: Trace, focus: Ref | None, lang: str) -> str:
    """How big the run was, that it is simulated, and what of its objects is not."""
    scope = Scope(trace, focus)
    pods = sum(
        scope.holds(ref) and (writes[-1].at >= 0 or writes[-1].after is not None)
        for ref, writes in histories(trace, "Pod").items()
    )
    records = sum(record.at >= 0 for record in trace)
    names = ", ".join(trace.info.get("notSimulated", ()))
    left_out = Text("figure.not_simulated", names=names) if names else Text("figure.all_simulated")
    return " · ".join(
        say(text, lang) for text in (Text("figure.count", pods=pods, records=records), Text("figure.simulated"), left_out)
    )
