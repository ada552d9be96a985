"""Several runs side by side: `muster` counts who stands behind a Service, `turnover` is one change there, `runs` the whole.

It stands apart from the other views: the engine in a page plays one run at a time, and does without it.
"""

from __future__ import annotations

from gen.views.compare.runs import Run, compare, why_each
from gen.views.compare.turnover import turnover

__all__ = ["Run", "compare", "turnover", "why_each"]
