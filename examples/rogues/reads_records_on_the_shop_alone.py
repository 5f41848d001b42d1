"""Reads returns, money, promotions, parcels and conversations on Tokopedia & Shop, also those that were made on Tokopedia."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.archive import Archive
from examples.careful.system import Careful

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from examples.careful.book import Kept, Shop
    from gladi.play.system import RecordKind

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "old_conversations_are_told_by_tokopedia_and_new_ones_by_the_shop",
    "old_parcels_are_told_by_tokopedia_and_new_ones_by_the_shop",
    "old_payouts_are_told_by_tokopedia_and_new_ones_by_the_shop",
    "old_promotions_are_told_by_tokopedia_and_new_ones_by_the_shop",
    "old_returns_are_told_by_tokopedia_and_new_ones_by_the_shop",
    "the_past_was_archived_before_the_tokopedia_api_closed",
    "the_records_of_a_new_seller_are_told_by_the_shop",
    "until_the_merge_the_records_of_the_store_are_told_by_tokopedia",
}


class WithoutPast(Archive):
    """Takes what the new platform has for all there is."""

    async def _past(self, kind: RecordKind, shop: Shop, now: datetime) -> Sequence[Kept]:  # noqa: ARG002 - nobody is asked
        return ()


class ReadsRecordsOnTheShopAlone(Careful):
    """Has forgotten what its sellers did on Tokopedia."""

    archive = WithoutPast
