"""The source that runs, found by a dotted name: `gen.cluster.controllers.replicaset.missing_or_surplus`.

A name may lead to a function, a class, a method (`….ReplicaSetController.reconcile`) or a table. Decorators belong to it;
what a module only imports is found where it is written.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gen.play.reading.bad_input import nearest

ROOT = Path(__file__).parents[2]
Named = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some lines of a file: `path` from the project's folder on, `name` within its module, the lines counted from 1."""

    path: str
    name: str
    first: int
    last: int
    text: str

    @property
    def lines(self) -> str:
        """`10` or `10–25`."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


class WrongName(Exception):
    """A name that leads nowhere; the message says what is wrong and what to do."""


def excerpt(dotted: str) -> Excerpt:
    """The source that a dotted name leads to. Raises WrongName."""
    parts = dotted.split(".")
    file, inside = module(parts)
    if not inside:
        raise WrongName(f"{dotted} is a whole module. Name what of it is to be shown: {', '.join(own(parsed(file)))}.")
    node: ast.Module | Named = parsed(file)
    for depth, name in enumerate(inside):
        found = names(node).get(name)
        if isinstance(found, ast.ImportFrom):
            return excerpt(origin(found, name, inside[depth + 1 :]))
        if found is None:
            holder = ".".join(parts[: len(parts) - len(inside) + depth])
            raise WrongName(f"{holder} has no {name!r}; {nearest(name, own(node) or ['nothing'])}")
        node = found
    assert not isinstance(node, ast.Module)
    return cut(file, ".".join(inside), node)


def module(parts: list[str]) -> tuple[Path, list[str]]:
    """The file of the module that a name begins with, and the rest of the name. Raises WrongName."""
    folder = ROOT
    for depth, part in enumerate(parts):
        if (folder / f"{part}.py").is_file():
            return folder / f"{part}.py", parts[depth + 1 :]
        if not (folder / part / "__init__.py").is_file() or (folder == ROOT and part != "gen"):
            break
        folder /= part
    at = len(folder.relative_to(ROOT).parts)
    if at and (at == len(parts) or parts[at] in names(parsed(folder / "__init__.py"))):
        return folder / "__init__.py", parts[at:]
    known = [*modules(folder), *own(parsed(folder / "__init__.py"))] if at else ["gen"]
    raise WrongName(f"there is no {'.'.join(parts[: at + 1])!r}; {nearest(parts[at], known)}")


def modules(folder: Path) -> list[str]:
    """The modules and packages right inside of a package."""
    inside = sorted(folder.iterdir())
    return [one.stem for one in inside if one.suffix == ".py" and one.stem != "__init__" or (one / "__init__.py").is_file()]


def parsed(file: Path) -> ast.Module:
    """A file's syntax tree."""
    return _parsed(file.read_text(encoding="utf-8"))


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def names(node: ast.Module | Named) -> dict[str, Named | ast.ImportFrom]:
    """What is defined right inside of a module, a class or a function, by name; of a module also what it imports."""
    found: dict[str, Named | ast.ImportFrom] = {}
    for one in getattr(node, "body", []):
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found[one.name] = one
        elif isinstance(one, ast.Assign | ast.AnnAssign):
            targets = one.targets if isinstance(one, ast.Assign) else [one.target]
            found.update({target.id: one for target in targets if isinstance(target, ast.Name)})
        elif isinstance(one, ast.ImportFrom) and (one.module or "").split(".")[0] == "gen":
            found.update({alias.asname or alias.name: one for alias in one.names})
    return found


def own(node: ast.Module | Named) -> list[str]:
    """The names of what is defined right inside."""
    return [name for name, found in names(node).items() if not isinstance(found, ast.ImportFrom)]


def origin(found: ast.ImportFrom, name: str, rest: list[str]) -> str:
    """The dotted name under which an imported thing is written."""
    alias = next(alias for alias in found.names if name == (alias.asname or alias.name))
    return ".".join([found.module or "", alias.name, *rest])


def cut(file: Path, name: str, node: Named) -> Excerpt:
    """The lines of a node, decorators too, moved to the left edge."""
    first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
    last = node.end_lineno or node.lineno
    lines = file.read_text(encoding="utf-8").splitlines()[first - 1 : last]
    text = "\n".join(line.removeprefix(" " * node.col_offset) for line in lines)
    return Excerpt(file.relative_to(ROOT).as_posix(), name, first, last, text)
