"""The orders: bought on one of the two platforms, held under an id on each that knows of them, and sent from the warehouse."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from gladi.record.journal import What
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage
from gladi.sandbox.world.cancellation import give_time
from gladi.sandbox.world.catalogue import Catalogue
from gladi.sandbox.world.faults import SoldOut, WorldError
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.joining import copy_of
from gladi.sandbox.world.records import Line, Listing, ListingStatus, Offer, Order, OrderStatus, Parcel, Shop, View
from gladi.sandbox.world.table import Table
from gladi.sandbox.world.withdrawals import release

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.record.clock import Clock, Timer
    from gladi.record.journal import Journal
    from gladi.sandbox.settings import Settings
    from gladi.sandbox.world.seeded import Seeded

__all__ = ["Orders"]


class Orders(Catalogue):
    """What buyers have bought of the catalogue, and the parcels that left for them."""

    def __init__(self, seeded: Seeded, *, clock: Clock, journal: Journal, settings: Settings) -> None:
        """Lay fresh orders over seeded ones."""
        super().__init__(seeded, clock=clock, journal=journal, settings=settings)
        self.orders: Table[Order] = Table(seeded.orders)
        self.parcels: dict[str, Parcel] = {}
        self.deadlines: dict[str, Timer] = {}
        self.when_delivered: Callable[[Order, Platform], None] = lambda order, platform: None  # noqa: ARG005 - the ledger hangs here
        self._placed = 0

    def order_where(self, word: str, value: str) -> Order | None:
        """Find an order by its id on a platform (`word` is the platform), by `package` or by `invoice`."""
        return self.orders.first(word, value)

    def place_order(self, key: str, *, on: Platform, sku: str | None = None, quantity: int = 1, on_hold: bool = False) -> Order:
        """A buyer buys and pays in one of the two apps; the stage decides which platform holds the order.

        With `on_hold` it is held back at first, as each order of a development shop is (tiktok-shop-api.md 8.4).

        Raises:
            WorldError: no such SKU is on sale in that app, or too few units are left; or Tokopedia, which holds nothing back, has it.
        """
        home = self._home(key, on)
        if on_hold and home is TOKOPEDIA:
            msg = f"{TOKOPEDIA.label} puts no order on hold; order on {SHOP.label}, or after the merge"
            raise WorldError(msg)
        listing, offer = self.offered(key, on=on, sku=sku, quantity=quantity)
        self._placed += 1
        number = 9_000_000_000 + self._placed
        name = f"INV-{self._placed:03d}"
        now = self.clock.now
        status = OrderStatus.ON_HOLD if on_hold else OrderStatus.PAID
        view = View(
            id=str(1_210_000_000 + self._placed) if home is TOKOPEDIA else shop_side_id(f"{self._seeded.seed} order {name}", "576"),
            status=status,
            updated_at=now,
            package=shop_side_id(f"{self._seeded.seed} package {name}", "1153") if home is SHOP else None,
        )
        stock_from = max(offer.stock, key=lambda place: place[1])[0]
        order = Order(
            key=name,
            number=number,
            shop=key,
            bought_on=on,
            placed_at=now,
            paid_at=now,
            buyer=self._seeded.buyers[self._placed % len(self._seeded.buyers)],
            lines=(Line(listing=listing.id, offer=offer.id, sku=offer.sku, title=listing.title, price=offer.price, quantity=quantity),),
            warehouse=stock_from,
            shipping_fee=9_000,
            insurance_fee=500,
            item_insurance_fee=750 if home is SHOP else 0,
            invoice=f"INV/2025/MPL/{number}",
        ).seen(home, view)
        self.orders.put(name, order)
        self._take_stock(listing, offer, stock_from, quantity)
        self.journal.fact(What.ORDER_PLACED, order=name, shop=key, platform=home, sku=offer.sku, value=str(quantity))
        self.journal.fact(What.ORDER_PAID, order=name, shop=key, platform=home, sku=offer.sku)
        if home is TOKOPEDIA:
            give_time(self, name)
        if on_hold:
            self.clock.after(self.settings.on_hold_for, lambda: release(self, name), name=f"release of {name}")
        return order

    def offered(self, key: str, *, on: Platform, sku: str | None = None, quantity: int = 1) -> tuple[Listing, Offer]:
        """Give what a buyer in one of the two apps would be sold.

        Raises:
            WorldError: no such SKU is on sale in that app, or too few units are left.
        """
        home = self._home(key, on)
        listing, offer = self._on_sale(self.shops[key], home, on, sku)
        if offer.units < quantity:
            msg = f"{offer.sku} has {offer.units} units left on {home.label}; the buyer wanted {quantity}"
            raise SoldOut(msg)
        return listing, offer

    def _home(self, key: str, on: Platform) -> Platform:
        """Give the platform that holds what is bought in an app now."""
        shop = self.shops[key]
        return TOKOPEDIA if on is TOKOPEDIA and shop.is_on_tokopedia and shop.stage in (Stage.PENDING, Stage.MERGING) else SHOP

    def _on_sale(self, shop: Shop, home: Platform, on: Platform, sku: str | None) -> tuple[Listing, Offer]:
        if sku is not None:
            listing = self.listing_of_sku(home, shop.key, sku)
            if listing is None and home is SHOP and on is TOKOPEDIA:
                listing = self._awaiting_merge(shop, sku)
            if listing is None:
                msg = f"no SKU {sku!r} is on sale on {home.label}"
                raise WorldError(msg)
            return listing, next(offer for offer in listing.offers if offer.sku == sku)
        for candidate in self.listings.rows("shop", (home, shop.key)):
            if candidate.status is ListingStatus.ACTIVE:
                offer = max(candidate.offers, key=lambda one: one.units)
                if offer.units > 0:
                    return candidate, offer
        msg = f"nothing is on sale on {home.label}"
        raise WorldError(msg)

    def _awaiting_merge(self, shop: Shop, sku: str) -> Listing | None:
        """A Tokopedia buyer buys what is not copied yet: the order names a listing that no API shows before the product merge."""
        listing = self.listing_of_sku(TOKOPEDIA, shop.key, sku)
        return copy_of(self, listing) if listing is not None else None

    def _take_stock(self, listing: Listing, offer: Offer, warehouse: str, quantity: int) -> None:
        held = self.listings.get(listing.key) or self.listing_of_sku(TOKOPEDIA, listing.shop, offer.sku)
        if held is None:
            return
        offer = next(one for one in held.offers if one.sku == offer.sku)
        stock = tuple((name, units - quantity if name == warehouse else units) for name, units in offer.stock)
        self._replace_offer(held, replace(offer, stock=stock))

    def hold(self, order: Order, platform: Platform, status: OrderStatus, **changes: Any) -> Order:  # noqa: ANN401
        """Give an order another status on one platform, now."""
        view = order.on(platform)
        if view is None:
            msg = f"{order.key} is not on {platform}"
            raise WorldError(msg)
        return self.orders.put(order.key, order.seen(platform, replace(view, status=status, updated_at=self.clock.now, **changes)))

    def send(self, order: Order, platform: Platform, *, tracking: str = "", handed_over: bool = False, by_hand: bool = False) -> Parcel:
        """A parcel leaves the warehouse because `platform` was asked; the other platform's view of the order does not change.

        `handed_over` says that the courier has it already (a tracking number was given), else he collects it later;
        `by_hand` that a person asked in the platform's own console.
        """
        prefix = "TKP" if platform is TOKOPEDIA else "SHP"
        number = len(self.parcels) + 1
        view = order.on(platform)
        parcel = Parcel(
            key=f"{prefix}-{number}",
            order=order.key,
            platform=platform,
            left_at=self.clock.now,
            tracking=tracking or f"GLD{(view.id if view else order.key)[-10:]}",
            by_hand=by_hand,
        )
        self.parcels[parcel.key] = parcel
        status = OrderStatus.SHIPPED if handed_over else OrderStatus.ARRANGED
        self.hold(order, platform, status, parcel=parcel.key, tracking=parcel.tracking)
        about = {"order": order.key, "shop": order.shop, "parcel": parcel.key, "platform": platform, "value": parcel.tracking}
        self.journal.fact(What.PARCEL_LEFT, by_hand=by_hand, **about)
        waits = timedelta() if handed_over else self.settings.collection_after
        if not handed_over:
            self.clock.after(waits, lambda: self._moves(order.key, platform, OrderStatus.SHIPPED), name=f"collection of {parcel.key}")
        self.clock.after(
            waits + self.settings.delivery_after,
            lambda: self._moves(order.key, platform, OrderStatus.DELIVERED),
            name=f"delivery of {parcel.key}",
        )
        return parcel

    def _moves(self, key: str, platform: Platform, status: OrderStatus) -> None:
        order = self.orders[key]
        view = order.on(platform)
        if view is not None and view.status in (OrderStatus.ARRANGED, OrderStatus.SHIPPED):
            order = self.hold(order, platform, status)
            if status is OrderStatus.DELIVERED:
                self.when_delivered(order, platform)
