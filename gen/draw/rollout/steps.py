"""The steps of a rollout as a table: when, who, how many old and new Pods were wanted, how many were there, what is allowed."""

from __future__ import annotations

from gen.draw.rollout.plot import change
from gen.draw.words import say
from gen.views.model import Column, Rollout, Row, Scaling, Sighting, Table, Text
from gen.views.sentences import component

COLUMNS = ("time", "who", "old", "new", "available", "allowed")
WITHOUT_WHO = tuple(key for key in COLUMNS if key != "who")


def steps(rollout: Rollout, lang: str, columns: tuple[str, ...] = COLUMNS) -> Table:
    """The table, in one language."""
    return Table(
        caption=Text("rollout.steps", count=len(rollout.scalings)),
        columns=tuple(
            Column(key=key, heading=say(Text(f"rollout.column.{key}"), lang), shape="time" if key == "time" else "name")
            for key in columns
        ),
        rows=tuple(row(one, lang, columns) for one in rollout.scalings),
    )  # fmt: skip


def row(one: Scaling, lang: str, columns: tuple[str, ...]) -> Row:
    """One step."""
    said = {
        "time": "", "who": say(component(one.who), lang), "old": change(one.old), "new": change(one.new),
        "available": str(one.available), "allowed": f"{one.least}–{one.most}",
    }  # fmt: skip
    return Row(sightings=(Sighting(at=one.at, record=one.record, cells=tuple(said[key] for key in columns)),))
