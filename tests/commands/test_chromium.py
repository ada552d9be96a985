from __future__ import annotations

import sys

import pytest

from gen.commands import chromium


@pytest.fixture
def bare_machine(monkeypatch):
    """No browser anywhere; the commands that would install one are only noted."""
    typed = []
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "which", lambda name: None)
    monkeypatch.setattr(chromium, "playwrights_own", lambda: None)
    monkeypatch.setattr(chromium.subprocess, "run", lambda command, **_: typed.append(command))
    return typed


def test_the_environment_names_the_browser(monkeypatch):
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert chromium.chromium() == sys.executable


def test_a_browser_that_is_named_but_not_there(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(chromium.NoBrowser, match="/nowhere/chromium, which cannot be started"):
        chromium.installed_chromium()


def test_without_a_browser_the_message_says_what_to_do(bare_machine):
    with pytest.raises(chromium.NoBrowser, match="Install Chromium or Google Chrome"):
        chromium.installed_chromium()
    assert bare_machine[-1][1:4] == ["-m", "playwright", "install"]


def test_debian_with_root_takes_the_package_first(bare_machine, monkeypatch):
    monkeypatch.setattr(chromium, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0)
    with pytest.raises(chromium.NoBrowser):
        chromium.installed_chromium()
    assert [command[0] for command in bare_machine] == ["apt-get", "apt-get", sys.executable]


def test_what_the_first_way_installed_is_used(bare_machine, monkeypatch):
    monkeypatch.setattr(chromium, "playwrights_own", lambda: "/some/browser" if bare_machine else None)
    assert chromium.installed_chromium() == "/some/browser"
