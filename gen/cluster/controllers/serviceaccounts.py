"""What every namespace gets: a ServiceAccount `default`, and a ConfigMap with the certificate of the cluster's authority.

Upstream: pkg/controller/serviceaccount/serviceaccounts_controller.go, pkg/controller/certificates/rootcacertpublisher.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gen.cluster.apiserver.status import StatusError
from gen.cluster.client.controller import After, Controller, itself
from gen.cluster.client.informer import Notice
from gen.cluster.client.workqueue import Key
from gen.objects import meta

Obj = dict[str, Any]
ROOT_CERTIFICATE = "kube-root-ca.crt"
DESCRIPTION = (
    "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal "
    "service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters."
)
CERTIFICATE = "-----BEGIN CERTIFICATE-----\n(simulated: this cluster has no keys)\n-----END CERTIFICATE-----\n"


def default_account(namespace: str) -> Obj:
    """The ServiceAccount that Pods run as if they name none."""
    return {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": namespace}}


def root_certificate(namespace: str) -> Obj:
    """The ConfigMap that is mounted into every Pod beside its token."""
    metadata = {"name": ROOT_CERTIFICATE, "namespace": namespace, "annotations": {"kubernetes.io/description": DESCRIPTION}}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"ca.crt": CERTIFICATE}}


class NamespaceFurnisher(Controller):
    """Keys of namespaces: in each that is not going away, `furniture(namespace)`, an object of `kind`, must stand."""

    kind: str
    furniture: Callable[[str], Obj]
    workers = 1

    def register(self) -> None:
        """Watch namespaces, and what may be taken out of them."""
        self.namespaces, self.pieces = self.informers.of("Namespace"), self.informers.of(self.kind)
        self.watch("Namespace", itself)
        self.watch(self.kind, namespace_that_lost_one)

    async def reconcile(self, key: Key) -> After | None:
        """One look at a namespace."""
        namespace = self.namespaces.get("", key[1])
        if namespace is None or meta.deleting(namespace):
            return None
        piece = self.furniture(key[1])
        if self.pieces.get(key[1], meta.name(piece)) is None:
            self.obey(self.furniture)
            try:
                await self.api.create(piece)
            except StatusError as error:
                if error.reason != "AlreadyExists":
                    raise
        return None


def namespace_that_lost_one(notice: Notice) -> list[Key]:
    """The key of the namespace that an object was taken out of."""
    return [("", meta.namespace(notice.before or {}))] if notice.after is None else []


class ServiceAccountsController(NamespaceFurnisher):
    """Every namespace has its ServiceAccount `default`."""

    kind, furniture = "ServiceAccount", staticmethod(default_account)


class RootCertificatePublisher(NamespaceFurnisher):
    """Every namespace has its ConfigMap `kube-root-ca.crt`."""

    kind, furniture = "ConfigMap", staticmethod(root_certificate)
