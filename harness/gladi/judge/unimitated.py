"""What a system asked for and the sandbox does not imitate: an unknown path or method here, though the platform may well know it."""

from __future__ import annotations

import re
from http import HTTPStatus
from itertools import zip_longest
from typing import TYPE_CHECKING

from gladi.judge.verdict import Notice
from gladi.record.journal import Call
from gladi.record.redact import clean_text
from gladi.record.words import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gladi.record.journal import Entry

__all__ = ["not_imitated"]

_ID = re.compile(r"(?<=/)[0-9]{4,5}(?=/|$)|(?<=/)[0-9]{7,}(?=/|$)")
"""A number that stands for one thing of many; six digits are a version."""
_LONGEST = 120
_ANSWERED: dict[int, str] = {HTTPStatus.NOT_FOUND: "an unknown path", HTTPStatus.METHOD_NOT_ALLOWED: "a wrong method"}
"""How a call is answered that no operation is known for, by the status; any other comes from a trouble on the way."""


def not_imitated(entries: Iterable[Entry]) -> tuple[Notice, ...]:
    """Give a finding for each call that no operation is known for, in the order of the first one, ids left out.

    A path that is known by other methods alone is one too, unless the system's next call asked for it by such a method: then it had
    taken the wrong one, and found the answer itself.
    """
    asked: dict[str, str] = {}
    calls = [entry for entry in entries if isinstance(entry, Call)]
    for call, following in zip_longest(calls, calls[1:]):
        found_itself = following is not None and following.path == call.path and following.operation != "unknown"
        if call.operation == "unknown" and call.status in _ANSWERED and not (call.status == HTTPStatus.METHOD_NOT_ALLOWED and found_itself):
            what = f"{call.method} {_ID.sub('{id}', clean_text(call.path))[:_LONGEST]}"
            asked.setdefault(what, f"{what} on {call.platform.label}; it was answered as {_ANSWERED[call.status]}")
    return tuple(
        Notice(
            level=Level.WARNING, about=f"not imitated: {what}", text=f"asked for, not imitated: {said}, so nothing is known of what follows"
        )
        for what, said in asked.items()
    )
