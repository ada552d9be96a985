from __future__ import annotations

import pytest

from gen.views.labels import label


@pytest.mark.parametrize(
    ("name", "owner", "short"),
    [
        ("web", "", "web"),
        ("web-12ab", "web", "web-12ab"),
        ("web-64f5d8-x2k9q", "web-64f5d8", "x2k9q"),
        ("frontend-cache", "", "…d-cache"),
        ("frontend-cache", "web", "…d-cache"),
    ],
)
def test_labels(name, owner, short):
    assert label(name, owner) == short
