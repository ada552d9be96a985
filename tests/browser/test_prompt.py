"""A reader types more commands below a figure, and breaks things by hand. The module's tests share one page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

NODE = "svg:visible .kim-actor[data-box='kubelet/node-2']"


def names(desk) -> set[str]:
    """The Pods on the board."""
    return {place.get_attribute("data-ref").removeprefix("pod/default/") for place in desk.pods.all()}


def test_a_deleted_pod_is_healed(desk):
    before = names(desk)
    gone = sorted(before)[0]
    desk.enter(f"kubectl delete pod {gone}")
    expect(desk.terminal).to_contain_text(f'pod "{gone}" deleted')
    expect(desk.line).to_be_focused()
    expect(desk.line).to_have_value("")
    desk.slider.press("End")
    assert len(names(desk)) == 3
    assert names(desk) & before == before - {gone}


def test_the_run_goes_on_from_the_playhead(desk):
    desk.slider.fill("40")
    time = desk.moment.locator(".kim-time").inner_text()
    desk.enter("get pods")  # that it is kubectl's goes without saying
    expect(desk.terminal).to_contain_text("kubectl get pods")
    assert desk.step < int(desk.slider.get_attribute("max")) - 20
    desk.edit()
    desk.tab(desk.word("bench.steps"))
    assert "run: kubectl get pods\n" in desk.text.input_value()
    assert desk.moment.locator(".kim-time").inner_text() >= time


def test_each_line_is_one_step_more(desk):
    desk.enter("kubectl scale deployment web --replicas=4")
    desk.slider.press("End")
    desk.enter("kubectl scale deployment web --replicas=5")
    desk.slider.press("End")
    expect(desk.pods).to_have_count(5)


def test_what_kubectl_refuses_is_part_of_the_story(desk):
    desk.enter("kubectl get nonsense")
    expect(desk.terminal).to_contain_text('the server doesn\'t have a resource type "nonsense"')


def test_two_quick_enters_are_one_command(desk):
    desk.line.fill("kubectl scale deployment web --replicas=4")
    desk.line.press("Enter")
    desk.line.press("Enter")
    desk.wait()
    desk.edit()
    desk.tab(desk.word("bench.steps"))
    assert desk.text.input_value().count("--replicas=4") == 1


def test_lines_typed_before_come_back(desk):
    desk.enter("kubectl get pods")
    desk.enter("kubectl get nodes")
    desk.line.fill("kubectl g")
    for key, line in (
        ("Up", "kubectl get nodes"),
        ("Up", "kubectl get pods"),
        ("Down", "kubectl get nodes"),
        ("Down", "kubectl g"),
    ):
        desk.line.press(f"Arrow{key}")
        expect(desk.line).to_have_value(line)


def test_a_line_is_completed(desk):
    desk.line.fill("")
    desk.line.press_sequentially("kubectl del")
    words = desk.figure.get_by_role("listbox").get_by_role("option")
    expect(words).to_have_text(["delete"])
    desk.line.press("Tab")
    expect(desk.line).to_have_value("kubectl delete ")
    desk.line.press_sequentially("pod w")
    expect(words).to_have_count(3)
    desk.line.press("Tab")
    assert desk.line.input_value().startswith("kubectl delete pod web-")
    words.nth(1).click()
    assert desk.line.input_value().split()[-1] in names(desk)
    expect(desk.line).to_be_focused()


def test_keys_in_the_prompt_are_its_own(desk):
    step = desk.step
    desk.line.press_sequentially("we")
    desk.line.press("Home")
    desk.line.press("ArrowRight")
    assert desk.step == step
    expect(desk.line).to_have_value("we")
    expect(desk.sheet).to_be_hidden()
    desk.line.press("Tab")  # leaves it, where nothing is offered
    desk.line.fill("")


def test_a_pod_is_deleted_by_a_button(desk):
    before = names(desk)
    desk.pods.first.click()
    expect(desk.button("bench.stop")).to_be_hidden()
    desk.button("bench.delete").click()
    expect(desk.terminal).to_contain_text("kubectl delete pod web-")
    desk.slider.press("End")
    assert len(names(desk) & before) == 2
    assert len(names(desk)) == 3


def test_a_container_is_killed_by_a_button(desk):
    desk.pods.first.click()
    desk.button("bench.kill").click()
    expect(desk.figure.locator(".kim-tick-fault")).to_have_count(1)
    desk.slider.press("End")
    desk.enter("kubectl get pods")
    expect(desk.terminal).to_contain_text("1 (")  # restarts, and how long ago


def test_a_kubelet_is_stopped_and_started_by_buttons(desk):
    desk.figure.locator(NODE).click()
    expect(desk.button("bench.delete")).to_be_hidden()
    desk.button("bench.stop").click()
    expect(desk.figure.locator(".kim-tick-fault")).to_have_count(1)
    expect(desk.sheet.locator(".kim-thing")).to_have_text("node-2")
    desk.button("bench.start").click()
    expect(desk.figure.locator(".kim-tick")).to_have_count(4)


def test_a_reader_without_a_mouse_reaches_the_buttons(desk):
    while "kubelet on" not in desk.moment.inner_text():
        desk.slider.press("ArrowLeft")
    desk.slider.press("w")
    expect(desk.button("bench.delete")).to_be_visible()
    desk.page.keyboard.press("Tab")
    focused = desk.sheet.locator("button:focus")
    expect(focused).to_have_text(desk.word("bench.delete"))
    desk.page.keyboard.press("Enter")
    expect(desk.terminal).to_contain_text("kubectl delete pod web-")
