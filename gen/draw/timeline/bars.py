"""The states of a Pod as bars: each with its own form, its sign and its word."""

from __future__ import annotations

from gen.draw.follow import leads_to
from gen.draw.measure import width
from gen.draw.scale import exact
from gen.draw.svg import Element, tag
from gen.draw.timeline.rulers import Ruler
from gen.draw.words import say
from gen.views.model import Span, Text
from gen.views.story import Playhead

BAR_TOP, BAR_HEIGHT = 6, 14
SIGNS = {"ready": "✓", "succeeded": "✓", "terminating": "−", "failed": "✕", "backoff": "↻"}
PLAIN = ("ready", "succeeded")  # bars of one colour: their words stand on it; on a pattern, on paper
WORD_SIZE, WORD_MARGIN = 12, 6
MARK_MARGIN = 14  # a stop begins with the mark of the fault
OUTAGES = ("stopped", "cut")  # begin and end with the mark of a fault


def word_of(state: str, lang: str) -> str:
    """The word of a state with its sign."""
    return f"{say(Text(f'state.{state}'), lang)} {SIGNS.get(state, '')}".strip()


def bar(span: Span, ruler: Ruler, head: Playhead, lang: str) -> list[Element]:
    """A stretch of one state; its title names the API's own word and its time."""
    x, length = ruler.at(span.start), ruler.length(span.start, span.end)
    title = tag("title", told(span, lang))
    found = [
        tag(
            "rect", title, x=x, y=BAR_TOP, width=length, height=BAR_HEIGHT, rx=2, class_=f"kim-bar kim-bar-{span.state}",
            data_steps=leads_to(head, [span.record]),
        )
    ]  # fmt: skip
    if span.state == "running":
        half = BAR_HEIGHT // 2
        found.append(
            tag("rect", x=x, y=BAR_TOP + half, width=length, height=half, rx=2, class_="kim-half-running", pointer_events="none")
        )
    return found


def told(span: Span, lang: str) -> str:
    """What a bar says to whoever asks it: state, the API's word where it is another, and from when to when."""
    state = say(Text(f"state.{span.state}"), lang)
    word = f" ({span.word})" if span.word and span.word != state else ""
    until = exact(span.end) if span.ends else ""
    return f"{state}{word} {exact(span.start)} – {until}".rstrip()


def word(span: Span, ruler: Ruler, lang: str) -> Element | None:
    """The state's word, in the longest piece of the bar that breaks leave; None where it does not fit."""
    pieces = ruler.scale.pieces(span.start, span.end)
    if not pieces:
        return None
    start, end = max(pieces, key=lambda piece: (ruler.scale.px(piece[1]) - ruler.scale.px(piece[0]), -piece[0]))
    margin = MARK_MARGIN if span.state in OUTAGES else WORD_MARGIN
    room = ruler.scale.px(end) - ruler.scale.px(start) - margin - WORD_MARGIN
    text = next((text for text in words_of(span, lang) if width(text, WORD_SIZE, bold=True) <= room), None)
    if text is None:
        return None
    needed = width(text, WORD_SIZE, bold=True)
    ground = f"kim-under-{span.state}" if span.state in PLAIN else "kim-paper"
    back = tag("rect", x=margin - 3, y=1, width=needed + 6, height=BAR_HEIGHT - 2, class_=ground)
    ink = tag("text", text, x=margin, y=11, class_=f"kim-word kim-word-{span.state}")
    return ruler.pinned(start, back, ink, y=BAR_TOP, events=False)


def words_of(span: Span, lang: str) -> list[str]:
    """What may stand in a bar, the longer one first: of what was stopped, its name too."""
    plain = word_of(span.state, lang)
    return [f"{span.word} {plain}", plain] if span.state == "stopped" else [plain]


def swatch(state: str) -> list[Element]:
    """A small piece of the bar for a legend, 26 by 14 pixels."""
    size = {"x": 1, "width": 24, "rx": 2}
    found = [tag("rect", y=1, height=12, class_=f"kim-bar kim-bar-{state}", **size)]
    if state == "running":
        found.append(tag("rect", y=7, height=6, class_="kim-half-running", **size))
    sign = SIGNS.get(state)
    if sign and state not in ("terminating", "failed", "backoff"):
        found.append(tag("text", sign, x=13, y=11, text_anchor="middle", class_=f"kim-word kim-word-{state}"))
    return found
