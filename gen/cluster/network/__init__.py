"""The network between Pods, as far as it goes: every Pod has an address of its own."""
