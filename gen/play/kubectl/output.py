"""How kubectl prints what it got: tables, YAML, JSON, names.

Upstream: cli-runtime/pkg/printers (v1.36.2).
"""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from gen.kit import quantity
from gen.kit.evolve import REMOVED, dig, evolve
from gen.objects import meta, tables
from gen.objects.kinds import Kind, kind_by_name
from gen.play.kubectl.path_values import found_rows
from gen.play.kubectl.paths import relaxed

Obj = dict[str, Any]
GAP = 3  # blanks between columns
LEAST = 6  # the width of a column with its blanks; upstream: printers.GetNewTabWriter
LINE = 80  # after so many characters Go's writer breaks a long text of YAML at the next blank


def table_text(
    headings: list[str], rows: list[list[str]], *, with_headings: bool = True, gap: int = GAP, least: int = LEAST
) -> str:
    """Columns as wide as their widest cell and the gap, and never narrower than `least`; the last one as it is."""
    lines = [headings, *rows] if with_headings else rows
    return "".join(f"{line}\n" for line in Columns(gap, least).aligned(lines))


class Columns:
    """Columns that may be printed on and on: one that has become wider stays so (upstream: tabwriter.RememberWidths)."""

    def __init__(self, gap: int = GAP, least: int = LEAST) -> None:
        self.gap, self.least = gap, least
        self._widths: list[int] = []

    def aligned(self, lines: list[list[str]]) -> list[str]:
        """Lines of cells, all but the last of each filled up."""
        for line in lines:
            self._widths += [self.least] * (len(line) - 1 - len(self._widths))
            for column, cell in enumerate(line[:-1]):
                self._widths[column] = max(self._widths[column], len(cell) + self.gap)
        return ["".join((*map(str.ljust, line[:-1], self._widths), line[-1])) for line in lines]


def objects_table(
    kind: str,
    objects: list[Obj],
    now_s: int,
    *,
    wide: bool = False,
    show_labels: bool = False,
    label_columns: tuple[str, ...] = (),
    namespaces: bool = False,
    prefix: str = "",
    with_headings: bool = True,
) -> str:
    """The objects of one kind as a table."""
    headings, rows = object_rows(kind, objects, now_s, wide, show_labels, label_columns, namespaces, prefix)
    return table_text(headings, rows, with_headings=with_headings)


def object_rows(
    kind: str, objects: list[Obj], now_s: int, wide: bool, show_labels: bool, label_columns: tuple[str, ...], namespaces: bool,
    prefix: str,
) -> tuple[list[str], list[list[str]]]:  # fmt: skip
    """Headings, and a row for each object. `prefix` goes before each name, as `get all` prints them."""
    headings, rows = tables.table(kind, objects, now_s, wide=wide)
    if prefix and "NAME" in headings:
        at = headings.index("NAME")
        rows = [[*row[:at], prefix + row[at], *row[at + 1 :]] for row in rows]
    for label in label_columns:
        headings = [*headings, label.rsplit("/", 1)[-1].upper()]
        rows = [[*row, meta.labels(obj).get(label, "")] for row, obj in zip(rows, objects, strict=True)]
    if show_labels:
        headings = [*headings, "LABELS"]
        rows = [[*row, tables.labels_text(obj)] for row, obj in zip(rows, objects, strict=True)]
    if namespaces:
        headings = ["NAMESPACE", *headings]
        rows = [[meta.namespace(obj), *row] for row, obj in zip(rows, objects, strict=True)]
    return headings, rows


def shown(obj: Obj) -> Obj:
    """The object without what kubectl hides."""
    return dict(evolve(obj, "metadata.managedFields", REMOVED)) if dig(obj, "metadata.managedFields") else obj


def as_list(objects: list[Obj], *, managed: bool = False) -> Obj:
    """Several objects as one: kubectl's own List; `managed`: with who manages their fields."""
    items = [one if managed else shown(one) for one in objects]
    return {"apiVersion": "v1", "items": items, "kind": "List", "metadata": {"resourceVersion": ""}}


def json_text(value: Any) -> str:
    """JSON as kubectl prints it: four blanks, sorted keys."""
    return json.dumps(value, indent=4, sort_keys=True, ensure_ascii=False) + "\n"


class _Dumper(yaml.SafeDumper):
    """YAML as Go's sigs.k8s.io/yaml writes it."""

    def ignore_aliases(self, data: Any) -> bool:
        """Branches that objects share are written out each time."""
        return True


_AMBIGUOUS = re.compile(
    r"""(?ix) ~ | null | y | n | yes | no | on | off | true | false | [-+]?(\.\d+|\d[\d_]*(\.\d*)?)(e[-+]?\d+)?
    | 0x[\da-f]+ | 0o[0-7]+ | [-+]?\.inf | \.nan | \d{4}-\d\d-\d\d([t ].*)? | [-+]?[1-9][\d_]*(:[0-5]?\d)+(\.[\d_]*)?"""
)


def _string(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if "\n" in text:
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|")
    quoted = not text or _AMBIGUOUS.fullmatch(text) is not None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if quoted else None)


_Dumper.add_representer(str, _string)


def yaml_text(value: Any) -> str:
    """YAML as kubectl prints it: sorted keys, lists not indented, double quotes where a plain text would be read otherwise."""
    return yaml.dump(value, Dumper=_Dumper, default_flow_style=False, allow_unicode=True, width=LINE)


def resource_name(kind: Kind | str, name: str) -> str:
    """`pod/web`, `deployment.apps/web`: how kubectl names an object."""
    found = kind_by_name(kind) if isinstance(kind, str) else kind
    if found is None:
        return f"{str(kind).lower()}/{name}"
    return f"{found.singular}.{found.group}/{name}" if found.group else f"{found.singular}/{name}"


def sorted_by(objects: list[Obj], path: str) -> list[Obj]:
    """The objects in the order of a field, `.metadata.creationTimestamp` or `{.metadata.name}`. Raises KeyError, PathError.

    Numbers in a text count as numbers, and texts that are amounts as amounts. Upstream: kubectl/pkg/cmd/get/sorter.go.
    """
    template = relaxed(path)
    found = [next((value for row in found_rows(template, obj) for value in row), None) for obj in objects]
    if objects and all(value is None for value in found):
        raise KeyError(template)
    order = amount_order if all(value is None or is_amount(value) for value in found) else natural_order
    return [obj for _, obj in sorted(zip(found, objects, strict=True), key=lambda pair: order(pair[0]))]


def is_amount(value: Any) -> bool:
    """Whether it is a number, or a text such as `100m` or `2Gi`."""
    try:
        quantity.amount(value)
    except (ValueError, TypeError):
        return False
    return not isinstance(value, bool)


def amount_order(value: Any) -> tuple[bool, int]:
    """What is missing first, then by how much it is."""
    return value is not None, 0 if value is None else quantity.amount(value).nano


def natural_order(value: Any) -> tuple[bool, list[str | int]]:
    """What is missing first, then by text and by the numbers in it: `pod-2` before `pod-10`."""
    text = "" if value is None else str(value)
    return value is not None, [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", text)]
