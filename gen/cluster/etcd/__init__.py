"""etcd: the only place where the state of the cluster is kept."""
