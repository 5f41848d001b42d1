"""The errors of the ledger: each is one sentence that says what is wrong, whether anything was spent, and what to do.

LedgerError
├── MissingLedgerError    there is none where one was expected; it is not made again by itself
├── UnusableLedgerError   corrupt, foreign, newer, read-only, full, out of reach: nothing was spent
├── ReplacedLedgerError   it does not continue what an earlier report or its own chain of digests says
├── RefusedError          the ledger's rules say no: nothing was written
│   └── QuotaError        no attempt is left
└── UnknownFateError      the answer to a commit was lost and could not be looked up: what was asked counts as done
"""

from __future__ import annotations

__all__ = [
    "LedgerError",
    "MissingLedgerError",
    "QuotaError",
    "RefusedError",
    "ReplacedLedgerError",
    "UnknownFateError",
    "UnusableLedgerError",
]


class LedgerError(Exception):
    """The ledger cannot do what was asked; the text is one sentence without any secret."""


class MissingLedgerError(LedgerError):
    """There is no ledger where one was expected."""


class UnusableLedgerError(LedgerError):
    """The ledger cannot be read or written; nothing was spent and nothing made anew."""


class ReplacedLedgerError(LedgerError):
    """The ledger is not the one that it was, or its record was changed."""


class RefusedError(LedgerError):
    """The ledger's rules refuse it; nothing was written."""


class QuotaError(RefusedError):
    """No attempt is left within the quota."""


class UnknownFateError(LedgerError):
    """Whether a commit happened is unknown and could not be looked up; until it is, it counts as done."""
