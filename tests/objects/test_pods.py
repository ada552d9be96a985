"""What kubectl says of a Pod in one word, and what a Pod asks for."""

import pytest

from gen.kit.evolve import frozen
from gen.objects import pods

LEAVING = "2026-01-01T00:00:30Z"


def pod(status, deleted=None, **spec):
    metadata = {"name": "web", **({"deletionTimestamp": deleted} if deleted else {})}
    return frozen({"kind": "Pod", "metadata": metadata, "spec": {"containers": [{"name": "c"}], **spec}, "status": status})


def waiting(reason, **more):
    return {"name": "c", "state": {"waiting": {"reason": reason}}, "ready": False, **more}


def ended(code, **more):
    return {"name": "c", "state": {"terminated": {"exitCode": code, **more}}, "ready": False}


RUNNING = {"name": "c", "state": {"running": {}}, "ready": True}
READY = {"type": "Ready", "status": "True"}
PULLING = waiting("ImagePullBackOff")
DONE = ended(0, reason="Completed")
INITS = {"initContainers": [{"name": "c"}, {"name": "d"}]}
SIDECAR = {"initContainers": [{"name": "c", "restartPolicy": "Always"}]}


@pytest.mark.parametrize(
    ("one", "word"),
    [
        (pod({"phase": "Pending"}), "Pending"),
        (pod({"phase": "Pending", "containerStatuses": [waiting("ContainerCreating")]}), "ContainerCreating"),
        (pod({"phase": "Running", "containerStatuses": [RUNNING]}), "Running"),
        (pod({"phase": "Running", "containerStatuses": [waiting("CrashLoopBackOff")]}), "CrashLoopBackOff"),
        (pod({"phase": "Failed", "containerStatuses": [ended(1, reason="Error")]}), "Error"),
        (pod({"phase": "Failed", "containerStatuses": [ended(137, signal=9)]}), "Signal:9"),
        (pod({"phase": "Failed", "containerStatuses": [ended(3)]}), "ExitCode:3"),
        (pod({"phase": "Failed", "reason": "Evicted"}), "Evicted"),
        (pod({"phase": "Running", "containerStatuses": [RUNNING]}, LEAVING), "Terminating"),
        (pod({"phase": "Succeeded", "containerStatuses": [DONE]}, LEAVING), "Completed"),
        (pod({"phase": "Running", "containerStatuses": [DONE, RUNNING]}), "NotReady"),
        (pod({"phase": "Running", "conditions": [READY], "containerStatuses": [DONE, RUNNING]}), "Running"),
        (pod({"phase": "Pending", "initContainerStatuses": [waiting("PodInitializing")]}, **INITS), "Init:0/2"),
        (pod({"phase": "Pending", "initContainerStatuses": [ended(0), PULLING]}, **INITS), "Init:ImagePullBackOff"),
        (pod({"phase": "Pending", "initContainerStatuses": [ended(1, reason="Error")]}, **INITS), "Init:Error"),
        (pod({"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False", "reason": "SchedulingGated"}]}),
         "SchedulingGated"),
    ],
)  # fmt: skip
def test_the_word_in_status(one, word):
    assert pods.status_word(one) == word


def test_a_sidecar_counts_among_the_ready():
    started = {**RUNNING, "started": True}
    assert pods.ready_count(pod({"containerStatuses": [waiting("x")], "initContainerStatuses": [started]}, **SIDECAR)) == (1, 2)


def test_restarts_of_init_containers_count_until_they_are_through():
    failing = waiting("CrashLoopBackOff", restartCount=4, lastState={"terminated": {"finishedAt": "2026-01-01T00:00:09Z"}})
    one = pod(
        {"phase": "Pending", "initContainerStatuses": [failing], "containerStatuses": [waiting("PodInitializing")]}, **INITS
    )
    assert (pods.restarts(one), pods.last_restart_us(one)) == (4, 1_767_225_609_000_000)
    through = {**ended(0), "restartCount": 4}
    assert (
        pods.restarts(pod({"initContainerStatuses": [through], "containerStatuses": [{**RUNNING, "restartCount": 1}]}, **INITS))
        == 1
    )


@pytest.mark.parametrize(
    ("resources", "qos"),
    [
        ([{}], "BestEffort"),
        ([{"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "1", "memory": "1Gi"}}], "Guaranteed"),
        ([{"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "0", "memory": "0"}}], "Burstable"),
        ([{"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "500m"}}], "Burstable"),
        ([{"requests": {"cpu": "1"}}], "Burstable"),
        ([{"limits": {"cpu": "1", "memory": "1Gi"}}, {}], "Burstable"),
        ([{"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "1000m", "memory": "1024Mi"}}], "Guaranteed"),
        ([{"requests": {"ephemeral-storage": "1Gi"}, "limits": {"nvidia.com/gpu": "1"}}], "BestEffort"),
        ([{"requests": {"cpu": "0"}}], "BestEffort"),
    ],
)
def test_quality_of_service(resources, qos):
    assert pods.qos_class(pod({}, containers=[{"name": "c", "resources": one} for one in resources])) == qos


def asking(**requests):
    return {"name": "c", "resources": {"requests": requests}}


def test_containers_ask_together_and_init_containers_one_after_the_other():
    sidecar = {**asking(cpu="100m"), "restartPolicy": "Always"}
    one = pod({}, containers=[asking(cpu="200m", memory="1Gi"), asking(cpu="100m")], initContainers=[sidecar, asking(cpu="1")])
    assert pods.requests(one) == {"cpu": 1100, "memory": 2**30}
    assert pods.requests(pod({}, containers=[asking(cpu="1")], overhead={"cpu": "250m"})) == {"cpu": 1250}


@pytest.mark.parametrize(("seconds", "available"), [(9, False), (10, True)])
def test_available_after_min_ready_seconds(seconds, available):
    ready = {**READY, "lastTransitionTime": "2026-01-01T00:00:00Z"}
    assert pods.is_available(pod({"conditions": [ready]}), 10, 1_767_225_600 + seconds) is available


def test_what_the_pod_states_as_a_whole_goes_before_its_containers():
    whole = {"requests": {"cpu": "10m", "memory": "1Mi"}, "limits": {"cpu": "10m", "memory": "1Mi"}}
    assert pods.qos_class(pod({}, containers=[{"name": "c"}], resources=whole)) == "Guaranteed"
