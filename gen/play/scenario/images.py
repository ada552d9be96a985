"""What a scenario says of images: which are on every node already, which do not exist, how long a pull takes, what they do.

images:
  nginx:1.27: {present: true}
  team/app:v2: {pull: 4s, listens: [8080], answers: {/healthz: 503}, starts: 3s}
  team/job: {run: "echo at work; sleep 5; exit 1"}      # without a tag: all of them
  team/app:v3: {missing: true}
"""

from __future__ import annotations

from typing import Any

from gen.cluster.node.programs import Behaviour
from gen.cluster.node.pull import why_invalid
from gen.cluster.node.shell import parse
from gen.cluster.node.shell_words import NotUnderstood
from gen.kit import quantity
from gen.play.scenario.part import Part

Obj = dict[str, Any]
FIELDS = ("present", "missing", "pull", "size", "run", "listens", "answers", "starts")
LARGEST_PORT, LEAST_CODE, LARGEST_CODE = 65535, 100, 599


def read_images(part: Part) -> tuple[list[str], dict[str, Behaviour]]:
    """The images that every node has, and what images do. Raises BadInput."""
    if isinstance(part.value, list):
        return [image.text() for image in part.items()], {}
    part.mapping("images: {team/app:v2: {listens: [8080]}}, or a list of names")
    told: dict[str, Behaviour] = {}
    present: list[str] = []
    for name in part.value:
        if not isinstance(name, str) or why_invalid(name):
            raise part.at(name).wrong(f"{name!r} is no name of an image", "Write a name such as nginx:1.27.")
        image = part.at(name).mapping("nginx:1.27: {present: true}")
        image.only(FIELDS)
        if "present" in image.value and truth(image.at("present")):
            present.append(name)
        if any(field != "present" for field in image.value):
            told[name] = behaviour(image)
    return present, told


def truth(part: Part) -> bool:
    """true or false. Raises BadInput."""
    if not isinstance(part.value, bool):
        raise part.mistaken("true or false")
    return part.value


def behaviour(image: Part) -> Behaviour:
    """What one image does. Raises BadInput."""
    given = image.value
    return Behaviour(
        runs=("sh", "-c", script(image.at("run"))) if "run" in given else None,
        listens=tuple(port.whole_number(1, LARGEST_PORT) for port in image.at("listens").items()) if "listens" in given else (),
        answers=answers(image.at("answers")) if "answers" in given else (),
        starts_us=image.at("starts").moment() if "starts" in given else 0,
        missing="missing" in given and truth(image.at("missing")),
        pull_us=image.at("pull").moment() if "pull" in given else None,
        size_bytes=size(image.at("size")) if "size" in given else None,
        serves_all=not {"run", "listens", "answers"} & set(given),
    )


def script(part: Part) -> str:
    """A shell script that can be played. Raises BadInput."""
    try:
        parse(part.text())
    except NotUnderstood as error:
        raise part.wrong(f"this script is not understood: {error}", "Write a simpler one.") from None
    return part.text()


def answers(part: Part) -> tuple[tuple[str, int], ...]:
    """HTTP codes by path. Raises BadInput."""
    part.mapping("answers: {/healthz: 503}")
    return tuple((str(path), part.at(path).whole_number(LEAST_CODE, LARGEST_CODE)) for path in part.value)


def size(part: Part) -> int:
    """Bytes. Raises BadInput."""
    try:
        return quantity.value(part.value)
    except (ValueError, TypeError):
        raise part.wrong(f"{part.value!r} is no size", "Write a size such as 120Mi.") from None
