"""A small part of the shell's language, read into a tree: what a container's `command` may say here.

Lists (`;`, `&&`, `||`, `&`, `|`), `if`, `while`, `until`, `for`, `{ }`, `( )`, redirections, quotes, `$NAME`, `${NAME:-else}`,
`$(…)`, `$((…))`. What is beyond that raises NotUnderstood. Source of the language: POSIX, Shell Command Language.
"""

from __future__ import annotations

from dataclasses import dataclass

from gen.cluster.node.shell_words import NotUnderstood, Token, Word, tokens


@dataclass(frozen=True, slots=True)
class Simple:
    """One command with its words. `into` are its redirections: (from 1 or 2, mode, word)."""

    words: tuple[Word, ...]
    settings: tuple[tuple[str, Word], ...] = ()
    into: tuple[tuple[int, str, Word], ...] = ()


@dataclass(frozen=True, slots=True)
class Pipe:
    """Commands whose output goes into the next one; `negated` turns the outcome round."""

    parts: tuple[Tree, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """`first && second || third`: each rest with the sign before it."""

    first: Tree
    rest: tuple[tuple[str, Tree], ...]


@dataclass(frozen=True, slots=True)
class List:
    """One after the other."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """`while` and `until`: `wanted` is whether the condition must succeed to go on."""

    condition: Tree
    body: Tree
    wanted: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """`if`, every `elif`, and `else`."""

    ways: tuple[tuple[Tree, Tree], ...]
    otherwise: Tree | None


@dataclass(frozen=True, slots=True)
class Each:
    """`for NAME in WORDS`."""

    name: str
    words: tuple[Word, ...]
    body: Tree


@dataclass(frozen=True, slots=True)
class Apart:
    """In a process of its own: `(…)`, or with `&` beside what follows."""

    body: Tree
    beside: bool


Tree = Simple | Pipe | Chain | List | Loop | Branch | Each | Apart
BEYOND = ("case", "function", "select", "coproc", "then", "do", "done", "fi", "else", "elif", "esac", "}")
ENDS = {"if": ("then",), "then": ("elif", "else", "fi"), "else": ("fi",), "do": ("done",), "while": ("do",), "{": ("}",)}


def parse(text: str) -> List:
    """The tree of a script. Raises NotUnderstood."""
    reader = Reader(tokens(text))
    found = reader.read_list(())
    if reader.at < len(reader.tokens):
        raise NotUnderstood(f"unexpected `{reader.tokens[reader.at].text}`")
    return found


class Reader:
    """Goes through the tokens, one rule of the language a method."""

    def __init__(self, found: list[Token]) -> None:
        self.tokens, self.at = found, 0

    def peek(self) -> str:
        """The sign or the bare word that comes next; "" at the end and for what is quoted."""
        return self.tokens[self.at].text if self.at < len(self.tokens) else ""

    def take(self, *wanted: str) -> bool:
        """Go over the next token if it is one of these."""
        found = self.at < len(self.tokens) and self.peek() in wanted
        self.at += found
        return found

    def need(self, wanted: str) -> None:
        """Go over this very token. Raises NotUnderstood."""
        if not self.take(wanted):
            raise NotUnderstood(f"`{wanted}` is missing")

    def read_list(self, ends: tuple[str, ...]) -> List:
        """Commands up to one of `ends`, or to the end."""
        parts: list[Tree] = []
        while self.at < len(self.tokens) and self.peek() not in ends and self.peek() != ")":
            if self.take(";", "\n"):
                continue
            part = self.read_chain()
            parts.append(Apart(part, beside=True) if self.take("&") else part)
        return List(tuple(parts))

    def read_chain(self) -> Tree:
        """Pipes with `&&` and `||` between them."""
        first = self.read_pipe()
        rest: list[tuple[str, Tree]] = []
        while self.peek() in ("&&", "||"):
            sign = self.tokens[self.at].text
            self.at += 1
            while self.take("\n"):
                pass
            rest.append((sign, self.read_pipe()))
        return Chain(first, tuple(rest)) if rest else first

    def read_pipe(self) -> Tree:
        """Commands with `|` between them."""
        negated = self.take("!")
        parts = [self.read_command()]
        while self.take("|"):
            parts.append(self.read_command())
        return Pipe(tuple(parts), negated) if negated or len(parts) > 1 else parts[0]

    def read_command(self) -> Tree:
        """A word of the language, a bracket, or a plain command."""
        if self.take("if"):
            return read_branch(self)
        if self.take("while"):
            return read_loop(self, wanted=True)
        if self.take("until"):
            return read_loop(self, wanted=False)
        if self.take("for"):
            return read_each(self)
        if self.take("("):
            body = self.read_list(())
            self.need(")")
            return Apart(body, beside=False)
        if self.take("{"):
            body = self.read_list(ENDS["{"])
            self.need("}")
            return body
        return read_simple(self)


def read_branch(reader: Reader) -> Tree:
    """After `if`."""
    ways: list[tuple[Tree, Tree]] = []
    while True:
        condition = reader.read_list(ENDS["if"])
        reader.need("then")
        ways.append((condition, reader.read_list(ENDS["then"])))
        if not reader.take("elif"):
            break
    otherwise = reader.read_list(ENDS["else"]) if reader.take("else") else None
    reader.need("fi")
    return Branch(tuple(ways), otherwise)


def read_loop(reader: Reader, wanted: bool) -> Tree:
    """After `while` or `until`."""
    condition = reader.read_list(ENDS["while"])
    return Loop(condition, read_body(reader), wanted)


def read_each(reader: Reader) -> Tree:
    """After `for`."""
    name = reader.peek()
    reader.at += 1
    reader.need("in")
    words: list[Word] = []
    while reader.at < len(reader.tokens) and reader.tokens[reader.at].word is not None:
        words.append(reader.tokens[reader.at].word or ())
        reader.at += 1
    while reader.take(";", "\n"):
        pass
    return Each(name, tuple(words), read_body(reader))


def read_body(reader: Reader) -> Tree:
    """From `do` to `done`."""
    reader.need("do")
    body = reader.read_list(ENDS["do"])
    reader.need("done")
    return body


def read_simple(reader: Reader) -> Tree:
    """Settings, words and redirections."""
    words: list[Word] = []
    settings: list[tuple[str, Word]] = []
    into: list[tuple[int, str, Word]] = []
    while reader.at < len(reader.tokens):
        token = reader.tokens[reader.at]
        if token.redirects:
            reader.at += 1
            into.append(read_target(reader, token))
        elif token.word is None:
            break
        else:
            reader.at += 1
            name, value = token.setting() if not words else ("", ())
            (settings.append((name, value)) if name else words.append(token.word))
    if reader.peek() == "(" or words and words[0] and words[0][0].text in BEYOND and not words[0][0].quoted:
        raise NotUnderstood(f"`{words[0][0].text if words else '('}`")
    if not words and not settings and not into:
        raise NotUnderstood(f"unexpected `{reader.peek() or 'end'}`")
    return Simple(tuple(words), tuple(settings), tuple(into))


def read_target(reader: Reader, token: Token) -> tuple[int, str, Word]:
    """Where a redirection goes."""
    if token.text in ("2>&1", ">&2", "1>&2"):
        return (2, "&", ()) if token.text == "2>&1" else (1, "&", ())
    if reader.at >= len(reader.tokens) or reader.tokens[reader.at].word is None:
        raise NotUnderstood(f"nothing after `{token.text}`")
    reader.at += 1
    stream = {"<": 0, "2>": 2, "2>>": 2, "&>": 3}.get(token.text, 1)
    return stream, "add" if token.text.endswith(">>") else "to", reader.tokens[reader.at - 1].word or ()
