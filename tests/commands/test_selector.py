from __future__ import annotations

import pytest

from gen.commands.selector import selected
from gen.play.reading.bad_input import BadInput
from gen.trace.record import Ref, Write
from gen.trace.trace import Trace


def written(trace: Trace, kind: str, namespace: str, name: str, owner: str = "") -> Write:
    owners = {"ownerReferences": [{"uid": owner}]} if owner else {}
    after = {"kind": kind, "metadata": {"name": name, "namespace": namespace, **owners}}
    ref = Ref(kind, namespace, name)
    return trace.add(Write, at=0, who="kubectl", process="kubectl", ref=ref, revision=1, before=None, after=after)


@pytest.fixture
def trace() -> Trace:
    trace = Trace({})
    for namespace in ("kube-system", "default"):
        written(trace, "ServiceAccount", namespace, "default")
    for name in ("web-1", "web-2"):
        written(trace, "Pod", "default", name, owner="set")
    written(trace, "Pod", "default", "webmaster")
    return trace


@pytest.mark.parametrize(
    ("selector", "numbers"),
    [
        ("serviceaccount/default", [1]),
        ("sa/kube-system/default", [0]),
        ("pod/web-", [2, 3]),
        ("pod/web-2", [3]),
        ("#4", [4]),
    ],
)
def test_what_is_meant(trace, selector, numbers):
    assert [record.seq for record in selected(trace, selector)] == numbers


@pytest.mark.parametrize("selector", ["", "pod", "pod/", "pod/web", "pod/x", "event/Nope", "#5", "#-1", "#٣", "#" + "9" * 5000])
def test_what_is_nothing_or_more_than_one_thing(trace, selector):
    with pytest.raises(BadInput):
        selected(trace, selector)
