"""The font holds what the pages show, nothing else, and always the same bytes."""

from __future__ import annotations

import io

from fontTools.ttLib import TTFont

from gen.site import fonts
from gen.site.packages import kept


def test_characters_are_those_of_the_pages_and_ascii(tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "index.html").write_text('<p>파드</p>\n<script>"\\ub178\\ub4dc"</script>', encoding="utf-8")
    (tmp_path / "en/index.html").write_text("<p>é</p>\n", encoding="utf-8")
    found = fonts.characters(tmp_path, but=("en/",))
    assert set("파드노드Az09~") <= set(found)
    assert "é" not in found
    assert "\n" not in found
    assert list(found) == sorted(found)


def test_the_part_holds_the_wanted_characters_has_a_name_of_its_own_and_always_the_same_bytes():
    source = kept("pretendard", fonts.FILE)
    cut = fonts.cut(source, "파드 Pod")
    assert cut == fonts.cut(source, "파드 Pod")
    part = TTFont(io.BytesIO(cut))
    assert set(part.getBestCmap()) == {ord(character) for character in "파드 Pod"}
    assert not [record for record in part["name"].names if record.nameID in fonts.FAMILY_NAMES and "Pretendard" in str(record)]
    assert "wght" in [axis.axisTag for axis in part["fvar"].axes]


def test_a_cut_of_the_unpacked_font_is_the_same(tmp_path, monkeypatch):
    source = kept("pretendard", fonts.FILE)
    monkeypatch.setattr(fonts, "CACHE", tmp_path)
    plain = fonts.unpacked(source)
    assert plain == fonts.unpacked(source)
    assert fonts.subset(source, "파드") == fonts.cut(plain, "파드") == fonts.cut(source, "파드")
    assert sorted(file.suffix for file in (tmp_path / "subsets").iterdir()) == [".ttf", ".woff2"]
