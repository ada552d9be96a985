"""Addresses and ports of Services (recordings 13, 17 and 41)."""

import pytest

from gen.cluster.apiserver.status import StatusError


def service(name="web", **spec):
    metadata = {"name": name, "namespace": "default"}
    return {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": {"ports": [{"port": 80}], **spec}}


@pytest.fixture
def create(bench):
    return lambda *args, **spec: bench.ask(bench.admin.create(service(*args, **spec)))


@pytest.fixture
def patch(bench):
    return lambda **spec: bench.ask(bench.admin.patch("Service", "default", "web", {"spec": spec}))


def refusal(deed, **spec):
    with pytest.raises(StatusError) as refused:
        deed(**spec)
    return refused.value.message


def test_every_service_gets_an_address_of_its_own(create):
    one, other = create()["spec"], create("other")["spec"]
    assert one["clusterIP"] != other["clusterIP"]
    assert one["clusterIPs"] == [one["clusterIP"]]
    assert one["clusterIP"].startswith("10.")


@pytest.mark.parametrize(
    ("spec", "expected"),
    [({"clusterIP": "None"}, ["None"]), ({"clusterIP": "10.96.7.7"}, ["10.96.7.7"])],
)
def test_an_address_that_was_asked_for(create, spec, expected):
    assert create(**spec)["spec"]["clusterIPs"] == expected


def test_a_name_elsewhere_needs_no_address(create):
    assert "clusterIP" not in create(type="ExternalName", externalName="db.example.com")["spec"]


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        ({"clusterIP": "1.2.3.4"}, 'spec.clusterIPs: Invalid value: ["1.2.3.4"]: failed to allocate IP 1.2.3.4: '
         "the provided network does not match the current range"),
        ({"clusterIP": "10.96.7.7"}, 'spec.clusterIPs: Invalid value: ["10.96.7.7"]: failed to allocate IP 10.96.7.7: '
         "provided IP is already allocated"),
        ({"type": "NodePort", "ports": [{"port": 80, "nodePort": 80}]}, "spec.ports[0].nodePort: Invalid value: 80: "
         "provided port is not in the valid range. The range of valid ports is 30000-32767"),
        ({"type": "NodePort", "ports": [{"port": 80, "nodePort": 30099}]}, "spec.ports[0].nodePort: Invalid value: 30099: "
         "provided port is already allocated"),
    ],
)  # fmt: skip
def test_what_cannot_be_had(create, spec, why):
    create("first", clusterIP="10.96.7.7", type="NodePort", ports=[{"port": 80, "nodePort": 30099}])
    assert refusal(create, **spec) == f'Service "web" is invalid: {why}'


def test_an_address_may_not_change(create, patch):
    create()
    assert refusal(patch, clusterIP="10.96.7.8") == (
        'Service "web" is invalid: spec.clusterIPs[0]: Invalid value: ["10.96.7.8"]: may not change once set'
    )


def test_a_port_is_given_kept_and_taken_back(create, patch):
    before = create()["spec"]
    given = patch(type="NodePort")["spec"]
    assert 30_086 <= given["ports"][0]["nodePort"] <= 32_767
    assert given["externalTrafficPolicy"] == "Cluster"
    assert patch(sessionAffinity="ClientIP")["spec"]["ports"] == given["ports"]
    after = patch(type="ClusterIP")["spec"]
    assert "nodePort" not in after["ports"][0]
    assert "externalTrafficPolicy" not in after
    assert after["clusterIP"] == before["clusterIP"]


def test_a_dry_run_takes_no_address(bench):
    tried = bench.ask(bench.admin.create(service(), dry_run=True))
    assert tried["spec"]["clusterIP"] == "10.96.0.0"
    assert bench.server.stored("Service") == []
