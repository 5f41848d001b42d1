"""Goods as a model takes them over: what the platforms show of a shop's shelves and warehouses, as records of the world."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from gladi.platforms.goods import Depot
from gladi.record.words import SHOP, TOKOPEDIA, Platform
from gladi.sandbox.shop.product_sheet import PRODUCT_STATUS
from gladi.sandbox.tokopedia.listings import STATUS
from gladi.sandbox.world.records import Insurance, Listing, ListingStatus, Offer, Warehouse
from gladi.sandbox.world.storefronts import liveliest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from gladi.platforms.goods import Goods, Item, Product
    from gladi.sandbox.world.records import Shop

__all__ = ["Names", "lacking", "listings_of", "status_of", "warehouses_of"]

T = TypeVar("T")

Names = dict[tuple[Platform, str], str]
"""The world's name of each warehouse, by platform and its id there; units under no id lie in the default one."""

_NO_ID = ("", "0")
_DEFAULT, _NAMED = "the default warehouse", "warehouse "

_WORDS: dict[Platform, dict[str, ListingStatus]] = {
    TOKOPEDIA: {str(word): status for status, word in STATUS.items()},
    SHOP: {word: status for status, word in PRODUCT_STATUS.items()},
}
_ALIKE: tuple[Callable[[Depot], object], ...] = (
    lambda one: one.is_default,
    lambda one: one.postal_code,
    lambda one: one.city.casefold(),
    lambda one: one.name.casefold(),
)
"""What tells that two warehouses are one, as no platform names the other's id: both are the default, or they lie in one place."""


def warehouses_of(goods: Mapping[Platform, Goods], shop: Shop) -> tuple[tuple[Warehouse, ...], Names]:
    """Give the warehouses of a shop, each with its id on either platform, and their names; who tells of none keeps those of `shop`."""
    depots = {platform: _depots(goods.get(platform)) or _kept(shop, platform) for platform in Platform}
    found: list[tuple[Depot | None, Depot | None]] = []
    for alike in _ALIKE:
        for here in list(depots[TOKOPEDIA]):
            there = next((one for one in depots[SHOP] if alike(here) and alike(one) == alike(here)), None)
            if there is not None:
                found.append((here, there))
                depots[TOKOPEDIA].remove(here)
                depots[SHOP].remove(there)
    found += [(here, None) for here in depots[TOKOPEDIA]] + [(None, there) for there in depots[SHOP]]
    default = next((pair for pair in found if any(one is not None and one.is_default for one in pair)), found[0])
    names: Names = {(platform, nowhere): _DEFAULT for platform in Platform for nowhere in _NO_ID}
    warehouses: list[Warehouse] = []
    for pair in found:
        known = {platform: one for platform, one in zip((TOKOPEDIA, SHOP), pair, strict=True) if one is not None}
        # What a seller calls it may be somebody's name, and the facts of a journal name it.
        name = _DEFAULT if pair == default else _name(known, shop, taken={one.name for one in warehouses})
        warehouses.append(_warehouse(known, name))
        names |= {(platform, one.id): name for platform, one in known.items()}
    return tuple(warehouses), names


def _name(depots: Mapping[Platform, Depot], shop: Shop, *, taken: set[str]) -> str:
    """Name a warehouse as before, if one of its ids is known, and else by an id; no two alike, as platforms may give the same id."""
    ids = {(platform, one.id) for platform, one in depots.items()}
    before = [one.name for one in shop.warehouses if ids & {(TOKOPEDIA, str(one.tokopedia_id)), (SHOP, one.shop_id)}]
    platform = SHOP if SHOP in depots else TOKOPEDIA
    name = f"{_NAMED}{depots[platform].id}"
    kept = [one for one in before if one.startswith(_NAMED)]
    return next(one for one in chain(kept, [name], (f"{name} ({at})" for at in count(2))) if one not in taken)


def _depots(goods: Goods | None) -> list[Depot]:
    """Give the warehouses that a platform lists, and those that only its stock names."""
    if goods is None:
        return []
    listed = {one.id: one for one in goods.depots if one.id not in _NO_ID}
    stocked = (depot for one in goods.products for item in one.items for depot in item.stock)
    held = dict.fromkeys(depot for depot in stocked if depot not in listed and depot not in _NO_ID)
    return [*listed.values(), *(Depot(id=depot, name=depot) for depot in held)]


def _kept(shop: Shop, platform: Platform) -> list[Depot]:
    return [
        Depot(
            id=depot,
            name=one.name,
            is_default=one.is_default,
            city=one.city,
            province=one.province,
            district=one.district,
            postal_code=one.postal_code,
            latitude=one.latitude,
            longitude=one.longitude,
        )
        for one in shop.warehouses
        if (depot := str(one.tokopedia_id) if platform is TOKOPEDIA else one.shop_id) not in _NO_ID
    ]


