"""The icons of components and kinds: from the Kubernetes icon set, as `diagrams` ships it, made small once and shared by all.

They have two inks, blue and white. So a palette says all that one sees: steps from one ink to the other, and steps of white
fading out at the rim. A fifth of the bytes, and equal ones each time.
"""

from __future__ import annotations

import base64
import hashlib
import io
from functools import cache
from importlib.metadata import version
from pathlib import Path

from gen.site.notices import installed
from gen.site.packages import CACHE

ICONS = {
    "api": "controlplane/api", "c-m": "controlplane/c-m", "sched": "controlplane/sched",
    "kubelet": "controlplane/kubelet", "etcd": "infra/etcd", "deploy": "compute/deploy", "rs": "compute/rs",
    "sts": "compute/sts", "ds": "compute/ds", "job": "compute/job", "cronjob": "compute/cronjob", "svc": "network/svc",
}  # fmt: skip
USED: tuple[str, ...] = tuple(ICONS)
FOLDER = "assets/kim/icons"  # of a site
SIDE_PX = 96  # drawn at 40 at most
BLUE, WHITE = (50, 108, 229), (255, 255, 255)
STEPS, FADES = 24, 12
OPAQUE = 224  # of 255; from here on it is ink, below only white


def icon_bytes(name: str) -> bytes:
    """An icon as PNG. It is kept: the same icon is cheap the second time."""
    source = installed("diagrams", f"resources/k8s/{ICONS[name]}.png")
    made_with = f"{version('pillow')} {SIDE_PX} {BLUE} {STEPS} {FADES} {OPAQUE}"
    key = hashlib.sha256(source.read_bytes() + made_with.encode()).hexdigest()[:16]
    file = CACHE / "icons" / f"{key}.png"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".partial")
        partial.write_bytes(reduced(source))
        partial.replace(file)
    return file.read_bytes()


@cache
def data_uri(name: str) -> str:
    """An icon for a picture that stands alone."""
    return f"data:image/png;base64,{base64.b64encode(icon_bytes(name)).decode()}"


def reduced(source: Path) -> bytes:
    """A PNG in the size and with the colours that are needed."""
    from PIL import Image

    with Image.open(source) as whole:
        faded = whole.convert("RGBa").resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS).convert("RGBA")
    channels = faded.tobytes()
    small = Image.frombytes("P", faded.size, bytes(ink(*channels[at : at + 4]) for at in range(0, len(channels), 4)))
    small.putpalette(palette(), "RGBA")
    packed = io.BytesIO()
    small.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def ink(red: int, green: int, blue: int, alpha: int) -> int:
    """The place of a pixel's colour in the palette."""
    if alpha < OPAQUE:
        return (alpha * FADES + 127) // 255
    span = WHITE[0] - BLUE[0]
    step = (min(max(red - BLUE[0], 0), span) * (STEPS - 1) + span // 2) // span
    return FADES + 1 + step


def palette() -> list[int]:
    """All colours, each as red, green, blue and how opaque: white fading in, then blue turning white."""
    rim = [(*WHITE, 255 * fade // FADES) for fade in range(FADES + 1)]
    inks = [*zip(BLUE, WHITE, strict=True)]
    mixed = [(*(low + (high - low) * step // (STEPS - 1) for low, high in inks), 255) for step in range(STEPS)]
    return [channel for colour in [*rim, *mixed] for channel in colour]
