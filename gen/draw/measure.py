"""How wide a text is, without a browser: Pretendard's own advances, in thousandths of an em."""

from __future__ import annotations

from functools import lru_cache

HANGUL, IDEOGRAPH, MONO, OTHER = 864, 1000, 602, 600
MONO_WIDE = 1000  # Hangul beside a monospace face comes from a text face and is a full em at most

_BY_WIDTH = {  # Pretendard Regular 1.3.9, its hmtx table
    201: "'", 218: "ijl", 244: "I", 251: " ", 254: ".:;·", 258: "!,", 306: "|", 336: "/\\f", 341: "t()[]{}", 350: "r", 379: '"',
    430: "_-1^", 471: "`*?", 496: "s", 516: "xzJk", 531: "cvyLa", 557: "7euFnho", 573: "Egpq2bd", 597: "Z05#", 606: "P8$SR&TX",
    619: "693BK4", 630: "+<=>~×YAV", 690: "DC", 710: "HUGNOQ", 770: "…w", 837: "m✓M", 890: "%@→W", 957: "—",
}  # fmt: skip
_WIDTHS = {character: width for width, characters in _BY_WIDTH.items() for character in characters}
BOLD = 1_030  # Semibold runs this much wider, in thousandths


def width(text: str, size: int, *, mono: bool = False, bold: bool = False) -> int:
    """The width of `text` in pixels at a font size, rounded up."""
    thousandths = _thousandths(text, mono)
    if bold and not mono:
        thousandths = thousandths * BOLD // 1000
    return -(-thousandths * size // 1000)


@lru_cache(maxsize=8192)  # a figure says the same words again and again
def _thousandths(text: str, mono: bool) -> int:
    return sum(map(_mono if mono else _proportional, text))


def _proportional(character: str) -> int:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if 0xAC00 <= ord(character) <= 0xD7A3:
        return HANGUL
    return IDEOGRAPH if ord(character) >= 0x2E80 else OTHER


def _mono(character: str) -> int:
    return MONO_WIDE if ord(character) >= 0x1100 else MONO


def fitted(text: str, size: int, room: int, *, mono: bool = False, least: int = 8) -> str:
    """`text` if it fits into `room` pixels, else its beginning with an ellipsis; "" if not even `least` characters fit."""
    if width(text, size, mono=mono) <= room:
        return text
    kept = text
    while kept and width(f"{kept}…", size, mono=mono) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…" if len(kept) >= least else ""


def wrapped(text: str, size: int, room: int, *, mono: bool = False) -> list[str]:
    """`text` in lines of at most `room` pixels, broken at blanks, and inside a word only where it is wider than a line."""
    blank, most = _thousandths(" ", mono), room * 1000 // size
    lines, line, taken = [], "", 0
    for word in (piece for whole in text.split() for piece in pieces(whole, size, room, mono=mono)):
        needed = _thousandths(word, mono)
        if line and taken + blank + needed > most:
            lines.append(line)
            line, taken = word, needed
        else:
            line, taken = (f"{line} {word}", taken + blank + needed) if line else (word, needed)
    return [*lines, line]


def pieces(word: str, size: int, room: int, *, mono: bool = False) -> list[str]:
    """`word` cut wherever it does not fit into `room` pixels; blanks stay as they are."""
    most = room * 1000 // size
    if _thousandths(word, mono) <= most:
        return [word]
    found, taken = [""], 0
    for character in word:
        needed = _thousandths(character, mono)
        if found[-1] and taken + needed > most:
            found.append("")
            taken = 0
        found[-1] += character
        taken += needed
    return found
