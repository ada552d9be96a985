"""How kubectl says that something went wrong.

Upstream: kubectl/pkg/cmd/util/helpers.go (checkErr, StandardErrorMessage, MultipleErrors, AddSourceToErr, UsageErrorf).
"""

from __future__ import annotations

from collections.abc import Sequence

from gen.cluster.apiserver.status import StatusError


class Failure(Exception):
    """Something that kubectl itself finds wrong; `str()` is the sentence without `error: `."""


def usage(path: str, sentence: str) -> Failure:
    """A sentence about how a line was written, and where its help would stand; `path` is the command's, as in `rollout undo`."""
    return Failure(f"{sentence}\nSee 'kubectl {path} -h' for help and examples")


def message(errors: Sequence[Exception]) -> str:
    """What is printed for the errors of one line."""
    if len(errors) == 1:
        return ended(one_message(errors[0]))
    return "".join(ended(standard_message(error) or str(error)) for error in errors)


def one_message(error: Exception) -> str:
    """A single error; an invalid object gets its list of causes."""
    if isinstance(error, StatusError) and error.reason == "Invalid":
        return invalid_message(error)
    standard = standard_message(error)
    if standard is not None:
        return standard
    return str(error) if str(error).startswith("error: ") else f"error: {error}"


def standard_message(error: Exception) -> str | None:
    """The sentence for an answer of the server; None for an error of kubectl's own."""
    if not isinstance(error, StatusError):
        return None
    if error.reason == "Unauthorized":
        return f"error: You must be logged in to the server ({error.message})"
    return f"Error from server ({error.reason}): {error.message}" if error.reason else f"Error from server: {error.message}"


def invalid_message(error: StatusError) -> str:
    """`The Pod "web" is invalid: …`, with a line for each cause where there are several."""
    details = error.details
    if details is None:
        return f"The request is invalid: {error.message}"
    kind, name = details.get("kind", ""), details.get("name", "")
    causes = list(dict.fromkeys(f"{cause['field']}: {cause['message']}" for cause in details.get("causes") or ()))
    subject = f'The {kind} "{name}" is invalid' if kind or name else "The request is invalid"
    if not causes:
        return subject if kind or name else f"{subject}: {error.message}"
    if len(causes) == 1:
        return f"{subject}: {causes[0]}"
    return f"{subject}: " + "".join(f"\n* {cause}" for cause in causes)


def with_source(verb: str, source: str, error: Exception) -> Exception:
    """The error with the file that it is about."""
    if not source:
        return error
    if isinstance(error, StatusError):
        return StatusError(error.code, error.reason, f'error when {verb} "{source}": {error.message}', error.details)
    return Failure(f'error when {verb} "{source}": {error}')


def ended(text: str) -> str:
    """The text with a line's end."""
    return text if text.endswith("\n") else f"{text}\n"
