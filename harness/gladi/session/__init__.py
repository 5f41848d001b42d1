"""A pytest session that rehearses: its options, what it collects, how it performs, and how it closes."""
