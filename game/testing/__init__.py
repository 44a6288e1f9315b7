"""For whoever tests rules or scenarios: invariants, strategies, and the makers of committed tables."""
