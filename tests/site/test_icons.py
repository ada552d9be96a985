"""The icons are small, equal each time, and look like those they were made of."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image, ImageChops

from gen.site import icons
from gen.site.notices import installed

PAPERS = ("#ffffff", "#161b22")


@pytest.mark.parametrize("name", icons.USED)
def test_an_icon_is_small_and_always_the_same(name):
    source = installed("diagrams", f"resources/k8s/{icons.ICONS[name]}.png")
    made = icons.icon_bytes(name)
    assert made == icons.icon_bytes(name) == icons.reduced(source)
    assert len(made) < 2048
    with Image.open(io.BytesIO(made)) as image:
        assert (image.format, image.size) == ("PNG", (icons.SIDE_PX, icons.SIDE_PX))


@pytest.mark.parametrize("name", icons.USED)
@pytest.mark.parametrize("paper", PAPERS)
def test_fewer_colours_are_not_seen(name, paper):
    with Image.open(installed("diagrams", f"resources/k8s/{icons.ICONS[name]}.png")) as whole:
        wanted = on_paper(whole.convert("RGBA").resize((80, 80), Image.Resampling.LANCZOS), paper)
    with Image.open(io.BytesIO(icons.icon_bytes(name))) as small:
        drawn = on_paper(small.convert("RGBA").resize((80, 80), Image.Resampling.LANCZOS), paper)
    counted = ImageChops.difference(wanted, drawn).convert("L").histogram()
    assert sum(level * pixels for level, pixels in enumerate(counted)) / sum(counted) < 4  # of 255, on the average


def on_paper(image: Image.Image, paper: str) -> Image.Image:
    ground = Image.new("RGBA", image.size, paper)
    return Image.alpha_composite(ground, image).convert("RGB")


def test_a_picture_that_stands_alone_carries_its_icons():
    kind, _, data = icons.data_uri("api").partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(data) == icons.icon_bytes("api")


def test_each_language_has_them_once(site):
    for folder in (site, site / "en"):
        assert {file.name for file in (folder / icons.FOLDER).iterdir()} == {f"{name}.png" for name in icons.USED}
        assert (folder / icons.FOLDER / "etcd.png").read_bytes() == icons.icon_bytes("etcd")


def test_the_notices_name_them(site):
    for folder in ("", "en/"):
        text = (site / folder / "about/notices/index.html").read_text(encoding="utf-8")
        assert "Kubernetes Icons Set" in text
        assert "Apache License" in text
