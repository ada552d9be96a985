"""What EndpointSlices and Endpoints say of the Pods behind a Service, as tables."""

import pytest

from gen.cluster.client.informer import Notice
from gen.cluster.controllers import endpoints, slicing
from gen.cluster.controllers.backends import Backends, TriggerTimes, annotated, is_backend, of_pod, port_number, selects
from gen.cluster.controllers.endpoints import subsets
from gen.cluster.controllers.slicing import endpoint, slice_labels, slice_ports

READY = [{"type": "Ready", "status": "True", "lastTransitionTime": "2026-01-01T00:00:05Z"}]


def service(labels=None, **spec):
    ports = [{"port": 80, "protocol": "TCP", "targetPort": 80}]
    metadata = {"name": "web", "namespace": "n", "uid": "s", "creationTimestamp": "2026-01-01T00:00:00Z", "labels": labels or {}}
    return {"kind": "Service", "metadata": metadata, "spec": {"selector": {"app": "web"}, "ports": ports, **spec}}


def pod(name="a", ip="10.244.1.2", ready=True, leaving=False, phase="Running", labels=None, **spec):
    metadata = {"name": name, "namespace": "n", "uid": f"u-{name}", "labels": labels or {"app": "web"}}
    if leaving:
        metadata["deletionTimestamp"] = "2026-01-01T00:01:00Z"
    status = {"phase": phase, **({"podIP": ip} if ip else {}), "conditions": READY if ready else []}
    ports = [{"name": "http", "containerPort": 8080, "protocol": "TCP"}]
    spec = {"nodeName": "node-1", "containers": [{"ports": ports}], **spec}
    return {"kind": "Pod", "metadata": metadata, "spec": spec, "status": status}


def stored(one, name="web-x"):
    return {**one, "metadata": {**one["metadata"], "name": name, "generation": 1}}


@pytest.mark.parametrize(
    ("one", "leaving_too", "listed"),
    [
        (pod(), False, True),
        (pod(ready=False), False, True),
        (pod(ip=""), True, False),
        (pod(phase="Succeeded"), True, False),
        (pod(phase="Failed"), True, False),
        (pod(leaving=True), True, True),
        (pod(leaving=True), False, False),
    ],
)
def test_who_is_listed(one, leaving_too, listed):
    assert is_backend(one, leaving_too) is listed


@pytest.mark.parametrize(
    ("every", "one", "conditions"),
    [
        (False, pod(), (True, True, False)),
        (False, pod(ready=False), (False, False, False)),
        (False, pod(leaving=True), (False, True, True)),
        (True, pod(ready=False), (True, False, False)),
        (True, pod(leaving=True), (True, True, True)),
    ],
)
def test_conditions(every, one, conditions):
    found = endpoint(service(publishNotReadyAddresses=every), one, "")["conditions"]
    assert (found["ready"], found["serving"], found["terminating"]) == conditions


def test_an_endpoint_knows_its_place():
    found = endpoint(service(), pod(hostname="db-0", subdomain="web"), "zone-1")
    assert (found["zone"], found["nodeName"], found["hostname"]) == ("zone-1", "node-1", "db-0")
    assert "hostname" not in endpoint(service(), pod(hostname="db-0", subdomain="other"), "")


@pytest.mark.parametrize(
    ("port", "number"),
    [
        ({"port": 80, "targetPort": 81}, 81),
        ({"port": 80}, 80),
        ({"port": 80, "targetPort": "http"}, 8080),
        ({"port": 80, "targetPort": "http", "protocol": "UDP"}, None),
        ({"port": 80, "targetPort": "nosuchname"}, None),
    ],
)
def test_where_a_port_leads(port, number):
    assert port_number(port, pod()) == number


def test_ports_stand_in_the_order_of_their_hashes():
    ports = [{"name": "http", "port": 8080, "targetPort": 80}, {"name": "alt", "port": 9090, "targetPort": 80}]
    assert [one["name"] for one in slice_ports(service(ports=ports), pod())] == ["alt", "http"]  # recording 13


@pytest.mark.parametrize(
    ("changes", "labels", "found"),
    [
        ({}, {"app": "web", "x": "y"}, True),
        ({}, {"app": "db"}, False),
        ({"selector": None}, {"app": "web"}, False),
        ({"type": "ExternalName"}, {"app": "web"}, False),
    ],
)
def test_whom_a_service_selects(changes, labels, found):
    assert selects(service(**changes), labels) is found


def test_labels_of_a_slice():
    assert slice_labels(service({"tier": "front"}, clusterIP="None")) == {
        "tier": "front",
        "service.kubernetes.io/headless": "",
        "kubernetes.io/service-name": "web",
        "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
    }


BACKENDS = Backends(lambda service, pod: None)


def planned(service, selected, existing):
    return slicing.plan(service, listed(slicing.listed, service, selected, {}), existing)


def in_subsets(service, selected):
    return subsets(listed(endpoints.listed, service, selected))


def written(service, selected, current):
    return endpoints.desired(service, listed(endpoints.listed, service, selected), current)


def listed(rule, service, selected, *more):
    return [one.listed for one in Backends(rule).of(service, selected, *more) if one.listed]


