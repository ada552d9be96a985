"""`gen serve`: the site on this machine, rebuilt as you write."""

from __future__ import annotations

import argparse

from gen.commands.arguments import Verbs, add_verb


def add(verbs: Verbs) -> None:
    """The arguments of `gen serve`."""
    verb = add_verb(
        verbs,
        "serve",
        serve,
        "Build the site and serve both languages; what you write shows at once.",
        "python3 -m gen serve --port 8080",
    )
    verb.add_argument("--port", type=int, default=8000, metavar="N", help="where to listen (default: 8000)")


def serve(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    from gen.site import serve as serve_site

    return int(serve_site(options.port) or 0)
