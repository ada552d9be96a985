"""The `map` fence: the board of a scenario with nothing happening on it, on which each component leads to its page.

    ```map
    scenario: first-journey
    links:
      default-scheduler: controllers.md#schedule
      kubelet: controllers.md#run
    ```

Keys are those of the board's boxes: kubectl, kube-apiserver, etcd, kubelet, or a component by its name. What has no page
yet is left out, and stands on the map without a link.
"""

from __future__ import annotations

from typing import Any

from markdown import Markdown

from gen.draw import board_map
from gen.play.reading.bad_input import nearest
from gen.site.cache import run_of
from gen.site.fences import WrongFence, formatter, known_scenario, options_of
from gen.site.means import for_page
from gen.site.place import Place
from gen.views import story
from gen.views.model import Board

ALWAYS = ("kubectl", "kube-apiserver", "etcd", "kubelet")


@formatter("map")
def clickable(source: str, place: Place, md: Markdown) -> str:
    """The HTML of a `map` fence."""
    return drawn(options_of(source), place)


def drawn(options: dict[str, Any], place: Place) -> str:
    """The map. Raises WrongFence."""
    if set(options) != {"scenario", "links"} or not isinstance(options["links"], dict):
        raise WrongFence("is no map. Write `scenario: NAME`, and `links:` with a line `component: page.md#place` for each.")
    told = story(run_of(known_scenario(str(options["scenario"]), place)), ["board"])
    board = told.pictures[0]
    assert isinstance(board, Board)
    boxes = [*ALWAYS, *board.controllers]
    for key in options["links"]:
        if key not in boxes:
            raise WrongFence(f"the board has no {key!r}; {nearest(str(key), boxes)}")
    links = {str(key): place.link(address(str(target), place)) for key, target in options["links"].items()}
    html = board_map(told, for_page(place), lang=place.lang, links=links)
    return f'<figure class="kim-figure kim-figure-map" data-search-exclude lang="{place.lang}">{html}</figure>'


def address(target: str, place: Place) -> str:
    """Where `page.md#anchor` is to be found in the site. Raises WrongFence where there is no such page or anchor."""
    page, _, anchor = target.partition("#")
    known = sorted(one.relative_to(place.pages).as_posix() for one in place.pages.rglob("*.md"))
    if page not in known:
        raise WrongFence(f"there is no page {page!r}; {nearest(page, known)}")
    if anchor and f"{{#{anchor}}}" not in (place.pages / page).read_text(encoding="utf-8"):
        raise WrongFence(f"{page} has no heading with {{#{anchor}}}. Give it one, or name another.")
    folder = page.removesuffix(".md").removesuffix("index")
    return f"{folder}{'/' if folder and not folder.endswith('/') else ''}{f'#{anchor}' if anchor else ''}"
