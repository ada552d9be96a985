"""The `gallery` fence: every scenario as a card, with its run at a glance, and the ways to play with it.

    ```gallery
    of: all
    ```

There is nothing to choose, so it may be empty too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown import Markdown

from gen.draw import say
from gen.draw.scale import SECOND, spoken
from gen.draw.svg import Element, markup, tag
from gen.draw.thumbnail import thumbnail
from gen.site.cache import run_of
from gen.site.fences import WrongFence, formatter, known_scenario, known_scenarios, options_of, wrong
from gen.site.maps import address
from gen.site.place import Place
from gen.trace.record import Micros
from gen.views import story
from gen.views.model import Text, Timeline

PLAYGROUND, OPENED = "playground.md", "empty-cluster"  # the page, and the scenario whose figure there begins with any other too


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says of a run, in no language yet."""

    name: str
    title: dict[str, str]
    pods: int
    records: int
    length: Micros
    drawing: Element


@formatter("gallery")
def gallery(source: str, place: Place, md: Markdown) -> str:
    """The HTML of a `gallery` fence."""
    if source.strip() and options_of(source) != {"of": "all"}:
        raise WrongFence("shows all scenarios and knows nothing else. Leave it empty, or write `of: all`.")
    playground = place.link(address(PLAYGROUND, place))
    return markup(tag("ul", [shown(card, place, playground) for card in cards(place)], class_="kim-gallery", role="list"))


def cards(place: Place) -> list[Card]:
    """A card for each scenario, by their files' names. Raises WrongFence, which names all that cannot be played."""
    found, broken = [], []
    for name in known_scenarios(place):
        try:
            found.append(card(known_scenario(name, place)))
        except Exception as error:  # whatever it is, the others may have something too
            broken.append(f"scenario {name}: {wrong(error)}")
    if broken:
        raise WrongFence("\n".join(broken))
    return found


@cache
def card(file: Path) -> Card:
    """What there is to say of a scenario, in any language; a build asks once. Raises whatever is wrong with the run."""
    trace = run_of(file)
    told = story(trace, ["timeline"])
    timeline = told.pictures[0]
    assert isinstance(timeline, Timeline)
    title, length = trace.info["title"], int(trace.info["end"])
    return Card(file.stem, title, told.pods, told.records, length, thumbnail(timeline))


def shown(card: Card, place: Place, playground: str) -> Element:
    """A card on the page. All of it leads to the playground, but its second link."""
    title, lang = card.title[place.lang], place.lang
    facts = Text("gallery.facts", pods=card.pods, records=card.records, length=spoken(rounded(card.length)))
    opens, scenario, file = (say(Text(key), lang) for key in ("gallery.open", "gallery.scenario", "figure.scenario"))
    return tag(
        "li",
        tag("div", card.drawing, class_="kim-card-picture"),
        tag("p", title, class_="kim-card-title"),
        tag("p", say(facts, lang), class_="kim-card-facts", data_search_exclude=True),
        tag(
            "p",  # the words of all cards are the same: so the links' names say the title too
            tag("a", opens, href=opened(playground, card.name), aria_label=f"{opens}: {title}",
                class_="kim-card-open"),
            tag("a", scenario, href=place.link(f"scenarios/{card.name}.yaml"), aria_label=f"{file}: {title}", download=True),
            class_="kim-card-links", data_search_exclude=True,
        ),
        class_="kim-card",
    )  # fmt: skip


def way_to(scenario: str, place: Place) -> str:
    """The way from a page to a scenario in the playground."""
    return opened(place.link(address(PLAYGROUND, place)), scenario)


def opened(playground: str, scenario: str) -> str:
    """The address of the playground with a scenario in it."""
    return f"{playground}#run={OPENED}&s={scenario}"


def rounded(length: Micros) -> Micros:
    """A length with as many digits as a glance takes in: tenths of a second, from ten seconds on whole ones."""
    unit = SECOND // 10 if length < 10 * SECOND else SECOND
    return (length + unit // 2) // unit * unit
