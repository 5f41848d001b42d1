# noqa: INP001 - pages, not a package
"""The little Markdown that generated pages need: tables, and how evidence and values are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gladi.record.evidence import Evidence

__all__ = ["anchor", "switch", "table", "told"]


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


def anchor(title: str) -> str:
    """Give the anchor that Markdown viewers make of a heading."""
    return re.sub(r"[^a-z0-9 _-]", "", title.lower()).replace(" ", "-")
