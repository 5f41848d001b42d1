"""Shows the seller an error and forgets what he wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.catalogue import Catalogue
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Change

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_launch_on_the_shop_while_the_shops_merge_is_done_later",
    "a_launch_on_tokopedia_while_the_shops_merge_is_done_later",
    "a_launch_waits_for_the_product_merge",
    "a_launch_while_the_shops_merge_makes_one_product",
    "a_price_waits_for_the_product_merge",
    "a_product_merge_confirmed_after_three_days_is_noticed",
    "a_title_refused_on_the_shop_while_the_shops_merge_is_not_lost",
    "a_title_refused_on_tokopedia_while_the_shops_merge_is_not_lost",
    "an_edit_refused_while_the_shops_merge_is_not_lost",
    "an_edit_waits_for_the_product_merge",
    "delisting_refused_while_the_shops_merge_is_done_later",
}


class OneTry(Catalogue):
    """Strikes out what is refused as if it were done."""

    def _holds(self, change: Change) -> Change:
        self._book.tell(change.sku, f"The {change.kind} of {change.sku} could not be changed.")
        return self._book.changes.put(change.key, replace(change, places=()))


class DropsRefusedEdits(Careful):
    """Loses every edit that the merge refuses."""

    catalogue = OneTry
