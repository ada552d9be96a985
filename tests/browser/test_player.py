"""The bar of a figure under a reader's hands: names, keys, clicks, and what plays by itself. Shown on the front page's figure."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

STEPS = (Path(__file__).parent / "steps.js").read_text(encoding="utf-8")
BUTTONS = {
    "": ("처음", "이전 단계", "재생", "다음 단계", "끝"),
    "en/": ("First", "Step back", "Play", "Step forward", "Last"),
}
PAUSE = {"": "일시 정지", "en/": "Pause"}
TIME = {"": "시간", "en/": "Time"}
SPEED = {"": "속도", "en/": "Speed"}
FAST = "() => { const wait = window.setTimeout; window.setTimeout = (step, ms) => wait(step, ms / 40); }"
PLACES = """figure => [...figure.querySelectorAll('.kim-bar-row > *')].map(one => {
  const {left, top, width, height} = one.getBoundingClientRect();
  return [left, top - figure.querySelector('.kim-bar-row').getBoundingClientRect().top, width, height];
})"""
IN_SIGHT = """() => [['.kim-scroll', '.kim-here'], ['.kim-box', '.kim-now']].every(([box, thing]) => {
  const frame = document.querySelector(box).getBoundingClientRect();
  const place = document.querySelector(`${box} ${thing}`).getBoundingClientRect();
  return place.left >= frame.left && place.left <= frame.right && place.top >= frame.top && place.top <= frame.bottom;
})"""
RUNNING = "() => document.getAnimations().filter(one => one.effect.target.closest('.kim-figure')).length"


class Bar:
    """A figure's controls as assistive technology names them."""

    def __init__(self, page: Page, language: str) -> None:
        self.figure = page.locator(".kim-figure").filter(has=page.locator(".kim-bar-row")).first
        self.first, self.back, self.play, self.forward, self.last = (
            self.figure.get_by_role("button", name=name, exact=True) for name in BUTTONS[language]
        )
        self.pause = self.figure.get_by_role("button", name=PAUSE[language], exact=True)
        self.slider = self.figure.get_by_role("slider", name=TIME[language], exact=True)
        self.speed = self.figure.get_by_role("combobox", name=SPEED[language], exact=True)

    @property
    def step(self) -> int:
        return int(self.slider.input_value())

    @property
    def end(self) -> int:
        return int(self.slider.get_attribute("max") or 0)


@pytest.fixture
def bar(visits) -> Bar:
    """The English front page's."""
    return Bar(visits.open("en/").page, "en/")


@pytest.mark.parametrize("language", BUTTONS)
def test_every_control_has_its_name_and_does_what_it_says(visits, language):
    bar = Bar(visits.open(language).page, language)
    bar.first.click()
    assert bar.step == 0
    expect(bar.back).to_have_attribute("aria-disabled", "true")
    bar.forward.click()
    assert bar.step == 1
    bar.last.click()
    assert bar.step == bar.end
    bar.back.click()
    assert bar.step == bar.end - 1
    bar.speed.select_option("0.5")
    bar.play.click()
    expect(bar.pause).to_be_focused()
    bar.pause.click()
    expect(bar.play).to_be_visible()


def test_the_slider_is_dragged_and_says_where_it_is(bar):
    box = bar.slider.bounding_box()
    bar.slider.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    assert abs(bar.step - bar.end / 2) <= 1
    time, sentence = bar.figure.locator(".kim-moment > *").all_inner_texts()
    expect(bar.slider).to_have_attribute("aria-valuetext", f"{time}: {sentence}")


def test_arrow_keys_step_wherever_the_focus_is_in_the_figure(bar):
    places: list[Locator] = [bar.slider, bar.play, bar.last, bar.figure.locator(".kim-box"), bar.figure.locator(".kim-scroll")]
    for place in places:
        place.focus()
        for key, step in (("Home", 0), ("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", bar.end)):
            place.page.keyboard.press(key)
            assert bar.step == step
        expect(place).to_be_focused()


def test_keys_with_alt_or_control_and_keys_elsewhere_on_the_page_are_left_alone(bar):
    step = bar.step
    bar.figure.locator(".kim-box").focus()
    bar.slider.page.keyboard.press("Control+ArrowRight")
    bar.slider.page.keyboard.press("Shift+End")
    bar.figure.locator(".kim-box").blur()
    bar.slider.page.keyboard.press("ArrowRight")
    assert bar.step == step


def test_in_the_list_of_speeds_arrow_keys_are_its_own(bar):
    step = bar.step
    bar.speed.focus()
    bar.speed.page.keyboard.press("ArrowDown")
    assert bar.speed.input_value() == "2"
    assert bar.step == step


