"""What a typesetter would do at last, on the finished page."""

from __future__ import annotations

import re

PARTICLE = re.compile(r"</code>(?=[\uac00-\ud7a3])")
WORD_JOINER = "\u2060"


def bound(html: str, lang: str) -> str:
    """In Korean a particle never stands on the next line: it belongs to the name before it, also where that is code."""
    return PARTICLE.sub(f"</code>{WORD_JOINER}", html) if lang == "ko" else html
