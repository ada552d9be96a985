"""A figure: one run seen through one or more views, with title, what to watch for, the moment, and what is not simulated."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from gen.draw import controls, diff, table, terminal
from gen.draw.board import scene
from gen.draw.ladder import drawing as ladder
from gen.draw.measure import wrapped
from gen.draw.rollout import drawing as rollout
from gen.draw.scale import exact
from gen.draw.svg import Element, Film, Track, markup, tag
from gen.draw.timeline import drawing as timeline
from gen.draw.tree import drawing as tree
from gen.draw.words import say
from gen.trace.record import Micros
from gen.views.model import Board, Comparison, Diff, Picture, Rollout, Sequence, Story, Table, Terminal, Text, Timeline, Tree
from gen.views.story import Playhead

SENTENCE_SIZE = 14
SENTENCE_ROOM = {"lines": (720, 2), "middle-lines": (440, 3), "narrow-lines": (248, 4)}  # pixels, and lines at most


@dataclass(frozen=True, slots=True)
class Means:
    """What a drawing needs from outside: where an icon (api, c-m, sched, kubelet, etcd) is to be had, and Graphviz.

    `lay_out` takes DOT and gives Graphviz's `plain` output.
    """

    icon: Callable[[str], str]
    lay_out: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the views: all of it in the page's language. `name` makes the figure's id; `source` is the
    address of the scenario's file ("" for none); `ways` lead, by name, to where each of several runs can be changed; `data`
    are the attributes by which the player finds what belongs to the figure, without their `data-`."""

    title: str = ""
    watch: str = ""
    name: str = "figure"
    source: str = ""
    ways: tuple[tuple[str, str], ...] = ()
    data: tuple[tuple[str, str], ...] = ()


def figure(story: Story, means: Means, *, lang: str, at: Micros | None = None, frame: Frame = Frame()) -> str:
    """The whole figure as one piece of HTML without blank lines: the still of `at` (the end, if None), and what moves."""
    head = Playhead(story.steps, at)
    whole = tag(
        "figure", caption(frame), body(story, means, head, frame.name, lang),
        tag("p", footer(story, frame, lang), class_="kim-foot"),
        id=f"kim-{frame.name}", class_="kim-figure", lang=lang,
        aria_labelledby=f"kim-{frame.name}-title" if frame.title else None,
        **{f"data_{name}": value for name, value in frame.data},
    )  # fmt: skip
    film = Film(head.start)
    html = markup(whole, film)
    return html.replace("</figure>", f'<script type="application/json" class="kim-film">{film_of(head, film)}</script></figure>')


def body(story: Story, means: Means, head: Playhead, name: str, lang: str) -> list[Element]:
    """The views, the sentence of the moment behind the first of them; the bar and the prompt behind all that are drawn, and
    below them what is written: the terminal, then the tables, first those of a rollout's steps and of a comparison's numbers.

    A comparison is of several runs: there is nothing to type into.

    A ladder is taller than a window: there the sentence stays in sight together with the bar.
    """
    parts = [(picture, part(picture, means, head, name, lang)) for picture in story.pictures]
    drawn = [one for picture, one in parts if not isinstance(picture, Terminal | Table)]
    typescripts = [one for picture, one in parts if isinstance(picture, Terminal)]
    steps = (rollout.steps_to_html(picture, lang, head) for picture in story.pictures if isinstance(picture, Rollout))
    tables = [
        *(one for one in steps if one),
        *numbers(story, lang),
        *(one for picture, one in parts if isinstance(picture, Table)),
    ]
    sentences = [say(step.text, lang) for step in head.steps]
    told, bar = moment_line(head, sentences, lang), controls.controls(story, head, sentences, lang)
    tall = any(isinstance(picture, Sequence) for picture in story.pictures)
    deck = tag("div", tag("div", class_="kim-sheet", hidden=True), told if tall else None, bar, class_="kim-deck")
    above = drawn if tall else [*drawn[:1], told, *drawn[1:]]
    prompt = [] if controls.is_of_several(story) else [controls.prompt(lang)]
    return [*above, deck, *typescripts, *prompt, *tables]


