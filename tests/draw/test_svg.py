from __future__ import annotations

from gen.draw.svg import markup, tag


def test_text_and_attributes_are_escaped():
    assert markup(tag("text", '<script>alert("&")</script>', title='"><x')) == (
        '<text title="&quot;&gt;&lt;x">&lt;script&gt;alert("&amp;")&lt;/script&gt;</text>'
    )


def test_names_of_attributes():
    assert (
        markup(tag("rect", class_="a", stroke_width=2, hidden=True, x=None, y=False))
        == '<rect class="a" stroke-width="2" hidden=""/>'
    )


def test_empty_elements():
    assert markup(tag("div")) == "<div></div>"
    assert markup(tag("col")) == "<col/>"
    assert markup(tag("g")) == "<g/>"


def test_children_may_be_lists_and_nothing():
    assert markup(tag("g", [tag("a", "1"), "2"], None, "3")) == "<g><a>1</a>23</g>"


def test_no_line_ends_in_markup():
    assert "\n" not in markup(tag("p", "a\n\nb", title="c\nd"))
