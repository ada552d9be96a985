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
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from gen.commands.chromium import installed_chromium

UNDER = "/book"
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DOCS = Path(__file__).parents[2] / "docs/ko"
LANGUAGES = ("", "en/")
RUN_FENCE = re.compile(r"^ *```+ *run\b", re.MULTILINE)
PATIENCE_MS = 10_000
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


@pytest.fixture
def visits(browser: Browser, address: str) -> Iterator[Visits]:
    """Opens pages, and closes them after the test."""
    opened = Visits(browser, address)
    yield opened
    for context in opened.contexts:
        context.close()
