"""A real browser for the tests: the machine's own, Debian's package, or Playwright's download."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import which

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (  # where macOS and Windows keep it, outside the path
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
WHAT_TO_DO = "Install Chromium or Google Chrome, or name one: CHROMIUM=/path/to/chromium python3 -m gen test"


class NoBrowser(Exception):
    """No browser was found and none could be installed; the message says what to do."""


def chromium() -> str | None:
    """The program of a browser on this machine; `CHROMIUM` names another one."""
    named = os.environ.get("CHROMIUM")
    if named:
        if which(named) is None:
            raise NoBrowser(f"CHROMIUM names {named}, which cannot be started.\n{WHAT_TO_DO}")
        return named
    found = (which(name) for name in (*NAMES, *APPLICATIONS))
    return next((program for program in found if program), None) or playwrights_own()


def playwrights_own() -> str | None:
    """The browser that Playwright downloaded before, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def installed_chromium() -> str:
    """The program of a browser, installed now if there is none. Raises NoBrowser."""
    found = chromium()
    if found:
        return found
    for command in ways_to_install():
        print(f"no browser found: {' '.join(command)}", file=sys.stderr, flush=True)
        subprocess.run(command, stdout=sys.stderr, check=False)
        found = chromium()
        if found:
            return found
    raise NoBrowser(f"no browser was found, and none could be installed.\n{WHAT_TO_DO}")


def ways_to_install() -> list[list[str]]:
    """The commands that may bring a browser, the smaller one first."""
    playwright = [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"]
    debian_with_root = which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0
    if not debian_with_root:
        return [playwright]
    return [["apt-get", "update", "-q"], ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"], playwright]
