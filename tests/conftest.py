"""What several folders of tests look at: the site, built once; and files that hold what was right before."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode


class InFull(yaml.CSafeDumper):
    """Writes what stands at two places twice."""

    def ignore_aliases(self, data: object) -> bool:
        return True


class GoldenFile(SingleFileSnapshotExtension):
    """One file for each comparison: text as it is, data as YAML that has a line for each of its leaves."""

    _write_mode = WriteMode.TEXT

    def serialize(self, data: Any, **_: Any) -> str:
        if isinstance(data, str):
            return data
        return yaml.dump(data, Dumper=InFull, default_flow_style=None, allow_unicode=True, width=130)


@cache
def golden_file(ending: str) -> type[GoldenFile]:
    """Golden files with this ending."""
    return type(f"Golden{ending.title()}", (GoldenFile,), {"file_extension": ending})


@pytest.fixture
def golden(snapshot: SnapshotAssertion) -> Callable[[str], SnapshotAssertion]:
    """`assert text == golden("svg")`: as it was when somebody last looked; `--snapshot-update` after looking again."""
    return lambda ending: snapshot(extension_class=golden_file(ending))


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
