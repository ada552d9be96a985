"""A scenario: read from its file, or from plain manifests."""
