"""Python in the page: when it comes, where it ends, that it plays what the command line plays, and what it writes."""

from __future__ import annotations

import json
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from playwright.sync_api import expect

from gen.play.scenario.file import from_text
from gen.play.scenario.load import load
from gen.play.simulate import simulate

pytestmark = pytest.mark.browser

SCENARIOS = Path(__file__).parents[2] / "docs/scenarios"
PYTHON = re.compile(r"/(engine|python)-|/worker\.js|/runtime\.json")
BUSY_MS = 60_000
DIGESTS = """async ([runtime, scenarios]) => {
  const {ask} = await import(runtime);
  const found = {};
  for (const scenario of scenarios) found[scenario.name] = (await ask({ask: 'digest', scenario})).digest;
  return found;
}"""
EMBEDDED = re.compile(r"^(#|data:image/png;base64,)")
HREF = "{http://www.w3.org/1999/xlink}href"


def asked(visit) -> list[str]:
    """Which files of Python's a page has asked for."""
    return [url for url in visit.asked if PYTHON.search(url)]


@pytest.mark.parametrize("prompted", [True, False])
def test_python_comes_when_somebody_comes_near_what_needs_it(visits, prompted):
    desk = visits.workbench("en/", "first-journey")
    desk.button("player.forward").click()
    desk.button("player.why").click()
    expect(desk.chain.first).to_be_visible()
    desk.button("player.link").click()
    expect(desk.sheet.get_by_label(desk.word("bench.address"))).to_be_focused()
    desk.page.wait_for_load_state("networkidle")
    assert asked(desk.visit) == []
    with desk.page.expect_request(lambda request: request.url.endswith("worker.js")):
        if prompted:
            desk.line.focus()
        else:
            desk.button("player.edit").hover()
    expect(desk.figure.get_by_role("progressbar", include_hidden=True)).to_be_visible()


def test_two_figures_share_one_python(visits):
    one = visits.workbench("en/controllers/", "one-pod")
    one.enter("kubectl get pods")
    other = type(one)(one.visit, "replaced-pod")
    other.enter("kubectl get pods")
    for desk in (one, other):
        expect(desk.terminal).to_contain_text("kubectl get pods", timeout=BUSY_MS)
    assert asked(one.visit)
    assert len(asked(one.visit)) == len(set(asked(one.visit)))
    assert one.visit.complaints == []


def test_every_scenario_is_played_as_on_the_command_line(desk):
    drafts = [json.loads(desk.page.request.get(f"{root(desk)}en/scenarios/{file.stem}.json").text()) for file in files()]
    found = desk.page.evaluate(DIGESTS, [f"{root(desk)}en/assets/kim/runtime.js", drafts])
    assert found == {file.stem: simulate(load(file)).digest() for file in files()}


def files() -> list[Path]:
    """The scenarios."""
    return sorted(SCENARIOS.glob("*.yaml"))


def root(desk) -> str:
    """The address of the site."""
    return desk.page.url.partition("en/")[0]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("Steps", "until: settled", "until: 2h", "bench.limit.time"),
        ("Steps", "- after: deployment/web complete", "- at: 2h", "bench.limit.time"),
        ("web.yaml", "replicas: 3", "replicas: 2000", "bench.limit.records"),
    ],
)
def test_a_run_beyond_the_limits_is_stopped_and_the_next_one_runs(desk, file, old, new, told):
    desk.edit()
    desk.tab(file)
    desk.write(old, new)
    desk.button("bench.run").click()
    stopped = desk.figure.get_by_text(desk.word("bench.stopped"))
    expect(stopped.or_(desk.problems.get_by_text(desk.word(told)))).to_be_visible(timeout=BUSY_MS)
    expect(desk.pods).to_have_count(3)
    desk.write(new, old)
    desk.run()
    desk.slider.press("End")
    expect(desk.says).to_have_text("")
    expect(desk.problems).to_have_count(0)
    expect(desk.pods).to_have_count(3)


def test_without_a_connection_it_says_so_and_tries_again_when_there_is_one(visits):
    desk = visits.workbench("en/", "first-journey")
    desk.button("player.forward").click()
    expect(desk.figure.locator(".kim-words")).to_have_count(1)  # all is there but Python
    desk.page.context.set_offline(True)
    desk.line.fill("kubectl get pods")
    desk.line.press("Enter")
    expect(desk.says).to_have_text(desk.word("bench.missing"))
    desk.page.context.set_offline(False)
    expect(desk.line).to_have_value("kubectl get pods")
    desk.line.press("Enter")
    expect(desk.terminal).to_contain_text("kubectl get pods", timeout=BUSY_MS)


def taken(desk, what: str) -> Path:
    """What a button of the sheet for downloads gives."""
    if not desk.sheet.is_visible():
        desk.button("player.download").click()
    with desk.page.expect_download(timeout=BUSY_MS) as download:
        desk.sheet.get_by_role("button", name=what, exact=True).click()
    return Path(download.value.path())


@pytest.mark.parametrize("view", ["board.title", "timeline.title", "bench.events"])
def test_a_picture_stands_alone(desk, view):
    desk.slider.fill("30")
    picture = ET.parse(taken(desk, desk.word("bench.svg", view=desk.word(view)))).getroot()
    references = [value for one in picture.iter() for name in ("href", HREF) if (value := one.get(name)) is not None]
    assert all(EMBEDDED.match(reference) for reference in references)
    assert any(reference.startswith("data:") for reference in references) == (view == "board.title")
    assert "url(http" not in ET.tostring(picture, encoding="unicode")


def test_the_scenario_is_taken_as_its_author_wrote_it_or_as_the_reader_has_it(desk):
    name = desk.word("bench.yaml")
    assert taken(desk, name).read_bytes() == (SCENARIOS / "first-journey.yaml").read_bytes()
    desk.edit()
    desk.write("replicas: 3", "replicas: 4")
    text = taken(desk, name).read_text(encoding="utf-8")
    simulate(from_text(text, "taken.yaml"))
    assert "replicas: 4" in text


def test_the_script_for_a_real_cluster_is_one(desk):
    script = taken(desk, desk.word("bench.script"))
    assert "kubectl apply" in script.read_text(encoding="utf-8")
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0


def test_of_what_cannot_be_played_no_picture_is_made_and_that_is_said(desk):
    desk.edit()
    desk.tab("Steps")
    desk.write("steps:", "stops:")
    expect(desk.problems.first).to_be_visible()
    desk.button("player.download").click()
    desk.sheet.get_by_role("button", name=desk.word("bench.script"), exact=True).click()
    expect(desk.sheet.locator(".kim-says")).to_have_text(desk.word("bench.wrong", count="1"))
