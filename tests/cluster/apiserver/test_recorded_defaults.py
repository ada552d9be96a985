"""What people wrote in the recordings is accepted, and defaulted it is what the real API server stored."""

import json
import re
from pathlib import Path

import pytest
import yaml

from gen.cluster.apiserver import schema
from gen.cluster.apiserver.defaults import defaulted
from gen.cluster.apiserver.validation import validate
from gen.kit.evolve import evolve

RECORDINGS = Path(__file__).parents[2] / "recordings"
FROM_ADMISSION = ("serviceAccount", "serviceAccountName", "preemptionPolicy", "priority", "tolerations")


def written():
    """Every Pod and Deployment in the first manifest that names it, with the spec that it had when it was stored first."""
    for folder in sorted(path.parent for path in RECORDINGS.glob("*/objects.jsonl")):
        rows = [json.loads(line) for line in (folder / "objects.jsonl").read_text(encoding="utf-8").splitlines()]
        stored = {(row["kind"], row["name"]): row["spec"] for row in reversed(rows) if row["type"] == "ADDED" and "spec" in row}
        for name in re.findall(r"create deployment (\S+)", (folder / "steps.yaml").read_text(encoding="utf-8")):
            stored.pop(("Deployment", name), None)  # a line made it, not a manifest
        for file in sorted((folder / "manifests").glob("*.yaml")):
            for obj in documents(file):
                spec = stored.pop((obj["kind"], obj["metadata"].get("name")), None) if obj else None
                if spec and obj["kind"] in ("Pod", "Deployment"):
                    yield pytest.param(obj, spec, id=f"{folder.name}/{file.name}/{obj['metadata']['name']}")


def documents(file):
    """What is written in a manifest; nothing in one that is broken, as some are on purpose."""
    try:
        return list(yaml.safe_load_all(file.read_text(encoding="utf-8")))
    except yaml.YAMLError:
        return []


@pytest.mark.parametrize(("obj", "stored"), list(written()))
def test_recorded_object(obj, stored):
    placed = evolve(obj, "metadata.namespace", "default")
    made = defaulted(schema.decoded(placed))
    assert (schema.type_error(obj), schema.strict_errors(obj), validate(made)) == (None, [], [])
    assert made["spec"] == (without_admission(stored) if obj["kind"] == "Pod" else stored)


def without_admission(spec):
    """A Pod's spec without what admission adds: the token of its ServiceAccount, its priority, its tolerations."""
    spec = {key: without_token(value) if key == "volumes" else value for key, value in spec.items() if key not in FROM_ADMISSION}
    containers = [
        {key: without_token(value) if key == "volumeMounts" else value for key, value in one.items()}
        for one in spec["containers"]
    ]
    return {**spec, "containers": containers}


def without_token(named):
    return [one for one in named if not one["name"].startswith("kube-api-access-")]
