"""The `proof` fence: how near the model comes to what a real cluster did, one recording a row.

    ```proof
    of: all
    ```

There is nothing to choose, so it may be empty too. Every recording in RECORDINGS is played and measured, when it or the engine
has changed. What there is to say of each in words stands in `proof.yaml`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from markdown import Markdown

from gen.draw import say
from gen.draw.svg import Element, markup, tag
from gen.play.measure import FIGURES, Row, compare
from gen.play.measure.report import means
from gen.play.recording.files import documents
from gen.play.recording.replay import replay
from gen.site.cache import engine
from gen.site.excerpt import BRANCH
from gen.site.fences import WrongFence, formatter, options_of, wrong
from gen.site.place import Place
from gen.site.shelf import BESIDE, Shelf, content_of
from gen.views.model import Text

RECORDINGS = "tests/recordings"  # beside the pages, where the whole project is there
WORDS = Path(__file__).parent / "proof.yaml"
PROOFS = Shelf(BESIDE / "proofs", most=200)  # less than 1 KB each
FLOOR = 0.97  # what is below wants a reason


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of one recording: its figures, how many of its steps could not be played, and what was recorded."""

    name: str
    figures: Row
    unplayed: int
    version: str
    kubelet: bool

    @property
    def low(self) -> Row:
        """The figures that want a reason."""
        return {figure: value for figure, value in self.figures.items() if is_low(value)}


@dataclass(frozen=True, slots=True)
class Entry:
    """What proof.yaml says of a recording, by language; `explained` are the figures that `why` is about."""

    title: dict[str, str]
    why: dict[str, str]
    explained: list[str]


@formatter("proof")
def proof(source: str, place: Place, md: Markdown) -> str:
    """The HTML of a `proof` fence."""
    if source.strip() and options_of(source) != {"of": "all"}:
        raise WrongFence("shows all recordings and knows nothing else. Leave it empty, or write `of: all`.")
    found = proofs(place.pages.parents[1] / RECORDINGS)
    if not found:
        return markup(tag("p", say(Text("proof.none"), place.lang), class_="kim-proof-none"))
    repository = md.treeprocessors["relpath"].config.repo_url
    return "".join(map(markup, shown(found, entries(), place.lang, repository)))


def proofs(folder: Path) -> list[Proof]:
    """What came of every recording in a folder, by their names. Raises WrongFence, which names all that cannot be read."""
    found, broken = [], []
    for recording in sorted(file.parent for file in folder.glob("*/steps.yaml")):
        try:
            found.append(proved(recording, content_of(recording)))
        except Exception as error:  # whatever it is, the others may have something too
            broken.append(f"recording {recording.name}: {wrong(error)}")
    if broken:
        raise WrongFence("\n".join(broken))
    return found


@cache
def proved(recording: Path, content: str) -> Proof:
    """What came of a recording with this content; it is played when nothing is kept. Raises BadInput."""
    name = hashlib.sha256(f"{engine()} {content}".encode()).hexdigest()[:32]
    kept = PROOFS.take(name)
    found = restored(kept) if kept is not None else None
    if found is None:
        found = measured(recording)
        PROOFS.keep(name, json.dumps(asdict(found)))
    return found


def restored(text: str) -> Proof | None:
    """The proof that a text tells; None for a text that tells none."""
    try:
        found = Proof(**json.loads(text))
    except (TypeError, ValueError):
        return None
    return found if list(found.figures) == list(FIGURES) else None


def measured(recording: Path) -> Proof:
    """Play a recording and compare. Raises BadInput."""
    unplayed: list[str] = []
    with TemporaryDirectory() as run:
        replay(recording, Path(run), unplayed.append)
        figures = compare(recording, Path(run))
    about: dict[str, Any] = next(iter(documents(recording / "meta.yaml")), {})
    version, _, _ = str(about.get("kubernetesVersion", "")).partition(" ")
    return Proof(recording.name, figures, len(unplayed), version.removeprefix("v"), str(about.get("kubelet")).startswith("real"))


def entries() -> dict[str, Entry]:
    """proof.yaml, read."""
    rows = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return {name: entry(**row) for name, row in rows.items()}


