"""A sign of the figures in the prose. In a page, between backticks: `#!sign ready`, for any state that a Pod is drawn in."""

from __future__ import annotations

import re

from markdown import Markdown

from gen.draw import sign
from gen.play.reading.bad_input import nearest
from gen.site.numbers import told, where
from gen.site.place import place_of
from gen.views.states import STATES

FIGURE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ {.]*(?:run|map)\b", re.MULTILINE)
DRAWN = STATES[: STATES.index("succeeded") + 1]


def inline(source: str, language: str, css_class: str, md: Markdown) -> str:
    """What InlineHilite calls for each `#!sign` span: its HTML."""
    place = place_of(md)
    if not FIGURE.search(place.text):
        return told(f"{where(place, source, 'sign')}: `#!sign`: this page has no figure, which brings the forms. Add one.")
    if source not in DRAWN:
        return told(f"{where(place, source, 'sign')}: `#!sign {source}`: there is no such sign; {nearest(source, DRAWN)}")
    return sign(source, place.lang)
