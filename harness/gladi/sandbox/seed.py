"""From a seed, a small but real seller: two warehouses, products with variants, and orders in every lawful status."""

from __future__ import annotations

from functools import lru_cache
from random import Random

from msgspec.structs import replace

from gladi.record.words import SHOP, TOKOPEDIA, Platform, SellerKind
from gladi.sandbox.world.ids import shop_side_id
from gladi.sandbox.world.indexes import listing_places, order_indexes
from gladi.sandbox.world.records import Buyer, Line, Listing, ListingStatus, Offer, Order, OrderStatus, Shop, View, Warehouse
from gladi.sandbox.world.table import Base
from gladi.sandbox.world.world import Seeded

__all__ = ["BEGINNING", "seller"]

BEGINNING = 1_740_967_200_000
"""2025-03-03 09:00 WIB, in milliseconds: a Monday after the last update of both documents."""

_DAY = 86_400_000
_NAMES = ("Melati", "Kenanga", "Cempaka", "Anggrek", "Dahlia", "Flamboyan", "Teratai", "Wijaya", "Sumber", "Makmur")
_PEOPLE = ("Ayu Lestari", "Budi Santoso", "Citra Dewi", "Dimas Pratama", "Eka Putri", "Fajar Nugroho", "Gita Maharani", "Hadi Wibowo")
_GOODS: tuple[tuple[str, str, tuple[str, ...], int], ...] = (
    ("Batik Shirt Parang", "BTK-PRG", ("S", "M", "L", "XL"), 185_000),
    ("Batik Shirt Kawung", "BTK-KWG", ("M", "L"), 179_000),
    ("Linen Kaftan", "KFT-LIN", ("S", "M", "L"), 249_000),
    ("Rattan Bag", "BAG-RTN", ("Natural", "Black"), 132_000),
    ("Gayo Coffee 250 g", "COF-GYO", ("Beans", "Ground"), 78_000),
    ("Toraja Coffee 250 g", "COF-TRJ", ("Beans", "Ground"), 84_000),
    ("Songket Scarf", "SCF-SKT", ("Red", "Gold", "Green"), 96_000),
    ("Teak Serving Tray", "TRY-TEK", (), 155_000),
    ("Bamboo Tumbler", "TMB-BMB", (), 67_000),
    ("Ceramic Cup", "CUP-CRM", ("White", "Blue"), 45_000),
    ("Aromatherapy Candle", "CDL-ARM", ("Jasmine", "Sandalwood"), 59_000),
    ("Handwoven Mat", "MAT-WVN", (), 210_000),
    ("Silver Ring", "RNG-SLV", ("6", "7", "8"), 325_000),
    ("Wooden Puzzle", "PZL-WDN", (), 89_000),
)
_ON_TOKOPEDIA = 12
"""The first twelve goods are sold on Tokopedia; from the ninth on, goods are sold on Tokopedia & Shop as well, or there alone."""
_ON_SHOP_FROM = 8
_FROM_ONE_WAREHOUSE = 8
"""Kept in the default warehouse alone, so that all its units are the ones that a system sets."""
_SUSPENDED = 11
_INACTIVE = 10

_SEEN_ON_SHOP_ONLY = frozenset((OrderStatus.ON_HOLD, OrderStatus.PARTLY_ARRANGED))
_SEEN_ON_TOKOPEDIA_ONLY = frozenset(
    (
        OrderStatus.CONFIRMING_PAYMENT,
        OrderStatus.AWAITING_PARTNER,
        OrderStatus.ACCEPTED,
        OrderStatus.NUMBER_MISSING,
        OrderStatus.NUMBER_WRONG,
        OrderStatus.NUMBER_DISPUTED,
        OrderStatus.AT_PICKUP_POINT,
        OrderStatus.COMING_BACK,
        OrderStatus.CASE_OPEN,
        OrderStatus.UNDER_REVIEW,
        OrderStatus.REJECTED,
        OrderStatus.EXPIRED,
        OrderStatus.OUT_OF_STOCK,
        OrderStatus.FRAUDULENT,
    )
)
_UNSETTLED = frozenset(
    (
        OrderStatus.UNPAID,
        OrderStatus.CONFIRMING_PAYMENT,
        OrderStatus.ON_HOLD,
        OrderStatus.PAID,
        OrderStatus.AWAITING_PARTNER,
        OrderStatus.ACCEPTED,
        OrderStatus.PARTLY_ARRANGED,
    )
)
_UNPAID = frozenset((OrderStatus.UNPAID, OrderStatus.CONFIRMING_PAYMENT))


