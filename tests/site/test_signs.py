"""`#!sign STATE` shows the form of a state in the prose."""

from __future__ import annotations

FIGURE = "```run\nscenario: first-journey\nview: board\n```\n"


def test_a_sign_and_its_name(workshop):
    workshop.both("index.md", f"# Page {{#page}}\n\n`#!sign ready` is ready.\n\n{FIGURE}")
    assert workshop.build("--strict").returncode == 0
    assert 'href="#kim-pod-ready"' in workshop.page("en/index.html")
    assert "<title>준비됨</title>" in workshop.page("index.html")


def test_what_is_no_sign_is_told(workshop):
    workshop.both("index.md", f"# Page {{#page}}\n\n`#!sign redy` is ready.\n\n{FIGURE}")
    done = workshop.build("--strict")
    assert done.returncode != 0
    assert "docs/ko/index.md:3: `#!sign redy`: there is no such sign; did you mean" in done.stderr


def test_a_sign_brings_the_forms_that_figures_share(workshop):
    workshop.both("index.md", "# Page {#page}\n\n`#!sign ready` is ready.\n")
    assert workshop.build("--strict").returncode == 0
    assert workshop.page("index.html").count('id="kim-pod-ready"') == 1


def test_the_forms_stand_once_on_a_page_and_not_where_they_could_be_folded(workshop):
    folded = f"??? answer\n\n{FIGURE}".replace("\n", "\n    ").strip()
    workshop.both("index.md", f"# Page {{#page}}\n\n{folded}\n\n{FIGURE}")
    assert workshop.build("--strict").returncode == 0
    page = workshop.page("index.html")
    assert page.count('id="kim-pod-ready"') == page.count('id="kim-arrow"') == 1
    assert page.index("</details>") < page.index("</figure>", page.index("</details>")) < page.index('id="kim-pod-ready"')


def test_a_page_without_figures_has_no_forms(workshop):
    assert workshop.build("--strict").returncode == 0
    assert "kim-pod-" not in workshop.page("index.html")
