"""Images: their full names, their sizes, how long a pull takes, and what a node has already."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from functools import cache

from gen.cluster.node.programs import Behaviour, behaviour_of, repository
from gen.kit.loop import MILLISECOND, Micros
from gen.kit.names import fnv1a_128
from gen.kit.process import Lock

BYTES_PER_MS = 100_000  # 100 MB/s: a fast network, a registry near by
ASKING_US = (
    60 * MILLISECOND,
    160 * MILLISECOND,
)  # is what we have what the registry has? (all that is left to do where it is there)
UNPACKING_US = (60 * MILLISECOND, 240 * MILLISECOND)
UNKNOWN_SIZE = 48_000_000

# Compressed sizes, rounded, of images that people use in examples; of any other, UNKNOWN_SIZE.
SIZES = {
    "nginx": 72_000_000,
    "busybox": 2_200_000,
    "redis": 45_000_000,
    "httpd": 59_000_000,
    "postgres": 160_000_000,
    "alpine": 3_800_000,
}

# Repositories whose tags are known by their shape: versions up to (major, minor), and the words that may stand alone.
NEWEST = {"nginx": (1, 29), "busybox": (1, 37), "redis": (8, 4), "httpd": (2, 4), "postgres": (18, 1), "alpine": (3, 23)}
WORDS = ("latest", "stable", "mainline", "alpine", "bookworm", "trixie", "slim", "perl", "glibc", "musl", "uclibc", "edge", "rc")
VERSION = re.compile(r"v?(\d+)(?:\.(\d+))?(?:\.\d+)*((?:-[a-z]+[\d.]*)*)")
NOWHERE = (".example", ".invalid", ".test")  # names that never lead anywhere: RFC 2606


@dataclass(frozen=True, slots=True)
class Image:
    """An image as the runtime knows it."""

    name: str
    digest: str
    size_bytes: int


def full_name(image: str) -> str:
    """The name with registry and tag: what a container status shows.

    >>> full_name("nginx:1.25")
    'docker.io/library/nginx:1.25'
    """
    head, _, rest = image.partition("/")
    if not rest or not ("." in head or ":" in head or head == "localhost"):
        image = f"docker.io/{image}" if rest else f"docker.io/library/{image}"
    return image if "@" in image or ":" in image.rsplit("/", 1)[-1] else f"{image}:latest"


@cache
def image_named(image: str) -> Image:
    """The image behind a name. Its digest is made up, the same for the same name always."""
    name = full_name(image)
    repository = name.rsplit("/", 1)[-1].partition(":")[0]
    digest = f"{fnv1a_128(name.encode()):032x}{fnv1a_128(name[::-1].encode()):032x}"
    return Image(name, f"{name.rpartition(':')[0]}@sha256:{digest}", SIZES.get(repository, UNKNOWN_SIZE))


def why_not_found(image: str, told: dict[str, Behaviour]) -> str:
    """Why no registry has this image, or "": the text of containerd.

    What a scenario says goes first; of repositories that examples use the tags are known, of others each name is believed.
    """
    name = full_name(image)
    known = behaviour_of(image, told)
    failed = f'failed to pull and unpack image "{name}": failed to resolve reference "{name}": '
    host = name.partition("/")[0]
    if host.partition(":")[0].endswith(NOWHERE):
        path, _, tag = name.partition("/")[2].partition(":")
        domain = host.partition(":")[0]
        asked = f'failed to do request: Head "https://{host}/v2/{path}/manifests/{tag}"'
        return f"{failed}{asked}: dial tcp: lookup {domain}: no such host"
    if (known is not None and known.missing) or not (known in told.values() or tag_exists(name)):
        return f"rpc error: code = NotFound desc = {failed}{name}: not found"
    return ""


def tag_exists(name: str) -> bool:
    """Whether an image of a known repository has such a tag, by its shape: `1.25`, `1.25.3-alpine`, `stable`."""
    newest = NEWEST.get(repository(name))
    if newest is None or "@" in name or not name.startswith("docker.io/library/"):
        return True
    tag = name.rpartition(":")[2]
    words = tag.split("-")
    if words[0] in WORDS:
        return all(word.rstrip("0123456789.") in WORDS for word in words)
    found = VERSION.fullmatch(tag)
    if found is None:
        return False
    version = (int(found[1]), int(found[2] or 0))
    return version <= newest and all(word.rstrip("0123456789.") in WORDS for word in found[3].split("-") if word)


class ImageStore:
    """The images of one node. Pulls wait for one another (serializeImagePulls)."""

    def __init__(self, dice: random.Random, told: dict[str, Behaviour] | None = None) -> None:
        self._dice, self.pulling = dice, Lock()
        self.images: dict[str, Image] = {}
        self.told = told or {}  # what the scenario says of images
        self.failures: dict[str, str] = {}  # why the last pull of an image failed

    def has(self, image: str) -> bool:
        """Whether it is there already."""
        return full_name(image) in self.images

    def add(self, image: str) -> Image:
        """It is there now."""
        found = self.named(image)
        self.images[found.name] = found
        return found

    def pull_time(self, image: str) -> Micros:
        """How long a pull will take."""
        asking = self.asking_time()
        if self.has(image):
            return asking
        told = behaviour_of(image, self.told)
        if told is not None and told.pull_us is not None:
            return told.pull_us
        return asking + self.named(image).size_bytes // BYTES_PER_MS * MILLISECOND + self._dice.randint(*UNPACKING_US)

    def asking_time(self) -> Micros:
        """How long the registry takes to answer."""
        return self._dice.randint(*ASKING_US)

    def named(self, image: str) -> Image:
        """The image behind a name, as large as the scenario says."""
        found, told = image_named(image), behaviour_of(image, self.told)
        return replace(found, size_bytes=told.size_bytes) if told is not None and told.size_bytes else found
