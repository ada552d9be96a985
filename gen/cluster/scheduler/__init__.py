"""The scheduler: finds a node for every Pod that has none. Upstream: pkg/scheduler."""
