"""The built site under a sub-path, as GitHub Pages serves it, and a real browser in front of it.

Pages are found by themselves: a test that asks for `any_page` runs on every page in both languages, one that asks for
`figured_page` on those with figures of runs.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from gen.commands.chromium import installed_chromium
from gen.draw import say
from gen.views.model import Text

UNDER = "/book"
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DOCS = Path(__file__).parents[2] / "docs/ko"
LANGUAGES = ("", "en/")
RUN_FENCE = re.compile(r"^ *```+ *run\b", re.MULTILINE)
PATIENCE_MS = 10_000
RUN_MS = 60_000  # Python comes, and plays, on a busy machine too
LOST = "nowhere/"  # leads to the page for what was not found, which is one for both languages


def found_pages(*, figured: bool = False) -> list[str]:
    """The addresses of the pages in a language's site, the front page first; only those with figures, if asked."""
    files = [file for file in DOCS.rglob("*.md") if not figured or RUN_FENCE.search(file.read_text(encoding="utf-8"))]
    names = [file.relative_to(DOCS).with_suffix("").as_posix() for file in files]
    return sorted("".join(f"{part}/" for part in name.split("/") if part != "index") for name in names)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every page, or every page with figures, in both languages."""
    for name in {"any_page", "figured_page"} & set(metafunc.fixturenames):
        pages = [language + page for page in found_pages(figured=name == "figured_page") for language in LANGUAGES]
        pages += [LOST] if name == "any_page" else []
        metafunc.parametrize(name, pages, scope="module", ids=[page or "front" for page in pages])


class Pages(SimpleHTTPRequestHandler):
    """Serves a folder under /book, and its 404.html for what is not there."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(UNDER)) if path.startswith(UNDER) else "/nowhere"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server that does not mind when a browser hangs up."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site stands."""
    server = Server(("127.0.0.1", 0), partial(Pages, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{UNDER}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium; where there is none and none can be installed this fails, and says what to do."""
    program = installed_chromium()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield chromium
        chromium.close()


class Visit:
    """A page opened in a fresh profile, with all that it asked for and complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", lambda got: self.complaints.append(f"{got.status} {got.url}") if got.status >= 400 else None)


class Workbench:
    """A figure, and what a reader may ask of it, by the names that all that has in the page's language."""

    def __init__(self, visit: Visit, name: str) -> None:
        self.visit, self.page = visit, visit.page
        self.figure = self.page.locator(f"#kim-{name}")
        self.lang = self.figure.get_attribute("lang") or ""
        self.slider = self.figure.get_by_role("slider")
        self.moment = self.figure.locator(".kim-moment")
        self.text = self.figure.get_by_role("textbox", name=self.word("bench.files"), exact=True)
        self.line = self.figure.get_by_label(self.word("player.prompt"), exact=True).and_(self.page.locator("input"))
        self.says = self.figure.locator(".kim-status .kim-says")
        self.problems = self.figure.locator(".kim-problems li")
        self.sheet = self.figure.locator(".kim-sheet")
        self.chain = self.sheet.locator(".kim-cause:visible")
        self.terminal = self.figure.locator("div.kim-terminal")
        self.pods = self.figure.locator(".kim-board svg:visible .kim-spot[data-ref^='pod/']")

    def word(self, name: str, **blanks: str) -> str:
        return say(Text(name, **blanks), self.lang)

    def button(self, name: str) -> Locator:
        return self.figure.get_by_role("button", name=self.word(name), exact=True)

    @property
    def step(self) -> int:
        return int(self.slider.input_value())

    def edit(self) -> None:
        """The editor is open."""
        if not self.text.is_visible():
            self.button("player.edit").click()
            expect(self.text).to_be_focused()

    def tab(self, name: str) -> None:
        """Another file is in sight."""
        self.figure.get_by_role("tab", name=name).click()

    def write(self, old: str, new: str) -> None:
        """Something in the file in sight is replaced, as typing does."""
        assert old in self.text.input_value()
        self.text.fill(self.text.input_value().replace(old, new))

    def run(self) -> None:
        """Run, and wait for what comes of it."""
        self.button("bench.run").click()
        self.wait()

    def enter(self, line: str) -> None:
        """A line is typed at the prompt, and sent."""
        self.line.fill(line)
        self.line.press("Enter")
        self.wait()

    def wait(self) -> None:
        """Nothing is loaded or played any more."""
        loading = self.word("bench.loading", part="").split(":")[0]
        busy = re.compile(f"^({re.escape(loading)}.*|{re.escape(self.word('bench.running'))})$")
        expect(self.says).not_to_have_text(busy, timeout=RUN_MS)

    def anew(self) -> None:
        """Everything is as the page has it, and the playhead stands at the end."""
        if self.text.is_visible():
            self.figure.locator(".kim-bench .kim-close").click()
        if self.sheet.is_visible():
            self.sheet.locator(".kim-close").click()
        if self.button("bench.reset").is_visible():
            self.button("bench.reset").click()
            expect(self.button("bench.reset")).to_be_hidden(timeout=RUN_MS)
        if self.line.input_value():
            self.line.fill("")
        self.slider.press("End")


class Visits:
    """Opens pages."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.contexts: list[BrowserContext] = []

    def open(
        self, path: str = "", *, width: int = 1440, height: int = 900, scheme: str = "light", script: bool = True, **more: Any
    ) -> Visit:
        """Open a page of the site, with all that it loads."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=script,
            device_scale_factor=1, **more,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        visit = Visit(context.new_page())
        visit.page.goto(self.address + path)
        return visit

    def workbench(self, path: str, name: str, **how: Any) -> Workbench:
        """Open a page of the site, for one of its figures."""
        return Workbench(self.open(path, **how), name)


@pytest.fixture
def visits(browser: Browser, address: str) -> Iterator[Visits]:
    """Opens pages, and closes them after the test."""
    opened = Visits(browser, address)
    yield opened
    for context in opened.contexts:
        context.close()


@pytest.fixture(scope="module")
def lasting(browser: Browser, address: str) -> Iterator[Visits]:
    """Opens pages for all tests of a module: Python comes only once there."""
    opened = Visits(browser, address)
    yield opened
    for context in opened.contexts:
        context.close()


class Desks:
    """The figure of the first journey in each language, on a page of its own that a module's tests share."""

    def __init__(self, lasting: Visits) -> None:
        self.lasting = lasting
        self.opened: dict[str, Workbench] = {}

    def __call__(self, language: str) -> Workbench:
        """As the page has it; opened when a test first asks for it."""
        if language not in self.opened:
            self.opened[language] = self.lasting.workbench(language, "first-journey")
        self.opened[language].anew()
        return self.opened[language]


@pytest.fixture(scope="module")
def desks(lasting: Visits) -> Iterator[Desks]:
    """The first journey in both languages."""
    found = Desks(lasting)
    yield found
    assert [desk.visit.complaints for desk in found.opened.values() if desk.visit.complaints] == []


@pytest.fixture
def desk(desks: Desks) -> Iterator[Workbench]:
    """The English one, at its end three Pods."""
    found = desks("en/")
    yield found
    assert found.visit.complaints == []
