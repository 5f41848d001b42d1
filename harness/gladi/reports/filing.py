"""How a scenario is filed in a report: its labels, its severity, what is written about it, and where that is to be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gladi.reports.acts import Performed

__all__ = ["description", "labels", "links"]

EPIC = "Rehearsal of the merge into Tokopedia & Shop"

_SEVERITIES = (
    ("blocker", frozenset(("order", "orders", "once", "id", "ids"))),
    ("critical", frozenset(("price", "prices", "stock"))),
)


def labels(performed: Performed) -> list[tuple[str, str]]:
    """Give the labels of a scenario in the one order in which they are always written."""
    phase, platform, process = performed.phase.label, performed.platform, performed.process
    asks = re.split(r"[^a-z]+", " ".join((process, performed.id, *(one.id for one in performed.requirements))))
    severity = next((name for name, words in _SEVERITIES if words.intersection(asks)), "normal")
    return sorted(
        (
            ("epic", EPIC),
            *(("feature", phase), ("story", process)),
            *(("parentSuite", phase), ("suite", platform), ("subSuite", process)),
            *(("phase", phase), ("platform", platform), ("process", process), ("mode", performed.mode)),
            *(("as_id", performed.id), ("tag", performed.id), ("tag", str(performed.phase))),
            ("severity", severity),
            ("layer", "rehearsal"),
            *(("framework", "pytest"), ("language", "python")),
        )
    )


def description(performed: Performed) -> str:
    """Give the docstring, what the documents ask, and what nobody documents: Markdown."""
    rehearsed = "\n".join(
        f"- {one.text} ({one.source}, `{one.id}`{f'; disputed: {one.disputed}' if one.disputed else ''})" for one in performed.requirements
    )
    rests = f"\n\nRests on assumptions that no document settles: {', '.join(performed.assumptions)}." if performed.assumptions else ""
    return f"{performed.story}\n\nRehearses:\n\n{rehearsed}{rests}"


def links(performed: Performed) -> list[tuple[str, str]]:
    """Give the address of every requirement whose source has one."""
    found = ((one, re.search(r"https?://\S+", one.source)) for one in performed.requirements)
    return [(address.group(), one.id) for one, address in found if address]
