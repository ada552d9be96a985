"""One clock, one order, named dice: what would make two runs differ, or hide where text comes from, is not called."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

MODEL = ("kit", "objects", "trace", "cluster", "play", "views", "draw")  # the floors that also run in the reader's browser
SPEAKS = ("__main__.py", "cli.py", "commands")  # who may print
SETS = ("set", "frozenset")
ENCODING_STANDS = {"read_text": 1, "write_text": 2}  # the argument that says it

# A dotted call, or its beginning where it ends in a dot, and what to do instead.
EVERYWHERE = {
    "time.time": "virtual time is loop.now",
    "datetime.now": "virtual time is loop.now",
    "datetime.utcnow": "virtual time is loop.now",
    "datetime.datetime.now": "virtual time is loop.now",
    "datetime.date.today": "virtual time is loop.now",
    "date.today": "virtual time is loop.now",
    "uuid.": "gen.kit.names.uid",
    "secrets.": "loop.rng(name)",
    "os.urandom": "loop.rng(name)",
    "hash": "hashlib, or gen.kit.names.fnv1a_32",
    "copy.deepcopy": "evolve() shares what did not change",
    "deepcopy": "evolve() shares what did not change",
    "eval": "write it out",
    "exec": "write it out",
}
IN_THE_MODEL = {
    "time.": "virtual time is loop.now",
    "math.log": "differs between machines in the last digit",
    "math.exp": "differs between machines in the last digit",
    "subprocess.": "the model runs in a browser too",
    "os.getenv": "a run depends on its scenario alone",
    "threading.": "the loop is the only order",
}


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a chain of names, "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, dotted(node.func)


def is_banned(name: str, ban: str) -> bool:
    return name.startswith(ban) if ban.endswith(".") else name == ban


@pytest.mark.parametrize(("bans", "floors"), [(EVERYWHERE, None), (IN_THE_MODEL, MODEL)], ids=["everywhere", "in the model"])
def test_no_banned_call(engine, bans, floors):
    found = [
        f"{source.path}:{node.lineno} {name}(): {instead}"
        for source in engine
        if floors is None or source.floor in floors
        for node, name in calls(source.tree)
        for ban, instead in bans.items()
        if is_banned(name, ban)
    ]
    assert not found, "\n".join(found)


def test_dice_are_named(engine):
    found = [
        f"{source.path}:{node.lineno} {name}()"
        for source in engine
        for node, name in calls(source.tree)
        if name.startswith("random.") and name != "random.Random"
    ]
    assert not found, "use loop.rng(name): " + ", ".join(found)


def test_no_loop_over_a_set(engine):
    found = []
    for source in engine:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.For | ast.comprehension) and is_a_set(node.iter):
                found.append(f"{source.path}:{node.iter.lineno}")
    assert not found, "the order of a set is chance; use dict.fromkeys() or sorted(): " + ", ".join(found)


def is_a_set(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return is_a_set(node.left) or is_a_set(node.right)
    return isinstance(node, ast.Set | ast.SetComp) or (isinstance(node, ast.Call) and dotted(node.func) in SETS)


def test_only_the_command_line_prints(engine):
    found = [
        f"{source.path}:{node.lineno}"
        for source in engine
        if source.floor not in SPEAKS
        for node, name in calls(source.tree)
        if name in ("print", "sys.stdout.write", "sys.stderr.write")
    ]
    assert not found, "give it back to whoever called: " + ", ".join(found)


def test_every_text_file_has_an_encoding(engine):
    """On Windows the default is not UTF-8, and half of our text is Korean."""
    found = [
        f"{source.path}:{node.lineno} {node.func.attr if isinstance(node.func, ast.Attribute) else 'open'}()"
        for source in engine
        for node, name in calls(source.tree)
        if opens_text(node, name) and not any(keyword.arg == "encoding" for keyword in node.keywords)
    ]
    assert not found, "say encoding='utf-8': " + ", ".join(found)


def opens_text(node: ast.Call, name: str) -> bool:
    """Whether it opens a file as text, its encoding (the first argument of read_text, the second of write_text) left open."""
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if method in ("read_text", "write_text"):
        return len(node.args) < ENCODING_STANDS[method]
    modes = [argument.value for argument in node.args[1:2] if isinstance(argument, ast.Constant)]
    return name == "open" and not any("b" in str(mode) for mode in modes)
