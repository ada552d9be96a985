"""Kubernetes in Motion: a handbook whose pictures run.

The way of the data, in ten lines:

    from gen import load, simulate, standing_alone, story, to_svg

    scenario = load(["docs/scenarios/first-journey.yaml"])  # what to run: nodes, kubectl lines, faults, a seed
    trace = simulate(scenario)                              # all that happened, every record with its cause
    for record in trace.why(len(trace) - 1):                # from the line that was typed to the last thing that happened
        print(record.at, record.who, type(record).__name__)
    told = story(trace, ["timeline"])                       # what pictures say: lanes, spans, marks; no pixels, no language
    print(to_svg(told, standing_alone(), lang="en"))        # how it looks
"""

from importlib import import_module
from typing import Any

PUBLIC = {
    "load": "gen.play.scenario.load",
    "simulate": "gen.play.simulate",
    "Stage": "gen.play.stage",
    "Trace": "gen.trace.trace",
    "VIEWS": "gen.views",
    "story": "gen.views",
    "standing_alone": "gen.site.means",
    "to_svg": "gen.draw",
    "to_html": "gen.draw",
}
__all__ = ["VIEWS", "Stage", "Trace", "load", "simulate", "standing_alone", "story", "to_html", "to_svg"]


def __getattr__(name: str) -> Any:
    """The public names, each fetched when it is first used: the bootstrap imports this package before anything is installed."""
    if name not in PUBLIC:
        raise AttributeError(f"module 'gen' has no attribute {name!r}")
    return getattr(import_module(PUBLIC[name]), name)
