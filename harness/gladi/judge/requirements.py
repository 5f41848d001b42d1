"""The registry of requirements that scenarios name by id: what the documents ask of a system that lives through the merge.

An id is never reused. Where the documents contradict each other or are silent, `disputed` says how. What the rehearsal guide asks of
people and accounts, and not of a system, stands in EXCLUSIONS with the reason, and so does what only pictures would show.
"""

from __future__ import annotations

from difflib import get_close_matches

from gladi.judge import guide
from gladi.judge.changelog import CHANGELOG, CHANGELOG_EXCLUSIONS, NOTICES
from gladi.judge.guide import GUIDE
from gladi.judge.requirement import Requirement

__all__ = ["EXCLUSIONS", "REQUIREMENTS", "UNREHEARSED", "Requirement", "UnknownRequirementError", "requirement"]


class UnknownRequirementError(KeyError):
    """No requirement has this id; the text lists the ones that are spelled nearly so."""

    def __str__(self) -> str:
        return str(self.args[0])


EXCLUSIONS: dict[str, str] = guide.EXCLUSIONS | CHANGELOG_EXCLUSIONS
"""What the documents ask and no scenario can rehearse, each with its reason."""

REQUIREMENTS: dict[str, Requirement] = {one.id: one for one in (*GUIDE, *CHANGELOG, *NOTICES)}
"""Every requirement by id, in the order of the documents."""

UNREHEARSED: dict[str, str] = {}
"""Requirements of the changelog that no scenario rehearses yet, with the reason; none of the guide stands here."""


def requirement(id: str) -> Requirement:  # noqa: A002 - the word that scenarios use
    """Give a requirement by its id. Raises UnknownRequirementError, which lists near matches, or says why it was excluded."""
    found = REQUIREMENTS.get(id)
    if found:
        return found
    if id in EXCLUSIONS:
        msg = f"{id!r} is not rehearsed: {EXCLUSIONS[id]}"
    elif near := get_close_matches(id, REQUIREMENTS, n=3):
        msg = f"{id!r} is no requirement; did you mean {' or '.join(near)}?"
    else:
        near = get_close_matches(id, REQUIREMENTS, n=3, cutoff=0.3)
        nearest = f"; the nearest {'is' if len(near) == 1 else 'are'} {', '.join(near)}" if near else ""
        msg = f"{id!r} is no requirement; docs/requirements.md lists all {len(REQUIREMENTS)}{nearest}"
    raise UnknownRequirementError(msg)
