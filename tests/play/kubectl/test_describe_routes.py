"""kubectl describe of Ingresses and autoscalers: what recording 40 holds."""

from gen.play.kubectl.describe.routes import describe_autoscaler, describe_ingress

WHERE = {"name": "web", "namespace": "shop", "creationTimestamp": "2026-11-22T11:53:28Z"}
INGRESS = """\
Name:             web
Labels:           <none>
Namespace:        shop
Address:          
Ingress Class:    nginx
Default backend:  <default>
TLS:
  web-tls terminates web.example.com
Rules:
  Host             Path  Backends
  ----             ----  --------
  web.example.com  
                   /       web:http (10.244.1.220:80)
                   /gone   missing:80 (<error: services "missing" not found>)
Annotations:       example.com/rewrite: /
Events:            <none>
"""  # noqa: W291
AUTOSCALER = """\
Name:                                                  web
Namespace:                                             shop
Labels:                                                <none>
Annotations:                                           <none>
CreationTimestamp:                                     Sun, 22 Nov 2026 11:53:28 +0000
Reference:                                             Deployment/web
Metrics:                                               ( current / target )
  resource cpu on pods  (as a percentage of request):  80% (80m) / 70%
Min replicas:                                          3
Max replicas:                                          5
Deployment pods:                                       3 current / 3 desired
Conditions:
  Type         Status  Reason            Message
  ----         ------  ------            -------
  AbleToScale  True    ReadyForNewScale  recommended size matches current size
"""


def path(at, service, **port):
    return {"path": at, "backend": {"service": {"name": service, "port": port}}}


def test_an_ingress():
    rule = {"host": "web.example.com", "http": {"paths": [path("/", "web", name="http"), path("/gone", "missing", number=80)]}}
    ingress = {
        "metadata": {**WHERE, "annotations": {"example.com/rewrite": "/"}},
        "spec": {"ingressClassName": "nginx", "rules": [rule], "tls": [{"secretName": "web-tls", "hosts": ["web.example.com"]}]},
    }  # fmt: skip
    slices = [{
        "metadata": {"labels": {"kubernetes.io/service-name": "web"}}, "ports": [{"name": "http", "port": 80}],
        "endpoints": [{"addresses": ["10.244.1.220"]}],
    }]  # fmt: skip
    service = {"metadata": {"name": "web"}, "spec": {"ports": [{"name": "http", "port": 80}]}}
    assert describe_ingress(ingress, {"Service": [service], "EndpointSlice": slices}, [], 0) == INGRESS
    bare = {"metadata": WHERE, "spec": {"defaultBackend": {"service": {"name": "no", "port": {"number": 1}}}}}
    assert '  *            *    no:1 (<error: services "no" not found>)\n' in describe_ingress(bare, {}, None, 0)


def test_an_autoscaler():
    scaler = {
        "metadata": WHERE,
        "spec": {
            "scaleTargetRef": {"kind": "Deployment", "name": "web"}, "minReplicas": 3, "maxReplicas": 5,
            "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {"averageUtilization": 70}}}],
        },
        "status": {
            "currentReplicas": 3, "desiredReplicas": 3,
            "currentMetrics": [
                {"type": "Resource", "resource": {"name": "cpu", "current": {"averageUtilization": 80, "averageValue": "80m"}}},
            ],
            "conditions": [{"type": "AbleToScale", "status": "True", "reason": "ReadyForNewScale",
                            "message": "recommended size matches current size"}],
        },
    }  # fmt: skip
    assert describe_autoscaler(scaler, {}, None, 0) == AUTOSCALER


def test_how_fast_an_autoscaler_may_be():
    down = {"stabilizationWindowSeconds": 60, "policies": [{"type": "Pods", "value": 1, "periodSeconds": 15}]}
    scaler = {"metadata": WHERE, "spec": {"behavior": {"scaleDown": down}}}
    assert """\
Behavior:
  Scale Down:
    Stabilization Window: 60 seconds
    Select Policy: Max
    Policies:
      - Type: Pods  Value: 1  Period: 15 seconds
""" in describe_autoscaler(scaler, {}, None, 0)
