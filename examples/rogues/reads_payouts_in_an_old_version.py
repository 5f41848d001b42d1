"""Was moved to version 202309 call by call, and one call was forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from examples.careful.archive import Archive
from examples.careful.record_clients import ShopRecords
from examples.careful.system import Careful

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from examples.careful.book import Storefront

BREAKS = {
    "calls_use_a_current_version": {"shop.get_statements"},
}
FAILS = {
    "old_payouts_are_told_by_tokopedia_and_new_ones_by_the_shop",
    "payouts_are_read_in_a_version_that_is_served",
    "the_past_was_archived_before_the_tokopedia_api_closed",
    "the_records_of_a_new_seller_are_told_by_the_shop",
    "the_records_of_a_seller_solely_on_the_shop_are_told_by_it",
    "until_the_merge_the_records_of_the_store_are_told_by_tokopedia",
}


class _Row(msgspec.Struct):
    id: str


class _Statements(msgspec.Struct):
    statements: list[_Row]


class OldStatements(ShopRecords):
    """Reads payouts where they were read before."""

    async def _payouts(self, front: Storefront) -> AsyncIterator[tuple[str, str]]:
        path, query = "/finance/202212/statements", {"page_size": "100", "sort_field": "statement_time"}
        for row in (await self._shop.call(_Statements, front, "GET", path, query=query)).statements:
            yield row.id, ""


class OldArchive(Archive):
    """Keeps what the old version tells."""

    shop_records = OldStatements


class ReadsPayoutsInAnOldVersion(Careful):
    """Shows no payout of Tokopedia & Shop."""

    archive = OldArchive
