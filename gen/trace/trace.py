"""The trace of one run: append-only, in order, every record with its cause."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any, TypeVar

from gen.trace.record import KINDS, Micros, Record, Ref, Request, Write

R = TypeVar("R", bound=Record)


class Trace:
    """All records of a run, and what was said about the run as a whole.

    `info` holds what is no record (JSON-able): `startEpoch` (wall-clock seconds of virtual time 0), `seed`, `title`
    ({ko, en}), `namespace`, `end` (the virtual time at which the run ended) and `notSimulated` (a list of names).
    """

    def __init__(self, info: dict[str, Any] | None = None) -> None:
        self.info: dict[str, Any] = info or {}
        self.records: list[Record] = []

    def add(self, kind: type[R], **values: Any) -> R:
        """Make the next record."""
        record = kind(seq=len(self.records), **values)
        self.records.append(record)
        return record

    def leave_out(self, name: str) -> None:
        """Note that the run came to something that this cluster does not simulate: every figure of the run says so."""
        names = self.info.setdefault("notSimulated", [])
        if name not in names:
            names.append(name)

    def answer(self, request: Request, *, answered: Micros, code: int, message: str = "") -> None:
        """Fill in the answer of a request, once."""
        if request.answered is None:
            self.records[request.seq] = replace(request, answered=answered, code=code, message=message)

    def __len__(self) -> int:
        return len(self.records)

    def __getitem__(self, seq: int) -> Record:
        return self.records[seq]

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def of(self, kind: type[R]) -> Iterator[R]:
        """The records of one kind, in order."""
        return (record for record in self.records if isinstance(record, kind))

    def why(self, seq: int) -> list[Record]:
        """The chain of causes that ends in record `seq`, its root first."""
        chain: list[Record] = []
        at: int | None = seq
        while at is not None:
            chain.append(self.records[at])
            at = self.records[at].cause
        return chain[::-1]

    def about(self, ref: Ref) -> list[Record]:
        """Every record that names `ref`."""
        return [record for record in self.records if getattr(record, "ref", None) == ref]

    def between(self, start: Micros, end: Micros) -> list[Record]:
        """The records with start <= at <= end."""
        return [record for record in self.records if start <= record.at <= end]

    def digest(self) -> str:
        """SHA-256 over the lines of the trace: equal digests mean equal runs."""
        total = hashlib.sha256()
        for line in self.to_lines():
            total.update(line.encode() + b"\n")
        return total.hexdigest()

    def to_lines(self, *, as_made: bool = False) -> Iterator[str]:
        """The run as JSON lines: `info` first, then a record a line.

        A Write's `before` is not written: it is the `after` of the Write before it. Keys are sorted, but `as_made` leaves
        them in the order in which the run made them.
        """
        yield json.dumps({"info": self.info}, sort_keys=not as_made, ensure_ascii=False)
        for record in self.records:
            values = {field.name: getattr(record, field.name) for field in fields(record) if field.name != "before"}
            yield json.dumps({"record": type(record).__name__, **values}, sort_keys=not as_made, ensure_ascii=False)

    @classmethod
    def from_lines(cls, lines: Iterable[str]) -> Trace:
        """Read what `to_lines` wrote. Raises ValueError for a line that is none."""
        rows = [json.loads(line) for line in lines]
        if not rows or "info" not in rows[0]:
            raise ValueError("a trace begins with its info line")
        trace = cls(rows[0]["info"])
        last: dict[Ref, Any] = {}
        for row in rows[1:]:
            kind = KINDS[row.pop("record")]
            if "ref" in row:
                row["ref"] = Ref(*row["ref"])
            if kind is Write:
                row["before"], last[row["ref"]] = last.get(row["ref"]), row["after"]
            trace.records.append(kind(**row))
        return trace
