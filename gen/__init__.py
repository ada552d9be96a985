"""Kubernetes in Motion: a handbook whose pictures run."""
