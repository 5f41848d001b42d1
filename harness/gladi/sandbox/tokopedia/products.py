"""Get Product Info, by ids of either platform, by SKU, or a shop's list page by page."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from gladi.record.words import TOKOPEDIA
from gladi.sandbox.leniency import lenient
from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import envelope, refusals
from gladi.sandbox.tokopedia.listings import Product, either_side, printed, rows
from gladi.sandbox.tokopedia.reading import number
from gladi.sandbox.world.records import ListingStatus

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.tokopedia.desk import Deed, Desk
    from gladi.sandbox.world.records import Shop

__all__ = ["get_product_info"]

_PER_PAGE = 50
_REACH = 10_000
"""How far `page` reaches; beyond it the platform asks for `last_sort`, which is not imitated."""


def get_product_info(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `GET /inventory/v1/fs/:fs_id/product/info`. With an id or a SKU, `shop_id` only narrows the search."""
    ask = arrival.request.params
    if "shop_id" in ask:
        desk.shop_in_query(arrival, refusals.PRODUCT_SHOP_EMPTY, refusals.PRODUCT_SHOP_FORMAT)
    ids = ask.get("product_id")
    if ids is None and "product" in ask:
        lenient(arrival, desk.world.settings, "seed_product_query", refusals.PRODUCT_SHOP_EMPTY)
        ids = ask["product"]
    if ids is not None and "sku" in ask:
        raise Refused(refusals.TWO_PRODUCT_SELECTORS)
    if ids is not None:
        return _by_ids(desk, arrival, ids)
    if "sku" in ask:
        return _by_sku(desk, arrival, ask["sku"])
    return _by_page(desk, arrival)


def _by_ids(desk: Desk, arrival: Arrival, ids: str) -> Deed:
    if ids.count(",") >= _PER_PAGE:
        raise Refused(refusals.PRODUCT_PER_PAGE_RANGE)
    wanted = [number(one.strip(), refusals.PRODUCT_ID_NOT_NUMERIC, least=1) for one in ids.split(",")]
    found = {product.id: product for one in wanted if (product := either_side(desk.world, one)) is not None}
    if len(wanted) > 1:
        arrival.assumes.append("tokopedia.some_products_missing")
    return _shown(desk, arrival, list(found.values()))


def _by_sku(desk: Desk, arrival: Arrival, sku: str) -> Deed:
    shops = [arrival.shop] if arrival.shop is not None else desk.world.tokopedia_shops()
    found: list[Product] = []
    for shop in shops:
        listing = desk.world.listing_of_sku(TOKOPEDIA, shop.key, sku)
        if listing is not None and listing.status is not ListingStatus.DELETED:
            found += [Product(listing, offer) for offer in listing.offers if offer.sku == sku]
    return _shown(desk, arrival, found)


def _by_page(desk: Desk, arrival: Arrival) -> Deed:
    shop = desk.shop_in_query(arrival, refusals.PRODUCT_SHOP_EMPTY, refusals.PRODUCT_SHOP_FORMAT)
    ask = arrival.request.params
    if not ask.get("page"):
        raise Refused(refusals.PRODUCT_PAGE_EMPTY)
    if not ask.get("per_page"):
        raise Refused(refusals.PRODUCT_PER_PAGE_EMPTY)
    page = number(ask["page"], refusals.PRODUCT_PAGE_FORMAT, least=1)
    per_page = number(ask["per_page"], refusals.PRODUCT_PER_PAGE_RANGE, least=1)
    if per_page > _PER_PAGE:
        raise Refused(refusals.PRODUCT_PER_PAGE_RANGE)
    arrival.assumes.append("tokopedia.listing_shows_variants")
    start = min((page - 1) * per_page, _REACH)
    listed = desk.world.listings.rows("shop", (TOKOPEDIA, shop.key))
    every = chain.from_iterable(rows(listing) for listing in listed if listing.status is not ListingStatus.DELETED)
    return lambda: _print(desk, arrival, list(islice(every, start, min(start + per_page, _REACH))))


def _shown(desk: Desk, arrival: Arrival, found: list[Product]) -> Deed:
    """Hold what was found against the shop that narrows the search."""
    if not found:
        raise Refused(refusals.PRODUCT_NOT_FOUND)
    narrowed: Shop | None = arrival.shop
    if narrowed is None:
        arrival.shop = desk.world.shops[found[0].listing.shop]
    elif any(product.listing.shop != narrowed.key for product in found):
        raise Refused(refusals.PRODUCT_OF_ANOTHER_SHOP)
    return lambda: _print(desk, arrival, found)


def _print(desk: Desk, arrival: Arrival, found: list[Product]) -> bytes:
    if arrival.shop is not None and arrival.shop.merged_at is not None:
        arrival.assumes.extend(desk.world.settings.assumption("product_map_at_merge"))
        if any(product.listing.twin is not None for product in found):
            arrival.assumes.append("tokopedia.tts_product_id_place")
    return envelope.modern([printed(product, desk.world.shops[product.listing.shop]) for product in found])
