from __future__ import annotations

import pytest

from gen.play.scenario.manifests import is_scenario
from gen.play.scenario.model import Scenario, Step
from gen.play.scenario.refusals import refusal
from gen.trace.record import Said

WEB = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replcas: 1
  template: {spec: {containers: [{name: a}]}}
"""
FILES = {
    "a.yaml": WEB.replace("web", "first"),
    "b.yaml": "# two\n" + WEB + "---\n" + WEB.replace("web", "db"),
    "c.yaml": "x: [\n",
}


@pytest.mark.parametrize(
    ("stderr", "spot"),
    [
        (
            'Error from server (BadRequest): error when creating "b.yaml": unknown field "spec.replcas"',
            ("b.yaml", 7, 3, "spec.replcas"),
        ),
        (
            'The Deployment "db" is invalid: spec.template.spec.containers[0].image: Required value',
            ("b.yaml", 16, 34, "spec.template.spec.containers[0].image"),
        ),
        ('The Deployment "db" is invalid: spec.selector: Required value', ("b.yaml", 14, 1, "spec.selector")),
        (
            'error: unable to decode "a.yaml": Go struct field ObjectMeta.metadata.name of type string',
            ("a.yaml", 4, 3, "metadata.name"),
        ),
        ("error: error parsing c.yaml: yaml: line 1: did not find expected node content", ("c.yaml", 2, 1, "")),
        ("error: no objects passed to apply", ("a.yaml", 0, 0, "")),
        (
            'error: resource mapping not found for name: "web" from "b.yaml": no matches for kind "Deployment" in version "v9"',
            ("b.yaml", 3, 1, "kind"),
        ),
    ],
)
def test_a_refusal_says_where(stderr, spot):
    scenario = Scenario(title={}, steps=(Step(run="kubectl apply -f ."),), files=FILES, path="a.yaml", plain=True)
    found = refusal(scenario, Said(seq=1, at=0, line="", rc=1, stdout="", stderr=stderr + "\n"))
    assert (found.file, found.line, found.column, found.field) == spot
    assert found.what == stderr.removeprefix("error: ")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (WEB, False),
        ("steps: []\n", True),
        ("title: {ko: a, en: b}\nstepps: []\n", True),
        ("kind: Pod\nsteps: []\n", False),
        ("steps: [\n", True),
        ("kind: Pod\nsteps: [\n", False),
        ("", False),
        ("- a\n", False),
        ("metadata: {name: x}\n", False),
    ],
)
def test_what_is_a_scenario(text, answer):
    assert is_scenario(text) is answer
