"""Which images the nodes of a recording had when it began."""

from gen.play.recording.images import images

NODES = ("node-1", "node-2", "node-3")


def pulled(node: str, message: str) -> dict[str, object]:
    return {"reason": "Pulled", "message": message, "source": {"component": "kubelet", "host": node}}


def present(node: str, image: str) -> dict[str, object]:
    return pulled(node, f'Container image "{image}" already present on machine and can be accessed by the pod')


def came(node: str, image: str, size: int) -> dict[str, object]:
    return pulled(node, f'Successfully pulled image "{image}" in 86ms (86ms including waiting). Image size: {size} bytes.')


def test_the_first_word_of_an_image_tells_whether_it_was_there() -> None:
    told = [
        present("node-1", "nginx:1.25"),
        came("node-1", "nginx:1.26", 1_384_469), present("node-1", "nginx:1.26"), present("node-2", "nginx:1.26"),
        came("node-2", "team/app:v1", 5), {"reason": "Started", "message": "Container started"},
    ]  # fmt: skip
    found = images(told, NODES)
    assert found.held == {"node-1": ("nginx:1.25",), "node-2": ("nginx:1.25", "nginx:1.26"), "node-3": ("nginx:1.25",)}
    assert {image: behaviour.size_bytes for image, behaviour in found.programs.items()} == {"nginx:1.26": 1_384_469}
    assert found.programs["nginx:1.26"].runs == ("nginx", "-g", "daemon off;")
