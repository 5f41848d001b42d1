"""Sharing links for those who recommend products. Its wire words stay in this file.

A tag that is refused stands inside a successful answer: its sharer is told why, and the others get their links.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from examples.careful.trouble import PlatformError
from gladi.play.system import SharedLink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from examples.careful.book import Book
    from examples.careful.shop import ShopClient

__all__ = ["LinkDesk"]

_PATH = "/affiliate_creator/202407/affiliate_sharing_links/generate_batch"
_CREATOR = "creator"


class LinkDesk:
    """Has links made, and tells of those that were not."""

    def __init__(self, book: Book, shop: ShopClient) -> None:
        """Find the shops in `book`, and call through `shop` under the creator's token."""
        self._book = book
        self._shop = shop

    async def makes(self, sku: str, tags: Sequence[str]) -> list[SharedLink]:
        """Give a link to a product for each tag that is accepted, and tell the seller of each that is not."""
        try:
            made = await self._made(await self._product(sku), tags)
        except PlatformError as error:
            self._book.tell(sku, f"No sharing links were made for {sku}: {error}.")
            return []
        for one in made.errors or ():
            self._book.tell(sku, f"No sharing link was made for {sku} under {one.detail.tag}: {one.detail.fail_reason} ({one.code}).")
        return [SharedLink(one.tag, one.affiliate_sharing_link) for one in made.affiliate_sharing_links]

    async def _product(self, sku: str) -> str:
        for front in self._book.storefronts:
            for offer in await self._shop.offers(front, sku):
                return offer.product_id
        raise PlatformError("no shop on Tokopedia & Shop sells it")

    async def _made(self, product_id: str, tags: Sequence[str]) -> _Links:
        body = {"material": {"id": product_id, "type": "PRODUCT"}, "channel": "Careful", "tags": list(tags)}
        return await self._shop.call(_Links, _CREATOR, "POST", _PATH, body=body)


# -- shapes ------------------------------------------------------------------------------------------------------------


class _Link(msgspec.Struct):
    tag: str
    affiliate_sharing_link: str


class _Detail(msgspec.Struct):
    tag: str = ""
    fail_reason: str = ""


class _Error(msgspec.Struct):
    code: int
    detail: _Detail = msgspec.field(default_factory=_Detail)


class _Links(msgspec.Struct):
    affiliate_sharing_links: list[_Link] = msgspec.field(default_factory=list[_Link])
    errors: list[_Error] | None = None
