"""Marks the root of this repository for its own tests. It holds no fixtures: they would serve this repository alone."""
