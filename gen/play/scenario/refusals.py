"""Plain manifests that were refused: what kubectl said about them, where that stands, and what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from gen.kit.evolve import dig
from gen.objects.custom import KUSTOMIZE, can_be_custom
from gen.objects.kinds import kind_by_name
from gen.play.reading.bad_input import BadInput
from gen.play.reading.builder import Path, Place
from gen.play.reading.problems import Unreadable
from gen.play.reading.reader import Document, documents, dotted
from gen.play.scenario.model import Scenario
from gen.trace.record import Said

CORRECT = "Correct the manifest, as one would in front of a real cluster."
BEGINS = re.compile(  # how kubectl begins a complaint
    r"Error from server|[Ee]rror[: ]|unable to decode|resource mapping not found|from \S+: cannot|The \w+ \"|the path "
)
MOST = 10  # complaints in one message
MISFIT = re.compile(r"cannot unmarshal (\w+) into Go")
JSON_TYPES = {list: "array", bool: "bool", int: "number", float: "number", dict: "object", str: "string"}
FIELD = re.compile(r"[A-Za-z][\w.-]*(?:\[\d+\][\w.-]*)*")


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a manifest that a complaint may be about."""

    file: str
    names_file: bool
    names_object: bool = False
    depth: int = 0
    line: int = 0
    column: int = 0
    field: str = ""

    def likelihood(self) -> tuple[bool, bool, int]:
        """The greater, the likelier."""
        return self.names_file, self.names_object, self.depth

    def at(self, place: Place, field: str = "", depth: int = 0) -> Spot:
        """A part of the same object: where it stands, which field it is, and how deep that lies."""
        return replace(self, line=place[0], column=place[1], field=field, depth=depth)

    def place(self) -> dict[str, Any]:
        """Where it is, as a BadInput has it."""
        return {"file": self.file, "line": self.line, "column": self.column, "field": self.field}


def refusal(scenario: Scenario, said: Said) -> BadInput:
    """What to say about plain manifests that were refused: kubectl's own words, and where the parts stand that they name."""
    texts = parsed(scenario.files)
    told = Counter(complaints(said.stderr))
    found = [(one, likeliest(texts, one) or Spot(scenario.path, True)) for one in list(told)[:MOST]]
    (what, first), *others = [(one + (f" ({told[one]} times)" if told[one] > 1 else ""), spot) for one, spot in found]
    lines = [what, *(str(BadInput(**spot.place(), what=one, todo="")).rstrip() for one, spot in others)]
    lines += [f"and {len(told) - MOST} complaints more"] if len(told) > MOST else []
    todo = dict.fromkeys(advice(one, spot, scenario.files) for one, spot in found)
    return BadInput(**first.place(), what="\n".join(lines), todo="\n  ".join(todo))


def complaints(stderr: str) -> list[str]:
    """What kubectl printed, complaint by complaint; warnings left out.

    >>> complaints('Warning: old\nerror: a\nb\nError from server (NotFound): c\n')
    ['a\nb', 'Error from server (NotFound): c']
    """
    found: list[str] = []
    for line in stderr.strip().split("\n"):
        if line.startswith("Warning: "):
            continue
        if found and not BEGINS.match(line):
            found[-1] += f"\n{line}"
        else:
            found.append(line.removeprefix("error: "))
    return found or [""]


def advice(complaint: str, spot: Spot, files: dict[str, str]) -> str:
    """What to do about a complaint."""
    unknown = re.search(r'no matches for kind "(.*?)" in version "(.*?)"', complaint)
    if unknown and unknown[2].startswith(f"{KUSTOMIZE}/"):
        return "Build it first: `kustomize build FOLDER | python3 -m gen run -`."
    known = kind_by_name(unknown[1]) if unknown else None
    if unknown and known is not None:
        if can_be_custom(unknown[2]):
            return f"Leave it out: {known.name} is Kubernetes' own kind here, and no other of that name can be kept."
        return f"Write apiVersion: {known.api_version}, which is what Kubernetes 1.36 has for {known.name}."
    if "cannot use generate name with apply" in complaint:
        return "Give it a metadata.name: only `kubectl create` makes up names."
    missing = re.search(r'namespaces "(.*?)" not found', complaint)
    if missing:
        return f"Put the Namespace {missing[1]} before all that stands in it: what is named first is applied first."
    if "no objects passed" in complaint:
        return "Send manifests, or name files that hold some: all that was read is empty, or comments."
    if "kind not set" in complaint and re.search(r"^(NOTES|MANIFEST|LAST DEPLOYED):", files.get(spot.file, ""), re.MULTILINE):
        return "This is what Helm tells of a release; its manifests are what `helm template` and `helm get manifest` print."
    if "error parsing" in complaint and "{{" in files.get(spot.file, ""):
        return "If it is a Helm template, render the chart first: `helm template NAME CHART | python3 -m gen run -`."
    return CORRECT


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file's documents up to the first that is no YAML, and why that is none."""

    file: str
    documents: tuple[Document, ...]
    broken: Unreadable | None = None


