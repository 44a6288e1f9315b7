"""Speeds as ratios to peers that are installed from the package index and measured in the same run.

`python -m benchmarks` prints a table; a peer that is not installed is left out. No figure here is a test: machines and
their neighbours differ, ratios of one run much less.
"""
