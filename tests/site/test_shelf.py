"""What builds keep: whole or not at all, those that were used last, under names that change with what they depend on."""

from __future__ import annotations

import os

import pytest

from gen.site.shelf import Shelf, content_of


@pytest.fixture
def shelf(tmp_path) -> Shelf:
    return Shelf(tmp_path / "deep/shelf", most=3)


def test_what_is_kept_is_there_and_the_same_bytes_every_time(shelf):
    assert shelf.take("one") is None
    shelf.keep("one", "한 줄\nand more\n")
    assert shelf.take("one") == "한 줄\nand more\n"
    before = (shelf.folder / "one.gz").read_bytes()
    shelf.keep("one", "한 줄\nand more\n")
    assert [file.read_bytes() for file in shelf.folder.iterdir()] == [before]


@pytest.mark.parametrize("damage", [b"", b"text", b"\x1f\x8b\x08\x00"])
def test_what_was_damaged_is_not_there(shelf, damage):
    shelf.keep("one", "text")
    (shelf.folder / "one.gz").write_bytes(damage)
    assert shelf.take("one") is None


def test_where_nothing_can_be_kept_nothing_is(shelf):
    shelf.folder.parent.mkdir()
    shelf.folder.write_text("no folder", encoding="utf-8")
    shelf.keep("one", "text")
    assert shelf.take("one") is None


def test_those_used_last_stay(shelf):
    for number, name in enumerate(("first", "second", "third")):
        shelf.keep(name, name)
        os.utime(shelf.folder / f"{name}.gz", (number, number))
    assert shelf.take("first") == "first"
    shelf.keep("fourth", "fourth")
    assert sorted(file.stem for file in shelf.folder.iterdir()) == ["first", "fourth", "third"]


def test_content_is_every_file_with_its_name_but_what_was_compiled(tmp_path):
    for name in ("one/a.py", "one/deep/types.txt", "two/a.py", "three/a.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    words = [content_of(tmp_path / "one", tmp_path / "two")]
    (tmp_path / "three/a.py").write_text("changed", encoding="utf-8")
    (tmp_path / "one/__pycache__").mkdir()
    (tmp_path / "one/__pycache__/a.pyc").write_text("compiled", encoding="utf-8")
    assert content_of(tmp_path / "one", tmp_path / "two") == words[0]
    (tmp_path / "one/deep/types.txt").write_text("changed", encoding="utf-8")
    words.append(content_of(tmp_path / "one", tmp_path / "two"))
    (tmp_path / "two/b.py").write_text("", encoding="utf-8")
    words.append(content_of(tmp_path / "one", tmp_path / "two"))
    (tmp_path / "two/b.py").rename(tmp_path / "two/c.py")
    words.append(content_of(tmp_path / "one", tmp_path / "two"))
    assert len(set(words)) == 4
