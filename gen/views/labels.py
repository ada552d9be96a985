"""Short labels for long names."""

from __future__ import annotations

SHORT_NAME, KEPT_ENDING = 8, 7


def label(name: str, owner: str = "") -> str:
    """A name if it is short, else what follows its owner's name, else an ellipsis and its ending.

    >>> label("web"), label("web-64f5d8-x2k9q", "web-64f5d8"), label("recommendations")
    ('web', 'x2k9q', '…dations')
    """
    if len(name) <= SHORT_NAME:
        return name
    if owner and name.startswith(f"{owner}-"):
        return name[len(owner) + 1 :]
    return f"…{name[-KEPT_ENDING:]}"
