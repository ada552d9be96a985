"""The cluster: control plane, nodes, and the API through which alone they speak."""
