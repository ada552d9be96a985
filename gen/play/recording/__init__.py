"""Runs as recordings: written, read and played, in the format of those of a real cluster."""
