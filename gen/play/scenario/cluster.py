"""What a scenario says about its cluster: the nodes, and the images that they already have."""

from __future__ import annotations

from typing import Any

from gen.play.scenario.nodes import default_node, furnished
from gen.play.scenario.part import Part

Obj = dict[str, Any]
NODES_LIMIT = 5_000  # what one cluster may have, kubernetes.io/docs/setup/best-practices/cluster-large
DEFAULT_NODES = 3
FIELDS = ("nodes", "images")


def read_cluster(part: Part) -> Obj:
    """The cluster. Raises BadInput."""
    part.mapping("cluster: {nodes: 3}").only(FIELDS)
    cluster: Obj = {"nodes": read_nodes(part.at("nodes")) if "nodes" in part.value else DEFAULT_NODES}
    if "images" in part.value:
        cluster["images"] = [image.text() for image in part.at("images").items()]
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
        return default_node(part.value)
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
    return furnished(part.value)


def node_names(cluster: Obj) -> list[str]:
    """The names of a cluster's nodes."""
    nodes = cluster.get("nodes", DEFAULT_NODES)
    return (
        [f"node-{number}" for number in range(1, nodes + 1)]
        if isinstance(nodes, int)
        else [node["metadata"]["name"] for node in nodes]
    )
