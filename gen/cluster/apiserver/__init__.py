"""The API server: the only component that speaks with etcd, and the only one that the others speak with."""
