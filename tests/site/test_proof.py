"""The proof: every recording has its row of figures, played when it is new; what falls short says why, or that nobody knows."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from markdown import Markdown
from pymdownx.superfences import SuperFencesException

from gen.play.measure import FIGURES
from gen.site import problems, proof
from gen.site.shelf import Shelf

RECORDED = Path(__file__).parents[1] / "recordings" / "08-bare-pod-delete"
PERFECT = dict.fromkeys(FIGURES, 1.0)
ONE = proof.Proof("01-deployment-create", PERFECT, unplayed=0, version="1.36.2", kubelet=True)
ADOPTION = replace(ONE, name="09-replicaset-adopt-release", figures={**PERFECT, "places": 0.8, "said": 0.93541, "order": None})


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of its own, outside of any build, with a shelf of its own."""
    monkeypatch.setattr(problems, "SHEET", problems.Sheet())
    monkeypatch.setattr(proof, "PROOFS", Shelf(tmp_path / "shelf", most=9))
    proof.proved.cache_clear()
    return tmp_path


def record(project: Path, name: str = RECORDED.name) -> Path:
    """Put a small recording into the project, under a name."""
    return Path(shutil.copytree(RECORDED, project / proof.RECORDINGS / name))


def drawn(project: Path, source: str = "", lang: str = "en", repo_url: str = "") -> str:
    docs = project / "docs" / lang
    config = SimpleNamespace(
        docs_dir=str(docs), config_file_path=str(project / "mkdocs.yml"), theme={"language": lang}, repo_url=repo_url
    )
    file = SimpleNamespace(src_uri="a.md", url="a/", abs_src_path=str(docs / "a.md"), content_string="```proof\n```\n")
    markdown = Markdown()
    markdown.treeprocessors.register(SimpleNamespace(file=file, config=config), "relpath", 0)
    return proof.proof(source, "proof", "proof", {}, markdown)


def html(*found: proof.Proof, lang: str = "en", repository: str = "") -> str:
    return "".join(map(str, proof.shown(list(found), proof.entries(), lang, repository)))


@pytest.mark.parametrize(("lang", "title"), [("ko", "홀로 있는 파드 지우기"), ("en", "Delete a lone Pod")])
def test_a_recording_is_played_and_has_its_row(project, lang, title):
    record(project)
    page = drawn(project, "of: all\n", lang, "https://example.org/book/")
    folder = "https://example.org/book/tree/main/tests/recordings/08-bare-pod-delete"
    assert f'<span class="kim-proof-title">{title}</span><a href="{folder}"' in page
    cells = re.search(r'scope="row">.*?</th>(.*?)</tr></tbody>', page)[1]
    assert re.findall(r"<td>([^<]*)</td>", cells) == ["1", "1", "1", "1", "–", "1", "–", "1", "–", "1"]
    assert "1.36.2" in re.search("<caption>(.*?)</caption>", page)[1]


def test_what_was_measured_is_kept_until_the_recording_changes(project, monkeypatch):
    folder = record(project)
    page, played = drawn(project), []
    measured = proof.measured
    monkeypatch.setattr(proof, "measured", lambda recording: played.append(recording) or measured(recording))
    proof.proved.cache_clear()
    assert drawn(project) == page
    assert not played
    meta = folder / "meta.yaml"
    meta.write_text(meta.read_text(encoding="utf-8").replace("v1.36.2 (", "v1.36.9 ("), encoding="utf-8")
    assert "1.36.9" in drawn(project)
    assert played == [folder]


@pytest.mark.parametrize("kept", ["no JSON", "{}", '{"name": "a", "figures": {}, "unplayed": 0, "version": "", "kubelet": true}'])
def test_what_was_kept_by_another_edition_tells_nothing(kept):
    assert proof.restored(kept) is None


def test_without_recordings_there_is_one_line(project):
    assert re.fullmatch(r'<p class="kim-proof-none">[^<]*without the recordings[^<]*</p>', drawn(project))


def test_a_low_figure_is_set_apart_and_leads_to_its_reason():
    page = html(ONE, ADOPTION)
    assert '<td class="kim-proof-low"><strong><a href="#proof-09-replicaset-adopt-release">0.8</a></strong></td>' in page
    (reason,) = re.findall(r'<li id="proof-09-replicaset-adopt-release">(.*?)</li>', page)
    assert "(places 0.8, said 0.935)</strong>: The recorded nodes were not idle" in reason
    assert "Nobody" not in reason
    assert page.count("<li") == 1


def test_the_last_row_has_the_means_of_what_there_is():
    last = re.search("<tfoot>(.*?)</tfoot>", html(ONE, ADOPTION))[1]
    assert re.findall(r">(\d[\d.]*)<", last) == ["1", "1", "1", "1", "1", "1", "1", "0.9", "1", "0.968"]
    assert "<a " not in last


def test_a_recording_that_nobody_has_described_is_shown_by_its_name(project):
    record(project, "99-nobody-knows")
    page = drawn(project)
    assert '<th scope="row"><span class="kim-proof-name">99-nobody-knows</span></th>' in page
    low = replace(ONE, name="99-nobody-knows", figures={**PERFECT, "times": 0.3}, unplayed=2)
    assert "99-nobody-knows (times 0.3)</strong>: Nobody has said yet why: times. 2 steps could not be played." in html(low)


def test_a_reason_stands_only_for_what_it_explains():
    page = html(replace(ONE, name=ADOPTION.name, figures={**PERFECT, "counts": 0.5}))
    assert "not idle" not in page
    assert "Nobody has said yet why: counts." in page


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "1"), (0.9999, "0.999"), (0.8, "0.8"), (0.9354, "0.935"), (0.0, "0"), (None, "–")]
)
def test_figures_have_few_digits_and_only_1_is_1(value, text):
    assert proof.written(value) == text


def test_the_table_is_one_that_can_be_heard():
    page = html(ONE, ADOPTION)
    assert 'tabindex="0" role="region" aria-label="How near' in page
    assert all(re.findall(r"<th[^>]*>(.*?)</th>", page))
    assert len(re.findall(r'<th scope="(?:col|row)">', page)) == page.count("<th ") == len(FIGURES) + 4


def test_the_words_are_there_in_both_languages_and_name_figures_that_exist():
    for name, entry in proof.entries().items():
        assert set(entry.title) == {"ko", "en"}, name  # a comma in YAML's braces would make a third
        assert set(entry.why) in ({"ko", "en"}, set()), name
        assert set(entry.explained) <= set(FIGURES), name
        assert bool(entry.why) == bool(entry.explained), name


@pytest.mark.parametrize("source", ["of: [08-bare-pod-delete]", "all", "of: ["])
def test_a_wrong_fence_says_what_to_do(project, source):
    record(project)
    with pytest.raises(SuperFencesException, match=r"docs/en/a\.md.*proof fence: .*(?:Leave it empty|Write)"):
        drawn(project, source)


def test_every_recording_that_cannot_be_read_is_named(project):
    record(project)
    for name in ("98-broken", "99-broken"):
        (record(project, name) / "steps.yaml").write_text("- [", encoding="utf-8")
    with pytest.raises(SuperFencesException) as found:
        drawn(project)
    assert "recording 98-broken: " in str(found.value)
    assert "recording 99-broken: " in str(found.value)
    assert "08-bare" not in str(found.value)
