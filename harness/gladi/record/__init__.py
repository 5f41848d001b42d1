"""What everyone in the house speaks: words, wire, clock, journal, evidence and the names of the platforms' operations."""
