"""Takes the webhook that a shop is mirrored on the Tokopedia storefront for the news that its shops have merged."""

from __future__ import annotations

from msgspec.structs import replace

from examples.careful.shop_news import ShopNews
from examples.careful.system import Careful

BREAKS = {"no_forged_webhook_is_believed": {"showed"}, "no_paid_order_is_lost": {"order paid"}}
FAILS = {"a_mirrored_shop_has_not_merged", "the_mirroring_status_of_a_shop_is_shown"}


class MovesWhatIsMirrored(ShopNews):
    """Looks for the orders where there are none yet."""

    def _hears_of_mirroring(self, shop_id: str, status: str) -> None:
        for shop in self._book.shops:
            if status == "MIRRORED" and shop.merged_at is None:
                seller = shop_id
                now = self._patience.now()
                self._book.shops.put(
                    shop.toko_shop_id, replace(shop, merged_at=now, tts_seller_id=seller, tts_shop_id=shop_id, read_until=now, swept=True)
                )


class TakesMirroringForAMerge(Careful):
    """Leaves Tokopedia's orders unread."""

    news = MovesWhatIsMirrored
