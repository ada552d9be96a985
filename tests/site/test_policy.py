"""Every page says what may run in it, and that is what runs in it."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest

from gen.site import hook, policy

HEAD = '<!doctype html>\n<html lang="ko"><head>\n  <meta charset="utf-8">\n  <title>x</title></head>'
WHERE = re.compile(r'<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)">')


class Reader(HTMLParser):
    """Reads a page as a browser does: its scripts, its policies, and what no policy with hashes lets run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.policies, self.scripts, self.forbidden = [], [], []
        self.open = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if (given.get("http-equiv") or "").lower() == "content-security-policy":
            self.policies.append(given["content"])
        self.forbidden += [f"{tag} {name}" for name in given if name.startswith("on")]
        self.forbidden += [f"{tag} {value}" for value in given.values() if (value or "").lower().startswith("javascript:")]
        self.forbidden += ["base"] if tag == "base" else []
        self.open = tag == "script" and "src" not in given and given.get("type") != "application/json"
        if self.open:
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.open:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self.open = False


def directives(text: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for words in (part.split() for part in text.split("; "))}


def test_every_page_has_one_policy_that_lets_its_own_scripts_run_and_no_others(site, pages):
    assert {"index.html", "404.html", "en/index.html"} <= {page.relative_to(site).as_posix() for page in pages}
    for page in pages:
        html = page.read_text(encoding="utf-8")
        read = Reader(html)
        assert read.policies == WHERE.findall(html), page
        assert len(read.policies) == 1, page
        assert not read.forbidden, page
        wanted = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in read.scripts]
        assert len(wanted) >= 2
        given = directives(read.policies[0])
        hashes = [f"'sha256-{one}'" for one in dict.fromkeys(wanted)]
        assert given["script-src"] == ["'self'", "'wasm-unsafe-eval'", *hashes], page
        assert given["default-src"] == given["base-uri"] == ["'none'"]
        others = {source for name, sources in given.items() if name != "script-src" for source in sources}
        assert others == {"'none'", "'self'", "'unsafe-inline'", "data:"}
        assert [name for name, sources in given.items() if "'unsafe-inline'" in sources] == ["style-src"]


@pytest.mark.parametrize(
    ("tags", "wanted"),
    [
        ("<script>a()</script>", ["a()"]),
        ("<script>\na()\n</script><SCRIPT type='module'>b()</SCRIPT>", ["\na()\n", "b()"]),
        ('<script src="a.js"></script>', []),
        ('<script data-src="a">c()</script>', ["c()"]),
        ('<script type="application/json">{}</script><script id="x" type="text/x-yaml">a: 1</script>', []),
        ('<script type="importmap">{}</script>', ["{}"]),
        ("<pre>&lt;script&gt;no()&lt;/script&gt;</pre>", []),
    ],
)
def test_only_scripts_that_run_and_stand_in_the_page_count(tags, wanted):
    assert policy.inline_scripts(HEAD + tags) == wanted


def test_a_script_that_stands_there_twice_is_named_once():
    assert policy.policy("<script>a()</script><script>a()</script>").count("sha256-") == 1


def test_the_policy_stands_behind_the_encoding():
    assert WHERE.search(policy.secured(HEAD))
    with pytest.raises(ValueError, match="charset"):
        policy.secured("<html><head></head></html>")


CONFIG = SimpleNamespace(theme={"language": "ko"})


def test_the_server_for_writing_has_none(monkeypatch):
    monkeypatch.setattr(hook, "serving", True)
    assert hook.on_post_page(HEAD, page=None, config=CONFIG) == HEAD
    assert hook.on_post_template(HEAD, template_name="404.html", config=None) == HEAD
    monkeypatch.setattr(hook, "serving", False)
    assert WHERE.search(hook.on_post_page(HEAD, page=None, config=CONFIG))
    assert WHERE.search(hook.on_post_template(HEAD, template_name="404.html", config=None))
    assert hook.on_post_template("<urlset/>", template_name="sitemap.xml", config=None) == "<urlset/>"


def test_the_policy_is_written_in_one_place():
    code = Path(policy.__file__).parent
    assert [file.name for file in code.rglob("*.py") if "Content-Security-Policy" in file.read_text(encoding="utf-8")] == [
        "policy.py"
    ]
