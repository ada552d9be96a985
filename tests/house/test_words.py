"""Both languages or neither: every sentence of a picture exists in Korean and in English, with the same blanks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

LANGUAGES = ("ko", "en")
BLANK = re.compile(r"\{(\w+)")
GRAMMAR = "gen/draw/words.py"  # chooses the particles that stand behind a word


def flat(words: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence with its dotted key."""
    for key, value in words.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", str(value)


@pytest.fixture(scope="module")
def words(root) -> dict[str, dict[str, str]]:
    def read(language: str) -> dict[str, str]:
        file = root / f"gen/draw/words/{language}.yaml"
        return dict(flat(yaml.safe_load(file.read_text(encoding="utf-8"))))

    return {language: read(language) for language in LANGUAGES}


def test_both_languages_have_the_same_words(words):
    assert list(words["ko"]) == list(words["en"]), "the same keys, in the same order"


def test_both_languages_have_the_same_blanks(words):
    differ = [key for key in words["ko"] if set(BLANK.findall(words["ko"][key])) != set(BLANK.findall(words["en"].get(key, "")))]
    assert not differ


def test_every_word_that_code_asks_for_exists(engine, words):
    asked = [
        (f"{source.path}:{node.lineno}", node.args[0].value)
        for source in engine
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Text"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ]
    missing = [f"{where} {key}" for where, key in asked if key not in words["en"]]
    assert asked
    assert not missing, "missing from gen/draw/words: " + ", ".join(missing)


def test_no_korean_outside_the_words_and_pages(engine):
    """Sentences stand in words/*.yaml or on the page itself, where a translator finds them."""
    hangul = re.compile("[\uac00-\ud7a3]")
    found = [source.path for source in engine if source.path != GRAMMAR and hangul.search("\n".join(strings(source.tree)))]
    assert not found


def strings(tree: ast.Module) -> list[str]:
    """The string constants that are no docstrings."""
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, Documented)}
    return [text for text in constants if text not in docstrings]


Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
