"""How a scenario is filed in a report: its labels, its severity, what is written about it, and where that is to be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gladi.reports.acts import Performed

__all__ = ["CATEGORIES", "REQUIREMENT", "description", "labels", "links"]

EPIC = "Rehearsal of the merge into Tokopedia & Shop"

CATEGORIES = (
    {"name": "The system does not survive the merge", "matchedStatuses": ["failed"]},
    {"name": "The rehearsal itself failed", "matchedStatuses": ["broken"]},
    {"name": "Not rehearsed", "matchedStatuses": ["skipped"]},
)
"""What the three statuses mean to a reader, under which Allure gathers what is not green."""

_SEVERITIES = (
    ("blocker", frozenset(("order", "orders", "once", "id", "ids"))),
    ("critical", frozenset(("price", "prices", "stock", "webhook", "status", "mapping", "confirmation", "confirmed"))),
)
"""What an error costs the seller: an order that leaves twice or never, or a shop that is taken for another, blocks a release; wrong money
or stock, and a merge that goes unnoticed, are critical. Decided by the words of what a scenario rehearses, the gravest first."""

REQUIREMENT = "requirement"
"""The type of a link to a requirement, for `--allure-link-pattern=requirement:https://…/requirements.md#{}`."""


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


def links(performed: Performed, patterns: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Give type, address and name of a link for every requirement: where `patterns` say that requirements are, else where its source is.

    A requirement of which neither is known has no link; what it asks stands in the description in any case.
    """
    found: list[tuple[str, str, str]] = []
    for one in performed.requirements:
        source = re.search(r"https?://\S+", one.source)
        if REQUIREMENT in patterns:
            found.append((REQUIREMENT, patterns[REQUIREMENT].format(one.id), one.id))
        elif source:
            found.append(("link", source.group(), one.id))
    return found
