"""What a picture says, before anybody draws it: no pixels, no language.

Every part is frozen, compares by value and turns into JSON.
"""

from __future__ import annotations

from gen.views.model.board import Act, Board, Site, Stay, Turn
from gen.views.model.comparison import Comparison, Course, Standing, Sums
from gen.views.model.diff import Diff, Hunk, Revision
from gen.views.model.part import Micros, Part, Text, Value, plain
from gen.views.model.reasons import Change, Link, Reasons, Written
from gen.views.model.rollout import Balance, Count, Rollout, Scaling, Share
from gen.views.model.sequence import Line, Sequence
from gen.views.model.story import Picture, Step, Story
from gen.views.model.table import Column, Row, Sighting, Table
from gen.views.model.terminal import Entry, Piece, Terminal
from gen.views.model.timeline import Arc, Break, Group, Lane, Mark, Span, Timeline
from gen.views.model.tree import Branch, Tree

__all__ = [
    "Act",
    "Arc",
    "Balance",
    "Board",
    "Branch",
    "Break",
    "Change",
    "Column",
    "Comparison",
    "Count",
    "Course",
    "Diff",
    "Entry",
    "Group",
    "Hunk",
    "Lane",
    "Line",
    "Link",
    "Mark",
    "Micros",
    "Part",
    "Picture",
    "Piece",
    "Reasons",
    "Revision",
    "Rollout",
    "Row",
    "Scaling",
    "Sequence",
    "Share",
    "Sighting",
    "Site",
    "Span",
    "Standing",
    "Stay",
    "Step",
    "Story",
    "Sums",
    "Table",
    "Terminal",
    "Text",
    "Timeline",
    "Tree",
    "Turn",
    "Value",
    "Written",
    "plain",
]
