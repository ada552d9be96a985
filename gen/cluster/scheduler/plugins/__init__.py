"""The rules of placement, one plugin a file: what a node must have, and what makes one node better than another."""