def parsed(files: dict[str, str]) -> list[Parsed]:
    """The files, each read as far as possible."""
    return [Parsed(file, *as_far_as_possible(text)) for file, text in files.items()]


def as_far_as_possible(text: str) -> tuple[tuple[Document, ...], Unreadable | None]:
    """The documents of a text, and what ended them."""
    found: list[Document] = []
    try:
        for document in documents(text):
            found.append(document)
    except Unreadable as error:
        return tuple(found), error
    return tuple(found), None


def likeliest(texts: list[Parsed], complaint: str) -> Spot | None:
    """The part of these files that kubectl most likely complains about."""
    found = [spot for text in texts for spot in spots(text, complaint)]
    return max(found, key=Spot.likelihood, default=None)


def spots(text: Parsed, complaint: str) -> Iterator[Spot]:
    """The parts of one file that a complaint may be about: the file, an object in it, a field, or where it is no YAML."""
    names_file = text.file in complaint
    yield Spot(text.file, names_file)
    for document in text.documents:
        yield from fields(document, Spot(text.file, names_file), complaint)
    if text.broken and names_file and text.broken.problem in complaint:
        yield Spot(text.file, names_file, depth=1, line=text.broken.line, column=text.broken.column)


def fields(document: Document, within: Spot, complaint: str) -> Iterator[Spot]:
    """Of each object in a document, which a List may have many of, what the complaint may be about."""
    items = dig(document.value, "items", None)
    if not isinstance(items, list) or not str(dig(document.value, "kind", "")).endswith("List"):
        yield from fields_of(document, document.value, within, complaint)
        return
    inside: dict[Any, dict[Path, Place]] = {}
    for path, place in document.places.items():
        if path[:1] == ("items",) and len(path) > 1:
            inside.setdefault(path[1], {})[path[2:]] = place
    for number, places in inside.items():
        yield from fields_of(Document(items[number], places), items[number], within, complaint)


def fields_of(document: Document, obj: Any, within: Spot, complaint: str) -> Iterator[Spot]:
    """The object, if it is named, and the fields that are; one that is missing stands where it would belong."""
    kind, name = str(dig(obj, "kind", "")), str(dig(obj, "metadata.name", ""))
    spot = replace(within, names_object=bool(kind) and is_named(kind, name, complaint))
    if spot.names_object:
        yield spot.at(document.place(()))
    if kind and f'no matches for kind "{kind}"' in complaint:
        yield spot.at(document.place(("kind",)), "kind", depth=1)
    if f'namespaces "{dig(obj, "metadata.namespace", "")}" not found' in complaint:
        yield replace(spot, names_object=True).at(document.place(("metadata", "namespace")), "metadata.namespace", depth=2)
    if "kind not set" in complaint and not kind:
        yield spot.at(document.place(()), depth=1)
    if (generated := dig(obj, "metadata.generateName", "")) and complaint.startswith(f"from {generated}: "):
        yield spot.at(document.place(("metadata", "generateName")), "metadata.generateName", depth=2)
    places = {dotted(path): (path, place) for path, place in document.places.items()}
    for word in field_words(complaint):
        around = next((part for part in (word, *parents(word)) if part in places), "")
        if around:
            path, place = places[around]
            yield spot.at(place, word, len(path) + is_misfit(obj, path, complaint))


def is_misfit(obj: Any, path: Path, complaint: str) -> bool:
    """Whether what stands there is of the type that Go's decoder could not take."""
    told = MISFIT.search(complaint)
    return told is not None and JSON_TYPES.get(type(value_at(obj, path))) == told[1]


def value_at(obj: Any, path: Path) -> Any:
    """What stands at a path; None where nothing does."""
    for part in path:
        fits = part in obj if isinstance(obj, dict) else isinstance(obj, list) and isinstance(part, int) and part < len(obj)
        obj = obj[part] if fits else None
    return obj


def is_named(kind: str, name: str, complaint: str) -> bool:
    """Whether a complaint names the object in one of kubectl's ways."""
    known = kind_by_name(kind)
    ways = [f'{kind} "{name}"', f'{known.resource} "{name}"', f'{kind}.{known.group} "{name}"'] if known else [f'{kind} "{name}"']
    return any(way in complaint for way in ways) or f'for name: "{name}"' in complaint and f'kind "{kind}"' in complaint


def field_words(complaint: str) -> list[str]:
    """What looks like a field's path in a complaint; Go's decoder writes the struct's name before it."""
    found = [word.strip(".") for word in FIELD.findall(complaint)]
    return [path for word in found for path in (word, word.partition(".")[2]) if "." in path]


def parents(path: str) -> Iterator[str]:
    """`a.b[0]`, `a.b`, `a` for `a.b[0].c`."""
    while path := path[: max(path.rfind("."), path.rfind("["), 0)]:
        yield path
