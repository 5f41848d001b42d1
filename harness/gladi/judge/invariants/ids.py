"""The ids of a merged shop agree wherever they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.record.evidence import documented
from gladi.record.journal import Compared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry


OF_THE_PLATFORM = "webhook and Get Shop Info"
"""How a comparison is called in which nothing of the system stands: the platform's webhook is held against the platform's answer."""


class IdsAgree(Invariant):
    """The seller and shop ids agree digit for digit in the webhook, in Get Shop Info and in what the system stored.

    Only what the system stored can show that it keeps ids; a system that shows no link has not been rehearsed in this. Ids of the
    platform that disagree with each other are a breach all the same: nobody could store them right.
    """

    id = "ids_agree"
    looks_at = (Compared,)
    source = documented("rehearsal guide, Verification: tts_seller_id and shop_id are consistent with those in the webhook")

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if isinstance(entry, Compared):
            self.chances += entry.between != OF_THE_PLATFORM
            if not entry.agree:
                yield self.broken(f"the ids of {entry.shop} disagree: {entry.why}", entry.n, shop=entry.shop)
