"""Takes any JSON that says 'merge' for the platform's word, because the address was secret enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from examples.careful.merges import Merges
from examples.careful.system import Careful

if TYPE_CHECKING:
    from gladi.play.system import Delivery

BREAKS = {
    "a_separation_is_checked": {
        "webhook unmerge",
    },
    "no_forged_webhook_is_believed": {
        "showed",
        "webhook merge",
    },
}
FAILS = {
    "a_webhook_under_a_foreign_key_is_not_believed",
    "a_webhook_without_a_signature_is_not_believed",
    "an_announced_separation_is_reported_and_unlinks_nothing",
}


class ChecksNoSignature(Merges):
    """Stores the seller of the message at once."""

    def receive(self, delivery: Delivery) -> int:
        """Believe it."""
        message: dict[str, str] = msgspec.json.decode(delivery.body)
        shop = self._book.shops.get(message["toko_shop_id"])
        if shop is not None and shop.merged_at is None and message["status"] == "merge":
            self._book.shops.put(shop.toko_shop_id, replace(shop, tts_seller_id=message["tts_seller_id"], rumour=message["tts_seller_id"]))
        return 200


class BelievesAnyJson(Careful):
    """Links a shop to whichever seller somebody names."""

    merges = ChecksNoSignature
