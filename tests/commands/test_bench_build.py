from __future__ import annotations

import pytest

from gen.commands import bench_build
from gen.site import packages


def test_the_copy_is_a_fresh_clone_with_what_npm_fetched():
    with bench_build.copied() as copy:
        assert (copy / "gen/site/hook.py").exists()
        assert (copy / "docs/ko/index.md").exists()
        assert [folder.name for folder in (copy / ".cache/web").iterdir()] == [packages.fingerprint()]
        assert not list(copy.rglob("__pycache__"))
    assert not copy.exists()


def test_a_build_that_fails_says_why(tmp_path):
    (tmp_path / "gen/site").mkdir(parents=True)
    (tmp_path / "gen/__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "gen/site/__init__.py").write_text("def build(folder): raise SystemExit('no pages')", encoding="utf-8")
    with pytest.raises(bench_build.NotBuilt, match="no pages"):
        bench_build.built(tmp_path)


def test_a_page_and_the_engine_are_edited_in_the_copy_only(tmp_path, monkeypatch):
    page = tmp_path / bench_build.EDITED
    page.parent.mkdir(parents=True)
    engine = tmp_path / bench_build.EDITED_ENGINE
    engine.parent.mkdir(parents=True)
    engine.write_text("", encoding="utf-8")
    page.write_text("# Page\n", encoding="utf-8")
    seen = []
    monkeypatch.setattr(bench_build, "built", lambda copy: seen.append(page.read_text(encoding="utf-8")) or 1.0)
    assert all(promise.kept for promise in bench_build.builds(tmp_path))
    assert len(seen) == 5
    assert len(set(seen)) == 3
    assert engine.read_text(encoding="utf-8") == "\n"
