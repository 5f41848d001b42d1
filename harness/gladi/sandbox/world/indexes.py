"""The indexes of the world's tables: what is listed anywhere stands here, sorted, so that nothing is ever scanned."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.world.records import OPEN, OrderStatus

if TYPE_CHECKING:
    from gladi.sandbox.world.records import Listing, Order

__all__ = ["listing_places", "order_indexes"]

_UNSEEN_ON_TOKOPEDIA = frozenset((OrderStatus.UNPAID, OrderStatus.CONFIRMING_PAYMENT))

Place = tuple[Hashable, tuple[Any, ...]]


def _tokopedia_list(order: Order) -> Iterator[Place]:
    view = order.tokopedia
    if view is not None and view.listed and view.status not in _UNSEEN_ON_TOKOPEDIA:
        key = (order.placed_at, order.number, order.key)
        yield order.shop, key
        yield (order.shop, view.status), key
        warehouse = (order.shop, "from", order.warehouse)
        yield warehouse, key
        yield (warehouse, view.status), key


def _shop_created(order: Order) -> Iterator[Place]:
    view = order.shop_view
    if view is not None and view.listed:
        key = (order.placed_at, order.number, order.key)
        yield order.shop, key
        yield (order.shop, view.status), key


def _shop_updated(order: Order) -> Iterator[Place]:
    view = order.shop_view
    if view is not None and view.listed:
        key = (view.updated_at, order.number, order.key)
        yield order.shop, key
        yield (order.shop, view.status), key


# An index of its own for each kind of id, so that a bucket is the id itself: a hundred bytes an order less than a pair.


def _by_tokopedia_id(order: Order) -> Iterator[Place]:
    if order.tokopedia is not None:
        yield order.tokopedia.id, (order.key,)


def _by_shop_id(order: Order) -> Iterator[Place]:
    if order.shop_view is not None:
        yield order.shop_view.id, (order.key,)


def _by_package(order: Order) -> Iterator[Place]:
    if order.shop_view is not None and order.shop_view.package:
        yield order.shop_view.package, (order.key,)


def _by_shop_buyer(order: Order) -> Iterator[Place]:
    if order.shop_view is not None:
        yield (order.shop, order.buyer.id), (order.placed_at, order.number, order.key)


def _by_invoice(order: Order) -> Iterator[Place]:
    yield order.invoice, (order.key,)


def _in_flight(order: Order) -> Iterator[Place]:
    view = order.tokopedia
    if view is not None and view.status in OPEN:
        yield order.shop, (order.number, order.key)


def order_indexes() -> dict[str, Any]:
    """Give the indexes over orders, by name."""
    return {
        "tokopedia.list": _tokopedia_list,
        "shop.created": _shop_created,
        "shop.updated": _shop_updated,
        TOKOPEDIA: _by_tokopedia_id,
        SHOP: _by_shop_id,
        "package": _by_package,
        "shop.buyer": _by_shop_buyer,
        "invoice": _by_invoice,
        "in flight": _in_flight,
    }


def listing_places() -> dict[str, Any]:
    """Give the indexes over listings, by name."""

    def by_shop(listing: Listing) -> Iterable[Place]:
        yield (listing.platform, listing.shop), (int(listing.id), listing.key)

    def by_offer(listing: Listing) -> Iterable[Place]:
        platform, shop, key = listing.platform, listing.shop, (listing.key,)
        for offer in listing.offers:
            yield (platform, offer.id), key
            yield (platform, shop, offer.sku), key

    return {"shop": by_shop, "offer": by_offer}
