import pytest

from gen.cluster.apiserver import schema, schema_types
from gen.kit.evolve import frozen
from gen.kit.patch import Merge, strategic_merge


def deployment(spec):
    return frozen({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": spec})


def pod(spec):
    return {"template": {"spec": spec}}


def test_every_type_is_known():
    for name in schema_types.struct_names():
        for field in schema_types.struct_named(name).fields:
            assert field.type.shape


def test_unknown_fields_in_the_order_of_the_document():
    obj = deployment({"replcas": 1, **pod({"nope": {"x": 1}, "containers": [{"name": "a"}, {"imagee": "b"}]})})
    assert schema.strict_errors(obj) == [
        'unknown field "spec.replcas"',
        'unknown field "spec.template.spec.nope"',
        'unknown field "spec.template.spec.containers[1].imagee"',
    ]
    assert schema.strict_errors({**obj, "apiVersion": "example.com/v1", "kind": "Thing"}) == []


FIELD = "json: cannot unmarshal {} into Go struct field {} of type {}"


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        ({"replicas": "three"}, FIELD.format("string", "DeploymentSpec.spec.replicas", "int32")),
        ({"replicas": 1.5}, FIELD.format("number 1.5", "DeploymentSpec.spec.replicas", "int32")),
        ({"replicas": 3_000_000_000}, FIELD.format("number 3000000000", "DeploymentSpec.spec.replicas", "int32")),
        ({"replicas": 3.0}, None),
        ({"replicas": None}, None),
        ({"paused": "yes"}, FIELD.format("string", "DeploymentSpec.spec.paused", "bool")),
        ({"strategy": {"type": 1}}, FIELD.format("number", "DeploymentStrategy.spec.strategy.type", "v1.DeploymentStrategyType")),
        (pod([]), FIELD.format("array", "PodTemplateSpec.spec.template.spec", "v1.PodSpec")),
        (pod({"containers": {}}), FIELD.format("object", "PodSpec.spec.template.spec.containers", "[]v1.Container")),
        (pod({"containers": ["a"]}), FIELD.format("string", "PodSpec.spec.template.spec.containers", "v1.Container")),
        (pod({"nodeSelector": {"a": True}}), FIELD.format("bool", "PodSpec.spec.template.spec.nodeSelector", "string")),
        (
            pod({"containers": [{"ports": [{"containerPort": "80"}]}]}),
            FIELD.format("string", "ContainerPort.spec.template.spec.containers.ports.containerPort", "int32"),
        ),
        (
            pod({"containers": [{"resources": {"limits": "1"}}]}),
            FIELD.format("string", "ResourceRequirements.spec.template.spec.containers.resources.limits", "v1.ResourceList"),
        ),
        ({"strategy": {"rollingUpdate": {"maxSurge": True}}}, "json: cannot unmarshal bool into Go value of type int32"),
        ({"strategy": {"rollingUpdate": {"maxSurge": "x"}}}, None),
        (
            pod({"containers": [{"resources": {"limits": {"cpu": True}}}]}),
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        ),
    ],
)
def test_wrong_types(spec, text):
    assert schema.type_error(deployment(spec)) == text


def test_the_first_wrong_type_is_named_unless_a_method_stops_the_decoder():
    assert schema.type_error(deployment({"paused": 1, "replicas": "x"})) == FIELD.format(
        "number", "DeploymentSpec.spec.paused", "bool"
    )
    stopped = deployment({"paused": 1, "strategy": {"rollingUpdate": {"maxSurge": []}}})
    assert schema.type_error(stopped) == "json: cannot unmarshal array into Go value of type int32"


def test_times():
    obj = {"apiVersion": "v1", "kind": "Pod", "metadata": {"creationTimestamp": "yesterday"}}
    layout = "2006-01-02T15:04:05Z07:00"
    assert schema.type_error(obj) == f'parsing time "yesterday" as "{layout}": cannot parse "yesterday" as "2006"'
    assert schema.type_error({**obj, "metadata": {"creationTimestamp": "2026-01-01T00:00:00+09:00"}}) is None


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        ({"replicas": "two"}, "unrecognized type: int32"),
        ({"paused": 1}, "unrecognized type: bool"),
        (pod({"hostname": True}), "unrecognized type: string"),
        (pod({"containers": {}}), "cannot restore slice from map"),
        ({"replicas": 2}, None),
    ],
)
def test_wrong_types_in_a_patched_object(spec, text):
    assert schema.conversion_error(deployment(spec)) == text


def test_the_form_in_the_server():
    obj = deployment(
        {"replicas": 2.0, "paused": False, "nope": 1, **pod({"containers": [{"name": "a", "env": [], "command": None}]})}
    )
    assert schema.decoded(obj)["spec"] == {"replicas": 2, "template": {"spec": {"containers": [{"name": "a"}]}}}
    clean = deployment({"replicas": 2, **pod({"containers": [{"resources": {"limits": {"cpu": "1"}}}]})})
    assert schema.decoded(clean) is clean


def test_merge_keys():
    keys = schema.merge_keys("apps/v1", "Deployment")
    assert keys(("spec", "template", "spec", "containers")) == Merge(("merge",), "name")
    assert keys(("spec", "template", "spec", "volumes")) == Merge(("merge", "retainKeys"), "name")
    assert keys(("metadata", "finalizers")) == Merge(("merge",))
    assert keys(("spec", "template", "spec", "containers", "command")) == keys(("nope", "x")) == Merge()
    obj = deployment(pod({"containers": [{"name": "a", "image": "x"}, {"name": "b", "image": "y"}]}))
    patched = strategic_merge(obj, {"spec": pod({"containers": [{"name": "b", "image": "z"}]})}, keys)
    assert patched["spec"]["template"]["spec"]["containers"] == [{"name": "a", "image": "x"}, {"name": "b", "image": "z"}]
