"""Readers of Kubernetes objects: pure questions that controllers and pictures ask alike."""
