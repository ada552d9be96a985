"""A node: the kubelet, the container runtime under it, and the images it has."""
