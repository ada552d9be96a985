"""What several folders of tests look at: the site, built once; and files that hold what was right before."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode


@cache
def text_file(ending: str) -> type[SingleFileSnapshotExtension]:
    """Golden files of text with this ending, one for each comparison."""
    looks = {"_write_mode": WriteMode.TEXT, "file_extension": ending}
    return type(f"{ending.title()}File", (SingleFileSnapshotExtension,), looks)


@pytest.fixture
def golden(snapshot: SnapshotAssertion) -> Callable[[str], SnapshotAssertion]:
    """`assert text == golden("svg")`: as it was when somebody last looked; `--snapshot-update` after looking again."""
    return lambda ending: snapshot(extension_class=text_file(ending))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site as the README's command builds it, for a repository whose pages stand under a sub-path."""
    from gen.site import build

    folder = tmp_path_factory.mktemp("built") / "site"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("REPO_URL", "https://github.com/example/book")
        assert build(folder, "https://example.org/book/") == 0
    return folder


@pytest.fixture(scope="session")
def pages(site: Path) -> list[Path]:
    """The pages of the site. Parts that a page fetches later are no pages."""
    return [file for file in sorted(site.rglob("*.html")) if "assets" not in file.relative_to(site).parts]
