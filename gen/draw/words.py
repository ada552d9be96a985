"""Sentences of the pictures in both languages, from `words/ko.yaml` and `words/en.yaml`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gen.views.model import Text, Value

LANGUAGES = ("ko", "en")


class MissingWord(KeyError):
    """A key that a language has no words for."""

    def __init__(self, lang: str, key: str) -> None:
        super().__init__(key)
        self.lang, self.key = lang, key

    def __str__(self) -> str:
        return f"gen/draw/words/{self.lang}.yaml: no words for {self.key!r}"


@cache
def words(lang: str) -> dict[str, str]:
    """All words of a language by dotted key."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (Path(__file__).parent / "words" / f"{lang}.yaml").read_text(encoding="utf-8")
    return dict(_flat("", yaml.load(text, Loader=loader)))


def _flat(prefix: str, tree: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in tree.items():
        found += _flat(f"{prefix}{key}.", value) if isinstance(value, dict) else [(f"{prefix}{key}", str(value))]
    return found


def say(text: Value, lang: str) -> str:
    """A Text in words. A key `table/NAME` says NAME itself where the table has no word for it. Raises MissingWord."""
    if not isinstance(text, Text):
        return str(text)
    table, slash, name = text.key.partition("/")
    pattern = words(lang).get(f"{table}.{name}", name) if slash else words(lang).get(text.key)
    if pattern is None:
        raise MissingWord(lang, text.key)
    if slash:
        return pattern
    return pattern.format(**{key: Word(say(value, lang)) for key, value in text.params})


class Word(str):
    """A word in a sentence. In Korean the particle behind it depends on its last sound: `{who:이/가}`, `{what:을/를}`.

    In English `{count:Pod/Pods}` chooses by number. Either way: the form before the slash, or the one behind it. A word that
    is left out has none.
    """

    __slots__ = ()

    def __format__(self, forms: str) -> str:
        if not forms or not self:
            return str(self)
        first, _, second = forms.partition("/")
        if first.isascii():
            return f"{self} {first if self == '1' else second}"
        return self + (first if closed(self, but_l=first.endswith("으로")) else second)


UNRELEASED = re.compile(r"[b-df-hj-np-tv-z][ktp]$")  # giant, disk: a vowel is heard behind the last letter
_CLOSED_LATIN = "bcgklmnptLMN"  # how these letters end when a Korean reads a name aloud
_CLOSED_DIGITS = "013678"


def closed(word: str, *, but_l: bool = False) -> bool:
    """Whether a word ends in a consonant, read in Korean; what stands behind it in brackets does not count.

    With `but_l`, ㄹ counts as a vowel (로, not 으로).
    """
    bare = re.sub(r"\([^()]*\)$", "", word)
    last = next((character for character in reversed(bare) if character.isalnum()), "")
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return final != 0 and not (but_l and final == 8)
    if not last or but_l and last in "lL178" or UNRELEASED.search(bare):
        return False
    return last in (_CLOSED_DIGITS if last.isdigit() else _CLOSED_LATIN)