def test_space_plays_unless_a_button_has_the_focus(bar):
    bar.figure.locator(".kim-box").focus()
    bar.slider.page.keyboard.press(" ")
    expect(bar.pause).to_be_visible()
    bar.slider.page.keyboard.press(" ")
    expect(bar.play).to_be_visible()
    step = bar.step
    bar.forward.focus()
    bar.slider.page.keyboard.press(" ")
    assert bar.step == step + 1
    expect(bar.play).to_be_visible()


def test_play_goes_on_by_itself_and_stops_at_the_end(bar):
    bar.slider.page.evaluate(FAST)
    bar.last.click()
    for _ in range(5):
        bar.back.click()
    before = bar.step
    bar.speed.select_option("2")
    bar.play.click()
    expect(bar.slider).to_have_js_property("value", str(bar.end))
    expect(bar.play).to_be_visible()
    assert before == bar.end - 5
    bar.play.click()  # at the end it begins anew
    expect(bar.pause).to_be_visible()
    assert bar.step < bar.end


@pytest.mark.parametrize("language", BUTTONS)
@pytest.mark.parametrize(("width", "rows"), [(320, 3), (360, 3), (390, 3), (660, 2), (700, 2), (1440, 1)])
def test_the_bar_stays_as_it_is_when_it_plays(visits, language, width, rows):
    bar = Bar(visits.open(language, width=width).page, language)
    bar.first.click()
    before = bar.figure.evaluate(PLACES)
    assert len({top // 20 for _, top, _, tall in before if tall}) == rows
    bar.play.click()
    assert bar.figure.evaluate(PLACES) == before
    bar.pause.click()


def test_whoever_takes_the_playhead_stops_what_plays(bar):
    for hand in (bar.back.click, lambda: bar.slider.press("ArrowRight"), lambda: bar.slider.fill("3")):
        bar.play.click()
        expect(bar.pause).to_be_visible()
        hand()
        expect(bar.play).to_be_visible()


def test_a_click_on_a_thing_leads_to_its_step_and_the_next_click_on(visits, figured_page):
    width = 390 if figured_page.startswith("en/") else 1440
    page = visits.open(figured_page, width=width, reduced_motion="reduce").page
    page.evaluate(STEPS)
    for view in page.locator(".kim-figure:has(.kim-bar-row) .kim-view:has([data-steps])").all():
        slider = view.locator("xpath=ancestor::figure").get_by_role("slider")
        slider.fill("0")
        things = view.locator("[data-steps]")
        within_reach = view.evaluate("view => steps.reach(view)")
        assert within_reach
        if "kim-board" in view.get_attribute("class"):
            assert len(within_reach) == view.locator("svg:visible [data-steps]").count()
        for number in dict.fromkeys((*within_reach[:2], within_reach[-1])):
            follow(page, things.nth(number), slider)


def follow(page: Page, thing: Locator, slider: Locator) -> None:
    """Click a thing again and again: it leads from each of its steps to the next."""
    slider.fill("0")
    steps = [int(step) for step in thing.get_attribute("data-steps").split(",")]
    for step in steps[:2]:
        page.mouse.click(*thing.evaluate("thing => steps.point(thing)"))
        assert int(slider.input_value()) == step
        expect(slider).to_be_focused()
        expect(slider.locator("xpath=ancestor::figure").locator(".kim-sheet")).to_be_visible()
        page.keyboard.press("Escape")  # what tells why could lie above the next thing


def test_the_moment_stays_in_sight_when_a_phone_is_turned(visits):
    page = visits.open("en/", width=390, height=800).page
    bar = Bar(page, "en/")
    bar.last.click()
    for size in ({"width": 800, "height": 390}, {"width": 390, "height": 800}):
        page.set_viewport_size(size)
        page.wait_for_function(IN_SIGHT)


def test_the_moment_is_in_sight_when_a_figure_is_unfolded(visits):
    page = visits.open("en/", width=390, height=800).page
    bar = Bar(page, "en/")
    bar.figure.evaluate("figure => { figure.style.display = 'none' }")
    bar.figure.locator(".kim-do-last").evaluate("button => button.click()")
    bar.figure.evaluate("figure => { figure.style.display = '' }")
    page.wait_for_function(IN_SIGHT)


def test_steps_move_along_their_arrows(bar):
    bar.first.click()
    moving = 0
    for _ in range(10):
        bar.forward.click()
        moving += bar.figure.page.evaluate(RUNNING)
    assert moving


def test_nothing_moves_for_those_who_asked_for_less_motion(visits):
    bar = Bar(visits.open("en/", reduced_motion="reduce").page, "en/")
    bar.first.click()
    for _ in range(20):
        bar.forward.click()
        assert bar.figure.page.evaluate(RUNNING) == 0
