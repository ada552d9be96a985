"""The gallery: every scenario has its card, and every card leads to the playground and to the scenario's file."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from gen.site import fences, gallery, problems

DOCS = Path(__file__).parents[2] / "docs"
NAMES = sorted(file.stem for file in (DOCS / "scenarios").glob("*.yaml"))
MOST_GZIPPED = 60_000
JOURNEY = (DOCS / "scenarios/first-journey.yaml").read_text(encoding="utf-8")
HARD = JOURNEY.replace("첫 여정", "<첫> & 여정").replace("The first journey", 'The <first> & "best" journey')


@pytest.fixture
def docs(tmp_path, monkeypatch):
    """Pages of a site in both languages, outside of any build."""
    monkeypatch.setattr(problems, "SHEET", problems.Sheet())
    for path in ("ko/playground.md", "en/playground.md", "en/index.md"):
        write(tmp_path / "docs" / path, "# Page\n")
    return tmp_path / "docs"


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def drawn(docs: Path, source: str = "", lang: str = "en", page: str = "playground.md", url: str = "playground/") -> str:
    config = SimpleNamespace(
        docs_dir=str(docs / lang), config_file_path=str(docs.parent / "mkdocs.yml"), theme={"language": lang}
    )
    file = SimpleNamespace(src_uri=page, url=url, abs_src_path=str(docs / lang / page), content_string="```gallery\n```\n")
    markdown = Markdown()
    markdown.treeprocessors.register(SimpleNamespace(file=file, config=config), "relpath", 0)
    return gallery.gallery(source, "gallery", "gallery", {}, markdown)


def cards(html: str) -> list[str]:
    return re.findall(r'<li class="kim-card">.*?</li>', html)


@pytest.mark.parametrize(
    ("lang", "title", "opens"), [("ko", "첫 여정", "놀이터에서 열기"), ("en", "The first journey", "Open in the playground")]
)
def test_a_card_says_what_the_run_is_and_leads_there(docs, lang, title, opens):
    write(docs / "scenarios/first-journey.yaml", JOURNEY)
    html = drawn(docs, lang=lang)
    (card,) = cards(html)
    assert f'<p class="kim-card-title">{title}</p>' in card
    assert re.search(r">[^<]*3[^<]* · [^<]*\d+[^<]* · 2 s</p>", card)
    to_play = "./#run=empty-cluster&amp;s=first-journey"
    assert f'<a href="{to_play}" aria-label="{opens}: {title}" class="kim-card-open">{opens}</a>' in card
    assert '<a href="../scenarios/first-journey.yaml"' in card
    assert re.search(rf'aria-label="[^"]*\(YAML\): {title}" download="">YAML</a>', card)
    assert "\n" not in html


def test_links_hold_from_another_page(docs):
    write(docs / "scenarios/first-journey.yaml", JOURNEY)
    (card,) = cards(drawn(docs, page="index.md", url=""))
    assert re.findall(r'href="([^"]*)"', card) == [
        "playground/#run=empty-cluster&amp;s=first-journey",
        "scenarios/first-journey.yaml",
    ]


def test_titles_are_text(docs):
    write(docs / "scenarios/hard.yaml", HARD)
    html = drawn(docs)
    assert '>The &lt;first&gt; &amp; "best" journey</p>' in html
    assert "Open in the playground: The &lt;first&gt; &amp; &quot;best&quot; journey" in html


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_all_scenarios_of_the_book_are_there_and_light(docs, lang):
    for name in NAMES:
        write(docs / f"scenarios/{name}.yaml", (DOCS / f"scenarios/{name}.yaml").read_text(encoding="utf-8"))
    html = drawn(docs, "of: all\n", lang)
    assert re.findall(r"&amp;s=([\w-]+)\"", html) == NAMES
    assert len(gzip.compress(html.encode())) < MOST_GZIPPED
    assert not re.search(r"<(?:image|img|use|script)\b|\bid=", html)
    assert len(re.findall('aria-hidden="true"', html)) == len(NAMES)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_figure_on_the_playground_begins_with_whatever_a_card_names(lang):
    text = (DOCS / lang / gallery.PLAYGROUND).read_text(encoding="utf-8")
    fence = fences.parsed(re.search(r"```run\n(.*?)```", text, re.DOTALL)[1])
    assert (fence.scenario, fence.starts) == (gallery.OPENED, [fences.ALL])


WRONG = {
    "an option": ("scenario: first-journey", "knows nothing else", "write `of: all`"),
    "only some": ("of: [first-journey]", "knows nothing else", "Leave it empty"),
    "no YAML": ("of: [", "no YAML", "Write `option: value`"),
    "no option": ("all", "no list of options", "Write"),
}


@pytest.mark.parametrize(("source", "what", "todo"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_fence_says_what_and_what_to_do(docs, source, what, todo):
    write(docs / "scenarios/first-journey.yaml", JOURNEY)
    with pytest.raises(SuperFencesException) as found:
        drawn(docs, source)
    assert str(found.value).startswith("docs/en/playground.md")
    assert "gallery fence: " in str(found.value)
    assert what in str(found.value)
    assert todo in str(found.value)


def test_every_scenario_that_cannot_be_played_is_named(docs):
    write(docs / "scenarios/broken.yaml", "title: [\n")
    write(docs / "scenarios/fine.yaml", JOURNEY)
    write(docs / "scenarios/wishful.yaml", f"{JOURNEY}- by: 30s\n  that: deployment/web ready >= 4\n")
    with pytest.raises(SuperFencesException) as found:
        drawn(docs)
    assert "scenario broken: " in str(found.value)
    assert "scenario wishful: the run does not do what its scenario expects" in str(found.value)
    assert "scenario fine" not in str(found.value)


def test_without_a_playground_there_is_nowhere_to_lead(docs):
    (docs / "en/playground.md").unlink()
    with pytest.raises(SuperFencesException, match="there is no page 'playground"):
        drawn(docs, page="index.md", url="")


@pytest.mark.parametrize(
    ("micros", "rounded"),
    [(0, 0), (46_000, 0), (50_000, 100_000), (9_949_999, 9_900_000), (11_400_000, 11_000_000), (90_600_000, 91_000_000)],
)
def test_lengths_have_few_digits(micros, rounded):
    assert gallery.rounded(micros) == rounded
