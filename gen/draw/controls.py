"""The bar under a figure's views, and the prompt below it. A player unhides them; without one they are not there.

In the bar: step, play, a slider over all steps; and what else one may do with a figure: ask why, edit, link, download.
"""

from __future__ import annotations

from gen.draw.scale import exact
from gen.draw.svg import Element, Track, tag
from gen.draw.words import say
from gen.views.model import Board, Comparison, Rollout, Story, Text, Timeline, Tree
from gen.views.story import Playhead

SPEEDS = (("0.5", "½×"), ("1", "1×"), ("2", "2×"))
SIGNS = {
    "close": "M3.5,3.5l9,9M12.5,3.5l-9,9",
    "first": "M3,3v10M13,3l-8,5l8,5z",
    "back": "M11,3l-8,5l8,5z",
    "play": "M4,2l10,6l-10,6z",
    "pause": "M4,2h3v12h-3zM9,2h3v12h-3z",
    "forward": "M5,3l8,5l-8,5z",
    "last": "M13,3v10M3,3l8,5l-8,5z",
    "why": "M5.3,5.6a2.7,2.7 0 1 1 4,2.4c-.9,.5 -1.3,1 -1.3,2M8,12.9v.2",
    "edit": "M3,13l.8,-3.2l6.9,-6.9l2.4,2.4l-6.9,6.9z",
    "link": "M6.8,9.2l2.4,-2.4M7.2,5l1.5,-1.5a2.7,2.7 0 0 1 3.8,3.8l-1.5,1.5M8.8,11l-1.5,1.5a2.7,2.7 0 0 1 -3.8,-3.8l1.5,-1.5",
    "download": "M8,2.5v7.5M4.8,7l3.2,3.2l3.2,-3.2M2.8,13.2h10.4",
}
WORDED = ("why", "edit")  # these show their word beside the sign where there is room
TOOLS = (*WORDED, "link", "download")
OF_SEVERAL = ("why", "link")  # where there are several runs: the others ask for one that can be changed
WHOLE = 10_000


def controls(story: Story, head: Playhead, sentences: list[str], lang: str) -> Element:
    """All controls; the slider's ticks are where a command was typed or a fault began. What it says is the sentence of the
    moment, which the player takes from there.
    """
    last = max(len(head.steps) - 1, 0)
    now = f"{exact(head.steps[head.start].at)}: {sentences[head.start]}".replace("\n", " ") if sentences else None
    slider = tag(
        "input", type="range", min=0, max=last, step=1, value=head.start, autocomplete="off", class_="kim-slider",
        aria_label=word("time", lang), aria_valuetext=now,
    )  # fmt: skip
    times = Track.of((number, exact(step.at)) for number, step in enumerate(head.steps))
    before, behind = ([button(name, lang) for name in names] for names in (("first", "back"), ("forward", "last")))
    return tag(
        "div", before, play_button(lang), behind,
        tag("div", ticks(story, head, lang), slider, class_="kim-track"),
        tag("span", times, class_="kim-clock", aria_hidden="true"), speeds(lang),
        tag("div", [tool(name, lang) for name in (OF_SEVERAL if is_of_several(story) else TOOLS)], class_="kim-tools"),
        class_="kim-bar-row", role="group", aria_label=word("bar", lang), hidden=True,
    )  # fmt: skip


def is_of_several(story: Story) -> bool:
    """Whether a figure is about several runs."""
    return any(isinstance(picture, Comparison) for picture in story.pictures)


def word(name: str, lang: str) -> str:
    """A word of the bar."""
    return say(Text(f"player.{name}"), lang)


def button(name: str, lang: str) -> Element:
    """A button with a sign; its name is its label."""
    label = word(name, lang)
    return tag(
        "button", button_sign(name), type="button", class_=f"kim-button kim-do-{name}", aria_label=label, title=label,
        data_do=name,
    )  # fmt: skip


def tool(name: str, lang: str) -> Element:
    """A button for what is more than stepping. It says whether what it opens is open."""
    label = word(name, lang)
    return tag(
        "button", button_sign(name), tag("span", label, class_="kim-tool-word") if name in WORDED else None, type="button",
        class_=f"kim-button kim-tool kim-do-{name}", aria_label=label, title=label, aria_expanded="false", data_do=name,
    )  # fmt: skip


def prompt(lang: str) -> Element:
    """A line of the terminal, to be typed at the playhead's time."""
    line = tag(
        "input", type="text", class_="kim-command-line", aria_label=word("prompt", lang), placeholder=word("example", lang),
        autocomplete="off", autocapitalize="none", spellcheck="false", enterkeyhint="go", maxlength=2_000,
    )  # fmt: skip
    return tag("form", tag("span", "$", class_="kim-dollar", aria_hidden="true"), line, class_="kim-command", hidden=True)


def play_button(lang: str) -> Element:
    """Play, which becomes Pause: both signs and both words, one of them hidden."""
    play, pause = word("play", lang), word("pause", lang)
    return tag(
        "button", button_sign("play"), button_sign("pause"), tag("span", play, class_="kim-play-word"), type="button",
        class_="kim-button kim-do-play", aria_label=play, data_do="play", data_play=play, data_pause=pause,
    )  # fmt: skip


def button_sign(name: str) -> Element:
    """A sign, 16 by 16."""
    return tag(
        "svg", tag("path", d=SIGNS[name]), width=16, height=16, viewBox="0 0 16 16", aria_hidden="true", class_=f"kim-sign-{name}"
    )


def speeds(lang: str) -> Element:
    """How fast it plays."""
    options = [tag("option", text, value=value, selected=value == "1") for value, text in SPEEDS]
    return tag(
        "select", options, class_="kim-speed", aria_label=word("speed", lang), title=word("speed", lang), autocomplete="off"
    )


def ticks(story: Story, head: Playhead, lang: str) -> Element:
    """Where on the slider commands and faults lie."""
    last = max(len(head.steps) - 1, 1)
    places = [(head.step(record) * WHOLE // last, kind) for record, kind in landmarks(story).items()]
    marks = [
        tag("i", class_=f"kim-tick kim-tick-{kind}", style=f"left:{place // 100}.{place % 100:02d}%") for place, kind in places
    ]
    return tag("div", marks, class_="kim-ticks", aria_hidden="true")


def landmarks(story: Story) -> dict[int, str]:
    """The records that begin a chapter: what was typed, and faults."""
    found: dict[int, str] = {}
    for picture in story.pictures:
        if isinstance(picture, Board):
            found |= {act.record: act.kind for act in picture.acts if act.kind in ("typed", "fault")}
        elif isinstance(picture, Tree):
            found |= dict(picture.landmarks)
        elif isinstance(picture, Rollout):
            found |= {mark.record: mark.deed for mark in picture.commands}
        elif isinstance(picture, Comparison):
            found |= {mark.record: mark.deed for course in picture.courses for mark in course.commands}
        elif isinstance(picture, Timeline):
            found |= {
                mark.record: mark.deed
                for lane in picture.lanes
                for mark in lane.marks
                if mark.deed in ("typed", "fault", "mended")
            }
    return dict(sorted(found.items()))
