"""The first thing that runs: `python3 -m gen …` on a machine with nothing but Python.

It makes `.venv` beside this package, installs the pins of `requirements.txt` into it, and starts itself again inside. What
was installed is noted in a stamp, so every later start goes straight on and needs no network. Only the standard library
is imported here, in a syntax that an old Python can still read: it is told politely that it is too old.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import deque
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from shutil import which

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
NEEDS_TESTS = ("test", "check")  # the commands that want the `test` extra …
NEEDS_NODE = ("serve", "build", "test", "check")  # … and those that fetch the browser's assets with npm


class SetupError(Exception):
    """The environment cannot be made; the message says why and what to do."""


def main(arguments: list[str]) -> int:
    """Run one command inside the environment; make the environment first if need be."""
    try:
        require_python()
        extras = extras_for(arguments[0] if arguments else "")
        if stamp() is None or not up_to_date(extras):
            set_up(extras)
    except SetupError as error:
        print(f"gen: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ngen: stopped; the next start goes on from here", file=sys.stderr)
        return 130
    return run_here(arguments) if inside() else run_inside(arguments)


def require_python(version: tuple[int, ...] = sys.version_info[:2]) -> None:
    """Refuse a Python that is too old."""
    if version < (3, 11):
        found = ".".join(map(str, version))
        raise SetupError(f"Python 3.11 or newer is needed, this is {found}.\nStart it with a newer one: python3.11 -m gen …")


def extras_for(command: str) -> list[str]:
    """Which extras of pyproject.toml `command` needs on this machine."""
    extras = ["test"] if command in NEEDS_TESTS else []
    path = os.pathsep.join([os.environ.get("PATH", ""), str(python().parent)])
    if command in NEEDS_NODE and not (which("npm", path=path) and which("node", path=path)):
        extras.append("node")
    return extras


def inside() -> bool:
    """Whether this process already runs in the project's environment."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def python() -> Path:
    """The environment's interpreter."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp() -> dict[str, object] | None:
    """What the last set-up installed; None where there was none, or its interpreter is gone."""
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and python().exists() else None


def project() -> dict[str, object]:
    """What pyproject.toml says about the package."""
    import tomllib  # part of Python since 3.11, so not before require_python()

    whole = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {part: whole[part] for part in ("build-system", "project")}


def fingerprint() -> str:
    """Changes when the pins change, or the folder moves (the package is installed in place)."""
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return hashlib.sha256(json.dumps([str(ROOT), pins, project()]).encode()).hexdigest()


def installed_extras() -> list[str]:
    """The extras that are there already; they are kept when the pins change."""
    found = (stamp() or {}).get("extras")
    return [str(extra) for extra in found] if isinstance(found, list) else []


def up_to_date(extras: list[str]) -> bool:
    """Whether the environment holds the pins of today and all `extras`."""
    return (stamp() or {}).get("fingerprint") == fingerprint() and set(extras) <= set(installed_extras())


def set_up(extras: list[str]) -> None:
    """Make the environment, or bring it up to date."""
    wanted = sorted({*extras, *installed_extras()})
    if not python().exists():
        make_environment()
    also = f" and what is extra for {', '.join(wanted)}" if wanted else ""
    note(f"installing the pins of requirements.txt{also}: once, some minutes")
    optional = project()["project"]["optional-dependencies"]  # type: ignore[index]
    install(["-r", str(ROOT / "requirements.txt"), *(pin for extra in wanted for pin in optional[extra])])
    text = json.dumps({"fingerprint": fingerprint(), "extras": wanted}, indent=2)
    STAMP.write_text(text + "\n", encoding="utf-8")


def make_environment() -> None:
    """An empty virtual environment with pip in it."""
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        raise SetupError("this Python has no venv, so no environment can be made. On Debian: sudo apt install python3-venv")
    note(f"making the environment {VENV.name}")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        raise SetupError(f"{VENV} could not be made:\n{(made.stderr or made.stdout).strip()}")


def install(what: list[str]) -> None:
    """Let pip install, with one line of progress for each package; its own words if it fails."""
    command = [str(python()), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar", "off", *what]
    last_words: deque[str] = deque(maxlen=8)
    errors: list[str] = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8") as pip:
        packages = count(1)
        for line in pip.stdout or ():
            last_words.append(line.rstrip())
            if "ERROR:" in line:
                errors.append(line)
            elif line.startswith("Collecting "):
                note(f"  {next(packages):3} {line.split()[1]}")
            elif line.startswith("Installing collected packages"):
                note("  unpacking them all")
    if pip.returncode:
        said = "\n".join(dict.fromkeys(f"  {line.strip()}" for line in errors or last_words))
        raise SetupError(
            f"the packages could not be installed. pip says:\n{said}\n"
            "The first start needs a network (or a package index that pip is told of, as by PIP_INDEX_URL). Then start again."
        )


def note(text: str) -> None:
    """Tell of progress, on standard error."""
    print(text, file=sys.stderr, flush=True)


def surroundings() -> dict[str, str]:
    """The environment variables for inside: its programs first on the path, UTF-8 everywhere."""
    path = os.pathsep.join([str(python().parent), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}


def run_inside(arguments: list[str]) -> int:
    """Start again with the environment's own Python; this process becomes that one where the system can."""
    command = [str(python()), "-m", "gen", *arguments]
    if os.name == "nt":
        return subprocess.run(command, env=surroundings()).returncode
    os.execve(command[0], command, surroundings())


def run_here(arguments: list[str]) -> int:
    """Everything is there: on to the command itself."""
    os.environ.update(surroundings())
    from gen.cli import main as command_line

    return command_line(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
