"""What the handlers of this API share: the world, the app, its tokens and its webhooks; and what a handler is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gladi.record.operations import Does
from gladi.record.words import TOKOPEDIA
from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import refusals
from gladi.sandbox.tokopedia.reading import number

if TYPE_CHECKING:
    from gladi.sandbox.app import App
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.tokopedia.auth import Tokens
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
    _warehouses: dict[int, tuple[Shop, Warehouse]] = field(default_factory=dict)

    def shop(self, arrival: Arrival, tokopedia_id: int) -> Shop:
        """Find the shop that a request names, and note it; one that is not connected to the app is refused by the gateway."""
        shop = self.world.shop_where("tokopedia_id", tokopedia_id)
        if shop is None:
            raise Refused(refusals.SHOP_NOT_CONNECTED)
        arrival.shop = shop
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
            for shop in self.world.all_shops():
                for warehouse in shop.warehouses:
                    self._warehouses[warehouse.tokopedia_id] = (shop, warehouse)
        return self._warehouses.get(tokopedia_id)

    def order(self, arrival: Arrival, word: str, value: str) -> Order:
        """Find an order of Tokopedia by `tokopedia` (its id there) or `invoice`, and note its shop; a hidden one is not found."""
        order = self.world.order_where(word, value)
        view = order.on(TOKOPEDIA) if order is not None else None
        if order is None or view is None:
            raise Refused(refusals.ORDER_NOT_FOUND)
        arrival.shop = self.world.shops[order.shop]
        if arrival.operation.does is Does.FULFILS_ORDERS:
            arrival.touches = order.key
        if not view.listed:
            arrival.assumes.extend(self.world.settings.assumption("in_flight"))
            raise Refused(refusals.ORDER_NOT_FOUND)
        return order
