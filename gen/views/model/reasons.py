"""Why something happened: the links of all chains of causes that a reader may ask for."""

from __future__ import annotations

from dataclasses import dataclass

from gen.views.model.part import Micros, Part, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Part):
    """One field that a write changed, by its path, as it was and as it is since."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written(Part):
    """What a write left in etcd at `revision`: `deed` is created, removed or changed, `call` how the API was asked for it.

    Of the fields that it changed, `more` are not listed.
    """

    deed: str
    call: str
    revision: int
    changes: tuple[Change, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Part):
    """One link of a chain: record `record`, and the record of the link before it (`cause`, None where a chain begins).

    `text` says what was done, without who did it. `by` is the dotted name of the function that decided, "" for none. `about`
    is the Pod (`pod/NAMESPACE/NAME`) or the Node (`node/NAME`) that it was done to, "" for anything else.
    """

    record: int
    cause: int | None
    at: Micros
    who: Text
    text: Text
    read: tuple[Text, ...] = ()
    written: Written | None = None
    by: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons(Part):
    """All links, in the order in which they happened. Chains share links: each leads from its end back by `cause`.

    `ends` has the record of each step of the story.
    """

    links: tuple[Link, ...]
    ends: tuple[int, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """The functions that decided, each once, in order of their names."""
        return tuple(sorted({link.by for link in self.links if link.by}))

    def chain(self, record: int) -> tuple[Link, ...]:
        """The links that lead to a record, the first one first. KeyError for a record that nobody may ask for."""
        known = {link.record: link for link in self.links}
        found = [known[record]]
        while found[-1].cause is not None:
            found.append(known[found[-1].cause])
        return tuple(found[::-1])
