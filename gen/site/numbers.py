"""Numbers in the prose come from a run. In a page, between backticks:

    #!run SCENARIO: REF COUNT [at TIME]                   a count of an object's status; at the end of the run
    #!run SCENARIO: when CONDITION [after TIME]           when it came true for the first time; after virtual time 0
    #!run SCENARIO: writes [of KIND] [from TIME] [to TIME]  how many changes etcd stored; from 0 to the end, both included
    #!run SCENARIO: name of KIND NUMBER                   the name of the first, second, … object of a kind to appear
    #!run SCENARIO: lines of REF sent|stored|by WHO       of an object when it was created, as the view `diff` shows it
    #!run SCENARIO: change NUMBER of REF                  a number of the change behind a Service, as the view compare has it:
                                                          least, short, nobody, more, longer, both or whole

SCENARIO is a file of docs/scenarios; REF, COUNT and CONDITION are those of gen/play/conditions, TIME is 12s, 1m30s or 250ms.
Times are printed with the digits of the figures' clock.

    #!run first-journey: deployment/web ready at 1.5s
    #!run first-journey: when deployment/web ready >= 2
    #!run self-healing: writes of pod from 10s
    #!run strategy-rolling: change both of service/web
    #!run first-journey: name of pod 2
    #!run pod-filled-in: lines of pod/web by ServiceAccount

Whatever is wrong is told with the page, the line and what to do: see `problems`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from html import escape
from pathlib import Path

from markdown import Markdown
from pymdownx.inlinehilite import InlineHiliteException
from pymdownx.superfences import SuperFencesException

from gen.draw import say
from gen.draw.compare.panel import TENTH
from gen.draw.scale import MINUTE, SECOND, exact, spoken
from gen.kit.duration import parse_duration
from gen.objects.kinds import KINDS, Kind, kind_named
from gen.play import conditions
from gen.play.expect import Objects, answers
from gen.play.reading.bad_input import nearest
from gen.site import problems
from gen.site.cache import run_of
from gen.site.fences import wrong
from gen.site.place import Place, place_of
from gen.trace.query import histories, stored
from gen.trace.record import Micros, Ref, Write
from gen.trace.trace import Trace
from gen.views.compare import turnover
from gen.views.diff import diff
from gen.views.model import Sums, Text

FORMS = (
    "Write `REF COUNT`, `when CONDITION`, `writes`, `name of KIND NUMBER`, `lines of REF sent` or `change NUMBER of REF` "
    "after the scenario: see gen/site/numbers.py."
)

PODS = ("least", "more")  # the numbers of a change that count Pods; the others are times

EARLIER = "Ask for something that happens then, or name an earlier TIME with `after`."


class WrongNumber(Exception):
    """A span that cannot be answered; the message says what is wrong and what to do."""


def number(source: str, language: str, css_class: str, md: Markdown) -> str:
    """What InlineHilite calls for each `#!run` span: its HTML."""
    place = place_of(md)
    try:
        return answer(source, place.scenarios, place.lang)
    except WrongNumber as error:
        what = str(error)
    except Exception as error:  # a formatter's exception is swallowed, and the build would go on: so nothing may leave
        what = wrong(error)
    return told(f"{where(place, source)}: `#!run {source}`: {what}")


def told(problem: str) -> str:
    """Report a problem; what stands on the page in its place. Raises InlineHiliteException where nobody collects."""
    try:
        problems.report(problem)
    except SuperFencesException as error:
        raise InlineHiliteException(problem) from error
    return f'<strong class="kim-problem" role="alert">{escape(problem)}</strong>'


def where(place: Place, source: str, name: str = "run") -> str:
    """`docs/ko/index.md:12`, the line on which the span of that name with this content begins."""
    span = re.search(rf"(?:#!|:{{3,}}){name}\s+" + r"\s+".join(map(re.escape, source.split())), place.text)
    return f"{place.path}:{place.text.count(chr(10), 0, span.start()) + 1}" if span else place.path


def answer(source: str, scenarios: Path, lang: str) -> str:
    """What a span says, as HTML. Raises WrongNumber, and whatever is wrong with the run."""
    scenario, colon, question = " ".join(source.split()).partition(": ")
    if not colon:
        raise WrongNumber(f"asks nothing of a run. {FORMS}")
    known = sorted(file.stem for file in scenarios.glob("*.yaml"))
    if scenario not in known:
        raise WrongNumber(f"there is no scenario {scenario!r}; {nearest(scenario, known)}")
    trace = run_of(scenarios / f"{scenario}.yaml")
    for form, tell in QUESTIONS.items():
        found = form.fullmatch(question)
        if found:
            told = tell(trace, **found.groupdict())
            return figure(say(told, lang)) if isinstance(told, Text) else str(told)
    raise WrongNumber(f"{question!r} is no question. {FORMS}")


def counted(trace: Trace, ref: str, count: str, at: str | None) -> str:
    """REF COUNT [at TIME]."""
    wanted = conditions.reference(ref)
    counts = {**conditions.COUNTS, **conditions.OTHER_COUNTS.get(wanted.kind, {})}
    fitting = {name: read for name, read in counts.items() if (name == "restarts") == (wanted.kind == "Pod")}
    if count not in fitting:
        raise WrongNumber(f"a {wanted.kind} has no count {count!r}; {nearest(count, fitting)}")
    moment = end(trace) if at is None else micros(at)
    obj = stored(trace, moment).get(wanted)
    if obj is None:
        raise WrongNumber(f"there is no {ref} at {spoken(moment)}. {instead(trace, wanted, moment)}")
    return figure(f"{fitting[count](obj):,}")


def came_true(trace: Trace, condition: str, after: str | None) -> Text:
    """When CONDITION [after TIME]: the first moment from TIME on at which it holds and did not before."""
    wanted, since = conditions.parse(condition), micros(after or "0s")
    before = wanted.holds(Objects())
    for write, holds in answers(wanted, trace):
        if holds and not before and write.at >= since:
            return in_prose(write.at)
        before = holds
    what = "is true already, and does not come true again" if before else "does not come true"
    raise WrongNumber(f"{condition} {what} between {spoken(since)} and the end of the run at {spoken(end(trace))}. {EARLIER}")


def writes(trace: Trace, kind: str | None, since: str | None, until: str | None) -> str:
    """How many writes [of KIND] [from TIME] [to TIME]."""
    name = kind and kind_asked(kind).name
    first, last = micros(since or "0s"), end(trace) if until is None else micros(until)
    found = [write for write in trace.of(Write) if first <= write.at <= last and name in (None, write.ref.kind)]
    return figure(f"{len(found):,}")


def named(trace: Trace, kind: str, place: str) -> str:
    """Name of KIND NUMBER."""
    name = kind_asked(kind).name
    found = list(histories(trace, name))
    if not 1 <= int(place) <= len(found):
        raise WrongNumber(f"there is no {name} number {place}: the run has {len(found)}. Name one from 1 on.")
    return f"<code>{escape(found[int(place) - 1].name)}</code>"


def lines(trace: Trace, ref: str, what: str) -> str:
    """Lines of REF sent, stored, or by one of those who wrote it."""
    wanted = conditions.reference(ref)
    created = next((one for one in diff(trace, focus=wanted).revisions if not one.before), None)
    if created is None:
        raise WrongNumber(f"there is no {ref}. {instead(trace, wanted, end(trace))}")
    counts = {"sent": created.sent, "stored": created.after}
    names = [dict(by.params).get("plugin") or dict(by.params).get("name") or by.key.rpartition(".")[2] for by, _ in created.tally]
    counts |= {f"by {name}": count for name, (_, count) in zip(names, created.tally, strict=True)}
    if what not in counts:
        raise WrongNumber(f"{ref} has no lines {what!r}; {nearest(what, counts)}")
    return figure(f"{counts[what]:,}")


def changed(trace: Trace, number: str, ref: str) -> str | Text:
    """Change NUMBER of REF."""
    numbers = [one.name for one in fields(Sums)]
    if number not in numbers:
        raise WrongNumber(f"a change has no number {number!r}; {nearest(number, numbers)}")
    found = turnover(trace, conditions.reference(ref))
    value: int | None = getattr(found.sums(), number) if found else None
    if value is None:
        todo = "Name a Service whose Pods get another version."
        raise WrongNumber(f"the run has no change behind {ref} that comes to its end. {todo}")
    return figure(str(value)) if number in PODS else length(value)


def length(micros: Micros) -> Text:
    """A length in words, as the view compare rounds it."""
    minutes, tenths = divmod((micros + TENTH // 2) // TENTH, MINUTE // TENTH)
    seconds = f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
    return Text("prose.minutes", minutes=minutes, number=seconds) if minutes else Text("prose.seconds", number=seconds)


QUESTIONS: dict[re.Pattern[str], Callable[..., str | Text]] = {
    re.compile(r"when (?P<condition>.+?)(?: after (?P<after>\S+))?"): came_true,
    re.compile(r"writes(?: of (?P<kind>\S+))?(?: from (?P<since>\S+))?(?: to (?P<until>\S+))?"): writes,
    re.compile(r"name of (?P<kind>\S+) (?P<place>\d+)"): named,
    re.compile(r"lines of (?P<ref>\S+/\S+) (?P<what>sent|stored|by \S+)"): lines,
    re.compile(r"change (?P<number>\S+) of (?P<ref>\S+)"): changed,
    re.compile(r"(?P<ref>\S+/\S+) (?P<count>\S+)(?: at (?P<at>\S+))?"): counted,
}


def micros(text: str) -> Micros:
    """A TIME. Raises WrongNumber."""
    try:
        return parse_duration(text)
    except ValueError:
        raise WrongNumber(f"{text!r} is no time. Write it as 12s, 1m30s or 250ms.") from None


def kind_asked(word: str) -> Kind:
    """A KIND. Raises WrongNumber."""
    kind = kind_named(word)
    if kind is None:
        raise WrongNumber(f"there is no kind {word!r}; {nearest(word, [kind.singular for kind in KINDS])}")
    return kind


def end(trace: Trace) -> Micros:
    """When the run ended."""
    return int(trace.info["end"])


def instead(trace: Trace, ref: Ref, moment: Micros) -> str:
    """What to ask for where an object is not there at a moment."""
    of_kind = histories(trace, ref.kind)
    if ref not in of_kind:
        known = [f"{ref.kind.lower()}/{one.name}" for one in of_kind]
        return nearest(f"{ref.kind.lower()}/{ref.name}", known) if known else f"The run has no {ref.kind} at all."
    born = of_kind[ref][0].at
    return f"Name a moment with `at`: it is {f'there from {spoken(born)} on' if born > moment else 'gone by then'}."


def in_prose(at: Micros) -> Text:
    """A time in words, with the digits of the figures' clock, so that a reader finds the moment there."""
    minutes, rest = divmod(at, MINUTE)
    if minutes:
        return Text("prose.minutes", minutes=minutes, number=f"{rest // SECOND}")
    return Text("prose.seconds", number=exact(at).removesuffix(" s"))


def figure(text: str) -> str:
    """A number on the page."""
    return f'<span class="kim-number">{escape(text)}</span>'
