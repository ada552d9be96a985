"""What the views say of a small run, kept as JSON. `pytest --snapshot-update` writes them anew."""

from __future__ import annotations

import pytest

from gen.views import VIEWS


@pytest.mark.parametrize("name", ["board", "timeline", "events"])
def test_what_a_view_says(golden, trace, name):
    assert VIEWS[name](trace).to_json() == golden("yaml")
