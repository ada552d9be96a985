"""Who may own an object."""

import pytest

from gen.cluster.apiserver.validation_metadata import metadata


def reference(name, controller=None, **more):
    control = {} if controller is None else {"controller": controller}
    return {"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": name, "uid": f"uid-{name}", **control, **more}


@pytest.mark.parametrize(
    ("references", "errors"),
    [
        ([], []),
        ([reference("one", True)], []),
        ([reference("one", True), reference("two", False), reference("three")], []),
        ([reference("", True)], ["metadata.ownerReferences[0].name: must not be empty"]),
        (
            [reference("one", True), reference("two", True)],
            [
                "metadata.ownerReferences: Only one reference can have Controller set to true. "
                'Found "true" in references for ReplicaSet/one and ReplicaSet/two'
            ],
        ),
    ],
)
def test_one_controller_at_most(references, errors):
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "namespace": "default", "ownerReferences": references}}
    assert [f"{error.field}: {error.detail}" for error in metadata(pod)] == errors
