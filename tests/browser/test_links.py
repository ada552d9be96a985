"""A moment of a figure as an address: it is passed on, opened elsewhere, and taken to the other language."""

from __future__ import annotations

import base64
import json
import re
import secrets
import zlib

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

HOSTILE = '<img src="https://example.org/x" onerror="window.hacked = 1">'
TREACHEROUS = f"""apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    note: '{HOSTILE}'
spec:
  containers:
  - name: web
    image: '{HOSTILE}'
"""
STEPS = f"""cluster: {{nodes: 1}}
steps:
- run: kubectl apply -f web.yaml -f '{HOSTILE}.yaml'
- run: kubectl get pods '{HOSTILE}'
- run: kubectl get pods -o yaml
"""
FOREIGN = 'img:not([src^="assets/kim/icons/"]), script:not(.kim-film), iframe, [onerror], [onload]'
INTRUDED = f"() => [window.hacked, ...document.querySelectorAll('.kim-figure :is({FOREIGN})')].filter(Boolean).length"
POLLUTED = "() => Object.keys(Object.prototype).length + Number({}.polluted !== undefined)"
PYTHON = re.compile(r"/(engine|python)-")


def folded(value: object) -> str:
    """As an address carries it."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflate.compress(value if isinstance(value, bytes) else json.dumps(value).encode()) + deflate.flush()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def linked(desk) -> str:
    """The address that the sheet gives."""
    desk.button("player.link").click()
    address = desk.sheet.get_by_label(desk.word("bench.address"))
    expect(address).to_be_focused()
    return address.input_value()


def opened(visits, address: str, lang: str, name: str = "first-journey"):
    """The figure where an address leads to, in a new profile."""
    desk = visits.workbench(address.removeprefix(visits.address), name)
    assert desk.lang == lang
    return desk


def test_a_moment_is_passed_on_without_python(visits):
    desk = visits.workbench("en/", "first-journey")
    desk.slider.fill("33")
    moment = desk.moment.inner_text()
    other = opened(visits, linked(desk), "en")
    expect(other.slider).to_have_value("33")
    expect(other.moment).to_be_in_viewport()
    assert other.moment.inner_text() == moment
    assert not [url for url in other.visit.asked if PYTHON.search(url)]


def test_steps_of_one_and_the_same_time_are_told_apart(visits):
    desk = visits.workbench("en/replicaset/", "replicaset")
    times = desk.figure.evaluate("figure => JSON.parse(figure.querySelector('script.kim-film').textContent).times")
    step = next(number for number, time in enumerate(times) if number and time == times[number - 1])
    desk.slider.fill(str(step))
    other = opened(visits, linked(desk), "en", "replicaset")
    expect(other.slider).to_have_value(str(step))


def test_the_copied_link_is_the_one_that_is_shown(visits):
    desk = visits.workbench("", "first-journey", permissions=["clipboard-read", "clipboard-write"])
    address = linked(desk)
    expect(desk.sheet.locator(".kim-says")).to_have_text(desk.word("bench.copied"))
    assert desk.page.evaluate("() => navigator.clipboard.readText()") == address
    assert desk.page.url == address


def test_the_other_language_shows_the_same_moment(visits):
    desk = visits.workbench("", "first-journey")
    desk.slider.fill("41")
    expect(desk.page).to_have_url(re.compile("#run=first-journey&t="))
    desk.page.click("a.kim-language")
    expect(desk.page).to_have_url(re.compile("/en/#run=first-journey&t="))
    expect(desk.page.locator("#kim-first-journey").get_by_role("slider")).to_have_value("41")


def test_changes_and_views_are_passed_on_and_kept_in_the_other_language(visits):
    desk = visits.workbench("en/", "first-journey")
    desk.edit()
    desk.write("replicas: 3", "replicas: 5")
    desk.figure.get_by_role("checkbox", name=desk.word("tree.title"), exact=True).check()
    desk.figure.get_by_role("checkbox", name=desk.word("bench.events"), exact=True).uncheck()
    desk.wait()
    desk.slider.press("End")
    expect(desk.pods).to_have_count(5)
    desk.slider.press("ArrowLeft")
    step, address = desk.step, linked(desk)
    other = opened(visits, address, "en")
    expect(other.slider).to_have_value(str(step), timeout=60_000)
    for one in (other, None):
        if one is None:
            other.page.click("a.kim-language")
            one = type(desk)(other.visit, "first-journey")
            assert one.lang == "ko"
            expect(one.slider).to_have_value(str(step), timeout=60_000)
        expect(one.pods).to_have_count(5)
        expect(one.figure.locator(".kim-tree")).to_be_visible()
        expect(one.figure.locator(".kim-rows")).to_have_count(0)
        expect(one.button("bench.reset")).to_be_visible()
    assert other.visit.complaints == []


def test_changes_that_were_never_run_go_along_too(visits):
    desk = visits.workbench("en/", "first-journey")
    desk.edit()
    desk.write("replicas: 3", "replcas: 5")
    expect(desk.problems.first).to_contain_text("replcas", timeout=60_000)
    expect(desk.page).to_have_url(re.compile("&e="))


def test_too_long_a_link_says_so_and_offers_the_file(visits):
    desk = visits.workbench("en/", "first-journey")
    desk.edit()
    noise = f"# {secrets.token_hex(12_000)}\n"
    desk.text.fill(noise + desk.text.input_value())
    desk.button("player.link").click()
    expect(desk.sheet.locator(".kim-says")).to_have_text(desk.word("bench.too_long"))
    with desk.page.expect_download(timeout=60_000) as download:
        desk.sheet.get_by_role("button", name=desk.word("bench.yaml")).click()
    assert noise.strip() in download.value.path().read_text(encoding="utf-8")


def test_a_card_of_the_gallery_opens_its_run_in_the_playground(visits):
    desk = visits.workbench("en/playground/", "empty-cluster")
    title = desk.figure.locator(".kim-title")
    empty = title.inner_text()
    desk.page.locator("a.kim-card-open[href$='s=one-pod']").click()
    expect(desk.pods).to_have_count(1, timeout=60_000)
    expect(title).to_have_text("How one Pod comes to be")
    expect(title).to_be_in_viewport()
    desk.button("bench.reset").click()
    expect(title).to_have_text(empty)
    expect(desk.pods).to_have_count(0)
    desk.figure.get_by_role("combobox", name=desk.word("bench.starts")).select_option("one-pod")
    expect(desk.pods).to_have_count(1, timeout=60_000)


@pytest.fixture(scope="module")
def victim(lasting):
    """A page that is sent to one bad address after the other."""
    return lasting.workbench("en/", "first-journey")


def sent(desk, fragment: str) -> None:
    """The page gets another fragment, as by a link in it."""
    desk.page.evaluate("hash => { location.hash = hash }", fragment)
    desk.page.wait_for_timeout(100)
    desk.wait()


def is_unharmed(desk) -> None:
    """Nothing came in, and the figure still steps."""
    assert desk.page.evaluate(INTRUDED) == 0
    assert desk.page.evaluate(POLLUTED) == 0
    assert desk.visit.complaints == []
    assert not [url for url in desk.visit.asked if not url.startswith(desk.page.url.partition("/en/")[0])]
    desk.slider.press("Home")
    desk.slider.press("ArrowRight")
    expect(desk.slider).to_have_value("1" if desk.slider.get_attribute("max") != "0" else "0")


def test_what_a_link_carries_never_becomes_markup(victim):
    files = {"web.yaml": TREACHEROUS, f"{HOSTILE}.yaml": TREACHEROUS.replace("name: web", f"name: '{HOSTILE}'", 1)}
    views = "board,timeline,sequence,objects,terminal,events"
    sent(victim, f"#run=first-journey&t=0&v={views}&e={folded({'files': files, 'steps': STEPS})}")
    expect(victim.terminal).to_contain_text(HOSTILE, timeout=60_000)
    victim.edit()
    expect(victim.figure.get_by_role("tab")).to_contain_text(["web.yaml", HOSTILE, "Steps"])
    victim.tab(f"{HOSTILE}.yaml")
    for step in range(0, int(victim.slider.get_attribute("max")), 5):
        victim.slider.fill(str(step))
    victim.slider.press("w")
    expect(victim.chain.first).to_be_visible()
    victim.button("player.download").click()
    is_unharmed(victim)
    sent(victim, f"#run=first-journey&t=0&e={folded({'files': {'web.yaml': f'{HOSTILE}: ['}})}")
    expect(victim.problems.first).to_be_visible(timeout=60_000)
    is_unharmed(victim)
    victim.anew()
    is_unharmed(victim)


@pytest.mark.parametrize(
    "fragment",
    [
        "#run=first-journey&t=0&e=AAAA",
        "#run=first-journey&t=0&e=%00%ff<svg>",
        f"#run=first-journey&t=0&e={folded(b' ' * 50_000_000)}",
        f"#run=first-journey&t=0&e={folded({'files': {'a': 1}, 'steps': ['x']})}",
        f"#run=first-journey&t=0&e={folded(None)}",
        f"#run=first-journey&e={folded(json.dumps({'__proto__': {'polluted': 1}, 'files': {'__proto__': 'x'}}).encode())}",
        f"#run=first-journey&e={folded({'files': {'constructor': 'x', 'toString': 'y', 'hasOwnProperty': 'z'}})}",
        "#run=first-journey&t=0&v=__proto__,constructor,<b>&s=../../secret",
        "#run=first-journey&t=0&v=board,board,board",
        "#run=first-journey&t=1e400~-7",
        "#run=first-journey&t=-5~0.5",
        "#run=first-journey&t=9e15",
        "#run=__proto__&t=1",
        "#run=nothing&e=AAAA&v=board",
        "#run=%",
    ],
)
def test_an_address_that_makes_no_sense_does_no_harm(victim, fragment):
    sent(victim, fragment)
    is_unharmed(victim)
    assert victim.figure.locator(".kim-board").count() == 1


def test_what_unfolds_to_far_too_much_is_stopped_and_the_page_stays_usable(victim):
    heavy = {"files": {"web.yaml": "- {a: [b, c]}\n" * 60_000}}
    sent(victim, f"#run=first-journey&e={folded(heavy)}")
    expect(victim.says).to_have_text(victim.word("bench.stopped"), timeout=60_000)
    victim.anew()
    victim.enter("kubectl get nodes")
    expect(victim.terminal).to_contain_text("kubectl get nodes", timeout=60_000)
    victim.anew()
    is_unharmed(victim)


def test_a_link_without_changes_takes_changes_back(victim):
    sent(victim, f"#run=first-journey&e={folded({'files': {'web.yaml': ''}})}")
    expect(victim.button("bench.reset")).to_be_visible(timeout=60_000)
    sent(victim, "#run=first-journey&t=9e9")
    expect(victim.button("bench.reset")).to_be_hidden()
    expect(victim.pods).to_have_count(3)
