"""Adds a shop link for every webhook that says 'merge', also when the same one comes again."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from examples.careful.merges import Merges
from examples.careful.system import Careful

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.play.system import Delivery, ShopLink

BREAKS = {
    "webhooks_are_handled_once": {
        "showed",
        "webhook merge",
    },
}
FAILS = {
    "a_doubled_webhook_links_the_shops_once",
    "an_announced_separation_is_reported_and_unlinks_nothing",
}


class CountsWebhooks(Merges):
    """Keeps a row for each delivery instead of each shop."""

    def __init__(self, *known: Any) -> None:  # noqa: ANN401 - as it is made by the system
        """Begin without a row."""
        super().__init__(*known)
        self.rows: Counter[str] = Counter()

    def receive(self, delivery: Delivery) -> int:
        """Take it, and add a row."""
        status = super().receive(delivery)
        if status == 200:  # noqa: PLR2004 - HTTP
            self.rows[msgspec.json.decode(delivery.body)["toko_shop_id"]] += 1
        return status


class LinksAtEveryWebhook(Careful):
    """Shows one merged shop as two."""

    merges = CountsWebhooks

    def shop_links(self) -> Sequence[ShopLink]:
        """Give a link for each row."""
        rows = self._merges.rows if isinstance(self._merges, CountsWebhooks) else Counter[str]()
        return [link for link in super().shop_links() for _ in range(max(1, rows[link.toko_shop_id]))]
