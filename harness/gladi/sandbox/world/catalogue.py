"""The catalogue: what the shops of both platforms have on their shelves, at which price, in which warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from gladi.record.journal import What
from gladi.sandbox.world.faults import WorldError
from gladi.sandbox.world.table import Table

if TYPE_CHECKING:
    from gladi.record.clock import Clock
    from gladi.record.journal import Journal
    from gladi.record.words import Platform, Stage
    from gladi.sandbox.settings import Settings
    from gladi.sandbox.world.records import Listing, Offer, Shop
    from gladi.sandbox.world.seeded import Seeded

__all__ = ["Catalogue"]


class Catalogue:
    """Shops and their listings, and what may be changed about them."""

    def __init__(self, seeded: Seeded, *, clock: Clock, journal: Journal, settings: Settings) -> None:
        """Lay a fresh catalogue over a seeded one."""
        self.clock = clock
        self.journal = journal
        self.settings = settings
        self.shops: Table[Shop] = Table(seeded.shops)
        self.listings: Table[Listing] = Table(seeded.listings)
        self._seeded = seeded

    @property
    def seed(self) -> int:
        """The seed from which the seller was made; what an API makes up (tokens, ids) is made from it too."""
        return self._seeded.seed

    @property
    def began_at(self) -> int:
        """The instant at which the rehearsal begins; what is older is the seller's past."""
        return self._seeded.began_at

    # -- finding things ------------------------------------------------------------------------------------------------

    def all_shops(self) -> list[Shop]:
        """Give every shop in the order of their names."""
        return list(self.shops.rows("all", "all"))

    def tokopedia_shops(self) -> list[Shop]:
        """Give every shop that has a Tokopedia store, in the order of their names."""
        return [shop for shop in self.all_shops() if shop.is_on_tokopedia]

    def shop_where(self, word: str, value: object) -> Shop | None:
        """Find a shop by `tokopedia_id`, `shop_id`, `seller_id`, `cipher` or `open_id`."""
        return self.shops.first(word, value)

    def stage(self, shop: str) -> Stage:
        """Tell where the merge of a shop stands."""
        return self.shops[shop].stage

    def listing(self, platform: Platform, listing_id: str) -> Listing | None:
        """Find a listing by its id on its platform."""
        return self.listings.get((platform, listing_id))

    def listing_of_offer(self, platform: Platform, offer_id: str) -> Listing | None:
        """Find the listing that holds an offer."""
        return self.listings.first("offer", (platform, offer_id))

    def listing_of_sku(self, platform: Platform, shop: str, sku: str) -> Listing | None:
        """Find the listing that sells a seller SKU on a platform."""
        return self.listings.first("offer", (platform, shop, sku))

    # -- changing them -------------------------------------------------------------------------------------------------

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
