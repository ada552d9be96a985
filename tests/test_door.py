"""The door: the ten lines of the package's docstring do what they say."""

import pathlib
import textwrap

import gen


def test_the_ten_lines_run(monkeypatch, capsys):
    lines = textwrap.dedent(gen.__doc__.split("ten lines:")[1])
    monkeypatch.chdir(pathlib.Path(gen.__file__).parents[1])
    exec(compile(lines, "gen/__init__.py", "exec"), {})
    printed = capsys.readouterr().out
    assert "kubectl Typed" in printed
    assert printed.rstrip().endswith("</svg>")


def test_every_public_name_is_there():
    assert sorted(gen.PUBLIC) == sorted(gen.__all__)
    assert all(getattr(gen, name) is not None for name in gen.__all__)
