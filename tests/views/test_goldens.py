"""What the views say of a small run, kept as JSON. `pytest --snapshot-update` writes them anew."""

from __future__ import annotations

import json

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from gen.views import VIEWS

SECOND = 1_000_000


class Json(SingleFileSnapshotExtension):
    _write_mode = WriteMode.TEXT
    file_extension = "json"


@pytest.mark.parametrize("at_s", [None, 10], ids=["whole", "at-10s"])
@pytest.mark.parametrize("name", ["timeline", "events"])
def test_what_a_view_says(snapshot, trace, name, at_s):
    view = VIEWS[name](trace, at=None if at_s is None else at_s * SECOND)
    written = json.dumps(view.to_json(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert written == snapshot(extension_class=Json)
