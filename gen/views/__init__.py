"""What pictures say: folds of a trace, in no language and without a pixel.

A view is a function of a Trace that returns a part of `gen.views.model`. `@view("timeline")` gives it the name by which
pages and the command line ask for it.
"""

from __future__ import annotations

from gen.views import board, diff, events, objects, rollout, sequence, terminal, timeline
from gen.views.registry import VIEWS, View, view
from gen.views.story import story

__all__ = ["VIEWS", "View", "board", "diff", "events", "objects", "rollout", "sequence", "story", "terminal", "timeline", "view"]
