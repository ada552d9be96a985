"""A page quotes the code that runs: whole, from its file, and a wrong name is told with what to do."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from gen.play.conditions import Condition
from gen.site import excerpt, fonts, problems
from gen.site.excerpt import WrongName, address

ROOT = Path(__file__).parents[2]
RULE = "gen.cluster.controllers.replicaset.missing_or_surplus"
METHOD = "gen.cluster.controllers.replicaset.ReplicaSetController.reconcile"
WRONG = {
    "a function": ("gen.site.fonts.subst", "gen.site.fonts has no 'subst'", 'did you mean "subset"?'),
    "a method": ("gen.play.conditions.Condition.hold", "gen.play.conditions.Condition has no 'hold'", 'did you mean "holds"?'),
    "a module": ("gen.site.font.subset", "there is no 'gen.site.font'", 'did you mean "fonts"?'),
    "a package": ("gen.sites.fonts.subset", "there is no 'gen.sites'", 'did you mean "site"?'),
    "another project": ("os.path.join", "there is no 'os'", "known here: gen"),
    "a whole module": ("gen.site.fonts", "is a whole module", "subset_for, characters, subset"),
    "two words": (f"{RULE} twice", "holds 2 words", "Write one dotted name"),
    "nothing": ("", "is empty", "Write one dotted name"),
}


def test_a_function_is_shown_whole_with_its_decorators():
    found = excerpt.excerpt("gen.play.conditions.Condition")
    assert (found.path, found.name) == ("gen/play/conditions.py", "Condition")
    assert found.text + "\n" == inspect.getsource(Condition)
    assert found.text.startswith("@dataclass")
    lines = (ROOT / found.path).read_text(encoding="utf-8").splitlines()
    assert lines[found.first - 1 : found.last] == found.text.splitlines()


def test_a_method_stands_at_the_left_edge():
    found = excerpt.excerpt(METHOD)
    assert found.name == "ReplicaSetController.reconcile"
    assert found.text.startswith("async def reconcile(self")
    assert found.text.splitlines()[1].startswith('    """')


def test_a_table_can_be_shown_too():
    assert excerpt.excerpt("gen.site.fonts.FAMILY_NAMES").text.startswith("FAMILY_NAMES = (")


def test_what_is_only_imported_is_shown_where_it_is_written():
    assert excerpt.excerpt("gen.site.cache.unmet") == excerpt.excerpt("gen.play.expect.unmet")


@pytest.mark.parametrize(("source", "what", "todo"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_name_says_what_and_what_to_do(source, what, todo):
    with pytest.raises(WrongName) as found:
        excerpt.excerpt(excerpt.only_name(source))
    assert what in str(found.value)
    assert todo in str(found.value)


def test_the_link_leads_to_the_lines():
    assert address("https://example.org/book/", "gen/x.py", 10, 25) == "https://example.org/book/blob/main/gen/x.py#L10-L25"
    assert address("https://example.org/book", "gen/x.py", 10, 10) == "https://example.org/book/blob/main/gen/x.py#L10"


@pytest.fixture
def page(monkeypatch):
    """A Markdown that renders the Korean front page, outside of any build."""
    monkeypatch.setattr(problems, "SHEET", problems.Sheet())
    text = "# Page\n\n```code\ngen.site.fonts.subst\n```\n"
    file = SimpleNamespace(src_uri="index.md", abs_src_path=str(ROOT / "docs/ko/index.md"), url="", content_string=text)
    ours = {"docs_dir": str(ROOT / "docs/ko"), "config_file_path": str(ROOT / "mkdocs.yml"), "theme": {"language": "ko"}}
    markdown = Markdown(
        extensions=["pymdownx.highlight"], extension_configs={"pymdownx.highlight": {"pygments_lang_class": True}}
    )
    markdown.treeprocessors.register(SimpleNamespace(file=file, config=SimpleNamespace(repo_url="", **ours)), "relpath", 0)
    return markdown


def code(source: str, page: Markdown) -> str:
    return excerpt.code(source, "code", "code", {}, page)


def test_without_a_repository_the_caption_is_plain_text(page):
    html = code(RULE, page)
    assert html.startswith(
        '<figure class="kim-code"><figcaption><span class="kim-code-place">gen/cluster/controllers/replicaset.py:'
    )
    assert "<a " not in html
    assert 'class="language-python highlight"' in html


def test_with_one_it_leads_there(page):
    page.treeprocessors["relpath"].config.repo_url = "https://github.com/example/book"
    found = excerpt.excerpt(RULE)
    link = f'<a href="https://github.com/example/book/blob/main/{found.path}#L{found.first}-L{found.last}">'
    assert link in code(RULE, page)


def test_a_wrong_fence_names_the_page_and_the_line(page):
    with pytest.raises(SuperFencesException) as found:
        code("gen.site.fonts.subst", page)
    assert str(found.value).startswith("docs/ko/index.md:3: code fence: gen.site.fonts has no 'subst'")


def test_whatever_goes_wrong_is_told(page, monkeypatch):
    def fails(*_):
        raise KeyError("surprise")

    monkeypatch.setattr(excerpt, "coloured", fails)
    with pytest.raises(SuperFencesException, match=r"code fence: KeyError: 'surprise'"):
        code(RULE, page)


def test_on_a_page_it_looks_as_every_block_and_search_finds_its_caption(workshop):
    plain = f"```python\n{inspect.getsource(fonts.rename)}```\n"
    boxed = f"!!! real\n\n    ```code\n    {RULE}\n    ```\n"
    both = f"# Page {{#page}}\n\n```code\ngen.site.fonts.rename\n```\n\n{boxed}\n{plain}"
    workshop.both("index.md", both)
    done = workshop.build("--strict", REPO_URL="https://github.com/example/book")
    assert done.returncode == 0, done.stderr
    for language in ("", "en/"):
        html = workshop.page(f"{language}index.html")
        first, second, plain = re.findall(
            r'<div (?:data-search-exclude )?class="language-python highlight">(.*?)</div>', html, re.DOTALL
        )
        assert first == plain
        assert "missing_or_surplus" in second
        assert "https://github.com/example/book/blob/main/gen/site/fonts.py#L" in html
        index = workshop.page(f"{language}search/index.json")
        assert "gen/site/fonts.py" in index
        assert index.count("def rename") == 1  # that of the plain block


def test_a_wrong_name_fails_the_build(workshop):
    workshop.both("index.md", "# Page {#page}\n\n```code\ngen.site.fonts.subst\n```\n")
    done = workshop.build("--strict")
    assert done.returncode == 1
    for lang in ("ko", "en"):
        assert f"docs/{lang}/index.md:3: code fence: gen.site.fonts has no 'subst'; did you mean \"subset\"?" in done.stderr
