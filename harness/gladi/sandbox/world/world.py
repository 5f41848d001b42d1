"""The world: one seller's business, or many, seen through two platforms. Everything that happens in it becomes a fact in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from gladi.record.journal import What
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage
from gladi.sandbox.world.cancellation import give_time
from gladi.sandbox.world.conversations import Conversations
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.in_flight import scatter
from gladi.sandbox.world.joining import copy_of, join, renumber_warehouses
from gladi.sandbox.world.records import Buyer, Line, Listing, ListingStatus, Offer, Order, OrderStatus, Parcel, Shop, View
from gladi.sandbox.world.table import Base, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.record.clock import Clock, Instant, Timer
    from gladi.record.journal import Journal
    from gladi.sandbox.settings import Settings

__all__ = ["Seeded", "SoldOut", "World", "WorldError"]


class WorldError(Exception):
    """A person asked for something that the world does not allow, such as linking shops that have merged."""


class SoldOut(WorldError):  # noqa: N818 - it is what happened
    """A buyer wanted more units than are left."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """A seller's business as it stands when the rehearsal begins: built once a seed, shared by every world over it."""

    shops: Base[Shop]
    listings: Base[Listing]
    orders: Base[Order]
    buyers: tuple[Buyer, ...]
    seed: int
    began_at: Instant


