"""Reads the warehouse of a return where the changelog's sample has it, beside the returns and not in each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from examples.careful.archive import Archive
from examples.careful.record_clients import ShopRecords
from examples.careful.system import Careful

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from examples.careful.book import Storefront

BREAKS: dict[str, set[str]] = {}
FAILS = {"the_seller_sees_where_a_return_comes_back_to"}


class _Address(msgspec.Struct):
    address_detail: str = ""


class _Row(msgspec.Struct):
    return_id: str


class _Sample(msgspec.Struct):
    return_orders: list[_Row]
    return_warehouse_address: _Address = msgspec.field(default_factory=_Address)


class AsInTheSample(ShopRecords):
    """Takes the preview of an answer for the answer."""

    async def _returns(self, front: Storefront) -> AsyncIterator[tuple[str, str]]:
        path, query = "/return_refund/202309/returns/search", {"page_size": "50"}
        found = await self._shop.call(_Sample, front, "POST", path, query=query, body={})
        for row in found.return_orders:
            yield row.return_id, found.return_warehouse_address.address_detail


class SampleArchive(Archive):
    """Keeps returns without knowing where they go."""

    shop_records = AsInTheSample


class CopiesTheSampleOfAReturn(Careful):
    """Does not tell the seller where his goods come back to."""

    archive = SampleArchive
