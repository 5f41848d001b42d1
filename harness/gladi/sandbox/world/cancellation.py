"""How an order of Tokopedia ends before it leaves: the seller rejects it, or lets the deadline for accepting it pass.

Theory of operation. A timer runs for each order that is placed while the rehearsal is on. It cancels the order that is still neither
accepted nor rejected when it fires, unless the merge has put the order into other hands: one that only Tokopedia & Shop can act on,
or of which a parcel has left there, is no longer Tokopedia's to cancel. Whoever had no order to act on is not late, so the timer of
an order that the merge hid begins anew when the order appears. A seller's older orders have no timer: a fresh world would otherwise
cost as much as the seller is big.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from gladi.record.journal import What
from gladi.record.words import TOKOPEDIA
from gladi.sandbox.merge import Actionable
from gladi.sandbox.world.records import OrderStatus

if TYPE_CHECKING:
    from gladi.record.clock import Instant
    from gladi.record.words import Platform
    from gladi.sandbox.world.orders import Orders
    from gladi.sandbox.world.records import Order

__all__ = ["accept_by", "give_back", "give_time", "give_time_anew", "reject"]


def accept_by(world: Orders, order: Order) -> Instant | None:
    """Give the instant by which an order is to be accepted or rejected on Tokopedia; None while it is not paid."""
    timer = world.deadlines.get(order.key)
    if timer is not None:
        return timer.at
    return None if order.paid_at is None else order.paid_at + round(world.settings.accept_within.total_seconds() * 1000)


def give_time(world: Orders, key: str, *, assumes: tuple[str, ...] = ()) -> None:
    """Let the time for accepting an order begin now, in place of any that ran before."""
    before = world.deadlines.get(key)
    if before is not None:
        before.cancel()
    name = f"deadline for accepting {key}"
    world.deadlines[key] = world.clock.after(world.settings.accept_within, lambda: _expire(world, key, assumes), name=name)


def give_time_anew(world: Orders, key: str) -> None:
    """An order that was hidden has appeared: the time for accepting it begins anew, unless a setting lets it run on unseen."""
    if key in world.deadlines and world.settings.deadline_waits_for_hidden_orders:
        give_time(world, key, assumes=world.settings.assumption("deadline_waits_for_hidden_orders"))


def reject(world: Orders, order: Order) -> None:
    """The seller will not send an order: its units are on sale again."""
    world.hold(order, TOKOPEDIA, OrderStatus.REJECTED)
    _give_back(world, order)
    world.journal.fact(What.ORDER_CANCELLED, order=order.key, shop=order.shop, platform=TOKOPEDIA, value="rejected by the seller")


def _expire(world: Orders, key: str, assumes: tuple[str, ...]) -> None:
    order = world.orders[key]
    if not _is_late(world, order):
        return
    world.hold(order, TOKOPEDIA, OrderStatus.EXPIRED)
    _give_back(world, order)
    world.journal.fact(What.ORDER_EXPIRED, order=key, shop=order.shop, platform=TOKOPEDIA, assumes=assumes)


def _is_late(world: Orders, order: Order) -> bool:
    view, copy = order.tokopedia, order.shop_view
    if view is None or view.status is not OrderStatus.PAID or (copy is not None and copy.parcel is not None):
        return False
    if view.listed:
        return view.actionable
    comes_back_here = world.settings.in_flight.actionable is not Actionable.SHOP
    return comes_back_here and not world.settings.deadline_waits_for_hidden_orders


def _give_back(world: Orders, order: Order) -> None:
    """Put the units back where they were taken; those of an order that lives on under its other id stay taken."""
    if order.shop_view is None:
        give_back(world, order, TOKOPEDIA)


def give_back(world: Orders, order: Order, platform: Platform) -> None:
    """Put the units of an order back on the shelf of a platform, or on Tokopedia's while its listing is not copied yet."""
    for line in order.lines:
        listing = world.listing(platform, line.listing) or world.listing_of_sku(TOKOPEDIA, order.shop, line.sku)
        if listing is None:
            continue
        offers = tuple(
            replace(offer, stock=tuple((name, units + line.quantity * (name == order.warehouse)) for name, units in offer.stock))
            if line.offer == offer.id or line.sku == offer.sku != ""
            else offer
            for offer in listing.offers
        )
        world.listings.put(listing.key, replace(listing, offers=offers, updated_at=world.clock.now))
