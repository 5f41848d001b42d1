"""Stocktaking: what the readers of a test shop's goods share, whichever platform lists them.

A list without an end is no test shop's: ten pages of it are read at most.
"""

from __future__ import annotations

from typing import Any

import msgspec

from gladi.attempts.calls import UnansweredError

__all__ = ["PAGES", "Body", "endless", "read", "strange"]

PAGES = 10

Body = bytes | msgspec.Raw
"""JSON of an answer, whole or cut out of its envelope."""


def read(name: str, body: Body, kind: Any) -> Any:  # noqa: ANN401 - a type, and a value of it
    """Read what the call of that name was answered.

    Raises:
        UnansweredError: it is none that the documents know.
    """
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise strange(name) from None


def strange(name: str) -> UnansweredError:
    """Say that an answer is none that the documents know."""
    return UnansweredError(f"{name} was answered by something else than it promises")


def endless(name: str) -> UnansweredError:
    """Say that a list goes on and on."""
    return UnansweredError(f"{name} goes on behind page {PAGES}; a test shop to rehearse with sells less")
