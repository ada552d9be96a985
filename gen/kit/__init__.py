"""What a simulation needs and Kubernetes does not know: a clock, processes, values, names."""
