"""Where returns, money, promotions, parcels and conversations are read on each platform; the wire words of both stay in this file."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from examples.careful.book import Kept
from gladi.play.system import RecordKind
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from examples.careful.book import Storefront
    from examples.careful.shop import ShopClient
    from examples.careful.tokopedia import TokopediaClient

__all__ = ["ShopRecords", "TokopediaRecords"]

_A_MONTH = timedelta(days=30)
"""The saldo history is given for 31 days at most; `to_date` counts whole."""
_PAST = 120
"""Days back to which a seller's past is read."""


class TokopediaRecords:
    """Reads a shop's records on Tokopedia."""

    def __init__(self, tokopedia: TokopediaClient) -> None:
        """Call through `tokopedia`."""
        self._tokopedia = tokopedia

    async def read(self, kind: RecordKind, toko_shop_id: str, now: datetime) -> list[Kept]:
        """Give every record of a kind, oldest or newest first as the platform has it."""
        found = {
            RecordKind.FULFILMENT: self._bookings,
            RecordKind.RETURNS: self._tickets,
            RecordKind.PROMOTION: self._offers,
            RecordKind.FINANCE: self._payouts,
            RecordKind.CUSTOMER_SERVICE: self._chats,
        }[kind](toko_shop_id, now)
        return [Kept(kind=kind, platform=TOKOPEDIA, shop=toko_shop_id, id=str(one)) async for one in found]

    async def _bookings(self, toko_shop_id: str, now: datetime) -> AsyncIterator[int]:  # noqa: ARG002 - read from the newest back
        path, query = f"/v1/fs/{self._tokopedia.fs_id}/fulfillment_order", {"shop_id": toko_shop_id, "per_page": "50"}
        while True:
            page = await self._tokopedia.call(_Bookings, "GET", path, query=query)
            for row in page.order_data:
                yield row.order.order_id
            if not page.next_order_id:
                return
            query["next_order_id"] = str(page.next_order_id)

    async def _tickets(self, toko_shop_id: str, now: datetime) -> AsyncIterator[int]:
        query = {"shop_id": toko_shop_id, "from_date": _day(now - timedelta(days=_PAST)), "to_date": _day(now)}
        found = await self._tokopedia.call(_Tickets, "GET", f"/resolution/v1/fs/{self._tokopedia.fs_id}/ticket", query=query)
        for shop in found.shops:
            for ticket in shop.ticket:
                yield ticket.id

    async def _offers(self, toko_shop_id: str, now: datetime) -> AsyncIterator[int]:  # noqa: ARG002 - all there are
        page = 1
        while True:
            query = {"shop_id": toko_shop_id, "page": str(page), "per_page": "50"}
            rows = await self._tokopedia.call(list[_Offer], "GET", f"/v2/slash-price/fs/{self._tokopedia.fs_id}/view", query=query)
            for row in rows:
                yield row.slash_price_product_id
            if len(rows) < int(query["per_page"]):
                return
            page += 1

    async def _payouts(self, toko_shop_id: str, now: datetime) -> AsyncIterator[int]:
        until = now
        path = f"/v1/fs/{self._tokopedia.fs_id}/shop/{toko_shop_id}/saldo-history"
        while until > now - timedelta(days=_PAST):
            query = {"from_date": _day(until - _A_MONTH), "to_date": _day(until), "page": "1", "per_page": "100"}
            more = True
            while more:
                page = await self._tokopedia.call(_Payouts, "GET", path, query=query)
                for row in page.saldo_history:
                    yield row.deposit_id
                more = page.have_next_page
                query["page"] = str(int(query["page"]) + 1)
            until -= _A_MONTH + timedelta(days=1)

    async def _chats(self, toko_shop_id: str, now: datetime) -> AsyncIterator[int]:  # noqa: ARG002 - all there are
        page = 1
        while True:
            query = {"shop_id": toko_shop_id, "page": str(page), "per_page": "15"}
            rows = await self._tokopedia.call(list[_Chat], "GET", f"/v1/chat/fs/{self._tokopedia.fs_id}/messages", query=query)
            for row in rows:
                yield row.msg_id
            if len(rows) < int(query["per_page"]):
                return
            page += 1


