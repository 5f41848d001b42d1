"""The guide's six steps as cues: what only a person can do, in a web console of the live platform.

The sixth cannot be taken back. So cues are shown for an attempt that the ledger has opened, and for nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from gladi.attempts.opened import OpenAttempt

__all__ = ["HELP_CENTER", "Cue", "links_the_shops"]

HELP_CENTER = "https://partner.tiktokshop.com/ticket/landing"
"""Where questions go (rehearsal guide, FAQ 2)."""

DEVELOPMENT_SHOPS = "https://partner.tiktokshop.com/v2_sandbox/config?activeTab=manage_account&region=ID"
"""The page of the development shops (rehearsal guide, Start to Rehearse 1)."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One step of a person's, as the guide counts and words it."""

    number: int
    text: str
    irreversible: bool = False

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


def links_the_shops(attempt: OpenAttempt) -> tuple[Cue, ...]:
    """Give the six cues by which a person links the shops of an attempt that is open (rehearsal guide, Start to Rehearse).

    The process then takes a few hours to a full day, and the "merge" webhook says that it succeeded (rehearsal guide, Verification).

    Raises:
        TypeError: what was given is no attempt that the ledger opened.
    """
    if not isinstance(attempt, OpenAttempt):
        raise TypeError("the shops are linked for an attempt that the ledger has opened; call Ledger.open and hand over what it gives")
    return (
        Cue(1, f"Enter Tokopedia & Shop Partner Center, Development Shops: {DEVELOPMENT_SHOPS}"),
        Cue(2, 'Select a development shop with "Indonesia" as its target market.'),
        Cue(3, 'Click on the "Setting" button.'),
        Cue(4, 'Click on "Link Tokopedia test shop".'),
        Cue(5, f"Select the test app that belongs to the Tokopedia test shop: {attempt.shop}."),
        Cue(6, 'Click on "Confirm". This cannot be undone, ever.', irreversible=True),
    )
