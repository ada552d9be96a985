"""Lives of Pods, as a real kubelet leads them: the orders and the texts are those of recordings 05, 11, 12, 29 and 30."""

from itertools import pairwise

import pytest

from gen.kit.loop import SECOND
from gen.trace.record import Phase, Write

from .conftest import events, exits, gone_at, now, pod, script, states


def test_a_crash_loop_shows_its_reason_only_just_before_the_next_try(life):
    found = life(pod(script("sleep 1; exit 1")), until=40)
    assert states(found, "p")[1:8] == [
        ("Running", "ready"), ("Running", "Error"), ("Running", "ready"), ("Running", "Error"), ("Running", "CrashLoopBackOff"),
        ("Running", "ready"), ("Running", "Error"),
    ]  # fmt: skip
    uid = now(found)["metadata"]["uid"]
    assert events(found, "BackOff") == [(f"Back-off restarting failed container c in pod p_default({uid})", 2)]


@pytest.mark.parametrize(
    ("policy", "code", "last", "phase"),
    [
        ("Never", 3, "Error", "Failed"), ("Never", 0, "Completed", "Succeeded"), ("OnFailure", 0, "Completed", "Succeeded"),
    ],
)  # fmt: skip
def test_who_is_not_started_again_is_first_ended_and_then_over(life, policy, code, last, phase):
    found = life(pod(script(f"sleep 2; exit {code}"), more=f"restartPolicy: {policy}"), until=20)
    assert states(found, "p")[1:] == [("Running", "ready"), ("Running", last), (phase, last)]
    conditions = {one["type"]: (one["status"], one.get("reason")) for one in now(found)["status"]["conditions"]}
    assert conditions["Ready"] == ("False", f"Pod{'Completed' if phase == 'Succeeded' else 'Failed'}")
    assert conditions["PodReadyToStartContainers"] == ("False", None)


def test_init_containers_come_one_after_the_other_and_sidecars_stay(life):
    inits = (
        'initContainers: [{name: i, image: "busybox:1.36", command: [sleep, "1"]}, '
        '{name: s, image: "nginx:1.25", restartPolicy: Always}]'
    )
    found = life(pod(script("sleep 2"), more=f"restartPolicy: Never\n  {inits}"), until=20)
    assert states(found, "p") == [
        ("Pending", "PodInitializing", "PodInitializing", "PodInitializing"),
        ("Pending", "running", "PodInitializing", "PodInitializing"),
        ("Pending", "Completed", "PodInitializing", "PodInitializing"),
        ("Pending", "Completed", "ready", "PodInitializing"),
        ("Running", "Completed", "ready", "ready"),
        ("Running", "Completed", "ready", "Completed"),
        ("Running", "Completed", "Completed", "Completed"),
        ("Succeeded", "Completed", "Completed", "Completed"),
    ]
    assert events(found, "Killing") == [("Stopping container s", 1)]


def test_a_failing_init_container_loops_and_the_pod_stays_pending(life):
    inits = 'initContainers: [{name: i, image: "busybox:1.36", command: [sh, -c, "exit 2"]}]'
    found = life(pod(more=inits), (30, "kubectl get pods"), until=40)
    assert {one[0] for one in states(found, "p")} == {"Pending"}
    assert ("Pending", "CrashLoopBackOff", "PodInitializing") in states(found, "p")
    assert "Init:" in found.said[-1].stdout


@pytest.mark.parametrize(
    ("container", "more", "lasts", "codes"),
    [
        ('image: "nginx:1.25"', "", (0, 2), [0]),
        (script("trap '' TERM; while true; do sleep 1; done"), "terminationGracePeriodSeconds: 4", (4, 6), [137]),
        (script("sleep 1000"), "terminationGracePeriodSeconds: 4", (4, 6), [137]),
        (script("trap 'exit 3' TERM; sleep 1000 & wait"), "terminationGracePeriodSeconds: 4", (0, 2), [3]),
        ('image: "nginx:1.25", lifecycle: {preStop: {exec: {command: [sleep, "6"]}}}', "", (6, 8), [0]),
        ('image: "nginx:1.25", lifecycle: {preStop: {sleep: {seconds: 3}}}', "", (3, 5), [0]),
    ],
)  # fmt: skip
def test_how_a_deleted_pod_ends(life, container, more, lasts, codes):
    manifest = pod(container, more=more or "restartPolicy: Always")
    manifest = manifest.replace('image: "busybox:1.36", image:', "image:")
    found = life(manifest, (5, "kubectl delete pod p --wait=false"), until=60)
    assert lasts[0] <= gone_at(found) - 5 <= lasts[1]
    assert exits(found) == codes
    assert events(found, "Killing") == [("Stopping container c", 1)]
    assert states(found, "p")[-1] == ("Failed" if any(codes) else "Succeeded", "Error" if any(codes) else "Completed")


