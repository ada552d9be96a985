"""What is wrong with a text that is no YAML, in the words in which kubectl says it.

The parser under Python words its complaints otherwise than the library under kubectl, though both find the same; this table
translates. Upstream: go.yaml.in/yaml/v2 parserc.go, scannerc.go and the line rule of decode.go (`fail`).
"""

from __future__ import annotations

import re

import yaml

TRANSLATED = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"expected ',' or '\]'.*", "did not find expected ',' or ']'"),
        (r"expected ',' or '\}'.*", "did not find expected ',' or '}'"),
        (r"expected the node content.*", "did not find expected node content"),
        (r"expected '<document start>'.*", "did not find expected <document start>"),
        (r"found character .* that cannot start any token", "found character that cannot start any token"),
        (r"mapping values are not allowed here", "mapping values are not allowed in this context"),
        (r"mapping keys are not allowed here", "mapping keys are not allowed in this context"),
        (r"sequence entries are not allowed here", "block sequence entries are not allowed in this context"),
        (r"expected alphabetic or numeric character.*", "did not find expected alphabetic or numeric character"),
        (r"found unknown escape character.*", "found unknown escape character"),
        (r"expected escape sequence of .*", "did not find expected hexdecimal number"),
        (r"found unexpected ':'", "found unexpected ':'"),
        (r"expected a digit or.*|expected a comment or a line break.*", "did not find expected comment or line break"),
        (r"special characters are not allowed", "control characters are not allowed"),
    )
)
NO_CHARACTER = (ValueError, OverflowError)  # what Python itself raises for an escape beyond the last character
BEYOND = re.compile(r"\\U((?!00(?:0|10))[0-9A-Fa-f]{8})")
BLOCK_ENDS = {
    "while parsing a block collection": "did not find expected '-' indicator",
    "while parsing a block mapping": "did not find expected key",
}


class Unreadable(Exception):
    """A text that cannot be read as YAML. `line` and `column` count from 1; `str()` is what kubectl's library says."""

    def __init__(self, line: int, column: int, problem: str, go_line: int = 0) -> None:
        self.line, self.column, self.problem = line, column, problem
        told = problem if problem.startswith("json: ") else f"yaml: {problem}"
        super().__init__(f"yaml: line {go_line}: {problem}" if go_line else told)


def diagnosis(text: str, error: Exception) -> Unreadable:
    """The complaint about `text`. `error` stands if the slower parser, whose complaints all machines share, finds nothing."""
    try:
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass
    except yaml.YAMLError as found:
        error = found
    except NO_CHARACTER:
        return no_character(text)
    if isinstance(error, yaml.reader.ReaderError):
        before = text[: error.position]
        return Unreadable(before.count("\n") + 1, len(before) - before.rfind("\n"), translated(error.reason))
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Unreadable(1, 1, str(error))
    problem = BLOCK_ENDS.get(error.context or "") if "<block end>" in (error.problem or "") else None
    mark = error.problem_mark
    scanner = isinstance(error, yaml.scanner.ScannerError)
    go_line = mark.line + scanner if mark.line else error.context_mark.line if error.context_mark else 0
    return Unreadable(mark.line + 1, mark.column + 1, problem or translated(error.problem or str(error)), go_line)


def no_character(text: str) -> Unreadable:
    """The complaint about an escape beyond the last character that there is."""
    found = BEYOND.search(text)
    before = text[: found.start(1)] if found else ""
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    return Unreadable(line, column, "found invalid Unicode character escape code", line if line > 1 else 0)


def translated(problem: str) -> str:
    """The problem in the words of kubectl's library."""
    return next((text for pattern, text in TRANSLATED if pattern.fullmatch(problem)), problem)
