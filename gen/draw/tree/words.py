"""What is written beside the things of a tree."""

from __future__ import annotations

from gen.draw.words import say
from gen.views.model import Branch, Text, Turn

POD = "Pod"
DONE = ("Job",)  # kinds that count what is completed, not what is ready


def kind_of(branch: Branch, lang: str) -> str:
    """The kind, in the page's language."""
    return say(Text(f"kind/{branch.kind}"), lang)


def state_of(branch: Branch, turn: Turn, lang: str) -> str:
    """What is seen of a turn: a Pod's state, a workload's count, how many Pods have no row; "" where there is nothing to say."""
    if not turn.state or not branch.kind:
        return turn.word
    if branch.kind == POD or turn.state == "terminating":
        return say(Text(f"state.{turn.state}"), lang)
    return say(Text("tree.done" if branch.kind in DONE else "tree.ready", count=turn.word), lang) if turn.word else ""


def told(branch: Branch, turn: Turn, lang: str) -> str:
    """What a row says to whoever asks it: the full name, the state, and the API's own word."""
    if not turn.state:
        return say(Text("tree.away"), lang)
    if not branch.kind:
        return say(Text("tree.more", count=turn.word.removeprefix("+")), lang)
    state = state_of(branch, turn, lang)
    own = f" ({turn.word})" if branch.kind == POD and turn.word not in ("", state) else ""
    return say(Text("tree.seen", thing=thing(branch), state=f"{state}{own}"), lang) if state else say(thing(branch), lang)


def thing(branch: Branch) -> Text:
    """The object of a row, with its kind and its full name."""
    return Text("thing", kind=Text(f"kind/{branch.kind}"), name=branch.title)