@lru_cache(maxsize=8)
def seller(
    seed: int = 0, *, sellers: int = 1, orders: int = 0, solely_on_shop: tuple[str, ...] = (), new_here: tuple[str, ...] = ()
) -> Seeded:
    """Build what a rehearsal begins with; `orders` more finished ones are laid under each seller, for size.

    The sellers of the shops `solely_on_shop` and `new_here` have no Tokopedia store, and the latter no past either. The same arguments
    give the same records, and every world over them shares them.
    """
    chance = Random(f"seller {seed}")
    kinds = dict.fromkeys(solely_on_shop, SellerKind.SOLELY_ON_SHOP) | dict.fromkeys(new_here, SellerKind.NEW_HERE)
    shops = [_without_tokopedia(shop, kinds.get(shop.key)) for shop in (_shop(seed, number, chance) for number in range(1, sellers + 1))]
    buyers = tuple(_buyer(seed, number, chance) for number in range(1, 9))
    listings = [listing for shop in shops for listing in _kept(shop, _listings(seed, shop, chance))]
    placed = [
        order
        for number, shop in enumerate(shops)
        if shop.begins_as is not SellerKind.NEW_HERE
        for order in _orders(seed, number, shop, listings, buyers, chance, orders)
    ]
    return Seeded(
        shops=Base(
            ((shop.key, shop) for shop in shops),
            all=lambda shop: [("all", (int(shop.key.partition("-")[2]), shop.key))],
            tokopedia_id=lambda shop: [(shop.tokopedia_id, (shop.key,))] if shop.is_on_tokopedia else [],
            shop_id=lambda shop: [(shop.shop_id, (shop.key,))],
            seller_id=lambda shop: [(shop.seller_id, (shop.key,))],
            cipher=lambda shop: [(shop.cipher, (shop.key,))],
            open_id=lambda shop: [(shop.open_id, (shop.key,))],
        ),
        listings=Base(((listing.key, listing) for listing in listings), **listing_places()),
        orders=Base(((order.key, order) for order in placed), **order_indexes()),
        buyers=buyers,
        seed=seed,
        began_at=BEGINNING,
    )


def _shop(seed: int, number: int, chance: Random) -> Shop:
    tag = f"{seed} shop {number}"
    base = 6_500_000 + seed % 1000 * 10_000 + number
    return Shop(
        key=f"shop-{number}",
        name=f"Toko {_NAMES[(seed + number - 1) % len(_NAMES)]}{f' {number}' if number > len(_NAMES) else ''}",
        owner=_PEOPLE[(seed + number) % len(_PEOPLE)],
        tokopedia_id=base,
        tokopedia_user_id=base * 3 + 1,
        shop_id=shop_side_id(f"{tag} shop", "7495"),
        seller_id=shop_side_id(f"{tag} seller", "7494"),
        cipher=f"ROW_{shop_side_id(f'{tag} cipher', '31')}",
        code=f"IDLC{chance.randrange(16**6):06X}",
        open_id=f"open-{shop_side_id(f'{tag} open', '88')}",
        opened_on="2019-08-17",
        warehouses=(
            _warehouse(tag, base, "Jakarta", "DKI Jakarta", "Tanah Abang", "10250", "-6.1862", "106.8063", is_default=True),
            _warehouse(tag, base, "Surabaya", "Jawa Timur", "Gubeng", "60281", "-7.2797", "112.7508", is_default=False),
        ),
    )


def _without_tokopedia(shop: Shop, kind: SellerKind | None) -> Shop:
    """Take the Tokopedia store from a seller who never had one; what was drawn for it is drawn all the same."""
    if kind is None:
        return shop
    warehouses = tuple(replace(one, tokopedia_id=0) for one in shop.warehouses)
    return replace(shop, begins_as=kind, tokopedia_id=0, tokopedia_user_id=0, warehouses=warehouses)


def _kept(shop: Shop, listings: list[Listing]) -> list[Listing]:
    """Keep the listings of the platforms on which a seller is; one who is new here lists for the buyers of both apps."""
    if shop.is_on_tokopedia:
        return listings
    shown = (SHOP, TOKOPEDIA) if shop.begins_as is SellerKind.NEW_HERE else (SHOP,)
    return [replace(one, shown_on=shown) for one in listings if one.platform is SHOP]


def _warehouse(  # noqa: PLR0913, PLR0917 - a warehouse is an address
    tag: str, base: int, city: str, province: str, district: str, postal_code: str, latitude: str, longitude: str, *, is_default: bool
) -> Warehouse:
    return Warehouse(
        name=city,
        tokopedia_id=base * 10 + (1 if is_default else 2),
        shop_id=shop_side_id(f"{tag} warehouse {city}", "7123"),
        city=city,
        province=province,
        district=district,
        postal_code=postal_code,
        latitude=latitude,
        longitude=longitude,
        is_default=is_default,
    )


def _buyer(seed: int, number: int, chance: Random) -> Buyer:
    return Buyer(
        id=shop_side_id(f"{seed} buyer {number}", "7496"),
        name=_PEOPLE[(seed + number) % len(_PEOPLE)],
        phone=f"62812{chance.randrange(10**8):08d}",
        email=f"buyer{number}.{chance.randrange(10**6):06d}@example.com",
        address=f"Jalan Rehearsal {chance.randrange(1, 200)}",
        city="Bandung",
        province="Jawa Barat",
        district="Coblong",
        postal_code="40132",
    )


