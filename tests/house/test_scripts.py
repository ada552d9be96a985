"""What our scripts never do: run text as code, write into the page as a parser would, or ask anyone else for anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FORBIDDEN = {
    "text that is run": re.compile(r"\beval\s*\(|\bnew\s+Function\b|(?<![\w.])Function\s*\(|set(?:Timeout|Interval)\(\s*['\"`]"),
    "a page written by hand": re.compile(r"\bdocument\s*\.\s*write(?:ln)?\b|\.(?:outerHTML|insertAdjacentHTML|srcdoc)\b"),
    "a foreign address": re.compile(r"(?<!:)//(?![ \n])(?=[\w.-]+\.\w)|\b(?:https?|wss?|ftp):|\bdata:(?!image/)|javascript:"),
    "asking elsewhere": re.compile(r"\bXMLHttpRequest\b|\bWebSocket\b|\bEventSource\b|\bsendBeacon\b|\bimportScripts\b"),
    "keeping something about the reader": re.compile(r"\b(?:localStorage|sessionStorage|indexedDB)\b|\bdocument\s*\.\s*cookie\b"),
}
INNER = re.compile(r"\.innerHTML\b")
REASON = re.compile(r"\.innerHTML = [^;]+; // \w.{15,}")
COMMENT_LINE = re.compile(r"^\s*//.*|(?<=[;,{}()\]\s])// .*")


@pytest.fixture(scope="module")
def scripts(root) -> dict[str, str]:
    """Our scripts by name; those of packages are not ours."""
    found = sorted(file for file in (root / "gen/site/web").iterdir() if file.suffix in (".js", ".mjs"))
    return {file.name: file.read_text(encoding="utf-8") for file in found}


def without_comments(text: str) -> str:
    return "\n".join(COMMENT_LINE.sub("", line) for line in text.splitlines())


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_script_does_what_none_should(scripts, what):
    assert len(scripts) > 10
    found = [
        f"{name}: {line.strip()}"
        for name, text in scripts.items()
        for line in without_comments(text).splitlines()
        if FORBIDDEN[what].search(line)
    ]
    assert not found, f"{what}: " + ", ".join(found)


def test_html_is_put_into_a_page_only_where_it_is_said_why(scripts):
    lines = [(name, line) for name, text in scripts.items() for line in text.splitlines() if INNER.search(line)]
    assert not [f"{name}: {line.strip()}" for name, line in lines if not REASON.search(line)]
    assert {name for name, _ in lines} <= {"why.js"}, "say why, and name the script here"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("eval(text)", "text that is run"),
        ("const run = new Function(text)", "text that is run"),
        ("setTimeout('go()', 1)", "text that is run"),
        ("document.write(text)", "a page written by hand"),
        ("row.insertAdjacentHTML('beforeend', text)", "a page written by hand"),
        ("fetch('https://example.org/x')", "a foreign address"),
        ("import x from '//cdn.example.org/x.js'", "a foreign address"),
        ("link.href = 'javascript:go()'", "a foreign address"),
        ("new WebSocket(place)", "asking elsewhere"),
        ("localStorage.name = 1", "keeping something about the reader"),
    ],
)
def test_it_would_be_found(line, what):
    assert FORBIDDEN[what].search(without_comments(line))


def test_every_script_begins_with_what_it_is_for(scripts):
    assert not [name for name, text in scripts.items() if not re.match(r"// \w.{15,}", text)]


def test_scripts_import_only_each_other(scripts, root):
    for name, text in scripts.items():
        for wanted in re.findall(r"(?:from|import\()\s*'([^']+)'", text):
            is_ours = wanted.startswith("./") and (root / "gen/site/web" / Path(wanted).name).exists()
            assert is_ours or (name.endswith(".mjs") and wanted.startswith("node:")), f"{name}: {wanted}"
