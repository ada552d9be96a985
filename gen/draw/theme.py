"""The colours and forms of the pictures: roles with a light and a dark value, patterns for states, one style sheet.

A page takes `stylesheet()` and, once, `patterns()`; a picture that stands alone carries both inside. No state is told by
colour alone: each has its pattern and its sign.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from gen.draw.board.bodies import bodies
from gen.draw.svg import Element, tag

ROLES: dict[str, tuple[str, str]] = {  # role: (light, dark); contrast at least 4.5:1 where it is text, 3:1 where it is a mark
    "paper": ("#ffffff", "#161b22"),
    "paper-2": ("#f5f7fb", "#1d242e"),
    "ink": ("#14181f", "#e8ecf1"),
    "ink-2": ("#566170", "#a3aebb"),
    "line": ("#7a8690", "#6e7a88"),
    "hair": ("#dbe0e7", "#2d3642"),
    "accent": ("#326ce5", "#7aa2ff"),
    "accent-ink": ("#2558cc", "#9dbaff"),
    "accent-tint": ("#e8effd", "#1b2640"),
    "on-accent": ("#ffffff", "#0d1420"),
    "pending": ("#9a6412", "#f0b35a"),
    "starting": ("#9a6412", "#f0b35a"),
    "running": ("#2b6cb0", "#7cb7ee"),
    "running-tint": ("#b4cdea", "#33557c"),
    "ready": ("#0f766e", "#4fd1c5"),
    "ready-tint": ("#d9efec", "#17403d"),
    "halo": ("#c9daf9", "#2a3c66"),
    "terminating": ("#6b7280", "#9ca3af"),
    "failed": ("#b93c0a", "#fb923c"),
}
SCHEMES = ("light", "dark")
SHEETS = ("marks", "figure", "controls", "ladder", "tree", "terminal", "rollout", "diff", "compare")
ON_DEMAND = ("why", "bench")  # what a page loads when a reader asks for more than stepping
SANS = '"Pretendard Variable",Pretendard,-apple-system,"Apple SD Gothic Neo","Segoe UI","Noto Sans KR","Malgun Gothic",sans-serif'
MONO = 'ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK KR",monospace'


def variables(scheme: str) -> str:
    """The custom properties of one scheme, as the inside of a rule."""
    which = SCHEMES.index(scheme)
    return "".join(f"--kim-{role}:{values[which]};" for role, values in ROLES.items())


@cache
def sheet(name: str) -> str:
    """One of the style sheets beside this file."""
    return (Path(__file__).parent / f"{name}.css").read_text(encoding="utf-8")


def stylesheet() -> str:
    """Everything that a page with figures needs. The scheme follows the page's `data-md-color-scheme`."""
    fonts = f"--kim-sans:{SANS};--kim-mono:{MONO};"
    light = f":root,[data-md-color-scheme=default]{{{variables('light')}{fonts}}}"
    dark = f"[data-md-color-scheme=slate]{{{variables('dark')}}}"
    return "\n".join([light, dark, *(sheet(name) for name in SHEETS)])


def bench_sheet() -> str:
    """What the workbench of a figure needs beyond that."""
    return "\n".join(sheet(name) for name in ON_DEMAND)


def inner_style(theme: str) -> Element:
    """The style of a picture that stands alone, in the theme asked for: light, dark, or auto, which follows the reader."""
    light, dark = (f"svg{{{variables(scheme)}}}" for scheme in SCHEMES)
    colours = {"light": light, "dark": dark, "auto": f"{light}@media (prefers-color-scheme:dark){{{dark}}}"}[theme]
    fonts = f"svg{{--kim-sans:{SANS};--kim-mono:{MONO};}}"
    return tag("style", colours + fonts + " ".join(sheet("marks").split("\n")))


def patterns() -> Element:
    """The shared definitions: hatches and the arrow head. Once a page, in an SVG without extent that is never hidden."""
    return tag("svg", definitions(), width=0, height=0, aria_hidden="true", focusable="false", style="position:absolute")


def definitions() -> Element:
    """The patterns of the states, by form; their colours come from the style sheet."""
    return tag(
        "defs",
        _pattern("starting", 6, "M-1,1l2,-2M0,6l6,-6M5,7l2,-2"),
        _pattern("terminating", 6, "M-1,5l2,2M0,0l6,6M5,-1l2,2"),
        _pattern("failed", 8, "M2,2l4,4M6,2l-4,4"),
        _pattern("old", 6, "M-1,5l2,2M0,0l6,6M5,-1l2,2"),
        _pattern("backoff", 8, "M1,3h4M5,7h3M0,7h1"),
        _head("kim-arrow", 7),
        _head("kim-arrow-far", 12),
        _head("kim-head-wire", 8, "kim-head-wire"),
        _head("kim-head-active", 7, "kim-head-active"),
        _refused(),
        *bodies(),
        _marker("kim-arc-dot", tag("circle", cx=4, cy=4, r=2, class_="kim-arrow-head"), 4),
    )  # fmt: skip


def _pattern(state: str, size: int, path: str) -> Element:
    lines = tag("path", d=path, class_=f"kim-hatch kim-hatch-{state}")
    return tag("pattern", lines, id=f"kim-{state}", width=size, height=size, patternUnits="userSpaceOnUse")


def _head(name: str, reference: int, class_: str = "kim-arrow-head") -> Element:
    return _marker(name, tag("path", d="M0,0L8,4L0,8z", class_=class_), reference)


def _refused() -> Element:
    """The end of a call in vain: a cross instead of a head."""
    return _marker("kim-head-refused", tag("path", d="M-1,-1L7,9M7,-1L-1,9", class_="kim-mark-fault"), 5)


def _marker(name: str, form: Element, reference: int) -> Element:
    """What stands at the end of a line; `reference` is the point of it that lies on the line's end."""
    return tag(
        "marker", form, id=name, viewBox="0 0 8 8", refX=reference, refY=4, markerWidth=7, markerHeight=7, orient="auto",
        markerUnits="userSpaceOnUse", overflow="visible",
    )  # fmt: skip
