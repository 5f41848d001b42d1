"""What a system asked for and the sandbox does not imitate: calls answered as an unknown path, though the platform may well know them."""

from __future__ import annotations

import re
from http import HTTPStatus
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


def not_imitated(entries: Iterable[Entry]) -> tuple[Notice, ...]:
    """Give a finding for each path that no operation is known for, in the order of the first call, ids left out."""
    asked: dict[str, str] = {}
    for entry in entries:
        if isinstance(entry, Call) and entry.operation == "unknown" and entry.status == HTTPStatus.NOT_FOUND:
            asked.setdefault(f"{entry.method} {_ID.sub('{id}', clean_text(entry.path))[:_LONGEST]}", entry.platform.label)
    return tuple(
        Notice(
            level=Level.WARNING,
            about=f"not imitated: {call}",
            text=f"asked for, not imitated: {call} on {platform}; it was answered as an unknown path, so nothing is known of what follows",
        )
        for call, platform in asked.items()
    )
