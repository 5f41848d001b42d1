"""A buyer: he buys in one of the two apps, pays at once, and writes to the seller."""

from __future__ import annotations

from gladi.play.conversations import WritesToShops
from gladi.play.faults import SoldOutError
from gladi.play.people.person import Person
from gladi.play.placed_order import PlacedOrder
from gladi.play.returns import ReturnsGoods
from gladi.record.words import SHOP, TOKOPEDIA, Platform
from gladi.sandbox.world.console import place_without_sku
from gladi.sandbox.world.moving import move
from gladi.sandbox.world.withdrawals import WithdrawalStatus, withdraw

__all__ = ["Buyer"]


class Buyer(Person, WritesToShops, ReturnsGoods):
    """A buyer: he buys in one of the two apps and pays at once."""

    who = "the buyer"

    async def orders(
        self, *, on: Platform = TOKOPEDIA, sku: str | None = None, quantity: int = 1, shop: str | None = None, on_hold: bool = False
    ) -> PlacedOrder:
        """Buy in the app of `on`; which platform then holds the order depends on the stage of the merge.

        With `on_hold` the order is held back for an hour after payment, as each order of a development shop on Tokopedia & Shop is.

        Raises:
            RehearsalError: that SKU is not on sale there, or too few units are left; or Tokopedia has it, which holds nothing back.
        """
        key = self._backstage.shop_named(shop)
        app = {TOKOPEDIA: "Tokopedia", SHOP: "Tokopedia & Shop"}[on]
        order = await self._backstage.in_the_world(lambda world: world.place_order(key, on=on, sku=sku, quantity=quantity, on_hold=on_hold))
        self._did(
            f"placed order {order.key} in the app of {app}{', to be held back at first' if on_hold else ''}", shop=key, order=order.key
        )
        return PlacedOrder(self._backstage, order.key)

    async def orders_without_sku(self, sku: str, *, on: Platform = TOKOPEDIA, shop: str | None = None) -> PlacedOrder:
        """Buy as `orders` does, where the seller never gave the product a SKU of his own: the order names it by the platform's ids alone.

        Raises:
            RehearsalError: what this rehearsal calls `sku` is not on sale there.
        """
        key = self._backstage.shop_named(shop)
        order = await self._backstage.in_the_world(lambda world: place_without_sku(world, key, on=on, sku=sku))
        self._did(f"placed order {order.key} in the app of {on.label}, for a product without a seller SKU", shop=key, order=order.key)
        return PlacedOrder(self._backstage, order.key)

    async def cancels(self, order: PlacedOrder) -> None:
        """Take back an order on Tokopedia & Shop before the courier has it, or ask for that while nobody has had it shipped.

        Raises:
            RehearsalError: Tokopedia & Shop does not hold it, the courier has it, or it was cancelled before.
        """
        made = await self._backstage.in_the_world(lambda world: withdraw(world, order.name))
        did = "asked to cancel" if made.status is WithdrawalStatus.PENDING else "cancelled"
        self._did(f"{did} order {order.name}", order=order.name)

    async def moves(self, order: PlacedOrder) -> None:
        """Have an order on Tokopedia & Shop sent to another address, while nobody has had it shipped.

        Raises:
            RehearsalError: Tokopedia holds it, or its shipment was arranged.
        """
        await self._backstage.in_the_world(lambda world: move(world, order.name))
        self._did(f"had order {order.name} sent to another address", order=order.name)

    async def tries_to_order(self, *, on: Platform, sku: str, quantity: int = 1) -> PlacedOrder | None:
        """Buy as `orders` does, if there are units left in the app of `on`; None when there are not."""
        try:
            return await self.orders(on=on, sku=sku, quantity=quantity)
        except SoldOutError:
            self._did(f"found {sku} sold out in the app of {on.label}", sku=sku)
            return None
