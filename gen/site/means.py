"""What drawings get from outside of the engine: icons, and Graphviz."""

from __future__ import annotations

from gen.draw import Means
from gen.site import icons
from gen.site.graphviz import lay_out
from gen.site.place import Place


def for_page(place: Place) -> Means:
    """On a page icons are files of its site, shared by all figures."""
    return Means(icon=lambda name: place.link(f"{icons.FOLDER}/{name}.png"), lay_out=lay_out)


def standing_alone() -> Means:
    """A picture that stands alone carries its icons inside."""
    return Means(icon=icons.data_uri, lay_out=lay_out)
