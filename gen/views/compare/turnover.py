"""A turnover: one version takes the place of another behind a Service. When, who answered meanwhile, and that in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gen.trace.query import histories
from gen.trace.record import Micros, Ref
from gen.trace.trace import Trace
from gen.views.compare.muster import Count, counts
from gen.views.model import Standing, Sums
from gen.views.timeline import run_end


@dataclass(frozen=True, slots=True)
class Turnover:
    """From which line or fault on it goes, how many Pods are wanted, how it stood from when on, and when the run ended."""

    service: Ref
    begin: Micros
    wanted: int
    standings: tuple[Standing, ...]
    end: Micros

    def stretches(self) -> Iterator[tuple[Standing, Micros]]:
        """Each standing with how long it lasted."""
        ends = [*(one.at for one in self.standings[1:]), self.end]
        return ((one, max(until - one.at, 0)) for one, until in zip(self.standings, ends, strict=True))

    @property
    def done(self) -> Micros | None:
        """Since when only the new version answers, as many as wanted; None if that is not so in the end."""
        since = None
        for one in self.standings:
            if one.old or one.new < self.wanted:
                since = None
            elif since is None:
                since = one.at
        return since

    def sums(self) -> Sums:
        """It in numbers."""
        done, held = self.done, list(self.stretches())
        return Sums(
            least=min(one.answering for one in self.standings),
            short=sum(lasted for one, lasted in held if one.answering < self.wanted),
            nobody=sum(lasted for one, lasted in held if not one.answering),
            more=max(one.pods - self.wanted for one in self.standings),
            longer=sum(lasted for one, lasted in held if one.pods > self.wanted),
            both=sum(lasted for one, lasted in held if one.old and one.new),
            whole=None if done is None else done - self.begin,
        )  # fmt: skip


def turnover(trace: Trace, focus: Ref | None = None) -> Turnover | None:
    """The turnover behind a Service: the focus, or else the first one of the run. None where there is none.

    It begins with the line or the fault behind the first Pod of a new version. As many Pods are wanted as were there by then.
    """
    service = focus or next(iter(histories(trace, "Service")), None)
    found = counts(trace, service) if service and service.kind == "Service" else []
    change = first_of_a_new_version(found)
    begin = trace.why(change.record)[0].at if change else 0
    before = next((one for one in reversed(found) if one.at <= begin), None)
    if service is None or change is None or before is None:
        return None
    later = (one for one in found if one.at > begin)
    standings = (standing(before._replace(at=begin), before), *(standing(one, before) for one in later))
    return Turnover(service, begin, before.pods, standings, run_end(trace))


def first_of_a_new_version(found: list[Count]) -> Count | None:
    """The first count of a Pod of another version than those that were there till then; None where there is none."""
    seen: set[str] = set()
    for count in found:
        if seen and not seen.issuperset(count.there):
            return count
        seen.update(count.there)
    return None


def standing(count: Count, before: Count) -> Standing:
    """A count, by whether a version was there before the change."""
    old = sum(number for version, number in count.ready.items() if version in before.there)
    return Standing(at=count.at, record=count.record, old=old, new=count.answering - old, pods=count.pods)
