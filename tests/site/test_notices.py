"""Tests of the notices: everything that others made has its version and the text of its licence."""

from __future__ import annotations

import pytest

from gen.site import notices, runtime
from gen.site.packages import KEPT

EVERY = [part for parts in notices.parts().values() for part in parts]
WORDS = {  # with which each licence's text is known
    "MIT": "Permission is hereby granted", "Apache-2.0": "Apache", "OFL-1.1": "SIL OPEN FONT LICENSE",
    "EPL-2.0": "Eclipse Public License - v 2.0", "MPL-2.0": "Mozilla Public License Version 2.0",
    "PSF-2.0": "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
    "BSD-2-Clause": "Redistribution and use in source and binary forms",
}  # fmt: skip


@pytest.mark.parametrize("part", EVERY, ids=lambda part: part.name)
def test_a_licence_is_there_in_full(part):
    text = notices.licence(part)
    assert WORDS[part.licence] in text
    assert len(text) > 700
    assert notices.version(part)
    assert set(part.what) == {"ko", "en"}  # a comma in YAML's braces would make a third


def test_what_a_script_says_of_itself_is_shown_and_its_code_is_not():
    (part,) = [part for part in EVERY if part.name == "Viz.js"]
    text = notices.licence(part)
    assert "Michael Daines" in text
    assert "Expat maintainers" in text
    assert len(text) < 2_000


def test_all_that_is_shipped_is_named():
    sources = {part.source for part in notices.parts()["shipped"]}
    assert {f"npm:{package}" for package in KEPT} <= sources
    assert {f"python:{package}" for package in runtime.PACKAGES} <= sources


def test_a_text_that_is_not_there_is_told():
    with pytest.raises(notices.Missing, match="has no file"):
        notices.text_in("python:PyYAML:nowhere.txt")
    with pytest.raises(notices.Missing, match="says nothing"):
        notices.text_in("python:mkdocs-material:lunr/wordcut.js")
