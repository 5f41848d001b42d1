"""Get Shop Info is polled at most every five minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.judge.invariants.invariant import Invariant, Violation
from gladi.record.evidence import documented
from gladi.record.journal import Call, Fact, What
from gladi.record.words import SHOP, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.journal import Entry

_FIVE_MINUTES = 300_000


class ShopInfoEveryFiveMinutes(Invariant):
    """Get Shop Info is asked at most every five minutes per shop.

    A call for all shops is one poll of each. One confirming call after a webhook of Tokopedia has arrived, or while it is being
    answered, is free. The document advises this rather than enforcing it, so a breach warns.
    """

    id = "shop_info_every_five_minutes"
    looks_at = (Call, Fact)
    source = documented("API changelog, How to check shop migration status: a 5-minute interval for API calls")
    level = Level.WARNING

    def __init__(self) -> None:
        super().__init__()
        self._last: dict[str, Call] = {}
        self._free: set[str] = set()

    def sees(self, entry: Entry) -> Iterator[Violation]:
        if isinstance(entry, Fact) and entry.what == What.WEBHOOK_ARRIVED and entry.shop is not None and entry.platform is not SHOP:
            self._free.add(entry.shop)
        elif isinstance(entry, Call) and entry.polls:
            for shop in entry.polls:
                last = self._last.get(shop)
                self._last[shop] = entry
                if last is None:
                    continue
                self.chances += 1
                waited = entry.at - last.at
                if waited >= _FIVE_MINUTES:
                    continue
                if shop in self._free:
                    self._free.discard(shop)
                    continue
                yield self.broken(
                    f"Get Shop Info was asked about {shop} again after {waited // 1000} seconds; wait five minutes.",
                    last.n,
                    entry.n,
                    shop=shop,
                )
