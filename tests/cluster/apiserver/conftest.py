"""A server with a few namespaces, and somebody to ask it."""

import pytest

from gen.cluster.apiserver.request import User
from gen.cluster.wiring import Cluster
from gen.kit.loop import Loop
from gen.kit.process import Process
from gen.trace.trace import Trace

POD = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"name": "web", "namespace": "default"},
    "spec": {"containers": [{"name": "web", "image": "nginx:1.27"}]},
}


class Bench:
    """`ask(api.get(…))` plays a request to its end and gives its answer, or raises its error."""

    def __init__(self):
        self.loop, self.trace = Loop(seed=1), Trace()
        self.cluster = Cluster(self.loop, self.trace)
        self.admin = self.cluster.administrator()

    @property
    def server(self):
        return self.cluster.server

    def somebody(self, name, *groups):
        return self.cluster.api(name, User(name, groups or ("system:authenticated",)), Process(self.loop, name))

    def ask(self, request):
        answer = []

        async def run():
            try:
                answer.append(await request)
            except Exception as error:
                answer.append(error)

        Process(self.loop, "asking").spawn(run())
        while not answer:
            self.loop.step()
        if isinstance(answer[0], Exception):
            raise answer[0]
        return answer[0]


@pytest.fixture
def bench():
    bench = Bench()
    bench.ask(bench.admin.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "default"}}))
    account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": "default"}}
    bench.ask(bench.admin.create(account))
    return bench


@pytest.fixture
def pod():
    return POD
