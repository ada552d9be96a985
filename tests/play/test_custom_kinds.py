"""In a scenario a kind is unknown until somebody defines it, as in front of a real cluster."""

from __future__ import annotations

from gen.play.scenario.file import from_text
from gen.play.simulate import simulate
from gen.trace.query import stored
from gen.trace.record import Said

SCENARIO = """\
title: {ko: 시험, en: A test}
cluster: {nodes: 1}
files:
  kind.yaml: |
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: certificates.cert-manager.io}
    spec:
      group: cert-manager.io
      names: {kind: Certificate, plural: certificates, shortNames: [cert]}
      scope: Namespaced
      versions: [{name: v1, served: true, storage: true}]
  web.yaml: |
    apiVersion: cert-manager.io/v1
    kind: Certificate
    metadata: {name: web}
steps:
- run: kubectl apply -f web.yaml
- run: kubectl apply -f kind.yaml
- run: kubectl wait --for=condition=Established crd/certificates.cert-manager.io
- run: kubectl create namespace shop
- run: kubectl apply -f web.yaml -n shop
- run: kubectl get cert -A
- run: kubectl get certificates.cert-manager.io web -n shop -o jsonpath={.metadata.generation}
- run: kubectl delete namespace shop
- run: kubectl get cert -A
- run: kubectl get crd
"""


def test_a_kind_is_there_from_its_definition_on():
    trace = simulate(from_text(SCENARIO, "custom.yaml"))
    said = [(one.rc, one.stdout, one.stderr) for one in trace.of(Said)]
    assert said[0][0] == 1
    assert 'no matches for kind "Certificate" in version "cert-manager.io/v1"\nensure CRDs are installed first' in said[0][2]
    assert [rc for rc, *_ in said[1:]] == [0] * 9
    assert said[5][1] == "NAMESPACE   NAME   AGE\nshop        web    0s\n"
    assert said[6][1] == "1"
    assert said[8][2] == "No resources found\n"
    assert said[9][1].split()[-2:] == ["certificates.cert-manager.io", "2026-01-01T00:00:00Z"]
    assert not [ref for ref in stored(trace, trace.info["end"]) if ref.kind == "Certificate"]
