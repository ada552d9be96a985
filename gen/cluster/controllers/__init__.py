"""The controllers of kube-controller-manager: each makes one kind of wish come true, and none knows of the others."""
