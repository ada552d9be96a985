"""`gen build`: the site as files."""

from __future__ import annotations

import argparse
from pathlib import Path

from gen.commands.arguments import Verbs, add_verb


def add(verbs: Verbs) -> None:
    """The arguments of `gen build`."""
    verb = add_verb(
        verbs,
        "build",
        build,
        "Write the site, Korean at / and English at /en/, into site/; the same commit gives the same bytes.",
        "python3 -m gen build --site-url https://example.org/kubernetes-in-motion/",
    )
    verb.add_argument("--site-url", metavar="URL", help="where it will be published (default: SITE_URL, or what mkdocs.yml says)")
    verb.add_argument("--into", type=Path, default=Path("site"), metavar="DIR", help="the folder to write (default: site)")


def build(options: argparse.Namespace) -> int:
    """Build both languages; 1 when a page or a fence is wrong."""
    from gen.site import build as build_site

    return int(build_site(options.into, options.site_url) or 0)
