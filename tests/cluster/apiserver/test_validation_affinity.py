"""Affinity that means nothing is refused by the API server, and does not reach the scheduler."""

import pytest

from gen.cluster.apiserver.schema import decoded
from gen.cluster.apiserver.validation_affinity import affinity

REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"


def of_nodes(kind, **requirement):
    return {"nodeAffinity": {REQUIRED: {"nodeSelectorTerms": [{kind: [requirement]}]}}}


@pytest.mark.parametrize(
    ("wishes", "says"),
    [
        (
            of_nodes("matchExpressions", key="zone", operator="Foo"),
            ['operator: Invalid value: "Foo": not a valid selector operator'],
        ),
        (of_nodes("matchExpressions", key="zone", operator="Gt", values=["1"]), []),
        (
            of_nodes("matchFields", key="metadata.name", operator="In"),
            ["values: Required value: must be only one value when `operator` is 'In' or 'NotIn' for node field selector"],
        ),
        (
            {"podAffinity": {PREFERRED: [{}]}},
            [
                "weight: Invalid value: 0: must be in the range 1-100",
                "topologyKey: Required value: can not be empty",
            ],
        ),
        ({"nodeAffinity": {REQUIRED: {}}}, ["nodeSelectorTerms: Required value: must have at least one node selector term"]),
    ],
)
def test_what_is_wrong(wishes, says):
    assert [
        str(error).rpartition("." + text.partition(":")[0])[2] for error, text in zip(affinity("a", wishes), says, strict=True)
    ] == [text[text.index(":") :] for text in says]


def test_null_in_a_list_or_a_mapping_is_the_zero_value():
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"labels": {"a": None}}, "spec": {"containers": [None]}}
    assert decoded(pod)["spec"]["containers"] == [{}]
    assert decoded(pod)["metadata"]["labels"] == {"a": ""}
