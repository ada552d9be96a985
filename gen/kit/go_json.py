"""JSON as Go writes it: keys in order, no spaces, characters that HTML knows escaped."""

from __future__ import annotations

import json
from typing import Any

HTML = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def go_json(value: Any) -> str:
    """The value as text.

    >>> go_json({"b": 1, "a": "<&>"})
    '{"a":"\\\\u003c\\\\u0026\\\\u003e","b":1}'
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "".join(HTML.get(one, one) for one in text)
