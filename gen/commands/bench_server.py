"""The built site behind a real server, as a host serves it, with a note of all that a browser asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gen.commands.bench_pages import FIGURE, packed_kb

RUNTIME = ("assets/kim/python-", "assets/kim/engine-", "assets/kim/runtime.js", "assets/kim/worker.js")


@dataclass(frozen=True, slots=True)
class Served:
    """Where the site stands, and the files that were asked for, each as often as it was."""

    folder: Path
    address: str
    asked: list[str] = field(default_factory=list)

    def figured_pages(self) -> list[str]:
        """The pages with figures, each by its address below the site's."""
        files = (file for file in self.folder.rglob("index.html") if FIGURE.search(file.read_text(encoding="utf-8")))
        return sorted(f"{file.parent.relative_to(self.folder).as_posix()}/".removeprefix("./") for file in files)

    def taken(self) -> list[str]:
        """What was asked for since this was called last."""
        found = self.asked.copy()
        self.asked.clear()
        return found

    def weigh(self, names: Iterable[str]) -> float:
        """How many kilobytes a host sends for these files, each packed with gzip."""
        files = (self.folder / name / "index.html" if (self.folder / name).is_dir() else self.folder / name for name in names)
        return sum(packed_kb(file.read_bytes()) for file in files if file.is_file())


def of_runtime(names: Iterable[str]) -> list[str]:
    """Those of the files that only a run needs."""
    return [name for name in names if name.startswith(RUNTIME)]


class Files(SimpleHTTPRequestHandler):
    """Serves a folder, and notes what for."""

    protocol_version = "HTTP/1.1"  # connections stay open, as a host's do

    def __init__(self, *request: object, asked: list[str], directory: str) -> None:
        self.asked = asked
        super().__init__(*request, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Note it, and serve it."""
        self.asked.append(unquote(urlsplit(self.path).path).lstrip("/"))
        super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server that does not mind when a browser hangs up."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """A built site at an address of this machine."""
    asked: list[str] = []
    server = Server(("127.0.0.1", 0), partial(Files, asked=asked, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Served(folder, f"http://127.0.0.1:{server.server_port}/", asked)
    finally:
        server.shutdown()
        server.server_close()
