"""What a reader waits for who has never been here: what a page's first view asks for, and how long the first run takes.

Every cold run begins with a browser just started and a fresh profile. Of several the fastest counts, since others may want the
machine at the same time; the slowest is shown beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gen.commands.bench_pages import FIRST_VIEW_KB
from gen.commands.bench_promises import Promise
from gen.commands.bench_server import Served, of_runtime

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright

COLD_S, LOADED_MB = 4, 7
VISITS = 3
HOVER_MS = 2_000
PATIENCE_MS = 60_000
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
COLD_PAGE = "replicaset/"

# In the page: open the editor of its first figure and press Run, and wait for the run to be shown and painted.
RUN = """async () => {
  const figure = document.querySelector('.kim-figure[data-draft]');
  const began = performance.now();
  const film = figure.querySelector('.kim-film');
  figure.querySelector('.kim-do-edit').click();
  while (!figure.querySelector('.kim-run')) await new Promise((done) => setTimeout(done, 4));
  figure.querySelector('.kim-run').click();
  while (film.isConnected) await new Promise((done) => setTimeout(done, 4));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - began;
}"""


@contextmanager
def fresh_page(playwright: Playwright, program: str, address: str, listen: str = "") -> Iterator[Page]:
    """A page in a browser just started, with all that it loads; the script `listen` runs before its own."""
    browser = playwright.chromium.launch(executable_path=program, args=QUIET)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(PATIENCE_MS)
    page.add_init_script(listen)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    yield page
    browser.close()


def first_views(playwright: Playwright, program: str, site: Served) -> Iterator[Promise]:
    """What each page with figures really asks for, and that nothing of it is the runtime's."""
    of_it = 0
    for page in site.figured_pages():
        site.taken()
        with fresh_page(playwright, program, f"{site.address}{page}"):
            asked = list(dict.fromkeys(site.taken()))
        of_it += len(of_runtime(asked))
        most = FIRST_VIEW_KB["en" if page.startswith("en/") else "ko"]
        yield Promise(f"first view of /{page}, {len(asked)} files asked for", site.weigh(asked), "KB", most)
    yield Promise("files of the runtime among them", of_it, "files", 0)


def cold_runs(playwright: Playwright, program: str, site: Served) -> Iterator[Promise]:
    """The first run after a click, and after a hover and a click; and what it loads."""
    for what, hover in (("first run, editor and Run clicked at once", False), ("the same after a hover of 2 s", True)):
        visits = [cold_run(playwright, program, site, hover=hover) for _ in range(VISITS)]
        seconds = [took for took, _ in visits]
        yield Promise(f"{what}, best of {VISITS}", min(seconds), "s", COLD_S)
        yield Promise(f"{what}, worst", max(seconds), "s")
    yield Promise("what the first run loads", site.weigh(dict.fromkeys(visits[0][1])) / 1000, "MB", LOADED_MB)


def cold_run(playwright: Playwright, program: str, site: Served, *, hover: bool) -> tuple[float, list[str]]:
    """How many seconds the first run takes from the first click, and what was asked for since the page stood."""
    with fresh_page(playwright, program, f"{site.address}{COLD_PAGE}") as page:
        site.taken()
        if hover:
            page.hover(".kim-figure[data-draft] .kim-do-edit")
            page.wait_for_timeout(HOVER_MS)
        return page.evaluate(RUN) / 1000, site.taken()