def _warehouse(depots: Mapping[Platform, Depot], name: str) -> Warehouse:
    known = depots.get(SHOP) or depots[TOKOPEDIA]
    return Warehouse(
        name=name,
        tokopedia_id=int(depots[TOKOPEDIA].id) if TOKOPEDIA in depots else 0,
        shop_id=depots[SHOP].id if SHOP in depots else "",
        city=known.city,
        province=known.province,
        district=known.district,
        postal_code=known.postal_code,
        latitude=known.latitude,
        longitude=known.longitude,
        is_default=name == _DEFAULT,
    )


def listings_of(  # noqa: PLR0913 - what is taken over, and all that it is laid over
    goods: Mapping[Platform, Goods],
    platform: Platform,
    key: str,
    *,
    names: Names,
    before: Callable[[tuple[Platform, str]], Listing | None],
    now: int,
) -> list[Listing]:
    """Give the listings of a shop on a platform, over what `before` knows of each; what a platform does not tell stays as it was."""
    twins = {one.twin: one.id for one in goods[TOKOPEDIA].products if one.twin} if TOKOPEDIA in goods else None
    found: list[Listing] = []
    for one in goods[platform].products:
        listing = _listing(platform, key, one, names, before((platform, one.id)), now)
        if platform is TOKOPEDIA:
            listing = replace(listing, twin=one.twin)
        elif twins is not None:
            listing = replace(listing, twin=twins.get(one.id))
        if listing.status is not ListingStatus.DELETED:
            found.append(listing)
    return found


def status_of(platform: Platform, product: Product) -> ListingStatus:
    """Give how a product stands on a platform: the liveliest of how it stands in the apps."""
    standing = _standing(platform, product).values()
    return liveliest(standing) if standing else ListingStatus.DRAFT


def _standing(platform: Platform, product: Product) -> dict[Platform, ListingStatus]:
    return {app: _WORDS[platform].get(word, ListingStatus.SUSPENDED) for app, word in product.standing.items()}


def _listing(platform: Platform, key: str, product: Product, names: Names, before: Listing | None, now: int) -> Listing:  # noqa: PLR0913, PLR0917 - as above
    standing, status = _standing(platform, product), status_of(platform, product)
    listing = before or Listing(
        platform=platform,
        id=product.id,
        shop=key,
        title=product.title,
        description="",
        category="0",
        status=status,
        offers=(),
        created_at=product.created_at,
        updated_at=now,
    )
    seen = replace(
        listing,
        title=product.title or listing.title,
        description=listing.description if product.description is None else product.description,
        insurance=Insurance.__members__.get(product.insurance or "", listing.insurance),
        is_pre_owned=listing.is_pre_owned if product.is_pre_owned is None else product.is_pre_owned,
        minimum_order=product.minimum_order or listing.minimum_order,
        category=product.category if product.category.isdigit() and int(product.category) else listing.category,
        status=status,
        offers=tuple(_offer(platform, item, names, alone=len(product.items) == 1) for item in product.items),
        created_at=product.created_at or listing.created_at,
        shown_on=tuple(app for app in Platform if standing.get(app) is status) or (platform,),
        apart=tuple((app, standing[app]) for app in Platform if app in standing and standing[app] is not status),
    )
    return seen if before is None or seen == before else replace(seen, updated_at=now)


def _offer(platform: Platform, item: Item, names: Names, *, alone: bool) -> Offer:
    held = {names[platform, ""]: 0}
    for depot, units in item.stock.items():
        held[names[platform, depot]] = held.get(names[platform, depot], 0) + units
    return Offer(
        id=item.id,
        sku=item.sku,
        variant="" if alone else (item.sku or item.id),
        price=item.price,
        stock=tuple(held.items()),
        handling_days=item.handling_days,
        released_at=item.released_at,
    )


def lacking(goods: Mapping[Platform, Goods]) -> list[str]:
    """Give what a test shop has to sell besides, before its merge, so that price, stock and shelves can be rehearsed with it."""
    active = {platform: _skus(one for one in goods[platform].products if _is_active(platform, one)) for platform in Platform}
    default = {platform: {one.id for one in goods[platform].depots if one.is_default} | {""} for platform in Platform}
    both = active[TOKOPEDIA].keys() & active[SHOP].keys()
    whole = {sku for sku in both if all(_lies_in(active[platform][sku], default[platform]) for platform in Platform)}
    missing: list[str] = []
    if not whole:
        missing.append(
            f"a product that is active on {TOKOPEDIA.label} and on {SHOP.label} under one seller SKU, all of it in the default warehouse"
        )
    for here, there in ((TOKOPEDIA, SHOP), (SHOP, TOKOPEDIA)):
        if not active[here].keys() - active[there].keys():
            missing.append(f"a product with a seller SKU that is active on {here.label} alone")
    return missing


def _skus(products: Iterable[Product]) -> dict[str, Item]:
    return {item.sku: item for one in products for item in one.items if item.sku}


def _is_active(platform: Platform, product: Product) -> bool:
    return any(_WORDS[platform].get(word) is ListingStatus.ACTIVE for word in product.standing.values())


def _lies_in(item: Item, depots: set[str]) -> bool:
    return not any(units for depot, units in item.stock.items() if depot not in depots)
