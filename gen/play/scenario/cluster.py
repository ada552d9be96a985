"""What a scenario says about its cluster: the nodes, and images."""

from __future__ import annotations

from typing import Any

from gen.cluster.apiserver import schema
from gen.cluster.apiserver.validation import validate
from gen.kit.loop import MINUTE, Micros
from gen.play.scenario.images import read_images
from gen.play.scenario.nodes import furnished
from gen.play.scenario.part import Part
from gen.play.stage import EPOCH_US, joins_at

Obj = dict[str, Any]
NODES_LIMIT = 5_000  # what one cluster may have, kubernetes.io/docs/setup/best-practices/cluster-large
DEFAULT_NODES = 3
OLDEST_US: Micros = 24 * 60 * MINUTE  # before virtual time 0: the heartbeats of a day take a second
AS_MANIFEST = "Write the node as the Node manifest of a real cluster."
FIELDS = ("nodes", "images")


def read_cluster(part: Part) -> Obj:
    """The cluster. Raises BadInput."""
    part.mapping("cluster: {nodes: 3}").only(FIELDS)
    cluster: Obj = {"nodes": read_nodes(part.at("nodes")) if "nodes" in part.value else DEFAULT_NODES}
    if "images" in part.value:
        cluster["images"], told = read_images(part.at("images"))
        cluster |= {"programs": told} if told else {}
    return cluster


def read_nodes(part: Part) -> int | list[Obj]:
    """How many nodes, or which: names, or Node manifests."""
    if not isinstance(part.value, list):
        return part.whole_number(1, NODES_LIMIT)
    nodes = [read_node(node) for node in part.items()]
    names = [node["metadata"]["name"] for node in nodes]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise part.at(number).wrong(f"there is a node {name!r} already", "Give each node its own name.")
    if not 1 <= len(nodes) <= NODES_LIMIT:
        raise part.wrong(f"{len(nodes)} nodes", f"Write 1 to {NODES_LIMIT} nodes.")
    return nodes


def read_node(part: Part) -> Obj:
    """One node: its name, or its manifest."""
    if isinstance(part.value, str):
        return accepted(part, {"metadata": {"name": part.value}})
    part.mapping("a name, or {metadata: {name: node-1}}").only(("apiVersion", "kind", "metadata", "spec", "status"))
    for key in ("metadata", "spec", "status"):
        if key in part.value:
            part.at(key).mapping("a Node manifest has it")
    if part.value.get("kind", "Node") != "Node" or "metadata" not in part.value:
        raise part.wrong("this is no Node", "Write a name, or a Node manifest.")
    metadata = part.at("metadata")
    if "name" not in metadata.value:
        raise metadata.wrong("the node has no name", "Write metadata: {name: node-1}.")
    metadata.at("name").text()
    node = accepted(part, part.value)
    if joins_at(node, EPOCH_US) < -OLDEST_US:
        todo = "Leave it out, or write a time from 2025-12-31T00:00:00Z on."
        raise metadata.at("creationTimestamp").wrong("the node joins more than a day before the run begins", todo)
    return node


def accepted(part: Part, manifest: Obj) -> Obj:
    """The manifest with what a kubelet would report, as the API server will accept it. Raises BadInput with the server's text."""
    node = {**manifest, "apiVersion": "v1", "kind": "Node"}
    unknown, wrong = schema.strict_errors(node), schema.type_error(node)
    if unknown or wrong:
        raise part.wrong(f"strict decoding error: {', '.join(unknown)}" if unknown else str(wrong), AS_MANIFEST)
    whole = furnished(schema.decoded(node))
    errors = validate(whole)
    if errors:
        raise part.wrong("; ".join(map(str, errors)), AS_MANIFEST)
    return whole


def node_names(cluster: Obj) -> list[str]:
    """The names of a cluster's nodes."""
    nodes = cluster.get("nodes", DEFAULT_NODES)
    return (
        [f"node-{number}" for number in range(1, nodes + 1)]
        if isinstance(nodes, int)
        else [node["metadata"]["name"] for node in nodes]
    )
