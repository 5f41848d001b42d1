"""Takes a webhook that says `unmerge` at its word, and goes back to Tokopedia for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.merges import Merges
from examples.careful.system import Careful

if TYPE_CHECKING:
    from datetime import datetime

    from examples.careful.tokopedia import ShopReport

BREAKS = {
    "new_orders_are_read_from_the_shop": {"stage merged", "tokopedia.get_shop_info", "order placed"},
    "no_paid_order_is_lost": {"order paid"},
}
FAILS = {"a_merge_stays_though_a_separation_is_announced"}


class GoesBack(Merges):
    """Undoes what cannot be undone."""

    _separated: frozenset[str] = frozenset()

    def _hears(self, status: str, toko_shop_id: str, tts_seller_id: str) -> None:
        shop = self._book.shops.get(toko_shop_id)
        if status == "unmerge" and shop is not None:
            self._separated |= {toko_shop_id}
            self._book.storefronts.drop(shop.tts_shop_id or "")
            self._book.shops.put(toko_shop_id, replace(shop, merged_at=None))
        super()._hears(status, toko_shop_id, tts_seller_id)

    def _learns(self, report: ShopReport) -> None:
        if report.toko_shop_id not in self._separated:
            super()._learns(report)

    async def _learns_storefronts(self, now: datetime) -> None:
        if not self._separated:
            await super()._learns_storefronts(now)


class SwitchesBack(Careful):
    """Waits for orders where none will come."""

    merges = GoesBack
