"""Where the time of a later run goes: from the press on *Run* to the redrawn figure, for each scenario that a page shows.

Before each run a comment is added to the steps, so that nothing of the run before can be used again. The whole is measured in
the built page; what the engine does in its worker is taken apart in a page of our own, with the same Python. A round that
breaks the promise is repeated, since others may have wanted the machine; the best one counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from gen.commands.bench_pages import FIGURE
from gen.commands.bench_promises import Promise, in_columns, promised
from gen.commands.bench_server import Served
from gen.commands.bench_visits import RUN, fresh_page

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright

Runs = list[list[float]]  # of each run: milliseconds until it was painted, and of the engine

AGAIN_MS = 200
TIMES, ROUNDS = 20, 3
PARTS = ("play", "fold", "draw", "layout")
HEAD = ("", "median", "promised", "worst", "engine", *PARTS, "first layout", "page", "HTML")
DRAFT = re.compile(r'data-draft="[^"]*?([^"/]+)\.json"')

# In each page before its own scripts: when a question leaves for the worker, and when its answer is there.
LISTEN = """
const Plain = Worker;
self.Worker = class extends Plain {
  constructor(...how) {
    super(...how);
    this.addEventListener('message', ({data}) => { if (data.id && !data.begun) self.answeredAt = performance.now(); });
  }
  postMessage(...what) {
    self.askedAt = performance.now();
    super.postMessage(...what);
  }
};"""

# The editor is open and the engine there: so many runs, each of a draft that has not been played yet.
RUN_AGAIN = """async ([id, times]) => {
  const figure = document.getElementById(id);
  if (!figure.querySelector('.kim-run')) figure.querySelector('.kim-do-edit').click();
  while (!figure.querySelector('.kim-run')) await new Promise((done) => setTimeout(done, 4));
  const text = figure.querySelector('.kim-bench textarea');
  const found = [];
  for (let time = 0; time <= times; time += 1) {
    await new Promise((done) => setTimeout(done, 100));
    const film = figure.querySelector('.kim-film');
    text.value += `# ${time}\\n`;
    text.dispatchEvent(new Event('input', {bubbles: true}));
    const began = performance.now();
    const shown = new Promise((done) => new MutationObserver((_, watch) => {
      if (film.isConnected) return;
      watch.disconnect();
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(0);
      });
    }).observe(figure, {childList: true}));
    figure.querySelector('.kim-run').click();
    await shown;
    found.push([performance.now() - began, self.answeredAt - self.askedAt]);
  }
  return found.slice(1);
}"""

# In a page of our own: the engine of the site, as the site's worker starts it.
BEGIN = """async ({python, engine}) => {
  const fetched = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
  const {loadPyodide} = await import(`${python}pyodide.mjs`);
  const viz = await (await import(`${python}viz.js`)).instance();
  self.python = await loadPyodide({
    indexURL: python, stdLibURL: `${engine}python_stdlib.zip`, lockFileURL: `${engine}pyodide-lock.json`,
  });
  self.python.unpackArchive(await fetched(`${engine}engine.pack`), 'gztar', {extractDir: '/engine'});
  self.python.globals.set('lay_out', (dot) => viz.renderString(dot, {format: 'plain'}));
}"""
TAKE_APART = """
import sys, time, json
sys.path.insert(0, "/engine")
from gen.site import browser
from gen.site.browser import Draft, drawing, folded, played
spent = {}
def timed(name, deed):
    def measured(*given, **named):
        began = time.perf_counter()
        try:
            return deed(*given, **named)
        finally:
            spent[name] = spent.get(name, 0) + (time.perf_counter() - began) * 1000
    return measured
browser.folded, browser.figure = timed("fold", folded), timed("draw", browser.figure)
door = browser.Door(timed("layout", lay_out))
play = timed("play", played)
def take_apart(question, times):
    asked, rows = json.loads(question), []
    steps = asked["scenario"]["steps"]
    for number in range(times + 1):
        spent.clear()
        spent.update(play=0, fold=0, draw=0, layout=0)
        asked["scenario"]["steps"] = f"{steps}# {number}\\n"
        play(Draft.from_json(asked["scenario"]))
        html = json.loads(door.answer(json.dumps(asked)))["html"]
        rows.append({**spent, "draw": spent["draw"] - spent["layout"], "html": len(html.encode())})
    return json.dumps(rows)
