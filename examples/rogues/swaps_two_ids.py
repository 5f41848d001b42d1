"""Keeps both ids of a merged shop, each in the column of the other: they were written down by position and not by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.system import Careful
from gladi.play.system import ShopLink

if TYPE_CHECKING:
    from collections.abc import Sequence

BREAKS = {
    "ids_agree": {
        "compared",
    },
    "no_forged_webhook_is_believed": {
        "showed",
    },
}
FAILS = {
    "a_dead_receiver_is_made_up_for_by_asking",
    "a_doubled_webhook_links_the_shops_once",
    "a_wrongly_signed_webhook_is_made_up_for_by_asking",
    "an_announced_separation_is_reported_and_unlinks_nothing",
    "ids_of_nineteen_digits_come_through_whole",
    "the_ids_of_the_merged_shops_agree",
    "the_shop_is_known_and_not_its_seller_alone",
    "webhooks_in_another_order_link_every_shop",
}


class SwapsTwoIds(Careful):
    """Shows a seller of Tokopedia & Shop where a shop of Tokopedia belongs."""

    def shop_links(self) -> Sequence[ShopLink]:
        """Give the shops that have merged, seller first."""
        return [ShopLink(link.tts_seller_id, link.toko_shop_id, link.tts_shop_id) for link in super().shop_links()]