def _listings(seed: int, shop: Shop, chance: Random) -> list[Listing]:
    listings: list[Listing] = []
    for at, (title, sku, variants, price) in enumerate(_GOODS):
        units = {variant: (chance.randrange(20, 80), chance.randrange(5, 40)) for variant in variants or ("",)}
        if at == _FROM_ONE_WAREHOUSE:
            units = {variant: (here, 0) for variant, (here, _) in units.items()}
        for platform in (TOKOPEDIA, SHOP):
            if (at >= _ON_TOKOPEDIA) if platform is TOKOPEDIA else (at < _ON_SHOP_FROM):
                continue
            listings.append(_listing(seed, shop, platform, at, title, sku, variants, price, units))
    return listings


def _listing(  # noqa: PLR0913, PLR0917 - one row of the goods
    seed: int,
    shop: Shop,
    platform: Platform,
    at: int,
    title: str,
    sku: str,
    variants: tuple[str, ...],
    price: int,
    units: dict[str, tuple[int, int]],
) -> Listing:
    status = ListingStatus.ACTIVE
    if platform is TOKOPEDIA:
        status = {_SUSPENDED: ListingStatus.SUSPENDED, _INACTIVE: ListingStatus.INACTIVE}.get(at, ListingStatus.ACTIVE)
    here = 2_000_000_000 + shop.tokopedia_id % 1_000_000 * 1000 + at * 10
    listing_id = str(here) if platform is TOKOPEDIA else shop_side_id(f"{seed} {shop.key} listing {sku}", "1729")
    offers = tuple(
        Offer(
            id=(str(here + 1 + index) if variants else listing_id)
            if platform is TOKOPEDIA
            else shop_side_id(f"{seed} {shop.key} offer {sku} {variant}", "1729"),
            sku=f"{sku}-{variant.upper().replace(' ', '')}" if variant else sku,
            variant=variant,
            price=price,
            stock=tuple((warehouse.name, units[variant][which]) for which, warehouse in enumerate(shop.warehouses)),
        )
        for index, variant in enumerate(variants or ("",))
    )
    return Listing(
        platform=platform,
        id=listing_id,
        shop=shop.key,
        title=f"{title} - handmade in Indonesia",
        description=f"{title}, made by hand, packed with care.",
        category=str(600_000 + at),
        status=status,
        offers=offers,
        created_at=BEGINNING - 200 * _DAY + at * 3_600_000,
        updated_at=BEGINNING - 100 * _DAY,
        shown_on=(platform,),
    )


def _orders(  # noqa: PLR0913, PLR0917 - one seller's history
    seed: int, shop_number: int, shop: Shop, listings: list[Listing], buyers: tuple[Buyer, ...], chance: Random, more: int
) -> list[Order]:
    wanted: list[tuple[Platform, OrderStatus]] = []
    for status in OrderStatus:
        if status not in _SEEN_ON_SHOP_ONLY:
            wanted.append((TOKOPEDIA, status))
        if status not in _SEEN_ON_TOKOPEDIA_ONLY:
            wanted.append((SHOP, status))
    wanted += [((TOKOPEDIA, SHOP)[extra % 2], OrderStatus.COMPLETED) for extra in range(more)]
    if not shop.is_on_tokopedia:
        wanted = [(platform, status) for platform, status in wanted if platform is SHOP]
    on_sale = {
        platform: [one for one in listings if one.shop == shop.key and one.platform is platform and one.status is ListingStatus.ACTIVE]
        for platform in Platform
    }
    orders: list[Order] = []
    for at, (platform, status) in enumerate(wanted, start=1):
        number = shop_number * 10_000_000 + at
        key = f"OLD-{number:03d}"
        hours = chance.randrange(2, 20) if status in _UNSETTLED else chance.randrange(72, 24 * 90)
        placed_at = BEGINNING - hours * 3_600_000 - at * 1000
        listing = on_sale[platform][at % len(on_sale[platform])]
        offer = listing.offers[at % len(listing.offers)]
        view = View(
            id=str(1_100_000_000 + number) if platform is TOKOPEDIA else shop_side_id(f"{seed} {key}", "576"),
            status=status,
            updated_at=placed_at + 3_600_000,
            package=shop_side_id(f"{seed} package {key}", "1153") if platform is SHOP and status is not OrderStatus.UNPAID else None,
            tracking="" if status in _UNSETTLED else f"GLD{number:010d}",
            accepted_at=placed_at + 600_000 if status is OrderStatus.ACCEPTED else None,
        )
        orders.append(
            Order(
                key=key,
                number=number,
                shop=shop.key,
                bought_on=platform,
                placed_at=placed_at,
                paid_at=None if status in _UNPAID else placed_at,
                buyer=buyers[at % len(buyers)],
                lines=(
                    Line(listing=listing.id, offer=offer.id, sku=offer.sku, title=listing.title, price=offer.price, quantity=1 + at % 3),
                ),
                warehouse=shop.warehouses[at % 2].name,
                shipping_fee=9_000,
                insurance_fee=500,
                invoice=f"INV/2025/MPL/{7_000_000_000 + number}",
            ).seen(platform, view)
        )
    return orders
