"""The Content-Security-Policy of a page: everything from our own origin, and of scripts inside it only those that we wrote.

It stands in the page itself, since the pages' host sends no headers of ours: first in the head, behind the encoding. What
a page's own scripts are is known by their hashes. The server for writing has none: MkDocs reloads pages with a script that it
adds later.
"""

from __future__ import annotations

import base64
import hashlib
import re

FIRST = '<meta charset="utf-8">'
SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
SRC = re.compile(r"(?<![\w-])src\s*=", re.IGNORECASE)
TYPE = re.compile(r"""(?<![\w-])type\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
RUN = ("", "module", "importmap", "text/javascript", "application/javascript")  # types that a browser obeys; others are data
SOURCES = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # Python and Graphviz are WebAssembly
    "style-src": "'self' 'unsafe-inline'",  # attributes place the parts of figures, and the theme's
    "img-src": "'self' data:",  # the theme's signs are masks inside its style sheet
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


def secured(html: str) -> str:
    """The page with its policy."""
    if html.count(FIRST) != 1:
        raise ValueError(f"the theme's pages are expected to say {FIRST} once: the policy stands behind it.")
    return html.replace(FIRST, f'{FIRST}\n<meta http-equiv="Content-Security-Policy" content="{policy(html)}">')


def policy(html: str) -> str:
    """The policy that lets this page do what it does, and nothing else."""
    hashes = dict.fromkeys(f"'sha256-{digest(script)}'" for script in inline_scripts(html))
    allowed = {**SOURCES, "script-src": " ".join([SOURCES["script-src"], *hashes])}
    return "; ".join(f"{name} {sources}" for name, sources in allowed.items())


def inline_scripts(html: str) -> list[str]:
    """The scripts that stand in the page, without those that are fetched and without data."""
    return [text for attributes, text in SCRIPT.findall(html) if text and runs(attributes)]


def runs(attributes: str) -> bool:
    """Whether a browser runs what stands between the tags."""
    kind = TYPE.search(attributes)
    return not SRC.search(attributes) and (kind[1].lower() if kind else "") in RUN


def digest(script: str) -> str:
    """How a policy names a script."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
