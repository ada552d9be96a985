"""`kubectl patch`, against a whole API server."""

import pytest

from gen.play.scenario.nodes import default_nodes
from gen.play.stage import Stage

HELD = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "held", "namespace": "default", "finalizers": ["a/b"]},
    "spec": {"schedulerName": "nobody", "containers": [{"name": "web", "image": "nginx"}]},
}


def test_a_patch_that_lets_a_deleted_object_go_is_a_change():
    stage, printed = Stage(default_nodes(1)), []
    letting_go = 'kubectl patch pod held --type=merge -p \'{"metadata":{"finalizers":null}}\''

    async def type_it():
        await stage.api.create(HELD)
        for line in ("kubectl delete pod held --wait=false", letting_go):
            printed.append(await stage.kubectl(line))

    stage.do(type_it())
    stage.play(300_000)
    assert printed[-1].stdout == "pod/held patched\n"
    assert stage.get("Pod", "default", "held") is None


@pytest.mark.parametrize(
    ("line", "said", "finalizers"),
    [
        ('--type=merge -p \'{"metadata":{"finalizers":null}}\'', "pod/held patched\n", None),
        ("--type merge -p {}", "pod/held patched (no change)\n", ["a/b"]),
        ('--type=json -p \'[{"op":"remove","path":"/metadata/finalizers/0"}]\'', "pod/held patched\n", None),
        (
            '--type=json -p \'[{"op":"test","path":"/metadata/name","value":9}]\'',
            "The request is invalid: the server rejected our request due to an error in our request\n",
            ["a/b"],
        ),
        ("", "error: must specify --patch or --patch-file containing the contents of the patch\n", ["a/b"]),
    ],
)
def test_patch(line, said, finalizers):
    stage, printed = Stage(default_nodes(1)), []

    async def type_it():
        await stage.api.create(HELD)
        printed.append(await stage.kubectl(f"kubectl patch pod held {line}"))

    stage.do(type_it())
    stage.play(200_000)
    assert [one.stdout + one.stderr for one in printed] == [said]
    assert stage.get("Pod", "default", "held")["metadata"].get("finalizers") == finalizers
