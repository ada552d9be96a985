"""Images: their full names, their sizes, how long a pull takes, and what a node has already."""

from __future__ import annotations

import random
from dataclasses import dataclass

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


def image_named(image: str) -> Image:
    """The image behind a name. Its digest is made up, the same for the same name always."""
    name = full_name(image)
    repository = name.rsplit("/", 1)[-1].partition(":")[0]
    digest = f"{fnv1a_128(name.encode()):032x}{fnv1a_128(name[::-1].encode()):032x}"
    return Image(name, f"{name.rpartition(':')[0]}@sha256:{digest}", SIZES.get(repository, UNKNOWN_SIZE))


class ImageStore:
    """The images of one node. Pulls wait for one another (serializeImagePulls)."""

    def __init__(self, dice: random.Random) -> None:
        self._dice, self.pulling = dice, Lock()
        self.images: dict[str, Image] = {}

    def has(self, image: str) -> bool:
        """Whether it is there already."""
        return full_name(image) in self.images

    def add(self, image: str) -> Image:
        """It is there now."""
        found = image_named(image)
        self.images[found.name] = found
        return found

    def pull_time(self, image: str) -> Micros:
        """How long a pull will take."""
        asking = self._dice.randint(*ASKING_US)
        if self.has(image):
            return asking
        return asking + image_named(image).size_bytes // BYTES_PER_MS * MILLISECOND + self._dice.randint(*UNPACKING_US)
