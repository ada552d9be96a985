"""The pages' figures: how long the biggest of each page takes to fold and draw, and what a reader's browser has to fetch.

Drawing is measured in processor time, the fastest of several; Graphviz is aside, as what it laid out is kept. A page's first
view is the page and all that it loads, each packed with gzip as a host sends it.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from gen.commands.bench_promises import Promise

DRAWING_MS = 40
FIRST_VIEW_KB = {"ko": 400, "en": 250}
MARKUP_KB = 25
REPEATS = 5

FENCE = re.compile(r"^ *(?P<marks>```+) *run\b.*?\n(?P<body>.*?)^ *(?P=marks)", re.MULTILINE | re.DOTALL)
FIGURE = re.compile(r"<figure [^>]*kim-figure.*?</figure>", re.DOTALL)
FETCHED = re.compile(r'<(?:link [^>]*rel="(?:stylesheet|icon)"[^>]*href|script [^>]*src|img [^>]*src|image [^>]*href)="([^"#]+)"')
IN_STYLE = re.compile(r"url\(\"?(?!data:)([^\")]+)\"?\)")
WORKER = re.compile(r'"search": ?"([^"]+)"')
SEARCH = "search/search_index.json"  # without entries; the whole index comes when somebody searches


def drawings(docs: Path) -> Iterator[Promise]:
    """Fold and draw the biggest figure of each page with every view that there is."""
    from gen.site.cache import run_of
    from gen.site.fences import parsed

    for page in sorted((docs / "ko").rglob("*.md")):
        fences = [parsed(match["body"]) for match in FENCE.finditer(page.read_text(encoding="utf-8"))]
        scenarios = dict.fromkeys(docs / f"scenarios/{fence.scenario}.yaml" for fence in fences)
        if scenarios:
            biggest = max(scenarios, key=lambda file: len(run_of(file)))
            what = f"drawing {page.relative_to(docs / 'ko').as_posix()}, {biggest.stem}"
            yield Promise(what, drawing_ms(biggest), "ms", DRAWING_MS)


def drawing_ms(scenario: Path) -> float:
    """How long one figure of this scenario takes, with all views."""
    from gen.draw import figure
    from gen.site.cache import run_of
    from gen.site.means import standing_alone
    from gen.views import VIEWS, story

    trace, means, times = run_of(scenario), standing_alone(), []
    for _ in range(REPEATS + 1):  # the first fetches icons and what Graphviz laid out
        start = process_time()
        figure(story(trace, list(VIEWS)), means, lang="ko")
        times.append(process_time() - start)
    return min(times[1:]) * 1000


def weights(site: Path) -> Iterator[Promise]:
    """What each page with figures weighs in either language, and its biggest figure."""
    for lang, root in (("ko", site), ("en", site / "en")):
        for page in sorted(root.rglob("index.html")):
            figures = FIGURE.findall(page.read_text(encoding="utf-8"))
            if figures and not (lang == "ko" and page.is_relative_to(site / "en")):
                address = page.parent.relative_to(site).as_posix().removeprefix(".")
                files = first_view(page, root)
                heaviest = max(packed_kb(one.encode()) for one in figures)
                whole = sum(packed_kb(file.read_bytes()) for file in files)
                yield Promise(f"first view of /{address}, {len(files)} files", whole, "KB", FIRST_VIEW_KB[lang])
                yield Promise(f"biggest figure of /{address}", heaviest, "KB", MARKUP_KB)


def first_view(page: Path, root: Path) -> list[Path]:
    """The page's file and all files of its site that a browser fetches to show it; each once."""
    html = page.read_text(encoding="utf-8")
    found = [page, *((page.parent / name).resolve() for name in (*FETCHED.findall(html), *WORKER.findall(html)))]
    for sheet in [file for file in found if file.suffix == ".css"]:
        found += [(sheet.parent / name).resolve() for name in IN_STYLE.findall(sheet.read_text(encoding="utf-8"))]
    found.append(root / SEARCH)
    return [file for file in dict.fromkeys(found) if file.is_file()]


def packed_kb(content: bytes) -> float:
    """Its size in kilobytes as a host sends it."""
    return len(gzip.compress(content, 9)) / 1000
