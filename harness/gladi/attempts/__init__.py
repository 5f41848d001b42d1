"""Five attempts: the ledger that counts them, the preflight before one, and the gate after a rehearsal."""
