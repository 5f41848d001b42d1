"""How a buyer takes back an order on Tokopedia & Shop: at once, or by a request that the seller answers.

Theory of operation. An order on hold is cancelled at once. One that is to be shipped gets a request, which stops shipment until the
seller has approved or rejected it. From arranging the shipment until the courier takes the parcel the buyer cancels at once again, and
the parcel lies in the warehouse: whoever hands it over sends what nobody pays for (tiktok-shop-api.md 1, 8.4, 11).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gladi.record.journal import What
from gladi.record.words import SHOP
from gladi.sandbox.world.cancellation import give_back
from gladi.sandbox.world.faults import WorldError
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.records import OrderStatus, Record

if TYPE_CHECKING:
    from gladi.sandbox.world.orders import Orders
    from gladi.sandbox.world.records import Order
    from gladi.sandbox.world.world import World

__all__ = ["Withdrawal", "WithdrawalStatus", "answer", "cancel_by_seller", "hand_over", "release", "withdraw"]

_AT_ONCE = (OrderStatus.UNPAID, OrderStatus.ON_HOLD, OrderStatus.ARRANGED)
_ASKING = (OrderStatus.PAID, OrderStatus.ACCEPTED)


class WithdrawalStatus(StrEnum):
    """What has become of a withdrawal."""

    PENDING = "pending"
    DONE = "done"
    REJECTED = "rejected"


class Withdrawal(Record, frozen=True, kw_only=True, gc=False):
    """One attempt to take an order back, by its buyer or by the seller."""

    id: str
    order: str
    shop: str
    by_buyer: bool
    reason: str
    status: WithdrawalStatus
    created_at: int
    updated_at: int


def withdraw(world: World, key: str) -> Withdrawal:
    """A buyer takes back his order, or asks whether he may.

    Raises:
        WorldError: Tokopedia & Shop does not hold the order, the courier has it already, or the buyer has asked before.
    """
    order = world.orders[key]
    view = order.shop_view
    if view is None or not view.listed:
        msg = f"{SHOP.label} does not hold order {key}, so its buyer cannot cancel it there"
        raise WorldError(msg)
    if view.status not in (*_AT_ONCE, *_ASKING) or view.cancel_requested_at is not None:
        told = "was asked to be cancelled" if view.cancel_requested_at is not None else f"is {view.status}"
        msg = f"order {key} {told} already; a buyer cancels once, before the courier has come"
        raise WorldError(msg)
    made = _made(world, order, by_buyer=True, reason="No longer needed")
    if view.status in _ASKING:
        world.hold(order, SHOP, view.status, cancel_requested_at=world.clock.now)
        return _keep(world, made)
    return _done(world, made, OrderStatus.CANCELLED_BY_BUYER, "cancelled by its buyer")


def cancel_by_seller(world: World, order: Order, reason: str) -> Withdrawal:
    """The seller cancels an order that he has not had shipped."""
    return _done(world, _made(world, order, by_buyer=False, reason=reason), OrderStatus.REJECTED, "cancelled by the seller")


def answer(world: World, withdrawal: Withdrawal, *, approves: bool) -> Withdrawal:
    """The seller approves a buyer's request, or rejects it and may ship again."""
    if approves:
        return _done(world, withdrawal, OrderStatus.CANCELLED_BY_BUYER, "cancelled by its buyer")
    order = world.orders[withdrawal.order]
    if order.shop_view is not None:
        world.hold(order, SHOP, order.shop_view.status, cancel_requested_at=None)
    return _keep(world, replace(withdrawal, status=WithdrawalStatus.REJECTED, updated_at=world.clock.now))


def release(world: Orders, key: str) -> None:
    """The platform lets go of an order that it held back after payment, unless it was cancelled meanwhile."""
    order = world.orders[key]
    if order.shop_view is not None and order.shop_view.status is OrderStatus.ON_HOLD:
        world.hold(order, SHOP, OrderStatus.PAID)


def hand_over(world: World, key: str) -> None:
    """The clerk gives the courier whatever parcel of an order lies in the warehouse, also when the order was cancelled."""
    for parcel in [one for one in world.parcels.values() if one.order == key]:
        order = world.orders[key]
        view = order.on(parcel.platform)
        if view is None or view.status is OrderStatus.SHIPPED:
            continue
        world.journal.fact(
            What.PARCEL_TAKEN, order=key, shop=order.shop, parcel=parcel.key, platform=parcel.platform, value=parcel.tracking
        )
        if view.status is OrderStatus.ARRANGED:
            world.hold(order, parcel.platform, OrderStatus.SHIPPED)


def _made(world: World, order: Order, *, by_buyer: bool, reason: str) -> Withdrawal:
    now = world.clock.now
    return Withdrawal(
        id=shop_side_id(f"{world.seed} cancellation {len(world.withdrawals) + 1}", "4035"),
        order=order.key,
        shop=order.shop,
        by_buyer=by_buyer,
        reason=reason,
        status=WithdrawalStatus.PENDING,
        created_at=now,
        updated_at=now,
    )


def _done(world: World, withdrawal: Withdrawal, status: OrderStatus, said: str) -> Withdrawal:
    order = world.hold(world.orders[withdrawal.order], SHOP, status, cancel_requested_at=None)
    give_back(world, order, SHOP)
    done = _keep(world, replace(withdrawal, status=WithdrawalStatus.DONE, updated_at=world.clock.now))
    world.journal.fact(What.ORDER_CANCELLED, order=order.key, shop=order.shop, platform=SHOP, value=said)
    return done


def _keep(world: World, withdrawal: Withdrawal) -> Withdrawal:
    world.withdrawals[withdrawal.id] = withdrawal
    world.when_withdrawn(withdrawal)
    return withdrawal