class ShopRecords:
    """Reads a shop's records on Tokopedia & Shop."""

    def __init__(self, shop: ShopClient) -> None:
        """Call through `shop`."""
        self._shop = shop

    async def read(self, kind: RecordKind, front: Storefront) -> list[Kept]:
        """Give every record of a kind; of a return also where its goods come back to."""
        found = {
            RecordKind.FULFILMENT: self._parcels,
            RecordKind.RETURNS: self._returns,
            RecordKind.PROMOTION: self._offers,
            RecordKind.FINANCE: self._payouts,
            RecordKind.CUSTOMER_SERVICE: self._chats,
        }[kind](front)
        return [Kept(kind=kind, platform=SHOP, shop=front.id, id=one, address=address) async for one, address in found]

    async def _parcels(self, front: Storefront) -> AsyncIterator[tuple[str, str]]:
        query = {"page_size": "50"}
        while True:
            page = await self._shop.call(_Parcels, front, "POST", "/fulfillment/202309/packages/search", query=query, body={})
            for row in page.packages:
                yield row.id, ""
            if not page.next_page_token:
                return
            query["page_token"] = page.next_page_token

    async def _returns(self, front: Storefront) -> AsyncIterator[tuple[str, str]]:
        query = {"page_size": "50"}
        while True:
            page = await self._shop.call(_Returns, front, "POST", "/return_refund/202309/returns/search", query=query, body={})
            for row in page.return_orders:
                # It stands in each return, and not beside them as in the changelog's sample.
                yield row.return_id, row.return_warehouse_address.full_address
            if not page.next_page_token:
                return
            query["page_token"] = page.next_page_token

    async def _offers(self, front: Storefront) -> AsyncIterator[tuple[str, str]]:
        body: dict[str, int | str] = {"page_size": 50}
        while True:
            page = await self._shop.call(_Activities, front, "POST", "/promotion/202309/activities/search", body=body)
            for row in page.activities:
                yield row.id, ""
            if not page.next_page_token:
                return
            body["page_token"] = page.next_page_token

    async def _payouts(self, front: Storefront) -> AsyncIterator[tuple[str, str]]:
        query = {"page_size": "100", "sort_field": "statement_time"}
        while True:
            page = await self._shop.call(_Statements, front, "GET", "/finance/202309/statements", query=query)
            for row in page.statements:
                yield row.id, ""
            if not page.next_page_token:
                return
            query["page_token"] = page.next_page_token

    async def _chats(self, front: Storefront) -> AsyncIterator[tuple[str, str]]:
        query = {"page_size": "20"}
        while True:
            page = await self._shop.call(_Conversations, front, "GET", "/customer_service/202309/conversations", query=query)
            for row in page.conversations:
                yield row.id, ""
            if not page.next_page_token:
                return
            query["page_token"] = page.next_page_token


def _day(at: datetime) -> str:
    # Days are those of Jakarta.
    return f"{at + timedelta(hours=7):%Y-%m-%d}"


# -- shapes ------------------------------------------------------------------------------------------------------------


class _BookedOrder(msgspec.Struct):
    order_id: int


class _Booking(msgspec.Struct):
    order: _BookedOrder


class _Bookings(msgspec.Struct):
    order_data: list[_Booking]
    next_order_id: int = 0


class _Ticket(msgspec.Struct):
    id: int


class _TicketsOfShop(msgspec.Struct):
    ticket: list[_Ticket]


class _Tickets(msgspec.Struct):
    shops: list[_TicketsOfShop]


class _Offer(msgspec.Struct):
    slash_price_product_id: int


class _Payout(msgspec.Struct):
    deposit_id: int


class _Payouts(msgspec.Struct):
    saldo_history: list[_Payout]
    have_next_page: bool = False


class _Chat(msgspec.Struct):
    msg_id: int


class _Named(msgspec.Struct):
    id: str


class _Parcels(msgspec.Struct):
    packages: list[_Named]
    next_page_token: str = ""


class _Address(msgspec.Struct):
    full_address: str = ""


class _Return(msgspec.Struct):
    return_id: str
    return_warehouse_address: _Address = msgspec.field(default_factory=_Address)


class _Returns(msgspec.Struct):
    return_orders: list[_Return]
    next_page_token: str = ""


class _Activities(msgspec.Struct):
    activities: list[_Named]
    next_page_token: str = ""


class _Statements(msgspec.Struct):
    statements: list[_Named]
    next_page_token: str = ""


class _Conversations(msgspec.Struct):
    conversations: list[_Named]
    next_page_token: str = ""
