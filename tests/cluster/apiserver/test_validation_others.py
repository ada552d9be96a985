"""Mistakes in kinds that are kept and not acted on (recording 17)."""

import pytest

from gen.cluster.apiserver.validation import validate


def obj(version, kind, **spec):
    return {"apiVersion": version, "kind": kind, "metadata": {"name": "x", "namespace": "shop"}, "spec": spec}


def template(labels=None, **spec):
    return {"metadata": {"labels": labels or {}}, "spec": {"containers": [{"name": "a", "image": "b"}], **spec}}


SELECTOR = {"matchLabels": {"a": "b"}}
ENDS = 'Required value: valid values: "OnFailure", "Never"'


@pytest.mark.parametrize(
    ("found", "errors"),
    [
        (obj("batch/v1", "Job", template=template(restartPolicy="Always")), [f"spec.template.spec.restartPolicy: {ENDS}"]),
        (obj("batch/v1", "Job", template=template(restartPolicy="Never")), []),
        (obj("batch/v1", "CronJob", schedule="61 * * * *", jobTemplate={"spec": {"template": template(restartPolicy="Never")}}),
         ['spec.schedule: Invalid value: "61 * * * *": end of range (61) above maximum (59): 61']),
        (obj("autoscaling/v2", "HorizontalPodAutoscaler", minReplicas=5, maxReplicas=2),
         ["spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`"]),
        (obj("policy/v1", "PodDisruptionBudget", minAvailable=1, maxUnavailable=1, selector=SELECTOR),
         ['spec: Invalid value: {"MinAvailable":1,"Selector":{"matchLabels":{"a":"b"}},"MaxUnavailable":1,'
          '"UnhealthyPodEvictionPolicy":null}: minAvailable and maxUnavailable cannot be both set']),
        (obj("apps/v1", "StatefulSet", selector=SELECTOR, template=template({"a": "c"})),
         ['spec.template.metadata.labels: Invalid value: {"a":"c"}: `selector` does not match template `labels`']),
        (obj("apps/v1", "DaemonSet", selector=SELECTOR, template=template({"a": "b"})), []),
        (obj("v1", "PersistentVolumeClaim", accessModes=["ReadWriteOnce"]), ["spec.resources[storage]: Required value"]),
    ],
)  # fmt: skip
def test_what_is_wrong(found, errors):
    assert [str(error) for error in validate(found)] == errors