def entry(title: dict[str, str], why: Mapping[str, Any] | None = None) -> Entry:
    """One recording of proof.yaml."""
    given = dict(why or {})
    return Entry(title, explained=given.pop("of", []), why=given)


def shown(found: list[Proof], known: Mapping[str, Entry], lang: str, repository: str) -> Iterable[Element]:
    """The table, and below it why some figures are low."""
    caption = say(captioned(found), lang)
    head = [tag("th", say(Text("proof.recording"), lang), scope="col")]
    head += [tag("th", figure, scope="col") for figure in FIGURES]
    rows = [row(one, known.get(one.name), lang, repository) for one in found]
    mean = tag("th", say(Text("proof.mean"), lang), scope="row")
    total = means({one.name: one.figures for one in found})
    yield tag(
        "div",
        tag(
            "table", tag("caption", caption), tag("thead", tag("tr", head)), tag("tbody", rows),
            tag("tfoot", tag("tr", mean, [cell(value, None) for value in total.values()])), class_="kim-proof-table",
        ),
        class_="kim-proof", tabindex=0, role="region", aria_label=caption, data_search_exclude=True,
    )  # fmt: skip
    short = [one for one in found if one.low or one.unplayed]
    if short:
        yield tag("p", say(Text("proof.why", floor=written(FLOOR)), lang))
        reasons = [reason(one, known.get(one.name), lang) for one in short]
        yield tag("ul", reasons, class_="kim-proof-why", data_search_exclude=True)


def captioned(found: list[Proof]) -> Text:
    """How many recordings there are, and of what."""
    versions = ", ".join(dict.fromkeys(one.version for one in found if one.version))
    return Text("proof.caption", recordings=len(found), real=sum(one.kubelet for one in found), version=versions)


def row(one: Proof, known: Entry | None, lang: str, repository: str) -> Element:
    """The figures of one recording. Its name leads to its folder."""
    name: Element = tag("span", one.name, class_="kim-proof-name")
    if repository:
        name = tag("a", one.name, href=folder_in(repository, one.name), class_="kim-proof-name")
    title = [tag("span", known.title[lang], class_="kim-proof-title")] if known else []
    return tag("tr", tag("th", title, name, scope="row"), [cell(value, one.name) for value in one.figures.values()])


def folder_in(repository: str, name: str) -> str:
    """Where the repository's host shows the folder of a recording."""
    return f"{repository.rstrip('/')}/tree/{BRANCH}/{RECORDINGS}/{name}"


def cell(value: float | None, name: str | None) -> Element:
    """One figure; a low one of a recording leads to its reason."""
    if not is_low(value):
        return tag("td", written(value))
    text = tag("a", written(value), href=f"#{anchor(name)}") if name else written(value)
    return tag("td", tag("strong", text), class_="kim-proof-low")


def reason(one: Proof, known: Entry | None, lang: str) -> Element:
    """Why figures of a recording are low, or that nobody has said so yet; and how much of it could not be played."""
    said, explained = [], set(known.explained if known else ())
    if known and explained & set(one.low):
        said.append(known.why[lang])
    unexplained = ", ".join(figure for figure in one.low if figure not in explained)
    if unexplained:
        said.append(say(Text("proof.unexplained", figures=unexplained), lang))
    if one.unplayed:
        said.append(say(Text("proof.unplayed", steps=one.unplayed), lang))
    figures = ", ".join(f"{figure} {written(value)}" for figure, value in one.low.items())
    title = known.title[lang] if known else one.name
    head = tag("strong", f"{title} ({figures})" if figures else title)
    return tag("li", head, ": ", " ".join(said), id=anchor(one.name))


def anchor(name: str) -> str:
    """Where the reason of a recording stands on its page."""
    return f"proof-{name}"


def is_low(value: float | None) -> bool:
    """Whether a figure, as it is written, wants a reason."""
    return value is not None and round(value, 3) < FLOOR


def written(value: float | None) -> str:
    """A figure with three decimals at most; 1 is written only where nothing differs, a dash where nothing is compared."""
    if value is None:
        return "–"
    return f"{value if value == 1 else min(value, 0.999):.3f}".rstrip("0").rstrip(".")