class World:
    """Shops, catalogue, orders and parcels, and what may happen to them. Pure: it moves only when called or when a timer fires."""

    def __init__(self, seeded: Seeded, *, clock: Clock, journal: Journal, settings: Settings) -> None:
        """Lay a fresh world over a seeded one."""
        self.clock = clock
        self.journal = journal
        self.settings = settings
        self.shops: Table[Shop] = Table(seeded.shops)
        self.listings: Table[Listing] = Table(seeded.listings)
        self.orders: Table[Order] = Table(seeded.orders)
        self.parcels: dict[str, Parcel] = {}
        self.conversations = Conversations(self, seeded.buyers)
        self.deadlines: dict[str, Timer] = {}
        self.launched: dict[tuple[str, str], str] = {}
        """The product that each idempotency key of a shop made."""
        self.when_merged: Callable[[str], None] = lambda shop: None  # noqa: ARG005 - the sandbox hangs its webhook here
        self.next_integration_fails = False
        self.stock_at_merge = settings.stock_at_merge
        self.warehouse_ids_survive = settings.warehouse_ids_survive_the_merge
        self._seeded = seeded
        self._random: Random | None = None
        self._placed = 0

    @property
    def seed(self) -> int:
        """The seed from which the seller was made; what an API makes up (tokens, ids) is made from it too."""
        return self._seeded.seed

    @property
    def random(self) -> Random:
        """The world's own chance, made from the seed when first needed."""
        if self._random is None:
            self._random = Random(f"gladi {self._seeded.seed}")
        return self._random

    # -- finding things ------------------------------------------------------------------------------------------------

    def all_shops(self) -> list[Shop]:
        """Give every shop in the order of their names."""
        return list(self.shops.rows("all", "all"))

    def shop_where(self, word: str, value: object) -> Shop | None:
        """Find a shop by `tokopedia_id`, `shop_id`, `seller_id`, `cipher` or `open_id`."""
        return self.shops.first(word, value)

    def order_where(self, word: str, value: str) -> Order | None:
        """Find an order by its id on a platform (`word` is the platform), by `package` or by `invoice`."""
        return self.orders.first(word, value)

    def listing(self, platform: Platform, listing_id: str) -> Listing | None:
        """Find a listing by its id on its platform."""
        return self.listings.get((platform, listing_id))

    def listing_of_offer(self, platform: Platform, offer_id: str) -> Listing | None:
        """Find the listing that holds an offer."""
        return self.listings.first("offer", (platform, offer_id))

    def listing_of_sku(self, platform: Platform, shop: str, sku: str) -> Listing | None:
        """Find the listing that sells a seller SKU on a platform."""
        return self.listings.first("offer", (platform, shop, sku))

    def stage(self, shop: str) -> Stage:
        """Tell where the merge of a shop stands."""
        return self.shops[shop].stage

    # -- the merge -----------------------------------------------------------------------------------------------------

    def link(self, key: str, *, takes: timedelta | None = None) -> timedelta:
        """The seller links the shops; give the time that the integration will take, drawn from the seed where `takes` says nothing.

        Raises:
            WorldError: the shops are merging or have merged, as a merge cannot be repeated; or no merge takes that long.
        """
        shop = self.shops[key]
        if shop.stage is not Stage.PENDING:
            msg = f"the shops of {shop.name} are {shop.stage} already; shops are linked once, from pending"
            raise WorldError(msg)
        least, most = self.settings.merge_takes_at_least, self.settings.merge_takes_at_most
        if takes is None:
            takes = least + timedelta(minutes=self.random.randrange(max(1, int((most - least).total_seconds() // 60))))
        elif not least <= takes <= most:
            msg = f"a merge takes between {least} and {most} (rehearsal guide, Verification), not {takes}"
            raise WorldError(msg)
        self._enter(shop, Stage.MERGING)
        self.clock.after(takes, lambda: self._integrate(key), name=f"integration of {key}")
        return takes

    def confirm(self, key: str) -> None:
        """The seller confirms the product merge: his Tokopedia listings are copied, and each pair is linked.

        Raises:
            WorldError: the shops have not merged, or the product merge was confirmed before.
        """
        shop = self.shops[key]
        if shop.stage is not Stage.MERGED:
            msg = f"the shops of {shop.name} are {shop.stage}; the product merge is confirmed once, after the shops have merged"
            raise WorldError(msg)
        join(self, shop)
        self._enter(shop, Stage.CONFIRMED)

    def _enter(self, shop: Shop, stage: Stage, *, merged_at: int | None = None, assumes: tuple[str, ...] = ()) -> None:
        self.shops.put(shop.key, replace(shop, stage=stage, merged_at=merged_at if merged_at is not None else shop.merged_at))
        self.journal.fact(What.STAGE, shop=shop.key, stage=stage, assumes=assumes)

    def _integrate(self, key: str) -> None:
        shop = self.shops[key]
        if self.next_integration_fails or self.settings.merge_fails:
            self.next_integration_fails = False
            self.journal.fact(What.MERGE_FAILED, shop=key, assumes=self.settings.assumption("merge_fails"))
            self._enter(shop, Stage.PENDING)
            return
        self._enter(shop, Stage.MERGED, merged_at=self.clock.now)
        scatter(self, shop)
        if not self.warehouse_ids_survive:
            renumber_warehouses(self, self.shops[key])
        if self.settings.product_map_at_merge:
            join(self, self.shops[key])
        self.when_merged(key)

    # -- orders --------------------------------------------------------------------------------------------------------

    def place_order(self, key: str, *, on: Platform, sku: str | None = None, quantity: int = 1) -> Order:
        """A buyer buys and pays in one of the two apps; the stage decides which platform holds the order.

        Raises:
            WorldError: no such SKU is on sale in that app, or too few units are left.
        """
        shop = self.shops[key]
        home = TOKOPEDIA if on is TOKOPEDIA and shop.stage in (Stage.PENDING, Stage.MERGING) else SHOP
        listing, offer = self._on_sale(shop, home, on, sku)
        if offer.units < quantity:
            msg = f"{offer.sku} has {offer.units} units left on {home.label}; the buyer wanted {quantity}"
            raise SoldOut(msg)
        self._placed += 1
        number = 9_000_000_000 + self._placed
        name = f"INV-{self._placed:03d}"
        now = self.clock.now
        status = OrderStatus.PAID
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
            invoice=f"INV/2025/MPL/{number}",
        ).seen(home, view)
        self.orders.put(name, order)
        self._take_stock(listing, offer, stock_from, quantity)
        self.journal.fact(What.ORDER_PLACED, order=name, shop=key, platform=home, sku=offer.sku, value=str(quantity))
        self.journal.fact(What.ORDER_PAID, order=name, shop=key, platform=home, sku=offer.sku)
        if home is TOKOPEDIA:
            give_time(self, name)
        return order

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
            self.hold(order, platform, status)

    # -- catalogue -----------------------------------------------------------------------------------------------------

    def set_price(self, listing: Listing, offer: Offer, price: int) -> None:
        """Give an offer another price, in whole rupiah."""
        self._replace_offer(listing, replace(offer, price=price))
        self.journal.fact(What.PRICE_SET, shop=listing.shop, platform=listing.platform, sku=offer.sku, value=str(price))

    def set_stock(self, listing: Listing, offer: Offer, warehouse: str, units: int) -> None:
        """Give an offer another number of units in one warehouse."""
        stock = tuple((name, units if name == warehouse else held) for name, held in offer.stock)
        self._replace_offer(listing, replace(offer, stock=stock))
        self.journal.fact(What.STOCK_SET, shop=listing.shop, platform=listing.platform, sku=offer.sku, value=f"{warehouse}: {units}")

    def set_stock_by_hand(self, key: str, platform: Platform, sku: str, units: int) -> None:
        """The seller sets the units of his default warehouse in a platform's own console.

        Raises:
            WorldError: that platform sells no such SKU.
        """
        listing = self.listing_of_sku(platform, key, sku)
        if listing is None:
            msg = f"{sku} is not sold on {platform.label}; name a SKU that is"
            raise WorldError(msg)
        warehouse = next(one.name for one in self.shops[key].warehouses if one.is_default)
        self.set_stock(listing, next(one for one in listing.offers if one.sku == sku), warehouse, units)

    def edit(self, listing: Listing, **changes: Any) -> Listing:  # noqa: ANN401 - the listing's own fields
        """Change what a listing says."""
        edited = self.listings.put(listing.key, replace(listing, updated_at=self.clock.now, **changes))
        self.journal.fact(
            What.PRODUCT_EDITED,
            shop=listing.shop,
            platform=listing.platform,
            sku=listing.offers[0].sku,
            value=", ".join(sorted(changes)),
        )
        return edited

    def _replace_offer(self, listing: Listing, offer: Offer) -> None:
        current = self.listings[listing.key]
        offers = tuple(offer if one.id == offer.id else one for one in current.offers)
        self.listings.put(listing.key, replace(current, offers=offers, updated_at=self.clock.now))
