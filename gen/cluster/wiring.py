"""Who is there, in which process, and as whom each speaks to the API server: the cluster, put together.

    etcd ◄ kube-apiserver ◄ { kube-controller-manager, kube-scheduler, kubelet/NODE … }

Nobody here knows anybody else; what one writes the others see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gen.cluster.apiserver.request import User
from gen.cluster.apiserver.server import Server
from gen.cluster.client.api import Api
from gen.cluster.client.controller import Controller
from gen.cluster.client.informer import Informers
from gen.cluster.controllers.deployment import DeploymentController
from gen.cluster.controllers.endpoints import EndpointsController
from gen.cluster.controllers.endpointslices import EndpointSliceController
from gen.cluster.controllers.garbage import GarbageCollector
from gen.cluster.controllers.namespaces import NamespaceController
from gen.cluster.controllers.nodelifecycle import NodeLifecycleController
from gen.cluster.controllers.replicaset import ReplicaSetController
from gen.cluster.controllers.resourcequotas import ResourceQuotaController
from gen.cluster.controllers.serviceaccounts import RootCertificatePublisher, ServiceAccountsController
from gen.cluster.network.addresses import node_address, pod_addresses
from gen.cluster.node.heartbeat import Heartbeat
from gen.cluster.node.hollow import HollowNodes, hollow_node
from gen.cluster.node.images import ImageStore
from gen.cluster.node.kubelet import Kubelet
from gen.cluster.node.programs import Behaviour
from gen.cluster.node.runtime import Runtime
from gen.cluster.scheduler.scheduler import Scheduler
from gen.kit.evolve import evolve
from gen.kit.loop import Context, Loop
from gen.kit.process import Process
from gen.objects import meta
from gen.trace.trace import Trace

Obj = dict[str, Any]
ADMINISTRATOR = User("kubernetes-admin", ("system:masters", "system:authenticated"))
SERVICE_ACCOUNT = "system:serviceaccount:kube-system:"
MANAGER, SCHEDULER = "kube-controller-manager", "kube-scheduler"

# Every controller of kube-controller-manager: its name in Events and in the trace, and whom the API server takes it for.
CONTROLLERS: tuple[tuple[type[Controller], str, str], ...] = (
    (DeploymentController, "deployment-controller", SERVICE_ACCOUNT + "deployment-controller"),
    (ReplicaSetController, "replicaset-controller", SERVICE_ACCOUNT + "replicaset-controller"),
    (GarbageCollector, "garbage-collector-controller", SERVICE_ACCOUNT + "generic-garbage-collector"),
    (NodeLifecycleController, "node-controller", SERVICE_ACCOUNT + "node-controller"),
    (ServiceAccountsController, "serviceaccount-controller", SERVICE_ACCOUNT + "service-account-controller"),
    (RootCertificatePublisher, "root-ca-certificate-publisher", SERVICE_ACCOUNT + "root-ca-cert-publisher"),
    (NamespaceController, "namespace-controller", SERVICE_ACCOUNT + "namespace-controller"),
    (ResourceQuotaController, "resourcequota-controller", SERVICE_ACCOUNT + "resourcequota-controller"),
    (EndpointSliceController, "endpoint-slice-controller", SERVICE_ACCOUNT + "endpointslice-controller"),
    (EndpointsController, "endpoint-controller", SERVICE_ACCOUNT + "endpoint-controller"),
)


@dataclass(slots=True)
class Machine:
    """What of a node outlives its kubelet: the manifest it registers with, its runtime, its images."""

    manifest: Obj
    address: str
    runtime: Runtime
    images: ImageStore


class Cluster:
    """The control plane and the nodes of one run. `processes` holds what runs now, by name."""

    def __init__(self, loop: Loop, trace: Trace, *, hollow: bool = False, programs: dict[str, Behaviour] | None = None) -> None:
        self.loop, self.trace, self.hollow, self.programs = loop, trace, hollow, programs
        self.server = Server(loop, trace)
        self.processes: dict[str, Process] = {}
        self.machines: dict[str, Machine] = {}
        self.components: dict[str, Any] = {}

    def api(self, who: str, user: User, process: Process, typed: bool = True) -> Api:
        """Access to the API server for somebody."""
        return Api(self.server, process, who, user, typed)

    def administrator(self, who: str = "kubectl", user: User = ADMINISTRATOR) -> Api:
        """A person's access: what they write is checked field by field."""
        return self.api(who, user, Process(self.loop, who), typed=False)

    def start_control_plane(self) -> None:
        """Start the controllers and the scheduler."""
        self.start(MANAGER)
        self.start(SCHEDULER)
        if self.hollow:
            self._start_hollow_nodes()

    def start(self, name: str, origin: Context | None = None) -> None:
        """Start a process that does not run: a component of the control plane, or `kubelet/NODE`. `origin` is why."""
        if name in self.processes and self.processes[name].alive:
            return
        process = self.processes[name] = Process(self.loop, name, origin)
        self._starters().get(name, self._start_kubelet)(process)

    def stop(self, name: str) -> None:
        """Stop a process in whatever it is doing."""
        if name in self.processes:
            self.processes[name].stop()

    def add_node(self, manifest: Obj, images: tuple[str, ...] = ()) -> None:
        """A machine joins: its kubelet starts, and registers it."""
        name, index = meta.name(manifest), len(self.machines)
        store = ImageStore(self.loop.rng(f"images/{name}"), self.programs)
        for image in images:
            store.add(image)
        runtime = Runtime(self.loop, name, pod_addresses(index))
        address = node_address(index)
        node = hollow_node(manifest, self.loop.unix_us) if self.hollow else with_facts(manifest, address)
        self.machines[name] = Machine(node, address, runtime, store)
        if not self.hollow:
            self.start(f"kubelet/{name}")

    def _starters(self) -> dict[str, Callable[[Process], None]]:
        return {MANAGER: self._start_manager, SCHEDULER: self._start_scheduler}

    def _start_manager(self, process: Process) -> None:
        informers = Informers(self.api(MANAGER, User("system:kube-controller-manager"), process))
        for controller, name, user in CONTROLLERS:
            self.components[name] = controller(self.api(name, User(user), process), informers)
            self.components[name].start()

    def _start_scheduler(self, process: Process) -> None:
        api = self.api("default-scheduler", User("system:kube-scheduler"), process)
        scheduler = self.components["default-scheduler"] = Scheduler(api, Informers(api))
        scheduler.start()

    def _start_kubelet(self, process: Process) -> None:
        node = process.name.removeprefix("kubelet/")
        machine = self.machines[node]
        api = self.api(process.name, User(f"system:node:{node}", ("system:nodes", "system:authenticated")), process)
        kubelet = self.components[process.name] = Kubelet(api, node, machine.address, machine.runtime, machine.images)
        kubelet.start()
        Heartbeat(kubelet, machine.manifest, machine.images).start()

    def _start_hollow_nodes(self) -> None:
        process = self.processes["hollow-nodes"] = Process(self.loop, "hollow-nodes")
        api = self.api("hollow-nodes", ADMINISTRATOR, process)
        self.components["hollow-nodes"] = nodes = HollowNodes(api, Informers(api))
        nodes.start()


def with_facts(manifest: Obj, address: str) -> Obj:
    """The Node as its kubelet registers it: what the manifest says, and what the machine is."""
    name = meta.name(manifest)
    status = manifest.get("status") or {}
    known = {
        "addresses": [{"type": "InternalIP", "address": address}, {"type": "Hostname", "address": name}],
        "daemonEndpoints": {"kubeletEndpoint": {"Port": 10250}},
        "nodeInfo": NODE_INFO,
    }
    annotations = {"volumes.kubernetes.io/controller-managed-attach-detach": "true", **meta.annotations(manifest)}
    return dict(evolve(manifest, "status", {**known, **status}, "metadata.annotations", annotations))


NODE_INFO = {
    "architecture": "amd64", "bootID": "", "containerRuntimeVersion": "containerd://2.1.4", "kernelVersion": "6.12.0",
    "kubeProxyVersion": "", "kubeletVersion": "v1.36.2", "machineID": "", "operatingSystem": "linux",
    "osImage": "Debian GNU/Linux 13 (trixie)", "systemUUID": "",
}  # fmt: skip
