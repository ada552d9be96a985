"""Who takes part: icons and names above the lifelines. Full names in up to two lines, or short ones on steps on a phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gen.draw.ladder.rows import LINE, PAGE_PLOTS, SIZE, Grid
from gen.draw.measure import fitted, width, wrapped
from gen.draw.svg import Element, tag
from gen.draw.words import say
from gen.views.model import Sequence, Text

Icons = Callable[[str], str]  # from the name of an icon to where it is
ICONS = {"kube-apiserver": "api", "etcd": "etcd", "default-scheduler": "sched", "kubelet": "kubelet"}
CONTROLLER = "c-m"
KUBECTL = "kubectl"
ICON, NARROW_ICON, PAD = 32, 26, 8
STEPS = 3  # names that would touch stand on up to three steps
APART = 4
WIDEST = 92  # a name of two words is written in two lines, wherever there would be room
STEP_CLASSES = ("", "kim-low", "kim-lower")


@dataclass(frozen=True, slots=True)
class Person:
    """A participant: its key, its full name, and its short name on a step (0 is the highest)."""

    key: str
    name: str
    short: str
    step: int


def people(sequence: Sequence, lang: str, plot: int) -> list[Person]:
    """The participants; on a plot of this width no two short names of one step touch."""
    names = [(key, say(name, lang), say(Text(f"ladder.short/{key}"), lang)) for key, name in sequence.participants]
    column = plot // max(len(names), 1)
    widths = [width(short, SIZE) for _, _, short in names]
    steps = next((steps for steps in range(1, STEPS) if apart(widths, steps, column)), STEPS)
    return [
        Person(key, name, fitted(short, SIZE, steps * column, least=1), number % steps)
        for number, (key, name, short) in enumerate(names)
    ]


def apart(widths: list[int], steps: int, column: int) -> bool:
    """Whether names on this many steps, one down with each column, have air between them."""
    return all((one + other) // 2 + APART <= steps * column for one, other in zip(widths, widths[steps:], strict=False))


def to_html(sequence: Sequence, lang: str, icons: Icons) -> Element:
    """For a page: it stays in sight while the lines scroll by."""
    return tag("div", [cell(person, icons) for person in people(sequence, lang, PAGE_PLOTS[1])], class_="kim-ladder-head")


def cell(person: Person, icons: Icons) -> Element:
    """One participant."""
    short = f"kim-narrow {STEP_CLASSES[person.step]}".strip()
    icon = tag("span", "$", class_="kim-prompt", aria_hidden="true") if person.key == KUBECTL else image(person.key, icons)
    names = [tag("span", person.name, class_="kim-wide"), tag("span", person.short, class_=short)]
    return tag("div", icon, names, class_="kim-who", title=person.name)


def image(key: str, icons: Icons) -> Element:
    """The icon of a component."""
    return tag("img", src=icons(ICONS.get(key, CONTROLLER)), alt="", width=ICON, height=ICON)


def to_svg(sequence: Sequence, lang: str, grid: Grid, icons: Icons, *, narrow: bool) -> tuple[list[Element], int]:
    """For a picture that stands alone: icons and names over a plot's lifelines, and their height."""
    plot, size = grid.widths[0], NARROW_ICON if narrow else ICON
    column = plot // max(len(grid.names), 1)
    found, lowest = [], 1
    for person in people(sequence, lang, plot):
        x = grid.px(person.key, plot)
        lines = [person.short] if narrow else wrapped(person.name, SIZE, min(column - APART, WIDEST))
        first = person.step if narrow else 0
        lowest = max(lowest, first + len(lines))
        found += [
            prompt(x, size) if person.key == KUBECTL else
            tag("image", href=icons(ICONS.get(person.key, CONTROLLER)), x=x - size // 2, y=PAD, width=size, height=size),
            *(
                tag("text", line, x=x, y=PAD + size + LINE * (first + number + 1), text_anchor="middle", class_="kim-small")
                for number, line in enumerate(lines)
            ),
        ]  # fmt: skip
    return found, PAD + size + LINE * lowest + PAD


def prompt(x: int, size: int) -> Element:
    """The sign of kubectl, which is no part of the icon set."""
    box = tag("rect", x=x - size // 2 + 2, y=PAD + 2, width=size - 4, height=size - 4, rx=5, class_="kim-prompt-box")
    return tag("g", box, tag("text", "$", x=x, y=PAD + size // 2 + 5, text_anchor="middle", class_="kim-mono"))
