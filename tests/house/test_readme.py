"""The README is true: its commands exist, its links lead somewhere, its picture is what a run gives today."""

from __future__ import annotations

import re
import shlex

import pytest

from gen.cli import main, parser

COMMAND = re.compile(r"^python3 -m gen ([^#\n]*)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)\)")
PICTURE = re.compile(r"gen (draw [^`\n]*-o (docs/\S+\.svg))")


@pytest.fixture(scope="module")
def readme(root) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


def test_its_commands_can_be_typed(readme):
    commands = COMMAND.findall(readme)
    assert any(command.startswith("serve") for command in commands)
    assert any(command.startswith("test") for command in commands)
    for command in commands:
        parser().parse_args(shlex.split(command))


def test_its_links_lead_somewhere(readme, root):
    assert not [link for link in LINK.findall(readme) if not (root / link).exists()]


def test_its_picture_is_drawn_by_the_command_beside_it(readme, root, tmp_path, monkeypatch):
    command, picture = PICTURE.search(readme).groups()
    monkeypatch.chdir(root)
    drawn = tmp_path / "picture.svg"
    assert main([str(drawn) if word == picture else word for word in shlex.split(command)]) == 0
    assert drawn.read_text(encoding="utf-8") == (root / picture).read_text(encoding="utf-8"), f"draw it again: gen {command}"
    assert picture in LINK.findall(readme)


def test_ci_runs_the_command_of_the_readme(readme, root):
    assert "python3 -m gen test" in (root / ".ci/run").read_text(encoding="utf-8")
