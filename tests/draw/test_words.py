from __future__ import annotations

import pytest

from gen.draw.words import LANGUAGES, MissingWord, Word, closed, say
from gen.views.model import Text


@pytest.mark.parametrize(
    ("word", "is_closed"),
    [("파드", False), ("스케줄러", False), ("이벤트", False), ("컨트롤", True), ("생성", True), ("kubelet", True),
     ("kubectl", True), ("etcd", False), ("node-1", True), ("node-2", False), ("x2k9q", False),
     ("상태(Pending)", False), ("", False)],
)  # fmt: skip
def test_whether_a_word_ends_in_a_consonant(word, is_closed):
    assert closed(word) is is_closed


@pytest.mark.parametrize(
    ("word", "forms", "written"),
    [
        ("kubelet", "이/가", "kubelet이"),
        ("스케줄러", "이/가", "스케줄러가"),
        ("node-1", "으로/로", "node-1로"),
        ("node-3", "으로/로", "node-3으로"),
        ("서울", "으로/로", "서울로"),
        ("1", "Pod/Pods", "1 Pod"),
        ("3", "Pod/Pods", "3 Pods"),
        ("web", "", "web"),
    ],
)
def test_the_form_behind_a_word(word, forms, written):
    assert format(Word(word), forms) == written


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_name_of_a_table_is_said_as_it_is(lang):
    assert say(Text("kind/Gateway"), lang) == "Gateway"
    assert say(Text("who/my-{operator}"), lang) == "my-{operator}"


def test_a_missing_word_says_where():
    with pytest.raises(MissingWord, match=r"gen/draw/words/ko\.yaml: no words for 'no\.such\.key'"):
        say(Text("no.such.key"), "ko")


def test_names_are_never_taken_for_patterns():
    assert say(Text("name", name="{oops}"), "en") == "{oops}"
