"""The command line: nine verbs, one function each (in `gen/commands`).

Results go to standard output, notes and progress to standard error. The exit code is 0 when the work was done, 1 when a
check, an expectation or a step failed, 2 for bad input.
"""

from __future__ import annotations

import argparse
import os
import sys

from gen.commands import bench, build, check, draw, record, replay, run, serve, test
from gen.commands.playing import Failed
from gen.play.reading.bad_input import BadInput

DONE, FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
VERBS = (serve, build, test, run, draw, record, replay, check, bench)


def parser() -> argparse.ArgumentParser:
    """What can be typed."""
    whole = argparse.ArgumentParser(
        prog="python3 -m gen",
        description="Kubernetes in Motion: a handbook whose pictures run. `VERB --help` says more, with an example.",
    )
    verbs = whole.add_subparsers(title="verbs", metavar="VERB", required=True)
    for verb in VERBS:
        verb.add(verbs)
    return whole


def main(arguments: list[str]) -> int:
    """Do what was typed; the exit code."""
    whole = parser()
    options, rest = whole.parse_known_args(arguments)
    if rest and not getattr(options, "passes_on", False):
        whole.error(f"unrecognized arguments: {' '.join(rest)}")
    options.rest = rest
    try:
        code: int = options.do(options)
        sys.stdout.flush()
        return code
    except BadInput as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except Failed as error:
        if error.__cause__ and sys.flags.dev_mode:
            raise
        print(error, file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        silence()  # the reader left
        return DONE
    except OSError as error:
        silence()
        print(f"gen: {error.filename or 'standard output'}: {error.strerror}", file=sys.stderr)
        return FAILED


def silence() -> None:
    """Nothing more can be printed, not even at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
