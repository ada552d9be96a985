"""The words and signs of a shell script: quotes, variables, substitutions.

Source of the rules: POSIX, Shell Command Language, 2.2 (quoting), 2.3 (tokens), 2.6 (expansions).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SIGNS = ("2>&1", "1>&2", "2>>", "&>", ">&2", "&&", "||", ">>", "2>", "1>", ">", "<", ";", "&", "|", "(", ")", "\n")
REDIRECTIONS = ("2>&1", "1>&2", "2>>", "&>", ">&2", ">>", "2>", "1>", ">", "<")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
BARE = re.compile(r"[^\s'\"\\$`;&|()<>]+")
BRACED = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*|[0-9?$#@*!])(?::?-([^}]*))?\}")


class NotUnderstood(Exception):
    """A script says something that is not simulated."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a word. `kind`: text, variable (with `other` if it is not set), command or sum."""

    kind: str
    text: str
    quoted: bool = False
    other: str = ""


Word = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A sign (`word` is None), or a word; `text` is the word as it stands if nothing of it is quoted or replaced."""

    text: str
    word: Word | None = None

    @property
    def redirects(self) -> bool:
        """Whether it says where output goes."""
        return self.word is None and self.text in REDIRECTIONS

    def setting(self) -> tuple[str, Word]:
        """The name and the value of `NAME=value`; no name for any other word."""
        first = self.word[0] if self.word else Part("text", "", True)
        name, sign, rest = first.text.partition("=")
        if first.quoted or first.kind != "text" or not sign or not NAME.fullmatch(name):
            return "", ()
        return name, (Part("text", rest), *(self.word or ())[1:])


def tokens(text: str) -> list[Token]:
    """All tokens of a script. Raises NotUnderstood."""
    found: list[Token] = []
    at = 0
    text = text.replace("\\\n", "")
    while at < len(text):
        if text[at] in " \t\r":
            at += 1
        elif text[at] == "#":
            at = (text + "\n").index("\n", at)
        elif sign := next((one for one in SIGNS if text.startswith(one, at)), None):
            found.append(Token(sign))
            at += len(sign)
        else:
            word, end = read_word(text, at)
            bare = "".join(part.text for part in word) if all(part.kind == "text" and not part.quoted for part in word) else ""
            found.append(Token(bare, word))
            at = end
    return found


def read_word(text: str, at: int) -> tuple[Word, int]:
    """The word that begins here, and where it ends."""
    parts: list[Part] = []
    while at < len(text) and text[at] not in " \t\r\n;&|()<>":
        character = text[at]
        if character == "'":
            end = closing(text, "'", at + 1)
            parts.append(Part("text", text[at + 1 : end], True))
            at = end + 1
        elif character == '"':
            quoted, at = read_quoted(text, at + 1)
            parts.extend(quoted)
        elif character == "\\":
            parts.append(Part("text", text[at + 1 : at + 2], True))
            at += 2
        elif character in "$`":
            part, at = read_dollar(text, at, quoted=False)
            parts.append(part)
        else:
            match = BARE.match(text, at)
            parts.append(Part("text", match[0] if match else character))
            at += len(parts[-1].text)
    return tuple(parts), at


def read_quoted(text: str, at: int) -> tuple[list[Part], int]:
    """What stands between double quotes, and where it ends."""
    parts, plain = [Part("text", "", True)], ""
    while True:
        if at >= len(text):
            raise NotUnderstood('unterminated `"`')
        character = text[at]
        if character == '"':
            return [*parts, Part("text", plain, True)], at + 1
        if character == "\\" and text[at + 1 : at + 2] in ("$", '"', "\\", "`"):
            plain += text[at + 1]
            at += 2
        elif character in "$`":
            part, at = read_dollar(text, at, quoted=True)
            parts += [Part("text", plain, True), part]
            plain = ""
        else:
            plain += character
            at += 1


def read_dollar(text: str, at: int, quoted: bool) -> tuple[Part, int]:
    """A variable or a substitution, and where it ends."""
    if text[at] == "`":
        end = closing(text, "`", at + 1)
        return Part("command", text[at + 1 : end], quoted), end + 1
    if text.startswith("$((", at):
        end = matching(text, at + 1)
        return Part("sum", text[at + 3 : end - 1], quoted), end + 1
    if text.startswith("$(", at):
        end = matching(text, at + 1)
        return Part("command", text[at + 2 : end], quoted), end + 1
    if match := BRACED.match(text, at + 1):
        return Part("variable", match[1], quoted, match[2] or ""), match.end()
    if text.startswith("${", at):
        raise NotUnderstood("this form of ${…}")
    if match := re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9?$#@*!]").match(text, at + 1):
        return Part("variable", match[0], quoted), match.end()
    return Part("text", "$", quoted), at + 1


def closing(text: str, quote: str, at: int) -> int:
    """Where the quote ends. Raises NotUnderstood."""
    end = text.find(quote, at)
    if end < 0:
        raise NotUnderstood(f"unterminated `{quote}`")
    return end


def matching(text: str, at: int) -> int:
    """Where the bracket that opens at `at` is closed. Raises NotUnderstood."""
    depth = 0
    for place in range(at, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if not depth:
            return place
    raise NotUnderstood("`)` is missing")
