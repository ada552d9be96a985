"""A sign of the figures in the prose. In a page, between backticks: `#!sign ready`, for any state that a Pod is drawn in."""

from __future__ import annotations

from markdown import Markdown

from gen.draw import sign
from gen.play.reading.bad_input import nearest
from gen.site.numbers import told, where
from gen.site.place import place_of
from gen.views.states import STATES

DRAWN = STATES[: STATES.index("succeeded") + 1]


def inline(source: str, language: str, css_class: str, md: Markdown) -> str:
    """What InlineHilite calls for each `#!sign` span: its HTML."""
    place = place_of(md)
    if source not in DRAWN:
        return told(f"{where(place, source, 'sign')}: `#!sign {source}`: there is no such sign; {nearest(source, DRAWN)}")
    return sign(source, place.lang)
