"""What a figure's attributes tell the player: where its scenario is, its views, its focus, and others to begin with."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from gen.play.conditions import reference
from gen.play.scenario.load import load
from gen.site import fences
from gen.site.fences import Fence, WrongFence, belongings, parsed, written
from gen.site.place import Place
from gen.trace.record import Ref

DOCS = Path(__file__).parents[2] / "docs"
FIGURE = re.compile(r'<figure [^>]*data-draft="[^>]*>')
OF_SEVERAL = re.compile(r'<figure [^>]*data-views="compare"[^>]*>.*?</figure>')
WAY = re.compile(r'<a href="([^"#]*)#run=[\w-]+&amp;s=([\w-]+)">')
DATA = re.compile(r'data-([\w-]+)="([^"]*)"')


def data_of(page: Path) -> list[dict[str, str]]:
    """The attributes of the figures of a page."""
    found = FIGURE.findall(page.read_text(encoding="utf-8"))
    return [{name: unescape(value) for name, value in DATA.findall(one)} for one in found]


def test_every_figure_leads_to_what_belongs_to_it(site, pages):
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert len(data_of(page)) + len(OF_SEVERAL.findall(text)) == text.count('class="kim-film"')
        for data in data_of(page):
            assert set(data) - {"starts"} == {"why", "draft", "icons", "views", "focus"}
            for name in ("why", "draft"):
                assert (page.parent / data[name]).is_file(), (page, data[name])
            assert (page.parent / data["draft"]).with_suffix(".yaml").is_file()
            assert (page.parent / data["icons"] / "api.png").is_file()
            assert set(data["views"].split(",")) <= set(fences.VIEWS)
            assert not data["focus"] or reference(data["focus"])


def test_a_figure_of_several_runs_leads_to_each_of_them(site, pages):
    found = [(page, html) for page in pages for html in OF_SEVERAL.findall(page.read_text(encoding="utf-8"))]
    assert found
    for page, html in found:
        data = {name: unescape(value) for name, value in DATA.findall(html.partition(">")[0])}
        assert set(data) == {"why", "views"}
        assert (page.parent / data["why"]).is_file()
        ways = WAY.findall(html)
        assert len(ways) > 1
        for address, scenario in ways:
            assert (page.parent / address / "index.html").is_file()
            assert (DOCS / f"scenarios/{scenario}.yaml").is_file()


def test_what_a_figure_offers_to_begin_with_can_be_had_and_begins_with_its_own(site, pages):
    offers = [(page, data) for page in pages for data in data_of(page) if "starts" in data]
    assert offers
    for page, data in offers:
        starts = json.loads(data["starts"])
        lang = "en" if "en" in page.relative_to(site).parts else "ko"
        assert starts[0][0] == Path(data["draft"]).stem
        assert len({name for name, _ in starts}) == len(starts) > 1
        for name, title in starts:
            assert title == load(DOCS / f"scenarios/{name}.yaml").title[lang]
            assert (page.parent / data["draft"]).with_name(f"{name}.json").is_file()


@pytest.fixture(params=["ko", "en"])
def place(request) -> Place:
    return Place("index.md", request.param, "", DOCS / request.param, DOCS / "scenarios", "")


def test_the_figure_s_own_scenario_is_offered_first_and_once(place):
    fence = Fence("signs", ["board"], starts=["one-pod", "signs", "replicaset"])
    starts = json.loads(belongings(fence, place)["starts"])
    assert [name for name, _ in starts] == ["signs", "one-pod", "replicaset"]


def test_all_are_all_that_there_are(place):
    fence = Fence("signs", ["board"], starts=parsed("scenario: signs\nview: board\nstarts: all").starts)
    names = [name for name, _ in json.loads(belongings(fence, place)["starts"])]
    assert names == ["signs", *sorted(file.stem for file in (DOCS / "scenarios").glob("*.yaml") if file.stem != "signs")]


def test_without_an_offer_there_is_none(place):
    assert "starts" not in belongings(Fence("signs", ["board"]), place)


@pytest.mark.parametrize("value", ["one-pod", "{a: 1}", "[1, 2]", "[[a]]", "3"])
def test_an_offer_that_is_no_list_is_wrong(value):
    with pytest.raises(WrongFence, match="starts is no list of scenarios: "):
        parsed(f"scenario: signs\nview: board\nstarts: {value}")


def test_an_offer_of_what_is_not_there_is_wrong(place):
    with pytest.raises(WrongFence, match="there is no scenario 'one-pot'; did you mean "):
        belongings(Fence("signs", ["board"], starts=["one-pot"]), place)


@pytest.mark.parametrize("text", ["deployment/web", "pod/kube-system/dns", "node/node-1", "replicaset/a/b"])
def test_a_focus_is_written_as_it_is_read(text):
    assert written(reference(text)) == text
    assert reference(written(reference(text))) == reference(text)


def test_the_namespace_default_is_left_out():
    assert written(Ref("Deployment", "default", "web")) == "deployment/web"
