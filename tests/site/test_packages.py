"""The browser's packages: pinned without naming a host, and their absence is told with what to do."""

from __future__ import annotations

import json

import pytest

from gen.site import packages


def test_the_lock_pins_every_package_and_names_no_host():
    lock = json.loads((packages.WEB / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((packages.WEB / "package.json").read_text(encoding="utf-8"))["dependencies"]
    found = {name.removeprefix("node_modules/"): row for name, row in lock["packages"].items() if name}
    assert {name: row["version"] for name, row in found.items() if name in wanted} == wanted
    assert all(row["integrity"].startswith("sha512-") and "resolved" not in row for row in found.values())
    assert set(packages.KEPT) <= set(found)


def test_without_a_network_it_says_that_one_is_needed_once(tmp_path, monkeypatch):
    monkeypatch.setenv("npm_config_offline", "true")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    monkeypatch.setattr(packages, "CACHE", tmp_path / "web")
    with pytest.raises(packages.NotFetched, match="The first build needs a network"):
        packages.kept("pretendard", "dist/LICENSE.txt")
    assert not list((tmp_path / "web").iterdir())


def test_without_npm_it_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(packages.shutil, "which", lambda *_, **__: None)
    monkeypatch.setattr(packages, "CACHE", tmp_path)
    with pytest.raises(packages.NotFetched, match="python3 -m gen build"):
        packages.kept("pretendard", "dist/LICENSE.txt")
    assert not list(tmp_path.iterdir())
