"""Returns: what buyers send back, kept by the platform that holds the order, and to which warehouse it comes.

Theory of operation. A buyer asks for his money once the parcel has been handed over to the courier, and to return the goods once
they have been delivered; after completion neither is possible (tiktok-shop-api.md 11). The seller agrees or refuses, the buyer sends
the goods, the seller receives them. A return of an order that Tokopedia alone holds is Tokopedia's, before the merge and after it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from gladi.record.words import SHOP, TOKOPEDIA, Platform, SellerKind
from gladi.sandbox.world.faults import WorldError
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.records import OrderStatus, Record
from gladi.sandbox.world.table import Base, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gladi.sandbox.world.records import Order, Warehouse
    from gladi.sandbox.world.world import World

__all__ = ["Return", "ReturnStatus", "Returns"]

_DAY = 86_400_000
_MAY_BE_RETURNED = frozenset((OrderStatus.DELIVERED, OrderStatus.CASE_OPEN))
_PAST = {TOKOPEDIA: ("tokopedia.list", OrderStatus.CASE_OPEN), SHOP: ("shop.created", OrderStatus.DELIVERED)}

Place = tuple[Any, tuple[Any, ...]]


class ReturnStatus(StrEnum):
    """What has become of a return."""

    ASKED = "asked for"
    REFUSED = "refused"
    AGREED = "agreed to"
    ON_ITS_WAY = "on its way back"
    DONE = "received and refunded"


_STEPS = {
    ReturnStatus.AGREED: ReturnStatus.ASKED,
    ReturnStatus.REFUSED: ReturnStatus.ASKED,
    ReturnStatus.ON_ITS_WAY: ReturnStatus.AGREED,
    ReturnStatus.DONE: ReturnStatus.ON_ITS_WAY,
}
"""Each status, and the one that it follows."""


class Return(Record, frozen=True, kw_only=True, gc=False):
    """One return of all that one order brought."""

    key: str
    """The world's own name: `RET-001`."""
    number: int
    id: str
    """The platform's own: digits, on Tokopedia & Shop 19."""
    order: str
    shop: str
    platform: Platform
    status: ReturnStatus
    asked_at: int
    updated_at: int
    warehouse: str
    """The place to which the goods come back."""
    tracking: str = ""


def _by_asking(one: Return) -> Iterator[Place]:
    yield (one.shop, one.platform), (one.asked_at, one.number, one.key)


def _by_update(one: Return) -> Iterator[Place]:
    yield (one.shop, one.platform), (one.updated_at, one.number, one.key)


def _by_id(one: Return) -> Iterator[Place]:
    yield (one.platform, one.id), (one.key,)


def _by_order(one: Return) -> Iterator[Place]:
    yield one.order, (one.key,)


_NONE_YET: Base[Return] = Base((), create_time=_by_asking, update_time=_by_update, id=_by_id, order=_by_order)


class Returns:
    """Every return of one world. What a shop began with is written down when it is first asked for."""

    def __init__(self, world: World) -> None:
        """Begin with none."""
        self._world = world
        self._table: Table[Return] = Table(_NONE_YET)
        self._opened: set[str] = set()

    def __getitem__(self, key: str) -> Return:
        return self._table[key]

    def watch(self, watcher: Callable[[Return | None, Return], None]) -> None:
        """Have `watcher` called with every return that changes, as it was and as it is."""
        self._table.watch(watcher)

    # -- finding them --------------------------------------------------------------------------------------------------

    def where(self, platform: Platform, return_id: str) -> Return | None:
        """Find a return by its id on the platform that keeps it."""
        return self._table.first("id", (platform, return_id))

    def of_order(self, order: str) -> Return | None:
        """Find the return of an order."""
        return self._table.first("order", order)

    def each(  # noqa: PLR0913 - a stretch of an index
        self,
        shop: str,
        platform: Platform,
        *,
        by: str = "create_time",
        low: tuple[Any, ...] = (),
        high: tuple[Any, ...] | None = None,
        descending: bool = False,
    ) -> Iterator[Return]:
        """Go through the returns that a platform keeps of a shop, in order of `create_time` or `update_time`."""
        self._opens(shop)
        return self._table.rows(by, (shop, platform), low, *(() if high is None else (high,)), descending=descending)

    def comes_back_to(self, one: Return) -> Warehouse:
        """Give the warehouse that takes a return."""
        return next(place for place in self._world.shops[one.shop].warehouses if place.name == one.warehouse)

    # -- what happens to them ------------------------------------------------------------------------------------------

    def ask(self, order: str) -> Return:
        """A buyer asks to return what an order brought.

        Raises:
            WorldError: no platform has delivered it, it is complete, or he has asked before.
        """
        found = self._world.orders[order]
        platform = next((one for one in Platform if (view := found.on(one)) is not None and view.status in _MAY_BE_RETURNED), None)
        if platform is None:
            msg = f"order {order} has not been delivered, or is complete; goods are returned between the two"
            raise WorldError(msg)
        if self.of_order(order) is not None:
            msg = f"order {order} was returned before"
            raise WorldError(msg)
        self._opens(found.shop)
        return self._put(found, platform, ReturnStatus.ASKED, self._world.clock.now)

    def advance(self, key: str, status: ReturnStatus) -> Return:
        """Take a return one step further.

        Raises:
            WorldError: the step before it has not been taken, or another one has.
        """
        one = self._table[key]
        if one.status is not _STEPS[status]:
            msg = f"return {key} is {one.status}; it must be {_STEPS[status]} before it is {status}"
            raise WorldError(msg)
        tracking = f"RTN{one.id[-9:]}" if status is ReturnStatus.ON_ITS_WAY else one.tracking
        return self._table.put(key, replace(one, status=status, updated_at=self._world.clock.now, tracking=tracking))

    def _opens(self, key: str) -> None:
        if key in self._opened:
            return
        self._opened.add(key)
        shop = self._world.shops[key]
        if shop.begins_as is SellerKind.NEW_HERE:
            return
        for platform in (TOKOPEDIA, SHOP) if shop.is_on_tokopedia else (SHOP,):
            index, status = _PAST[platform]
            past = self._world.orders.rows(index, (key, status), (), (self._world.began_at,))
            order = next(past, None)
            if order is not None:
                self._put(order, platform, ReturnStatus.DONE, min(order.placed_at + 4 * _DAY, self._world.began_at))

    def _put(self, order: Order, platform: Platform, status: ReturnStatus, at: int) -> Return:
        number = len(self._table) + 1
        key = f"RET-{number:03d}"
        # The default place takes what comes back, as Get Warehouse List says.
        home = next(place.name for place in self._world.shops[order.shop].warehouses if place.is_default)
        one = Return(
            key=key,
            number=number,
            id=str(2_400_000 + number) if platform is TOKOPEDIA else shop_side_id(f"{self._world.seed} return {order.key}", "4035"),
            order=order.key,
            shop=order.shop,
            platform=platform,
            status=status,
            asked_at=at,
            updated_at=at,
            warehouse=home,
        )
        return self._table.put(key, one)
