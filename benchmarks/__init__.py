"""How much Gladi costs next to the floor and next to its peers, in one run each; `python -m benchmarks` prints the table."""
