"""How long a commit takes: the one thing that a single etcd member still waits for is its disk."""

from __future__ import annotations

import random

from gen.kit.loop import Micros

COMMIT_US = (1_200, 3_200)  # write-ahead log to disk; etcd's own advice is a 99th percentile under 10 ms


def commit(dice: random.Random) -> Micros:
    """The time from a proposal until it is safe on disk."""
    return dice.randint(*COMMIT_US)
