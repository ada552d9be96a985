"""What several folders of tests look at: the site, built once."""

from __future__ import annotations

from pathlib import Path

import pytest


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
