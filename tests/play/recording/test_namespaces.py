"""Which namespaces a recording began with."""

import pytest

from gen.play.recording.namespaces import namespaces


def line(text, rc=0):
    return {"cmd": f"kubectl {text}", "rc": rc}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([line("-n shop run web --image=nginx")], ["shop"]),
        ([line("-n shop run web --image=nginx", rc=1)], []),
        ([line("-n shop get pods")], []),
        ([line("create namespace shop"), line("-n shop apply -f web.yaml")], []),
        ([line("-n own run web --image=nginx"), line("-n kube-system create -f a.yaml")], []),
        ([{"api": "POST /api/v1/namespaces/shop/configmaps", "status": 201}], ["shop"]),
        ([{"api": "POST /api/v1/namespaces/none/configmaps", "status": 404}], []),
        ([line("-n by-file run web --image=nginx")], []),
    ],
)
def test_those_in_which_something_was_made_before_anybody_made_them(rows, found):
    assert namespaces(rows, "own", ["by-file"]) == found
