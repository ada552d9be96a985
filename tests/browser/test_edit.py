"""A reader edits a figure's scenario and runs it in the page. The module's tests share a page of each language."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

STEPS = (Path(__file__).parent / "steps.js").read_text(encoding="utf-8")
SHOWN = """figure => {
  figure.querySelector('.kim-slider').focus();
  document.activeElement.blur();
  const copy = figure.cloneNode(true);
  for (const own of copy.querySelectorAll('.kim-status, .kim-bench, .kim-command')) own.remove();
  for (const element of copy.querySelectorAll('*')) {
    for (const name of element.getAttributeNames().sort()) {
      element.setAttributeNode(element.removeAttributeNode(element.getAttributeNode(name)));
    }
  }
  return copy.outerHTML;
}"""
TOKENS = "rows => [...rows.querySelectorAll('span')].slice(0, 2).map(one => [one.className, one.textContent])"
PLACE = "text => text.value.slice(0, text.selectionStart).split('\\n').length"


@pytest.mark.parametrize("language", ["", "en/"])
def test_five_replicas_are_five_pods_and_reset_brings_back_three(desks, language):
    desk = desks(language)
    built = desk.figure.evaluate(SHOWN)
    assert desk.pods.count() == 3
    desk.edit()
    desk.write("replicas: 3", "replicas: 5")
    expect(desk.pods).to_have_count(3)  # nothing runs before one asks
    desk.run()
    expect(desk.says).to_have_text(desk.word("bench.changed"))
    desk.slider.press("End")
    expect(desk.pods).to_have_count(5)
    desk.button("bench.reset").click()
    expect(desk.pods).to_have_count(3)
    expect(desk.slider).to_be_focused()
    assert "replicas: 3" in desk.text.input_value()
    desk.anew()
    assert desk.figure.evaluate(SHOWN) == built
    assert desk.visit.complaints == []


def test_a_run_in_the_page_can_be_stepped_forth_and_back_like_any_other(desk):
    desk.edit()
    desk.write("replicas: 3", "replicas: 4")
    desk.run()
    desk.page.evaluate(STEPS)
    assert desk.figure.evaluate("figure => steps.disagreements(figure)") == []


def test_after_the_first_run_a_valid_edit_runs_by_itself_at_the_same_playhead(desk):
    desk.edit()
    desk.run()
    desk.slider.fill("20")
    moment = desk.moment.inner_text()
    desk.write("replicas: 3", "replicas: 1")
    desk.wait()
    desk.slider.press("End")
    expect(desk.pods).to_have_count(1)
    desk.slider.fill("20")
    desk.write("nginx:1.27", "nginx:1.28")
    desk.wait()
    assert desk.moment.inner_text().split("\n")[0] == moment.split("\n")[0]


def test_it_does_not_when_that_is_turned_off(desk):
    desk.edit()
    desk.run()
    desk.figure.get_by_role("switch", name=desk.word("bench.follow")).uncheck()
    desk.write("replicas: 3", "replicas: 2")
    desk.page.wait_for_timeout(1_000)
    expect(desk.pods).to_have_count(3)
    desk.run()
    expect(desk.pods).to_have_count(2)


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("replicas: 3", "replcas: 3", 6, 'unknown field "spec.replcas"'),
        ("replicas: 3", "replicas: three", 6, "replicas"),
        ("metadata:\n  name: web\nspec", "metadata:\n  name: [web\nspec", 5, ""),
    ],
)
def test_a_mistake_is_told_at_its_line_while_one_types(desk, old, new, line, told):
    desk.edit()
    desk.write(old, new)
    expect(desk.problems.first).to_contain_text(f"web.yaml, line {line}: ", timeout=10_000)
    expect(desk.problems.first).to_contain_text(told)
    expect(desk.figure.locator(".kim-gutter .kim-wrong")).to_have_text(f"{line}\u200b")
    expect(desk.text).to_have_attribute("aria-invalid", "true")
    desk.tab(desk.word("bench.steps"))
    desk.problems.first.get_by_role("button").click()
    expect(desk.text).to_be_focused()
    assert desk.text.evaluate(PLACE) == line
    desk.run()
    desk.write(new, old)
    expect(desk.problems).to_have_count(0)


def test_what_is_written_has_colours(desk):
    desk.edit()
    assert desk.figure.locator(".kim-paint").evaluate(TOKENS) == [["kim-yaml-key", "apiVersion"], ["kim-yaml-mark", ":"]]
    expect(desk.figure.locator(".kim-paint .kim-yaml-number").first).to_have_text("3")


def test_the_steps_can_be_edited_as_well(desk):
    desk.edit()
    desk.tab(desk.word("bench.steps"))
    desk.write("nodes: 3", "nodes: 2")
    desk.run()
    expect(desk.figure.locator("svg:visible .kim-actor[data-box^='kubelet/']")).to_have_count(2)


def test_other_views_can_be_chosen(desk):
    desk.edit()
    desk.figure.get_by_role("checkbox", name=desk.word("ladder.title"), exact=True).check()
    desk.wait()
    expect(desk.figure.locator(".kim-ladder")).to_be_visible()
    desk.figure.get_by_role("checkbox", name=desk.word("board.title"), exact=True).uncheck()
    desk.wait()
    expect(desk.figure.locator(".kim-board")).to_have_count(0)
    desk.anew()
    expect(desk.figure.locator(".kim-board")).to_be_visible()
    expect(desk.figure.locator(".kim-ladder")).to_have_count(0)


def test_everything_can_be_done_by_keys_alone(desk):
    press = desk.page.keyboard.press
    desk.slider.press("e")
    expect(desk.text).to_be_focused()
    desk.text.evaluate("text => { const at = text.value.indexOf('replicas: 3') + 11; text.setSelectionRange(at, at) }")
    press("Backspace")
    desk.page.keyboard.type("4")
    press("Tab")  # leaves the text
    expect(desk.button("bench.run")).to_be_focused()
    press("Enter")
    desk.wait()
    expect(desk.pods).to_have_count(4)
    press("Shift+Tab")
    press("Shift+Tab")
    expect(desk.figure.locator(".kim-bench .kim-close")).to_be_focused()
    press("Enter")
    expect(desk.button("player.edit")).to_be_focused()
    press("ArrowLeft")
    press("w")
    press("Tab")
    expect(desk.sheet.locator(":focus")).to_have_count(1)
    press("Escape")
    expect(desk.button("player.why")).to_be_focused()


def test_what_is_typed_while_python_loads_does_not_get_lost(visits):
    desk = visits.workbench("en/", "first-journey")
    desk.edit()
    desk.button("bench.run").click()
    desk.write("replicas: 3", "replicas: 4")
    expect(desk.figure.get_by_role("progressbar", include_hidden=True)).to_be_visible()
    desk.wait()
    desk.slider.press("End")
    expect(desk.pods).to_have_count(4)
