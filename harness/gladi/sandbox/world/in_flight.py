"""Orders in flight: where each of them lives once the shops have merged, as the cell of the matrix says."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gladi.record.journal import What
from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.merge import Actionable, Visible
from gladi.sandbox.world.cancellation import give_time_anew
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.records import OrderStatus, View

if TYPE_CHECKING:
    from gladi.sandbox.world.records import Order, Shop
    from gladi.sandbox.world.world import World

__all__ = ["mirror", "scatter"]


def scatter(world: World, shop: Shop) -> None:
    """Put every order in flight where the cell of the matrix says."""
    cell = world.settings.in_flight
    assumes = world.settings.assumption("in_flight")
    for order in list(world.orders.rows("in flight", shop.key)):
        view = order.tokopedia
        if view is None:
            continue
        world.journal.fact(What.ORDER_CAUGHT, order=order.key, shop=shop.key, platform=TOKOPEDIA, value=str(cell), assumes=assumes)
        here = cell.actionable in (Actionable.ORIGIN, Actionable.BOTH)
        there = cell.actionable in (Actionable.SHOP, Actionable.BOTH)
        copy = mirror(world, order, view, actionable=there)
        if cell.visible is Visible.ORIGIN:
            order = order.seen(TOKOPEDIA, replace(view, actionable=here))  # noqa: PLW2901 - the next version of the same order
            world.orders.put(order.key, order)
        elif cell.visible is Visible.BOTH:
            world.orders.put(order.key, order.seen(TOKOPEDIA, replace(view, actionable=here)).seen(SHOP, copy))
            world.journal.fact(What.ORDER_APPEARED, order=order.key, shop=shop.key, platform=SHOP, assumes=assumes)
        else:
            _hide(world, order, view, copy if there else None, here=here, assumes=assumes)


def _hide(  # noqa: PLR0913 - what is hidden, and what will come back
    world: World, order: Order, view: View, copy: View | None, *, here: bool, assumes: tuple[str, ...]
) -> None:
    world.orders.put(order.key, order.seen(TOKOPEDIA, replace(view, actionable=False, listed=False)))
    world.journal.fact(What.ORDER_VANISHED, order=order.key, shop=order.shop, platform=TOKOPEDIA, assumes=assumes)
    wait = timedelta(minutes=world.random.randrange(60, int(world.settings.late_orders_within.total_seconds() // 60)))

    def appears() -> None:
        now = world.orders[order.key]
        old = now.tokopedia
        if here and old is not None:
            now = now.seen(TOKOPEDIA, replace(old, actionable=True, listed=True))
            give_time_anew(world, order.key)
            world.journal.fact(What.ORDER_APPEARED, order=order.key, shop=order.shop, platform=TOKOPEDIA, assumes=assumes)
        # Where this world goes along with a platform, its copy may have been seen before.
        if copy is not None and now.shop_view is None:
            now = now.seen(SHOP, replace(copy, updated_at=world.clock.now))
            world.journal.fact(What.ORDER_APPEARED, order=order.key, shop=order.shop, platform=SHOP, assumes=assumes)
        world.orders.put(order.key, now)

    world.clock.after(wait, appears, name=f"late arrival of {order.key}")


def mirror(world: World, order: Order, view: View, *, actionable: bool) -> View:
    """Make the copy of a Tokopedia order that Tokopedia & Shop would hold, under an id of its own."""
    return View(
        id=shop_side_id(f"{world.seed} order copy {order.key}", "576"),
        status=OrderStatus.ON_HOLD if view.status is OrderStatus.ON_HOLD else OrderStatus.PAID,
        updated_at=world.clock.now,
        actionable=actionable,
        package=shop_side_id(f"{world.seed} package copy {order.key}", "1153"),
    )
