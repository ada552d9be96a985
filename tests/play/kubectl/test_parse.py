from __future__ import annotations

import pytest

from gen.play.kubectl import files_named
from gen.play.kubectl.parse import NotUnderstood, understood


@pytest.mark.parametrize(
    ("line", "verb", "arguments", "flags"),
    [
        ("kubectl -n shop get deploy,rs,pods -o wide", "get", ("deploy,rs,pods",), {"namespace": "shop", "output": "wide"}),
        (
            "kubectl get pods --namespace=shop -A --show-labels",
            "get",
            ("pods",),
            {"namespace": "shop", "all-namespaces": True, "show-labels": True},
        ),
        ("kubectl apply -f a.yaml -f b.yaml", "apply", (), {"filename": ("a.yaml", "b.yaml"), "validate": "strict"}),
        ("kubectl apply --validate -f a.yaml,b.yaml", "apply", (), {"filename": ("a.yaml", "b.yaml"), "validate": "strict"}),
        ("kubectl get pods -l 'app in (a,b)' -owide", "get", ("pods",), {"selector": "app in (a,b)", "output": "wide"}),
        (
            "kubectl delete pod web --grace-period=0 --force",
            "delete",
            ("pod", "web"),
            {"grace-period": 0, "force": True, "wait": True},
        ),
        ("kubectl delete pod web --wait=false --cascade", "delete", ("pod", "web"), {"wait": False, "cascade": "background"}),
        ("kubectl rollout status deployment/web -w=false", "rollout", ("deployment/web",), {"watch": False}),
        ("kubectl scale deployment/web --replicas 3", "scale", ("deployment/web",), {"replicas": 3, "current-replicas": -1}),
        ("kubectl label pod web a- -- -b", "label", ("pod", "web", "a-", "-b"), {"overwrite": False}),
        ("kubectl create deployment web --image nginx -r 2", "create", ("web",), {"image": ("nginx",), "replicas": 2}),
    ],
)
def test_a_line_is_understood(line, verb, arguments, flags):
    found = understood(line)
    assert (found.verb, found.arguments) == (verb, arguments)
    assert {name: found[name] for name in flags} == flags


@pytest.mark.parametrize(
    ("line", "said", "todo"),
    [
        ("kubctl get pods", "command not found", "`kubectl`"),
        ("kubectl fly", 'error: unknown command "fly" for "kubectl"', "apply"),
        ("kubectl", "error: no command given", "apply"),
        ("kubectl aply -f x", 'unknown command "aply"', 'did you mean "apply"?'),
        ("kubectl get pods --lables", "error: unknown flag: --lables\nSee 'kubectl get --help' for usage.", "known here"),
        ("kubectl get pods -x", "error: unknown shorthand flag: 'x' in -x", "-o"),
        ("kubectl get pods -o", "error: flag needs an argument: 'o' in -o", ""),
        ("kubectl scale deploy/x --replicas=two", 'error: invalid argument "two" for "--replicas" flag: strconv.ParseInt', ""),
        ("kubectl delete pod x --wait=maybe", 'error: invalid argument "maybe" for "--wait" flag: strconv.ParseBool', ""),
        ("kubectl get 'pods", "no closing quotation", "quotes"),
        ("kubectl get pods | grep x", "more than one command", "no shell"),
        (
            "kubectl rollout back deployment/web",
            "error: unknown command \"back deployment/web\"\nSee 'kubectl rollout -h' for help and examples",
            "status",
        ),
        ("kubectl rollout", "error: `kubectl rollout` needs another word", "status|history"),
        ("kubectl drain node-1", "error: `kubectl drain` is a command that this kubectl does not play", "cordon"),
        ("kubectl auth whoami", "error: `kubectl auth whoami` is a command that", "--as"),
        ("kubectl create ingress web --rule=a/b=c:80", "error: `kubectl create ingress` is a command that", "file"),
        ("kubectl create pod web --image=nginx", 'error: unknown command "pod web"', "deployment"),
        (
            "kubectl set image deploy/web web=a --record",
            "error: unknown flag: --record\nSee 'kubectl set image --help' for usage.",
            "known here",
        ),
        (
            "kubectl logs web --since=soon",
            'error: invalid argument "soon" for "--since" flag: time: invalid duration "soon"\nSee \'kubectl logs --help\'',
            "1m30s",
        ),
        (
            "kubectl rollout status --to-revision=2",
            "unknown flag: --to-revision\nSee 'kubectl rollout status --help' for usage.",
            "",
        ),
        ("kubectl set image deploy/web -c x web=a", "unknown flag: --containers", "--"),
    ],
)
def test_a_line_that_is_not_understood(line, said, todo):
    with pytest.raises(NotUnderstood) as caught:
        understood(line)
    assert said in str(caught.value)
    assert todo in caught.value.todo


def test_files_that_a_line_names():
    assert files_named("kubectl apply -f a.yaml -f folder/ -f -") == ("a.yaml", "folder/")
    assert files_named("kubectl cordon node-1") == ()
