"""Our embedded stand-in for both platforms and the merge between them: pure, synchronous, seeded, on a virtual clock."""
