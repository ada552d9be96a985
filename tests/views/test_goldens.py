"""What the views say of a small run, kept as JSON. `pytest --snapshot-update` writes them anew."""

from __future__ import annotations

import json

import pytest

from gen.views import VIEWS


@pytest.mark.parametrize("name", ["board", "timeline", "events"])
def test_what_a_view_says(golden, trace, name):
    written = json.dumps(VIEWS[name](trace).to_json(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert written == golden("json")