def numbers(story: Story, lang: str) -> list[Element]:
    """The numbers of a comparison."""
    compared = [picture for picture in story.pictures if isinstance(picture, Comparison) and picture.courses]
    if not compared:
        return []
    from gen.draw.compare import facts  # the engine in a page does without it

    return [facts.to_html(picture, lang) for picture in compared]


def part(picture: Picture, means: Means, head: Playhead, name: str, lang: str) -> Element:
    """A view as a part of a page."""
    match picture:
        case Table():
            return table.to_html(picture, lang, head)
        case Board():
            return scene.to_html(picture, lang, head, means.icon, means.lay_out, name)
        case Sequence():
            return ladder.to_html(picture, lang, head, means.icon)
        case Rollout():
            return rollout.to_html(picture, lang, head)
        case Comparison():
            from gen.draw.compare import drawing as comparison  # the engine in a page does without it

            return comparison.to_html(picture, lang, head)
        case Tree():
            return tree.to_html(picture, lang, head, means.icon, name)
        case Diff():
            return diff.to_html(picture, lang, head)
        case Timeline():
            return timeline.to_html(picture, lang, head)
        case Terminal():
            return terminal.to_html(picture, lang, head)


def caption(frame: Frame) -> Element | None:
    """The title, and one sentence: what to watch for."""
    if not frame.title and not frame.watch:
        return None
    return tag(
        "figcaption",
        tag("p", frame.title, class_="kim-title", id=f"kim-{frame.name}-title") if frame.title else None,
        tag("p", frame.watch, class_="kim-watch") if frame.watch else None,
        class_="kim-head",
    )


def moment_line(head: Playhead, sentences: list[str], lang: str) -> Element:
    """The sentence of the moment: who did what, because of what, and when."""
    if not head.steps:
        return tag("p", tag("span", say(Text("figure.nothing"), lang), class_="kim-told"), class_="kim-moment")
    times = Track.of((number, exact(step.at)) for number, step in enumerate(head.steps))
    room = ";".join(f"--kim-{name}:{min(most_lines(sentences, pixels), most)}" for name, (pixels, most) in SENTENCE_ROOM.items())
    return tag(
        "p", tag("b", times, class_="kim-time"), tag("span", Track.of(enumerate(sentences)), class_="kim-told"),
        class_="kim-moment", aria_live="polite", style=room,
    )  # fmt: skip


def most_lines(sentences: list[str], room: int) -> int:
    """How many lines the longest of the sentences takes. As much room stays free for all, so that nothing moves; what is
    still longer ends in an ellipsis, and is told in full by the slider."""
    return max(len(wrapped(sentence, SENTENCE_SIZE, room)) for sentence in sentences)


def footer(story: Story, frame: Frame, lang: str) -> list[Element]:
    """How big the run was, that it is simulated, what of its objects is not, and the scenario's file."""
    parts = (Text("figure.count", pods=story.pods, records=story.records), Text("figure.simulated"))
    told = tag("span", " · ".join([*(say(text, lang) for text in parts), left_out(story, lang)]))
    if frame.ways:
        links = [element for name, address in frame.ways for element in (tag("a", name, href=address), " · ")]
        return [told, tag("span", say(Text("compare.ways"), lang), " ", links[:-1], class_="kim-ways")]
    if not frame.source:
        return [told]
    words = say(Text("figure.scenario"), lang)
    return [told, tag("a", words, href=frame.source, download=True, class_="kim-source")]


def left_out(story: Story, lang: str) -> str:
    """What of its objects is kept and not simulated."""
    names = ", ".join(story.not_simulated)
    return say(Text("figure.not_simulated", names=names) if names else Text("figure.all_simulated"), lang)


def film_of(head: Playhead, film: Film) -> str:
    """What the player needs, as JSON that cannot end the script it stands in."""
    told = {"at": head.start, "times": [step.at for step in head.steps], "rows": film.rows}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
