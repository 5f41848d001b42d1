"""The judges: invariants over the journal, the comparison of ids, the registry of requirements, and the verdict."""
