"""What the handlers of this API share: the world, the app, its tokens and its webhooks; and what a handler is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gladi.record.operations import Does
from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.leniency import lenient
from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import refusals
from gladi.sandbox.tokopedia.reading import number
from gladi.sandbox.tokopedia.slips import view_of

if TYPE_CHECKING:
    from gladi.sandbox.app import App
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.tokopedia.auth import Tokens
    from gladi.sandbox.tokopedia.rates import Rates
    from gladi.sandbox.tokopedia.webhooks import Registration
    from gladi.sandbox.world.records import Order, Shop, Warehouse
    from gladi.sandbox.world.world import World

__all__ = ["Deed", "Desk", "Handler"]

Deed = Callable[[], bytes]
"""What an operation does to the world, and its answer. It is called only when the table of the merge allows the operation."""

Handler = Callable[["Desk", "Arrival"], Deed]
"""Reads a request: notes the shop and what it touches, refuses what is malformed, changes nothing, and gives the deed."""


@dataclass(slots=True)
class Desk:
    """One app's side of the Tokopedia Open API."""

    world: World
    app: App
    tokens: Tokens
    hooks: Registration
    rates: Rates
    stock_requests: dict[tuple[str, str, str], bytes] = field(default_factory=dict)
    """Answers to changes of stock, by operation, shop and the `request_id` under which they were asked for."""
    _warehouses: dict[int, tuple[Shop, Warehouse]] = field(default_factory=dict)

    def shop(self, arrival: Arrival, tokopedia_id: int) -> Shop:
        """Find the shop that a request names, and note it; one that is not connected to the app is refused by the gateway."""
        shop = self.world.shop_where("tokopedia_id", tokopedia_id) or self._from_the_other_side(arrival, tokopedia_id)
        if shop is None:
            self._looks_elsewhere(arrival, self.world.shop_where("shop_id", str(tokopedia_id)))
            raise Refused(refusals.SHOP_NOT_CONNECTED)
        arrival.shop = shop
        return shop

    def _looks_elsewhere(self, arrival: Arrival, shop: Shop | None) -> None:
        """Note that Tokopedia is asked about the shop of a seller of whom it never heard."""
        if shop is not None and not shop.is_on_tokopedia:
            arrival.shop = shop
            arrival.misplaced = shop.key

    def _from_the_other_side(self, arrival: Arrival, shop_id: int) -> Shop | None:
        """Find a merged shop by its id on Tokopedia & Shop, which the changelog permits and the reference does not know."""
        shop = self.world.shop_where("shop_id", str(shop_id)) if self.world.settings.shops_by_either_id else None
        if shop is None or shop.merged_at is None:
            return None
        # A handler may look its shop up twice; it leans on this once.
        if shop is not arrival.shop:
            arrival.assumes.extend(self.world.settings.assumption("shops_by_either_id"))
            lenient(arrival, self.world.settings, "seed_shop_id", refusals.SHOP_NOT_CONNECTED)
        return shop

    def shop_in_query(self, arrival: Arrival, empty: Refusal, malformed: Refusal) -> Shop:
        """Find the shop of a `shop_id` that must stand in the query."""
        text = arrival.request.params.get("shop_id", "")
        if not text:
            raise Refused(empty)
        return self.shop(arrival, number(text, malformed))

    def warehouse(self, tokopedia_id: int) -> tuple[Shop, Warehouse] | None:
        """Find a warehouse, and the shop that ships from it, by its id on Tokopedia."""
        if not self._warehouses:
            for shop in self.world.tokopedia_shops():
                for warehouse in shop.warehouses:
                    self._warehouses[warehouse.tokopedia_id] = (shop, warehouse)
        return self._warehouses.get(tokopedia_id)

    def has_room(self, arrival: Arrival) -> bool:
        """Count a row of a bulk call; False, which rests on an assumption, when the rate limit leaves no room for it."""
        if self.rates.admits_row(arrival.operation.name, arrival.request.at):
            return True
        arrival.assumes.extend(one for one in self.world.settings.assumption("tokopedia_bulk_rate") if one not in arrival.assumes)
        return False

    def order(self, arrival: Arrival, word: str, value: str, *, unknown: Refusal = refusals.ORDER_NOT_FOUND) -> Order:
        """Find an order of Tokopedia by `tokopedia` (its id there) or `invoice`, and note its shop; a hidden one is not found."""
        order = self.world.order_where(word, value)
        view = order.on(TOKOPEDIA) if order is not None else None
        if order is None or view is None:
            if (elsewhere := order or self.world.order_where(SHOP, value)) is not None:
                arrival.shop = self.world.shops[elsewhere.shop]
                arrival.misplaced = f"order {elsewhere.key}"
            raise Refused(unknown)
        arrival.shop = self.world.shops[order.shop]
        arrival.placed = True
        if arrival.operation.does is Does.FULFILS_ORDERS:
            arrival.touches = order.key
        if not view.listed:
            arrival.assumes.extend(self.world.settings.assumption("in_flight"))
            raise Refused(unknown)
        return order

    def order_in_path(self, arrival: Arrival, *, unknown: Refusal = refusals.ORDER_NOT_FOUND) -> Order:
        """Find the order that the path names."""
        return self.order(arrival, TOKOPEDIA, str(number(arrival.params["order_id"], refusals.ORDER_ID_FORMAT)), unknown=unknown)

    def check_whose(self, arrival: Arrival, order: Order) -> None:
        """Refuse an order that the merge has put into other hands; where it may be acted on at all rests on an assumption then."""
        if arrival.shop is not None and arrival.shop.merged_at is not None:
            arrival.assumes.extend(self.world.settings.assumption("in_flight"))
        if not view_of(order).actionable:
            raise Refused(refusals.ORDER_MOVED)
