"""How views look, kept as SVG and HTML: open them in a browser. `pytest --snapshot-update` writes them anew."""

from __future__ import annotations

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from gen.draw import page_patterns, stylesheet, to_html, to_svg


class Svg(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "svg"


class Html(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "html"


@pytest.mark.parametrize(
    ("lang", "theme", "narrow"), [("ko", "light", False), ("en", "dark", True)], ids=["ko-light", "en-dark-narrow"]
)
@pytest.mark.parametrize("name", ["timeline", "table"])
def test_standing_alone(snapshot, request, name, lang, theme, narrow):
    assert to_svg(request.getfixturevalue(name), lang=lang, theme=theme, narrow=narrow) == snapshot(extension_class=Svg)


@pytest.mark.parametrize("name", ["timeline", "table"])
def test_on_a_page(snapshot, request, name):
    drawn = to_html(request.getfixturevalue(name), lang="ko").replace("><", ">\n<")
    assert f"{drawn}\n" == snapshot(extension_class=Html)


def test_the_style_is_one_sheet():
    assert stylesheet().count("{") == stylesheet().count("}")
    assert "<style" not in page_patterns()
