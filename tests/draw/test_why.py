"""The list of causes as a page gets it: every link hidden, in order, each with the way to the one before."""

from __future__ import annotations

import re

import pytest

from gen.draw.theme import sheet
from gen.draw.why import why_html
from gen.site.source import Excerpt
from gen.views.model import Change, Link, Reasons, Text, Written

RULE = "gen.cluster.controllers.replicaset.missing_or_surplus"
DEED = "gen.cluster.node.container.ContainerWorker.start"
WEB = Text("thing", kind=Text("kind/ReplicaSet"), name="web")
NOBODY = Text("why.nobody")
QUOTED = 'def missing_or_surplus(have: int) -> int:\n    """3 < 4."""\n    return 3'
SOURCES = {
    RULE: Excerpt("gen/x.py", "missing_or_surplus", 40, 42, QUOTED),
    DEED: Excerpt("gen/y.py", "ContainerWorker.start", 7, 8, "async def start(self):\n    await self.pull()"),
}  # fmt: skip
WRITTEN = Written(
    deed="changed", call="PATCH status", revision=61,
    changes=(Change(path="status.phase", before="<none>", after="Running"),), more=2,
)  # fmt: skip


def link(record: int, cause: int | None, at: int, text: Text, **values) -> Link:
    return Link(record=record, cause=cause, at=at, who=Text("who/replicaset-controller"), text=text, **values)


REASONS = Reasons(
    links=(
        link(3, None, -5, Text("why.boot", what=Text("did.created", who=NOBODY, thing=WEB))),
        link(48, 3, 50_000, Text("seen_thing", who=NOBODY, thing=WEB), read=(Text("why.read", thing=WEB, revision=60),)),
        link(50, 48, 50_000, Text("decided", who=NOBODY, thing=WEB, rule="missing_or_surplus", values="create 3"), by=RULE),
        link(52, 50, 10_056_000, Text("did.status", who=NOBODY, thing=WEB), written=WRITTEN, by=RULE),
        link(60, 52, 11_000_000, Text("phase.container-started", who=NOBODY, container="web", thing=WEB), by=DEED),
        link(61, 60, 11_000_000, Text("did.status", who=NOBODY, thing=WEB), by="gen.somewhere.else"),
    )
)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_how_it_is_written(golden, lang):
    assert why_html(REASONS, lang, SOURCES).replace("><", ">\n<") + "\n" == golden("html")


def test_every_link_is_hidden_and_knows_the_one_before():
    items = re.findall(r"<li [^>]*>", why_html(REASONS, "en", SOURCES))
    assert items == [
        f'<li class="kim-cause" data-record="{link.record}"'
        + (f' data-cause="{link.cause}"' if link.cause else "")
        + ' hidden="">'
        for link in REASONS.links
    ]


def test_the_actor_stands_beside_the_deed_and_not_in_it():
    html = why_html(REASONS, "ko", SOURCES)
    assert '<b class="kim-link-who">레플리카셋 컨트롤러</b> <span class="kim-link-told">레플리카셋 web을 보았다</span>' in html


def test_a_function_is_named_where_it_first_decides_and_only_if_it_can_be_shown():
    html = why_html(REASONS, "en", SOURCES)
    assert re.findall(r'data-source="([^"]+)"', html) == [RULE, DEED]
    assert re.findall(r'data-name="([^"]+)" hidden', html) == [RULE, DEED]
    assert "<figcaption>gen/x.py:40–42 · missing_or_surplus</figcaption>" in html


def test_a_rule_and_a_deed_look_different():
    html = why_html(REASONS, "en", SOURCES)
    assert f'class="kim-source-code kim-source-rule" data-name="{RULE}"' in html
    assert f'class="kim-source-code kim-source-deed" data-name="{DEED}"' in html


def test_it_is_one_piece_without_blank_lines():
    html = why_html(REASONS, "en", SOURCES)
    assert "\n" not in html
    assert "&lt;none&gt; → Running" in html


def test_text_is_never_under_12_px():
    sizes = re.findall(r"(?:font|font-size):[^;]*?([\d.]+)px", sheet("why"))
    assert sizes
    assert min(map(float, sizes)) >= 12
