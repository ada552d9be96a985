"""`gen serve`: the site on this machine, rebuilt as you write."""

from __future__ import annotations

import argparse
import signal
import socket

from gen.commands.arguments import Verbs, add_verb
from gen.commands.playing import Failed

PORTS = range(1, 65_536)


def add(verbs: Verbs) -> None:
    """The arguments of `gen serve`."""
    verb = add_verb(
        verbs,
        "serve",
        serve,
        "Build the site and serve both languages; what you write shows at once.",
        "python3 -m gen serve --port 8080",
    )
    verb.add_argument("--port", type=port, default=8000, metavar="N", help="where to listen (default: 8000)")


def port(text: str) -> int:
    """The number of a port."""
    if not text.isascii() or not text.isdigit() or int(text[:6]) not in PORTS:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: write a number from 1 to {PORTS[-1]}")
    return int(text)


def serve(options: argparse.Namespace) -> int:
    """Serve until interrupted, or told to end."""
    from gen.site import serve as serve_site

    require_free(options.port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # else MkDocs would go on alone
    return int(serve_site(options.port) or 0)


def require_free(number: int) -> None:
    """Raises Failed where nobody can listen at a port."""
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", number))
        except OSError as error:
            todo = f"Name another one: --port {number % PORTS[-1] + 1}"
            raise Failed(f"gen serve: port {number}: {error.strerror}\n  {todo}") from None
