"""Why something happened is a file beside the figure: found from its page, shared by figures that say the same, fetched late."""

from __future__ import annotations

import re
from pathlib import Path

FIGURE = re.compile(r'<figure [^>]*data-why="([^"]+)"')
STORY = re.compile(r'<script type="application/json" class="kim-film">(.*?)</script>', re.DOTALL)
FENCE = "```run\nscenario: first-journey\nview: {}\n```\n"


def reasons(site: Path, page: Path) -> list[Path]:
    """The files to which the figures of a page lead."""
    return [
        (page.parent / link).resolve().relative_to(site.resolve()) for link in FIGURE.findall(page.read_text(encoding="utf-8"))
    ]


def test_every_figure_leads_to_its_file(site, pages):
    for page in pages:
        text = page.read_text(encoding="utf-8")
        found = reasons(site, page)
        assert len(found) == len(STORY.findall(text)), page
        at = "en/assets/kim/why" if '<html lang="en"' in text else "assets/kim/why"
        for file in found:
            assert file.parent.as_posix() == at
            html = (site / file).read_text(encoding="utf-8")
            assert html.startswith('<ol class="kim-chain" data-ends="')
            ends = re.match(r'<ol class="kim-chain" data-ends="([\d,]+)"><li ', html)[1].split(",")
            assert set(ends) <= set(re.findall(r'data-record="(\d+)"', html))
            assert html.endswith("</div>")
            assert not re.search(r"<script|<[^>]*\son\w+=|<link|<img", html)


def test_no_file_is_left_over(site, pages):
    wanted = {file for page in pages for file in reasons(site, page)}
    assert wanted == {file.relative_to(site) for file in site.rglob("assets/kim/why/*")}


def test_a_page_loads_nothing_of_it(pages):
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "kim-chain" not in text
        assert not re.search(r'(?:href|src)="[^"]*assets/kim/why', text)


def test_search_and_sitemap_know_nothing_of_it(site):
    for folder in ("", "en/"):
        assert "kim-cause" not in (site / folder / "search/index.json").read_text(encoding="utf-8")
        assert "assets/kim/why" not in (site / folder / "sitemap.xml").read_text(encoding="utf-8")


def test_figures_that_say_the_same_share_one(workshop):
    workshop.both("index.md", "# Page {#page}\n\n" + FENCE.format("board") + "\n" + FENCE.format("board"))
    workshop.both("about/fidelity.md", "# Page {#page}\n\n" + FENCE.format("board") + "\n" + FENCE.format("events"))
    done = workshop.build("--strict")
    assert done.returncode == 0, done.stderr
    for folder in ("", "en/"):
        first = FIGURE.findall(workshop.page(f"{folder}index.html"))
        second = FIGURE.findall(workshop.page(f"{folder}about/fidelity/index.html"))
        assert first[0] == first[1]
        assert second[0] == f"../../{first[0]}"
        made = sorted(file.name for file in (workshop.folder / "site" / folder / "assets/kim/why").iterdir())
        assert made == sorted({Path(link).name for link in first + second})
        assert len(made) == 2


def test_the_font_has_the_characters_of_it(site):
    from gen.site.fonts import characters

    file = next((site / "assets/kim/why").iterdir())
    assert set(file.read_text(encoding="utf-8")) <= set(characters(site))
