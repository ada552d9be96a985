"""The kinds that the API server knows, as a table: group, plural, short names, and whether this cluster acts on them.

A kind that is not modelled is stored and shown, and nothing happens to it. Source: `kubectl api-resources` of v1.36.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MODELLED = (
    "Pod", "ReplicaSet", "Deployment", "Node", "Namespace", "Service", "ServiceAccount", "ConfigMap", "Secret", "Event",
    "Lease", "ResourceQuota", "LimitRange", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding",
    "EndpointSlice", "Endpoints",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `group` is "" for the core group; `plural` is the resource's name in paths and on the command line."""

    group: str
    version: str
    name: str
    plural: str
    singular: str
    short_names: tuple[str, ...]
    namespaced: bool
    modelled: bool

    @property
    def api_version(self) -> str:
        """What stands in `apiVersion`: `v1`, `apps/v1`."""
        return f"{self.group}/{self.version}" if self.group else self.version

    @property
    def resource(self) -> str:
        """The resource with its group, as in messages: `pods`, `deployments.apps`."""
        return f"{self.plural}.{self.group}" if self.group else self.plural


# group/version: Kind plural [short,names], a * for what belongs to the cluster and not to a namespace
_TABLE = """
v1: ConfigMap configmaps cm; Endpoints endpoints ep; Event events ev; LimitRange limitranges limits;
    Namespace* namespaces ns; Node* nodes no; PersistentVolumeClaim persistentvolumeclaims pvc;
    PersistentVolume* persistentvolumes pv; Pod pods po; PodTemplate podtemplates;
    ReplicationController replicationcontrollers rc;
    ResourceQuota resourcequotas quota; Secret secrets; ServiceAccount serviceaccounts sa; Service services svc
admissionregistration.k8s.io/v1: MutatingAdmissionPolicy* mutatingadmissionpolicies;
    MutatingAdmissionPolicyBinding* mutatingadmissionpolicybindings;
    MutatingWebhookConfiguration* mutatingwebhookconfigurations;
    ValidatingAdmissionPolicy* validatingadmissionpolicies; ValidatingAdmissionPolicyBinding* validatingadmissionpolicybindings;
    ValidatingWebhookConfiguration* validatingwebhookconfigurations
apiextensions.k8s.io/v1: CustomResourceDefinition* customresourcedefinitions crd,crds
apiregistration.k8s.io/v1: APIService* apiservices
apps/v1: ControllerRevision controllerrevisions; DaemonSet daemonsets ds; Deployment deployments deploy;
    ReplicaSet replicasets rs; StatefulSet statefulsets sts
authentication.k8s.io/v1: SelfSubjectReview* selfsubjectreviews; TokenReview* tokenreviews
authorization.k8s.io/v1: SelfSubjectAccessReview* selfsubjectaccessreviews; SelfSubjectRulesReview* selfsubjectrulesreviews;
    SubjectAccessReview* subjectaccessreviews
autoscaling/v2: HorizontalPodAutoscaler horizontalpodautoscalers hpa
batch/v1: CronJob cronjobs cj; Job jobs
certificates.k8s.io/v1: CertificateSigningRequest* certificatesigningrequests csr
coordination.k8s.io/v1: Lease leases
discovery.k8s.io/v1: EndpointSlice endpointslices
flowcontrol.apiserver.k8s.io/v1: FlowSchema* flowschemas; PriorityLevelConfiguration* prioritylevelconfigurations
networking.k8s.io/v1: IngressClass* ingressclasses; Ingress ingresses ing; IPAddress* ipaddresses ip;
    NetworkPolicy networkpolicies netpol; ServiceCIDR* servicecidrs
node.k8s.io/v1: RuntimeClass* runtimeclasses
policy/v1: PodDisruptionBudget poddisruptionbudgets pdb
rbac.authorization.k8s.io/v1: ClusterRoleBinding* clusterrolebindings; ClusterRole* clusterroles; RoleBinding rolebindings;
    Role roles
resource.k8s.io/v1: DeviceClass* deviceclasses; ResourceClaim resourceclaims; ResourceClaimTemplate resourceclaimtemplates;
    ResourceSlice* resourceslices
scheduling.k8s.io/v1: PriorityClass* priorityclasses pc
storage.k8s.io/v1: CSIDriver* csidrivers; CSINode* csinodes; CSIStorageCapacity csistoragecapacities;
    StorageClass* storageclasses sc; VolumeAttachment* volumeattachments; VolumeAttributesClass* volumeattributesclasses vac
"""


def _read(table: str) -> tuple[Kind, ...]:
    found: list[Kind] = []
    for block in table.strip().replace("\n    ", " ").splitlines():
        version, _, rows = block.partition(": ")
        group, _, version = version.rpartition("/")
        for row in rows.split(";"):
            name, plural, *short = row.split()
            bare = name.rstrip("*")
            names = tuple(short[0].split(",")) if short else ()
            found.append(Kind(group, version, bare, plural, bare.lower(), names, not name.endswith("*"), bare in MODELLED))
    return tuple(found)


KINDS: tuple[Kind, ...] = _read(_TABLE)
ALL = (  # what `kubectl get all` lists, in its order
    "Pod", "ReplicationController", "Service", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet",
    "HorizontalPodAutoscaler", "CronJob", "Job",
)  # fmt: skip


def words_for(kind: Kind) -> list[str]:
    """The words that mean a kind on the command line."""
    short = (kind.plural, kind.singular, *kind.short_names)
    groups = ("", f".{kind.group}", f".{kind.version}.{kind.group}") if kind.group else ("",)
    return [word + group for word in short for group in groups]


_BY_NAME = {kind.name: kind for kind in KINDS}
_BY_WORD: dict[str, Kind] = {}
for _kind in KINDS:
    for _word in words_for(_kind):
        _BY_WORD.setdefault(_word, _kind)


def kind_named(word: str, custom: Iterable[Kind] = ()) -> Kind | None:
    """The kind that a word on the command line means: `po`, `pods`, `deployment.apps`, `Deployment`; None if there is none.

    `custom` are kinds beside those of the table: see `gen.objects.custom`.
    """
    word = word.lower()
    return _BY_WORD.get(word) or next((kind for kind in custom if word in words_for(kind)), None)


def kind_of(api_version: str, name: str, custom: Iterable[Kind] = ()) -> Kind | None:
    """The kind with this `apiVersion` and `kind`; None if the server does not know it."""
    kind = _BY_NAME.get(name)
    if kind is not None:
        return kind if kind.api_version == api_version else None
    return next((one for one in custom if (one.name, one.api_version) == (name, api_version)), None)


def kind_by_name(name: str) -> Kind | None:
    """The kind with this `kind`, of whatever version."""
    return _BY_NAME.get(name)
