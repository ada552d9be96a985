"""Why something is as it is: the chain of causes, and the source of what decided. Nothing is run for that."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser



@pytest.fixture(scope="module", autouse=True)
def nothing_is_run(desks):
    """No test here asks for a run, and none is made."""
    yield
    for desk in desks.opened.values():
        assert not [url for url in desk.visit.asked if "/engine-" in url or "/python-" in url]


@pytest.mark.parametrize("language", ["", "en/"])
def test_a_container_was_started_because_of_what_the_reader_typed(desks, language):
    desk = desks(language)
    desk.figure.locator("tr", has_text="Started").last.click()
    expect(desk.chain.first).to_contain_text("kubectl apply -f web.yaml")
    assert desk.chain.count() >= 6
    expect(desk.chain.last).to_contain_text("Container started")
    expect(desk.button("player.why")).to_have_attribute("aria-expanded", "true")
    desk.button("player.why").click()
    expect(desk.sheet).to_be_hidden()


def test_the_name_of_a_function_shows_its_source(desks):
    desk = desks("en/")
    desk.pods.first.click()
    name = desk.chain.get_by_role("button").first
    source = desk.sheet.locator(".kim-source-code:visible")
    expect(source).to_have_count(0)
    name.click()
    expect(source).to_have_count(1)
    expect(source).to_contain_text("def ")
    expect(name).to_have_attribute("aria-expanded", "true")
    name.click()
    expect(source).to_have_count(0)


def test_the_chain_follows_the_playhead(desks):
    desk = desks("en/")
    desk.slider.fill("60")
    desk.slider.press("w")
    expect(desk.chain.nth(3)).to_be_visible()
    desk.slider.press("Home")
    expect(desk.chain).to_have_count(1)
    desk.slider.press("w")
    expect(desk.sheet).to_be_hidden()


@pytest.mark.parametrize(
    "thing",
    [
        "svg:visible .kim-actor[data-box=etcd]",
        ".kim-plot [data-steps]:visible",
        ".kim-name[data-steps]",
        "tr[data-steps]",
        "svg:visible line.kim-reach",
    ],
)
def test_whatever_is_clicked_tells_its_chain(desks, thing):
    desk = desks("en/")
    one = desk.figure.locator(thing).first
    if "line" in thing:
        one.dispatch_event("click")
    else:
        one.click()
    expect(desk.chain.first).to_contain_text("kubectl ")
    steps = [int(step) for step in one.get_attribute("data-steps").split(",")]
    assert desk.step == steps[-1]  # at the end, the last thing that befell it


def test_the_sheet_is_closed_by_escape_and_by_its_button(desks):
    desk = desks("en/")
    desk.slider.press("w")
    desk.page.keyboard.press("Escape")
    expect(desk.sheet).to_be_hidden()
    expect(desk.button("player.why")).to_be_focused()
    desk.slider.press("w")
    desk.sheet.get_by_role("button", name=desk.word("bench.close")).click()
    expect(desk.sheet).to_be_hidden()


def test_keys_work_where_the_keyboard_writes_hangul(desks):
    desk = desks("")
    for key, code in (("\u3148", "KeyW"), ("Process", "KeyW")):
        desk.slider.dispatch_event("keydown", {"key": key, "code": code, "bubbles": True})
        expect(desk.sheet).to_be_visible()
        desk.page.keyboard.press("Escape")
        expect(desk.sheet).to_be_hidden()
