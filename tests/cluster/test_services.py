"""Services with a whole cluster behind them: what is listed while Pods come, fail and go (recordings 12, 13, 29, 94)."""

import pytest

from gen.kit.loop import SECOND
from gen.objects import meta
from gen.play.scenario.nodes import default_nodes
from gen.play.stage import Stage
from gen.trace.record import Request, Write


class Town:
    def __init__(self):
        self.stage = Stage(default_nodes(3), seed=5)

    def type(self, line, seconds=20):
        said = []

        async def type_it():
            said.append(await self.stage.kubectl(f"kubectl {line}"))

        self.stage.do(type_it())
        while not said:
            self.stage.loop.step()
        self.stage.play(self.stage.loop.now + seconds * SECOND)
        return said[0].stdout + said[0].stderr

    def writes(self, *kinds):
        return [one for one in self.stage.trace if isinstance(one, Write) and one.ref.kind in kinds]


@pytest.fixture
def town():
    return Town()


@pytest.fixture
def web(town):
    town.type("create deployment web --image=nginx --replicas=3")
    town.type("expose deployment web --port=80")
    return town


def states(one):
    return [tuple(each["conditions"].values()) for each in one["endpoints"] or []]


def test_without_a_service_nobody_asks_for_slices(town):
    town.type("create deployment web --image=nginx")
    assert not [one for one in town.stage.trace if isinstance(one, Request) and one.ref.kind in ("EndpointSlice", "Endpoints")]


def test_a_service_is_listed_in_both_forms(web):
    said = web.type("get endpointslices,endpoints")
    assert said.count("10.244.") == 6
    assert said.endswith("Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n")
    assert len(web.writes("EndpointSlice")) == len(web.writes("Endpoints")) == 1


def test_a_pod_that_goes_is_terminating_and_then_gone(web):
    web.type("scale deployment web --replicas=2")
    seen = [states(write.after) for write in web.writes("EndpointSlice")]
    assert any((False, True, True) in one for one in seen)
    assert seen[-1] == [(True, True, False)] * 2


def test_a_selector_that_nothing_has_leaves_the_slice_empty(web):
    (before,) = [write.after for write in web.writes("EndpointSlice")]
    web.type("""patch svc web -p '{"spec":{"selector":{"app":"nothing"}}}'""")
    after = web.writes("EndpointSlice")[-1].after
    assert meta.name(after) == meta.name(before)
    assert (after["endpoints"], after["ports"], meta.generation(after)) == (None, None, 2)
    assert web.type("get endpointslices").count("<unset>") == 2


def test_with_the_service_both_go(web):
    web.type("delete svc web")
    gone = [write.ref.kind for write in web.writes("EndpointSlice", "Endpoints") if write.after is None]
    assert sorted(gone) == ["EndpointSlice", "Endpoints"]


def test_what_somebody_takes_away_is_made_again(web):
    web.type("delete endpointslices --all")
    web.type("delete endpoints web")
    assert web.writes("EndpointSlice")[-1].after is not None
    assert web.writes("Endpoints")[-1].after is not None


def test_without_a_selector_nothing_is_listed(town):
    town.type("create service externalname db --external-name=example.com")
    assert town.writes("EndpointSlice", "Endpoints") == []
