"""Rogues: each a small system that breaks what it declares it breaks, on purpose, the way somebody would really break it.

`BREAKS` names the invariants that a whole rehearsal of the rogue finds broken, each with the kinds of journal entries that prove
it; `FAILS` names the scenarios whose own assertion fails. A test holds both against what a rehearsal observes, both ways.
"""
