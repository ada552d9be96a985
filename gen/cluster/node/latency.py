"""How long things take on a node. Ranges in microseconds, (least, most), drawn with the node's own dice.

The first group was measured on the recorded cluster (three kubelets on two loaded cores): from the 10th percentile to the
50th, so its quicker half; from leaving to terminal is split between EXIT and EXIT_NOTICED. The second group is assumed.
"""

from __future__ import annotations

import random

from gen.kit.loop import MILLISECOND, Micros

FIRST_STATUS = (22 * MILLISECOND, 110 * MILLISECOND)  # bound → the kubelet's first word
SANDBOX = (300 * MILLISECOND, 690 * MILLISECOND)  # → network namespace, pause container, address
CREATE = (16 * MILLISECOND, 53 * MILLISECOND)  # image there → container created
START = (53 * MILLISECOND, 135 * MILLISECOND)  # created → started
STARTED_NOTICED = (9 * MILLISECOND, 28 * MILLISECOND)  # started → reported Running
EXIT = (100 * MILLISECOND, 330 * MILLISECOND)  # SIGTERM → a process that listens to it is gone
EXIT_NOTICED = (40 * MILLISECOND, 130 * MILLISECOND)  # exit → reported

SANDBOX_NOTICED = (8 * MILLISECOND, 15 * MILLISECOND)  # the sandbox is up → the kubelet reports it
CLEANED_UP = (5 * MILLISECOND, 30 * MILLISECOND)  # its end is seen → volumes and cgroup gone, the Pod may be removed
WORKER_WAKES = (2 * MILLISECOND, 8 * MILLISECOND)  # a change of the Pod → its worker looks at it
STATUS_SENT = (1 * MILLISECOND, 4 * MILLISECOND)  # the status manager's own goroutine
PROBE = (2 * MILLISECOND, 20 * MILLISECOND)  # a probe asks → it has its answer


def draw(dice: random.Random, least_and_most: tuple[Micros, Micros]) -> Micros:
    """One duration out of a range."""
    return dice.randint(*least_and_most)


def until_next(now: Micros, beat: Micros, offset: Micros) -> Micros:
    """How long until the next of the beats that come every `beat`, shifted by `offset`."""
    return beat - (now - offset) % beat
