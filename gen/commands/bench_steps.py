"""How long a step takes in a reader's browser: 36 Pods on 3 nodes, 40 lanes, with all that moves at a step.

A step is what the player does when the slider has moved, and the layout that follows. Painting is not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from gen.commands.bench_promises import Promise

PODS = 36
VIEWS = ("board", "timeline", "events")
STEP_MS = 16  # a frame of a screen that shows 60 a second
QUIET = ["--no-sandbox", "--disable-gpu"]
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><style>{style}</style>
<body data-md-color-scheme="default">{figure}{patterns}<script type="module">{player}</script></body></html>"""
MEASURE = """() => {
  const slider = document.querySelector('.kim-live .kim-slider');
  const times = [];
  for (let step = 0; step <= Number(slider.max); step += 1) {
    const began = performance.now();
    slider.value = step;
    slider.dispatchEvent(new Event('input', {bubbles: true}));
    document.body.getBoundingClientRect();
    times.push(performance.now() - began);
  }
  return {times, lanes: document.querySelectorAll('.kim-name').length};
}"""


def steps() -> Iterator[Promise]:
    """The median step and the worst one, on a wide screen and on a phone. Raises NoBrowser."""
    from playwright.sync_api import sync_playwright

    from gen.commands.chromium import installed_chromium

    program, html = installed_chromium(), page()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        for width in (1440, 390):
            tab = browser.new_page(viewport={"width": width, "height": 900})
            tab.set_content(html)
            tab.evaluate(MEASURE)  # the first round warms up
            found = tab.evaluate(MEASURE)
            times = found["times"]
            what = f"{len(times)} steps at {width} px, {found['lanes']} lanes"
            yield Promise(f"{what}, median", median(times), "ms", STEP_MS)
            yield Promise(f"{what}, worst", max(times), "ms", STEP_MS)
        browser.close()


def page() -> str:
    """A page that holds nothing but the figure and its player."""
    from gen.commands.load import written
    from gen.draw import figure, page_patterns, stylesheet
    from gen.play.scenario.load import load
    from gen.play.simulate import simulate
    from gen.site.means import standing_alone
    from gen.site.packages import WEB
    from gen.views import story

    drawn = figure(story(simulate(load(written(PODS))), VIEWS), standing_alone(), lang="en")
    player = (Path(WEB) / "player.js").read_text(encoding="utf-8")
    return PAGE.format(style=stylesheet(), figure=drawn, patterns=page_patterns(), player=player)