def test_a_pre_stop_hook_that_takes_too_long_is_cut_off(life):
    hook = 'image: "nginx:1.25", lifecycle: {preStop: {exec: {command: [sleep, "60"]}}}'
    manifest = pod(hook, more="terminationGracePeriodSeconds: 5").replace('image: "busybox:1.36", ', "")
    found = life(manifest, (5, "kubectl delete pod p --wait=false"), until=30)
    assert events(found, "FailedPreStopHook") == [("PreStopHook failed", 1)]
    assert 5 <= gone_at(found) - 5 <= 7


def test_a_forced_deletion_takes_the_object_at_once_and_gives_the_container_its_time(life):
    found = life(
        pod(script("sleep 1000"), more="terminationGracePeriodSeconds: 4"),
        (5, "kubectl delete pod p --grace-period=0 --force"), until=30,
    )  # fmt: skip
    assert gone_at(found) < 5.2
    ended = [one for one in found.trace.of(Phase) if one.phase == "container-exited"]
    assert [one.detail["code"] for one in ended] == [137]
    assert 4 <= ended[0].at / SECOND - 5 <= 4.5


def test_a_second_deletion_may_shorten_the_first(life):
    found = life(
        pod(script("sleep 1000")), (5, "kubectl delete pod p --wait=false"),
        (8, "kubectl delete pod p --grace-period=2 --wait=false"), until=60,
    )  # fmt: skip
    assert 10 <= gone_at(found) <= 12


def test_too_much_memory(life):
    found = life(pod(script("sleep 1; tail /dev/zero") + ", resources: {limits: {memory: 20Mi}}"), until=8)
    assert ("Running", "OOMKilled") in states(found, "p")
    assert exits(found)[0] == 137


def test_a_command_that_is_not_there(life):
    found = life(pod("command: [/no/such/binary]"), until=20)
    assert states(found, "p")[1:3] == [("Running", "RunContainerError"), ("Running", "CrashLoopBackOff")]
    ended = now(found)["status"]["containerStatuses"][0]["lastState"]["terminated"]
    assert (ended["exitCode"], ended["reason"], ended["startedAt"]) == (128, "StartError", "1970-01-01T00:00:00Z")
    assert events(found, "Failed")[0][0].startswith("Error: failed to create containerd task: ")


def test_a_missing_config_map_and_then_it_comes(life):
    later = {"c.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: nope}\ndata: {WORD: hello}\n"}
    found = life(
        pod("envFrom: [{configMapRef: {name: nope}}], " + script("echo $WORD; sleep 1000")),
        (20, "kubectl apply -f c.yaml"), (59, "kubectl logs p"), until=60, files=later,
    )  # fmt: skip
    assert states(found, "p")[:2] == [("Pending", "ContainerCreating"), ("Pending", "CreateContainerConfigError")]
    assert events(found, "Failed") == [('Error: configmap "nope" not found', 3)]
    assert found.said[-1].stdout == "hello\n"


def test_root_is_not_welcome(life):
    found = life(pod("securityContext: {runAsNonRoot: true}", image="nginx:1.25"), until=8)
    assert states(found, "p")[-1] == ("Pending", "CreateContainerConfigError")
    uid = now(found)["metadata"]["uid"]
    where = f'(pod: "p_default({uid})", container: c)'
    assert events(found, "Failed")[0][0] == f"Error: container has runAsNonRoot and image will run as root {where}"


def test_a_missing_secret_keeps_the_pod_from_its_sandbox(life):
    more = "volumes: [{name: s, secret: {secretName: nope}}]"
    found = life(pod("volumeMounts: [{name: s, mountPath: /s}]", more=more), until=120)
    assert states(found, "p") == [("Pending", "ContainerCreating")]
    assert events(found, "FailedMount") == [('MountVolume.SetUp failed for volume "s" : secret "nope" not found', 8)]


def test_an_image_that_is_not_there(life):
    found = life(pod(image="nginx:1.99-does-not-exist"), (19, "kubectl logs p"), until=30)
    told = states(found, "p")
    assert told[:3] == [("Pending", "ContainerCreating"), ("Pending", "ErrImagePull"), ("Pending", "ImagePullBackOff")]
    assert events(found, "BackOff")[0][0] == 'Back-off pulling image "nginx:1.99-does-not-exist"'
    assert "trying and failing to pull image" in found.said[-1].stderr


@pytest.mark.parametrize(
    ("container", "image", "reason", "event"),
    [
        ("imagePullPolicy: Never", "redis:7", "ErrImageNeverPull", "ErrImageNeverPull"),
        ("", "Nginx:1.25", "InvalidImageName", "InspectFailed"),
    ],
)
def test_images_that_are_not_even_asked_for(life, container, image, reason, event):
    found = life(pod(container, image=image), until=8)
    assert states(found, "p")[-1] == ("Pending", reason)
    assert events(found, event)
    assert events(found, "Failed")[0][0] == f"Error: {reason}"


def test_a_deadline(life):
    found = life(pod(image="nginx:1.25", more="activeDeadlineSeconds: 5"), until=20)
    assert states(found, "p")[-1] == ("Failed", "Completed")
    assert now(found)["status"]["reason"] == "DeadlineExceeded"
    assert events(found, "DeadlineExceeded")[0][0] == "Pod was active on the node longer than the specified deadline"


