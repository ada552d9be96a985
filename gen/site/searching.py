"""The search on demand: the theme fetches its index with every page, ours when somebody searches (`web/search.js`).

The theme's worker gets another name, and ours stands in its place. The theme fetches an index without entries; what it wrote
lies beside it.
"""

from __future__ import annotations

import json
from fnmatch import fnmatch
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

THEMES = "assets/javascripts/workers/search.*.min.js"
MOVED = "assets/javascripts/workers/theme-search.js"
INDEX, WHOLE = "search/search_index.json", "search/index.json"


def put_between(files: Files, worker: str, config: MkDocsConfig) -> None:
    """Let this worker stand where the theme's stands."""
    (theirs,) = [file for file in files if fnmatch(file.src_uri, THEMES)]
    files.remove(theirs)
    files.append(File.generated(config, MOVED, abs_src_path=str(theirs.abs_src_path)))
    files.append(File.generated(config, theirs.src_uri, content=worker))


def divide(config: MkDocsConfig) -> None:
    """Leave to the theme an index without entries; the worker knows where the whole one is."""
    site = Path(config.site_dir)
    written = (site / INDEX).read_text(encoding="utf-8")
    (site / WHOLE).write_text(written, encoding="utf-8")
    (site / INDEX).write_text(json.dumps({**json.loads(written), "docs": []}), encoding="utf-8")
