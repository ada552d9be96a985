"""Every Pod template in the recordings gives the hash that the real Deployment controller gave it."""

import json
from pathlib import Path

import pytest

from gen.cluster.controllers.template_hash import pod_template_hash
from gen.kit.evolve import evolve, frozen

FIXTURE = Path(__file__).with_name("template_hashes.jsonl")
RECORDED = [json.loads(line) for line in FIXTURE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", RECORDED, ids=[f"{row['from']}:{row['hash']}" for row in RECORDED])
def test_recorded_hash(row):
    assert pod_template_hash(frozen(row["template"])) == row["hash"]


def test_collisions_and_changes_give_other_hashes():
    template = RECORDED[0]["template"]
    changed = evolve(template, "spec.containers", [{**template["spec"]["containers"][0], "image": "other:1"}])
    collided = [pod_template_hash(template, count) for count in range(3)]
    hashes = [pod_template_hash(template), pod_template_hash(changed), *collided]
    assert len(set(hashes)) == len(hashes)


def test_equal_templates_have_equal_hashes_and_spelling_does_not_matter():
    template = RECORDED[0]["template"]

    def asking(cpu):
        container = {**template["spec"]["containers"][0], "resources": {"requests": {"cpu": cpu}}}
        return evolve(template, "spec.containers", [container])

    assert pod_template_hash(json.loads(json.dumps(template))) == pod_template_hash(template)
    assert pod_template_hash(asking("0.5")) == pod_template_hash(asking("500m")) != pod_template_hash(asking("1"))