take_apart
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A scenario as one figure of a page shows it."""

    scenario: str
    page: str
    figure: str
    views: tuple[str, ...]
    focus: str


def shown_scenarios(site: Served) -> list[Shown]:
    """Each scenario that a page shows, in its figure with the most views."""
    found: dict[str, Shown] = {}
    for page in site.figured_pages():
        for figure in FIGURE.findall((site.folder / page / "index.html").read_text(encoding="utf-8")):
            one = None if page.startswith("en/") else shown_in(figure, page)
            if one and len(one.views) > len(found[one.scenario].views if one.scenario in found else ()):
                found[one.scenario] = one
    return list(found.values())


def shown_in(figure: str, page: str) -> Shown | None:
    """The scenario of a figure; None if it has none."""
    head = figure[: figure.index(">")]
    draft = DRAFT.search(head)
    said = dict(re.findall(r'(id|data-views|data-focus)="([^"]*)"', head))
    return Shown(draft[1], page, said["id"], tuple(said["data-views"].split(",")), said["data-focus"]) if draft else None


def later_runs(playwright: Playwright, program: str, site: Served) -> Iterator[tuple[Shown, Runs, list[dict[str, float]]]]:
    """Of each scenario the later runs in its page, and the same taken apart."""
    scenarios = shown_scenarios(site)
    with fresh_page(playwright, program, f"{site.address}assets/kim/runtime.json") as own:
        own.evaluate(BEGIN, runtime_of(site))
        own.evaluate("(source) => { self.takeApart = self.python.runPython(source); }", TAKE_APART)
        parts = {one: taken_apart(own, one, site) for one in scenarios}
    for one in scenarios:
        with fresh_page(playwright, program, f"{site.address}{one.page}", LISTEN) as page:
            page.evaluate(RUN)
            yield one, best(partial(page.evaluate, RUN_AGAIN, [one.figure, TIMES])), parts[one]


def best(measure: Callable[[], Runs]) -> Runs:
    """The best round, of as many as it takes to keep the promise."""
    rounds: list[Runs] = []
    while len(rounds) < ROUNDS and not (rounds and typical(rounds[-1]) <= AGAIN_MS):
        rounds.append(measure())
    return min(rounds, key=typical)


def typical(runs: Runs) -> float:
    """How long the run in the middle took."""
    return median(took for took, _ in runs)


def runtime_of(site: Served) -> dict[str, str]:
    """Where the runtime's two folders are."""
    kim = site.folder / "assets/kim"
    return {part: f"{site.address}assets/kim/{next(kim.glob(f'{part}-*')).name}/" for part in ("python", "engine")}


def taken_apart(page: Page, one: Shown, site: Served) -> list[dict[str, float]]:
    """The milliseconds of the parts of each run; the first of them lays its picture out, which is then kept."""
    scenario = json.loads((site.folder / f"scenarios/{one.scenario}.json").read_text(encoding="utf-8"))
    asked = {
        "ask": "run", "figure": one.scenario, "lang": "ko", "scenario": scenario, "views": one.views, "focus": one.focus,
        "at": 0, "draw": True,
    }  # fmt: skip
    rows: list[dict[str, float]] = json.loads(page.evaluate("(given) => self.takeApart(...given)", [json.dumps(asked), TIMES]))
    return rows


def row(one: Shown, runs: Runs, parts: list[dict[str, float]]) -> tuple[str, ...]:
    """A line of the table: milliseconds."""
    first, *later = parts
    whole = Promise(one.scenario, typical(runs), "ms", AGAIN_MS)
    return (
        one.scenario,
        f"{whole.found:.0f} ms",
        promised(whole),
        f"{max(took for took, _ in runs):.0f}",
        f"{median(engine for _, engine in runs):.0f}",
        *(f"{median(run[part] for run in later):.0f}" for part in PARTS),
        f"{first['layout']:.0f}",
        f"{median(took - engine for took, engine in runs):.0f}",
        f"{first['html'] / 1000:.0f} KB",
    )


def table(playwright: Playwright, program: str, site: Served) -> str:
    """The later runs of all scenarios in columns."""
    return in_columns([HEAD, *(row(*found) for found in later_runs(playwright, program, site))])
