"""After the merge, every product write names its listing platforms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation, told
from gladi.record.evidence import documented
from gladi.record.journal import Call, Webhook
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry


class EveryProductWriteNamesItsPlatforms(Invariant):
    """Once the system was told of the merge, every product write that can name listing platforms names them.

    Where none is named the platform takes its own app alone for a launch and for the shelves, so buyers on Tokopedia are
    forgotten. Price and stock have no such field. A refused write counts too: sent again later, it would name none either.
    """

    id = "every_product_write_names_its_platforms"
    looks_at = (Call, Webhook)
    source = documented("API changelog, Products: sellers need to choose the platform on which they want to list or edit the product")

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, int] = {}

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if isinstance(entry, Call) and entry.platform is SHOP and entry.listed_on is not None and entry.shop in self._told:
            self.chances += 1
            if not entry.listed_on:
                yield self.broken(
                    f"{entry.touches or 'a product'} was written on {entry.platform.label} without a word about "
                    "the apps on which it is to be listed.",
                    self._told[entry.shop],
                    entry.n,
                    shop=entry.shop,
                )
        for shop in told(entry):
            self._told.setdefault(shop, entry.n)