class TestPlan:
    def first(self, *selected, **more):
        return stored(planned(service(**more), selected, []).create[0])

    def test_without_pods_one_empty_slice_is_made_and_stays(self):
        empty = self.first()
        assert (empty["endpoints"], empty["ports"]) == (None, None)
        assert planned(service(), [], [empty]) == slicing.Plan()

    def test_the_empty_slice_is_filled_and_emptied_again(self):
        filled = planned(service(), [pod()], [self.first()]).update[0]
        assert filled["metadata"]["name"] == "web-x"
        assert filled["ports"] == [{"name": "", "port": 80, "protocol": "TCP"}]
        emptied = planned(service(), [], [filled])
        assert (emptied.create, emptied.delete, emptied.update[0]["endpoints"]) == ([], [], None)

    def test_nothing_is_written_if_nothing_changed(self):
        assert planned(service(), [pod()], [self.first(pod())]) == slicing.Plan()

    def test_who_is_listed_keeps_its_place_and_who_is_new_comes_last(self):
        before = self.first(pod("b", "10.244.1.3"), pod("c", "10.244.1.4"))
        after = planned(service(), [pod("a"), pod("c", "10.244.1.4", ready=False), pod("b", "10.244.1.3")], [before]).update[0]
        assert [one["targetRef"]["name"] for one in after["endpoints"]] == ["b", "c", "a"]

    def test_new_labels_are_a_change(self):
        assert len(planned(service({"a": "b"}), [pod()], [self.first(pod())]).update) == 1

    def test_other_ports_are_another_slice_and_the_old_one_becomes_it(self):
        found = planned(service(ports=[{"port": 80, "targetPort": 81}]), [pod()], [self.first(pod())])
        assert (found.create, found.delete) == ([], [])
        assert found.update[0]["ports"][0]["port"] == 81

    def test_pods_whose_ports_differ_stand_in_different_slices(self):
        other = pod("b", "10.244.1.3", containers=[{"ports": [{"name": "http", "containerPort": 9090}]}])
        made = planned(service(ports=[{"port": 80, "targetPort": "http"}]), [pod(), other], []).create
        assert sorted(one["ports"][0]["port"] for one in made) == [8080, 9090]

    def test_a_slice_holds_a_hundred(self):
        many = [pod(f"p{number}", f"10.244.1.{number}") for number in range(250)]
        made = planned(service(), many, []).create
        assert [len(one["endpoints"]) for one in made] == [100, 100, 50]
        slices = [stored(one, f"web-{place}") for place, one in enumerate(made)]
        (grown,) = planned(service(), [*many, pod("new", "10.244.2.1")], slices).update
        assert len(grown["endpoints"]) == 51


def test_endpoints_are_sorted_and_the_unready_stand_apart():
    ones = [pod("b", "10.244.2.2"), pod("a"), pod("c", "10.244.3.2", ready=False), pod("d", "10.244.4.2", leaving=True)]
    (found,) = in_subsets(service(), ones)
    assert [one["ip"] for one in found["addresses"]] == ["10.244.1.2", "10.244.2.2"]
    assert [one["ip"] for one in found["notReadyAddresses"]] == ["10.244.3.2"]
    assert found["ports"] == [{"port": 80, "protocol": "TCP"}]


@pytest.mark.parametrize(
    ("changes", "count"),
    [({}, 1), ({"ports": [{"port": 80, "targetPort": "nosuchname"}]}, 0), ({"ports": [], "clusterIP": "None"}, 1)],
)
def test_a_port_that_no_pod_has_leaves_no_subset(changes, count):
    assert len(in_subsets(service(**changes), [pod()])) == count


def test_endpoints_are_written_only_if_they_change():
    first = written(service(), [pod()], None)
    assert written(service(), [pod()], first) is None
    assert "subsets" not in written(service(), [], first)


@pytest.mark.parametrize(
    ("before", "after", "concerned"),
    [
        (None, pod(), True),
        (pod(), None, True),
        (pod(), pod(), False),
        (pod(), pod(ready=False), True),
        (pod(), pod(leaving=True), True),
        (pod(), pod(labels={"app": "web", "x": "y"}), False),
        (pod(), pod(labels={"app": "db"}), True),
        (pod(labels={"app": "db"}), pod(labels={"app": "db"}, ready=False), False),
    ],
)
def test_which_changes_of_a_pod_concern_a_service(before, after, concerned):
    assert of_pod([service()], Notice(before, after, 1, None)) == ([("n", "web")] if concerned else [])


def test_the_time_is_that_of_the_earliest_change_that_is_new():
    times = TriggerTimes()
    assert times.next(service(), BACKENDS.of(service(), [pod(ready=False)])) == "2026-01-01T00:00:00Z"
    assert times.next(service(), BACKENDS.of(service(), [pod()])) == "2026-01-01T00:00:05Z"
    assert times.next(service(), BACKENDS.of(service(), [pod(leaving=True)])) == ""
    assert annotated({"a": "b", "endpoints.kubernetes.io/last-change-trigger-time": "old"}, "") == {"a": "b"}
