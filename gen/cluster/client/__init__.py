"""The client library that every component is built on: calls, caches, queues, events. Upstream: client-go."""