def test_a_deadline_counts_from_the_start_of_the_pod_and_not_of_its_kubelet(life):
    found = life(pod(image="nginx:1.25", more="activeDeadlineSeconds: 20"), until=10)
    found.stage.fault({"stop": "kubelet", "node": "node-1", "for": "5s"})
    found.stage.play(30 * SECOND)
    assert events(found, "DeadlineExceeded")
    assert now(found)["status"]["phase"] == "Failed"


def test_a_kubelet_that_is_started_again_believes_what_was_told_of_those_that_run_on(life):
    probes = "startupProbe: {httpGet: {port: 80}}, readinessProbe: {httpGet: {port: 80}, periodSeconds: 5}"
    found = life(pod(probes, image="nginx:1.25"), until=20)
    found.stage.fault({"stop": "kubelet", "node": "node-1", "for": "5s"})
    found.stage.play(60 * SECOND)
    late = [one for one in found.trace.of(Write) if one.ref.kind == "Pod" and one.at > 20 * SECOND]
    assert late == []  # nothing has changed, so nothing is told
    assert now(found)["status"]["containerStatuses"][0]["ready"]


def test_containers_share_a_volume_and_leave_their_last_words(life):
    manifest = """
    apiVersion: v1
    kind: Pod
    metadata: {name: p}
    spec:
      restartPolicy: Never
      volumes: [{name: v, emptyDir: {}}]
      containers:
      - {name: w, image: "busybox:1.36", command: [sh, -c, "echo hello > /data/f"], volumeMounts: [{name: v, mountPath: /data}]}
      - name: r
        image: busybox:1.36
        command: [sh, -c, "sleep 2; cat /in/f | tee; cat /in/f; echo why > /dev/termination-log; exit 4"]
        volumeMounts: [{name: v, mountPath: /in}]
    """
    found = life(manifest, (10, "kubectl logs p -c r"), until=12)
    assert found.said[-1].stdout == "hello\n"
    reader = next(one for one in now(found)["status"]["containerStatuses"] if one["name"] == "r")
    assert reader["state"]["terminated"]["message"] == "why\n"


def test_a_changed_image_restarts_its_container(life):
    patch = """kubectl patch pod p -p '{"spec":{"containers":[{"name":"c","image":"nginx:1.26"}]}}'"""
    found = life(pod(image="nginx:1.25"), (5, patch), until=20)
    assert events(found, "Killing") == [("Container c definition changed, will be restarted", 1)]
    assert now(found)["status"]["containerStatuses"][0]["restartCount"] == 1


def test_what_is_not_understood_runs_until_it_is_stopped_and_is_named(life):
    found = life(pod("command: [python, app.py]", image="team/app:v1"), (5, "kubectl delete pod p --wait=false"), until=10)
    assert found.trace.info["notSimulated"] == ["Pod.spec.containers.command python"]
    assert exits(found) == [0]


def moment(found, kind, status, reason=None):
    """When the Pod said so first."""
    for record in found.trace.of(Write):
        conditions = (record.after or {}).get("status", {}).get("conditions", []) if record.ref.kind == "Pod" else []
        if any((one["type"], one["status"], one.get("reason")) == (kind, status, reason) for one in conditions):
            return record.at / SECOND
    return None


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_holds_before_the_first_look_is_told_too_and_moves_the_next_one(life, seed):
    """So it is ready two seconds not after its start, but after the kubelet has asked the runtime again (recordings 02c, 26)."""
    probe = "readinessProbe: {httpGet: {port: 80}, initialDelaySeconds: 2, periodSeconds: 2}"
    found = life(pod(probe, image="nginx:1.25"), until=8, seed=seed)
    started = next(one.at for one in found.trace.of(Phase) if one.phase == "container-started")
    kubelet = next(one for one in found.stage.cluster.components.values() if getattr(one, "node", "") == "node-1")
    asked = kubelet.relist_after(started + 30_000) / SECOND
    assert asked + 2 <= moment(found, "Ready", "True") <= asked + 2.05


def test_a_runtime_does_one_thing_after_the_other(life):
    four = [pod(image="nginx:1.25").replace("name: p}", f"name: p{number}}}") for number in range(4)]
    found = life("\n---\n".join(four), until=9)
    made = [one.at / SECOND for one in found.trace.of(Phase) if one.phase == "sandbox-created"]
    started = [one.at / SECOND for one in found.trace.of(Phase) if one.phase == "container-started"]
    assert all(later - before >= 0.3 for before, later in pairwise(made))
    assert max(made) < min(started)


def test_who_is_deleted_while_starting_is_started_first(life):
    found = life(pod(image="nginx:1.25"), (0.4, "kubectl delete pod p --wait=false"), until=9)
    assert states(found, "p") == [("Pending", "ContainerCreating"), ("Running", "ready"), ("Succeeded", "Completed")]
    ended = moment(found, "Ready", "False", "PodCompleted")
    assert ended < gone_at(found) <= ended + 1.1  # the runtime is asked once more, and only then it may be removed
