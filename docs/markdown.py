# noqa: INP001 - pages, not a package
"""The little Markdown that generated pages need: tables, and how evidence and values are written."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gladi.record.evidence import Evidence

__all__ = ["anchor", "shown", "switch", "table", "told"]


def table(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """Give a table; a bar inside a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def told(evidence: Evidence) -> str:
    """Give evidence as a reader sees it: its grade, and the place to look it up."""
    return f"*{evidence.grade}*: {evidence.place}"


def switch(evidence: Evidence) -> str:
    """Give the setting that changes what is only assumed, or nothing."""
    return f"`{evidence.switch}`" if evidence.switch else ""


def shown(value: Any) -> str:  # noqa: ANN401 - the default of any setting
    """Give a setting's value; durations in the largest unit that fits."""
    if value == timedelta():
        return "at once"
    if isinstance(value, timedelta):
        return next(f"{value / unit:g} {word}" for word, unit in _UNITS.items() if value >= unit)
    return f"`{value}`"


_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "min": timedelta(minutes=1), "s": timedelta(seconds=1), "ms": timedelta(0)}


def anchor(title: str) -> str:
    """Give the anchor that Markdown viewers make of a heading."""
    return re.sub(r"[^a-z0-9 _-]", "", title.lower()).replace(" ", "-")
