"""The bootstrap: what it does before anything is installed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gen import __main__ as bootstrap

ROOT = Path(__file__).parents[1]


@pytest.fixture
def empty_folder(tmp_path, monkeypatch):
    """The project as it is right after cloning, somewhere else."""
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv/installed.json")
    return tmp_path


@pytest.fixture
def environment(empty_folder):
    """… and after the environment was made, but nothing installed."""
    program = bootstrap.python()
    program.parent.mkdir(parents=True)
    program.touch()
    return empty_folder


@pytest.fixture
def pip(monkeypatch):
    """What pip was asked for, instead of pip."""
    asked = []
    monkeypatch.setattr(bootstrap, "install", asked.append)
    return asked


def test_it_starts_with_the_standard_library_alone():
    """-I and -S: no installed package, no folder but the project's own."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import gen.__main__; print('yaml' in sys.modules)"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "False\n"), done.stderr


def test_an_old_python_is_told_so():
    with pytest.raises(bootstrap.SetupError, match=r"3\.11 or newer is needed, this is 3\.9"):
        bootstrap.require_python((3, 9))


def test_a_python_without_venv_is_told_what_to_install(empty_folder, monkeypatch):
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None)
    with pytest.raises(bootstrap.SetupError, match="apt install python3-venv"):
        bootstrap.set_up([])


def test_the_second_start_installs_nothing(environment, pip):
    bootstrap.set_up([])
    assert bootstrap.up_to_date([])
    assert len(pip) == 1


def test_tests_need_more_and_it_is_kept(environment, pip):
    bootstrap.set_up([])
    assert not bootstrap.up_to_date(["test"])
    bootstrap.set_up(["test"])
    assert bootstrap.up_to_date([])
    assert bootstrap.up_to_date(["test"])
    assert any(what.startswith("pytest==") for what in pip[1])
    bootstrap.set_up([])
    assert bootstrap.up_to_date(["test"])


@pytest.mark.parametrize(
    ("file", "more", "same"),
    [
        ("requirements.txt", "\nanother==1.0\n", False),
        ("pyproject.toml", "\n[project.urls]\nhome = 'https://example.org'\n", False),
        ("pyproject.toml", "\n[tool.other]\nx = 1\n", True),
    ],
    ids=["another pin", "another package", "another setting"],
)
def test_a_change_of_the_pins_installs_again(environment, pip, file, more, same):
    bootstrap.set_up([])
    path = environment / file
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert bootstrap.up_to_date([]) is same


@pytest.mark.parametrize("text", ["", "{", "[]", '{"fingerprint": "old"}'])
def test_a_broken_stamp_counts_as_none(environment, text):
    bootstrap.STAMP.write_text(text, encoding="utf-8")
    assert not bootstrap.up_to_date([])


def test_an_environment_whose_python_is_gone_is_made_anew(environment, pip, monkeypatch):
    bootstrap.set_up([])
    bootstrap.python().unlink()
    made = []
    monkeypatch.setattr(bootstrap, "make_environment", lambda: made.append(True))
    assert bootstrap.stamp() is None
    bootstrap.set_up([])
    assert made


def test_without_a_network_pip_has_the_word_and_then_we(environment, capsys):
    words = "Collecting mkdocs==1.6.1\n  ERROR: Could not find a version that satisfies the requirement mkdocs==1.6.1\n"
    fake_pip(environment, words)
    assert bootstrap.main(["run", "x.yaml"]) == 1
    said = capsys.readouterr().err
    assert "ERROR: Could not find a version" in said
    assert "needs a network" in said
    assert "Traceback" not in said
    assert not bootstrap.STAMP.exists()


def fake_pip(environment: Path, words: str) -> None:
    program = bootstrap.python()
    program.write_text(f"#!{sys.executable}\nprint({words!r}, end='')\nraise SystemExit(1)\n", encoding="utf-8")
    program.chmod(0o755)


def test_inside_the_environment_it_goes_straight_on(environment, monkeypatch):
    bootstrap.STAMP.write_text(json.dumps({"fingerprint": bootstrap.fingerprint(), "extras": []}), encoding="utf-8")
    monkeypatch.setattr(bootstrap, "inside", lambda: True)
    monkeypatch.setattr(bootstrap, "run_here", lambda arguments: len(arguments))
    assert bootstrap.main(["run", "x.yaml"]) == 2


def test_node_comes_from_a_wheel_where_there_is_none(empty_folder, monkeypatch):
    monkeypatch.setattr(bootstrap, "which", lambda name, path: None)
    assert bootstrap.extras_for("build") == ["node"]
    assert bootstrap.extras_for("test") == ["test", "node"]
    assert bootstrap.extras_for("run") == []
