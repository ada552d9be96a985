"""A Pod's body is its state: the heptagon itself is dotted, hatched, half-filled, filled, crossed. Never by colour alone.

The forms are drawn once a page, 40 by 40 around (0, 0), and used by their names `kim-pod-STATE`.
"""

from __future__ import annotations

from gen.draw.svg import Element, tag

HEPTAGON = "M0,-19L15,-12 19,4 9,17H-9L-19,4 -15,-12z"
HALF = "M-18,3H18L19,4 9,17H-9L-19,4z"
INNER = "M0,-12L9,-8 12,3 6,11H-6L-12,3 -9,-8z"
CUBE = "M0,-8l7,4v8l-7,4l-7,-4v-8zM-7,-4l7,4l7,-4M0,0v8"
CHECK, CROSS, MINUS, AGAIN = "M-8,0l6,6l10,-11", "M-6,-6L6,6M6,-6L-6,6", "M-6,0H6", "M6,-3A7,7 0 1 0 7,3M7,-8v6h-6"
PLACE = "M-15,-19h30q4,0 4,4v30q0,4 -4,4h-30q-4,0 -4,-4v-30q0,-4 4,-4z"


def bodies() -> list[Element]:
    """All forms, for the page's definitions."""
    return [
        _body("pending", _cube("pending")),
        _body("starting", tag("path", d=INNER, class_="kim-paper"), _cube("starting")),
        _body("running", tag("path", d=HALF, class_="kim-half-running"), _cube("running")),
        _body("ready", _sign(CHECK, "kim-sign-on")),
        _body("terminating", tag("path", d=INNER, class_="kim-paper"), _sign(MINUS, "kim-sign-terminating")),
        _body("failed", _sign(CROSS, "kim-sign-failed")),
        _body("backoff", _sign(AGAIN, "kim-sign-failed")),
        _body("succeeded", _sign(CHECK, "kim-sign-succeeded")),
        tag("g", tag("path", d=PLACE, class_="kim-place"), id="kim-place"),
    ]


def _body(state: str, *inside: Element) -> Element:
    outline = tag("path", d=HEPTAGON, class_=f"kim-body kim-bar-{state} kim-body-{state}")
    return tag("g", outline, *inside, id=f"kim-pod-{state}")


def _cube(state: str) -> Element:
    return tag("path", d=CUBE, class_=f"kim-cube kim-hatch-{state}")


def _sign(path: str, class_: str) -> Element:
    return tag("path", d=path, class_=f"kim-sign {class_}")
