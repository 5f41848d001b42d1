"""What a model takes over of a shop's goods, product by product and warehouse by warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from gladi.platforms.goods import Depot, Goods, Item, Product
from gladi.play.faults import UncuedError
from gladi.play.live.goods import lacking, warehouses_of
from gladi.play.live.stock import Stock
from gladi.record.words import SHOP, TOKOPEDIA, Platform
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.seed import seller
from gladi.sandbox.shop.shops import warehouse_of
from gladi.sandbox.world.records import Insurance, Listing, ListingStatus

if TYPE_CHECKING:
    from collections.abc import Collection

HERE = Depot(id="5", name="Gudang", is_default=True, postal_code="10250", city="Jakarta")
THERE = Depot(id="71", name="Warehouse one", is_default=True, postal_code="60281", city="Surabaya")


class Shown:
    """Eyes that see these goods, and nothing on a platform that is left out."""

    def __init__(self, **goods: Goods) -> None:
        """Show `tokopedia` and `shop`."""
        self.shown = {Platform(name): one for name, one in goods.items()}

    def goods(self, platform: Platform, *, in_detail: Collection[str] = ()) -> Goods:  # noqa: ARG002 - all is shown
        if platform not in self.shown:
            raise UncuedError("refused")
        return self.shown[platform]


def product(name: str, *skus: str, status: str = "1", depot: str = "5", units: int = 3, twin: str | None = None) -> Product:
    """Give a product of Tokopedia, or of the shop where `status` is a word."""
    platform = TOKOPEDIA if status.lstrip("-").isdigit() else SHOP
    items = tuple(
        Item(id=f"{name}{at}" if len(skus) > 1 else name, sku=sku, price=10_000, stock={depot: units}) for at, sku in enumerate(skus)
    )
    return Product(id=name, title=f"Product {name}", standing={platform: status}, items=items, twin=twin)


def taken_over(sandbox: Sandbox | None = None, /, **goods: Goods) -> tuple[Sandbox, list[str]]:
    """Let a model bear goods, anew or once more; give it with what differed."""
    if sandbox is None:
        sandbox = Sandbox(seeded=seller(0).without_orders().without_listings(Platform(name) for name in goods))
    return sandbox, Stock(Shown(**goods)).borne_by(sandbox.world, "shop-1")  # type: ignore[arg-type]


def listed(sandbox: Sandbox, platform: Platform, name: str) -> Listing:
    found = sandbox.world.listing(platform, name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("here", "there", "pairs"),
    [
        ((HERE,), (THERE,), {("5", "71")}),
        ((HERE, Depot(id="6", name="B", postal_code="1")), (THERE, Depot(id="72", name="C", postal_code="1")), {("5", "71"), ("6", "72")}),
        ((HERE, Depot(id="6", name="B", city="BOGOR")), (THERE, Depot(id="72", name="C", city="Bogor")), {("5", "71"), ("6", "72")}),
        ((HERE, Depot(id="6", name="b")), (THERE, Depot(id="72", name="B")), {("5", "71"), ("6", "72")}),
        ((HERE, Depot(id="6", name="B")), (THERE, Depot(id="72", name="C")), {("5", "71"), ("6", ""), ("0", "72")}),
        ((Depot(id="6", name="B"),), (Depot(id="72", name="C"),), {("6", ""), ("0", "72")}),
    ],
    ids=["the default", "a postal code", "a city", "a name", "nothing alike", "no default"],
)
def test_warehouses_of_both_platforms_are_paired_by_what_they_have_in_common(
    here: tuple[Depot, ...], there: tuple[Depot, ...], pairs: set[tuple[str, str]]
) -> None:
    shop = next(iter(seller(0).shops.records.values()))

    warehouses, names = warehouses_of({TOKOPEDIA: Goods(depots=here), SHOP: Goods(depots=there)}, shop)

    assert {(str(one.tokopedia_id), one.shop_id) for one in warehouses} == pairs
    assert [one.is_default for one in warehouses].count(True) == 1
    assert len({one.name for one in warehouses}) == len(warehouses)
    assert names[TOKOPEDIA, ""] == names[SHOP, ""] == next(one.name for one in warehouses if one.is_default)


def test_a_platform_that_tells_of_no_warehouse_keeps_those_that_the_model_had() -> None:
    shop = next(iter(seller(0).shops.records.values()))

    warehouses, _ = warehouses_of({TOKOPEDIA: Goods(depots=(HERE,))}, shop)

    assert {one.shop_id for one in warehouses} == {one.shop_id for one in shop.warehouses}
    assert next(one for one in warehouses if one.is_default).tokopedia_id == 5


def test_a_warehouse_bears_no_name_that_its_seller_gave_it() -> None:
    shop = next(iter(seller(0).shops.records.values()))
    goods = {TOKOPEDIA: Goods(depots=(HERE,)), SHOP: Goods(depots=(THERE, Depot(id="72", name="Budi's house")))}

    warehouses, _ = warehouses_of(goods, shop)

    assert [one.name for one in warehouses] == ["the default warehouse", "warehouse 72"]


def test_units_lie_where_the_platform_says_and_the_default_warehouse_is_always_told_of() -> None:
    far = Depot(id="6", name="Far")
    sandbox, _ = taken_over(tokopedia=Goods(products=(product("100", "A", depot="6"), product("101", "B", depot="")), depots=(HERE, far)))

    units = [dict(listed(sandbox, TOKOPEDIA, name).offers[0].stock) for name in ("100", "101")]

    assert [sorted(one.values()) for one in units] == [[0, 3], [3]]


def test_a_warehouse_that_only_the_stock_names_is_one() -> None:
    sandbox, _ = taken_over(shop=Goods(products=(product("1729", "A", status="ACTIVATE", depot="99"),), depots=(THERE,)))

    assert {"71", "99"} <= {one.shop_id for one in sandbox.world.shops["shop-1"].warehouses}


def test_units_in_several_warehouses_of_one_platform_are_told_apart_however_often_they_are_read() -> None:
    depots = (HERE, Depot(id="6", name="Far", postal_code="2"), Depot(id="8", name="Further", postal_code="3"))
    one = Product(id="100", title="T", standing={TOKOPEDIA: "1"}, items=(Item(id="100", sku="A", price=1, stock={"5": 5, "6": 7, "8": 9}),))
    goods = Goods(products=(one,), depots=depots)
    sandbox, _ = taken_over(tokopedia=goods)

    again = [taken_over(sandbox, tokopedia=goods)[1] for _ in range(2)]

    assert again == [[], []]
    assert {name for (_, depot), name in warehouses_of({TOKOPEDIA: goods}, sandbox.world.shops["shop-1"])[1].items() if not depot} == {
        "the default warehouse"
    }
    assert sorted(units for _, units in listed(sandbox, TOKOPEDIA, "100").offers[0].stock) == [5, 7, 9]


def test_two_places_that_bear_the_same_id_on_either_platform_are_two() -> None:
    here = Goods(products=(product("100", "A", depot="6", units=3),), depots=(HERE, Depot(id="6", name="B")))
    there = Goods(products=(product("1729", "A", status="ACTIVATE", depot="6", units=4),), depots=(THERE, Depot(id="6", name="C")))
    sandbox, _ = taken_over(tokopedia=here, shop=there)

    _, again = taken_over(sandbox, tokopedia=here, shop=there)

    warehouses = sandbox.world.shops["shop-1"].warehouses
    assert [(one.name, one.tokopedia_id, one.shop_id) for one in warehouses] == [
        ("the default warehouse", 5, "71"),
        ("warehouse 6", 6, ""),
        ("warehouse 6 (2)", 0, "6"),
    ]
    assert (again, listed(sandbox, SHOP, "1729").offers[0].stock) == ([], (("the default warehouse", 0), ("warehouse 6 (2)", 4)))


def test_units_under_no_id_lie_in_the_default_warehouse_with_those_under_its_own() -> None:
    one = Product(id="100", title="T", standing={TOKOPEDIA: "1"}, items=(Item(id="100", sku="A", price=1, stock={"5": 5, "": 1, "0": 2}),))

    sandbox, _ = taken_over(tokopedia=Goods(products=(one,), depots=(HERE,)))

    assert listed(sandbox, TOKOPEDIA, "100").offers[0].stock == (("the default warehouse", 8),)
    assert "0" not in {one.name.removeprefix("warehouse ") for one in sandbox.world.shops["shop-1"].warehouses}


def test_an_order_goes_along_with_the_warehouse_that_it_leaves_from() -> None:
    far = (Depot(id="6", name="Far", city="Bogor"), Depot(id="72", name="Far", city="Bogor"))
    here = Goods(products=(product("100", "A", depot="6"),), depots=(HERE, far[0]))
    sandbox, _ = taken_over(tokopedia=here, shop=Goods(depots=(THERE,)))
    order = sandbox.world.place_order("shop-1", on=TOKOPEDIA, sku="A").key

    left_from = []
    for tokopedia, shop in (((HERE, far[0]), (THERE, far[1])), ((HERE,), (THERE, far[1])), ((HERE,), (THERE,))):
        taken_over(sandbox, tokopedia=Goods(depots=tokopedia), shop=Goods(depots=shop))
        place = warehouse_of(sandbox.world.shops["shop-1"], sandbox.world.orders[order].warehouse)
        left_from.append((sandbox.world.orders[order].warehouse, place.tokopedia_id, place.shop_id))

    assert left_from == [("warehouse 6", 6, "72"), ("warehouse 6", 0, "72"), ("the default warehouse", 5, "71")]


def test_two_warehouses_that_turn_out_to_be_one_are_one_to_orders_too() -> None:
    here, there = Depot(id="6", name="B"), Depot(id="72", name="C")
    goods = Goods(products=(product("1729", "A", status="ACTIVATE", depot="72"),), depots=(THERE, there))
    sandbox, _ = taken_over(tokopedia=Goods(depots=(HERE, here)), shop=goods)
    order = sandbox.world.place_order("shop-1", on=SHOP, sku="A")

    taken_over(sandbox, tokopedia=Goods(depots=(HERE, Depot(id="6", name="c"))), shop=goods)

    assert (order.warehouse, sandbox.world.orders[order.key].warehouse) == ("warehouse 72", "warehouse 6")
    assert [one.name for one in sandbox.world.shops["shop-1"].warehouses] == ["the default warehouse", "warehouse 6"]


def test_a_place_that_is_no_more_is_shown_as_the_default_one() -> None:
    shop = next(iter(seller(0).shops.records.values()))

    assert warehouse_of(shop, "gone") == next(one for one in shop.warehouses if one.is_default)


@pytest.mark.parametrize(
    ("word", "status"),
    [("-2", ListingStatus.SUSPENDED), ("3", ListingStatus.INACTIVE), ("FREEZE", ListingStatus.SUSPENDED), ("DRAFT", ListingStatus.DRAFT)],
)
def test_a_status_is_read_by_its_platforms_own_word(word: str, status: ListingStatus) -> None:
    name = "tokopedia" if word.lstrip("-").isdigit() else "shop"

    sandbox, _ = taken_over(**{name: Goods(products=(product("100", "A", status=word),))})

    assert listed(sandbox, Platform(name), "100").status is status


def test_a_product_stands_in_each_app_as_its_platform_says() -> None:
    one = Product(
        id="1729", title="T", standing={SHOP: "SELLER_DEACTIVATED", TOKOPEDIA: "ACTIVATE"}, items=(Item(id="1", sku="A", price=1),)
    )

    sandbox, _ = taken_over(shop=Goods(products=(one,)))

    listing = listed(sandbox, SHOP, "1729")
    assert (listing.status, listing.shown_on) == (ListingStatus.ACTIVE, (TOKOPEDIA,))
    assert listing.apart == ((SHOP, ListingStatus.INACTIVE),)


def test_twins_are_those_that_tokopedia_tells_of() -> None:
    here, there = product("100", "A", twin="1729"), product("1729", "A", status="ACTIVATE")

    sandbox, _ = taken_over(tokopedia=Goods(products=(here,)), shop=Goods(products=(there,)))

    assert (listed(sandbox, TOKOPEDIA, "100").twin, listed(sandbox, SHOP, "1729").twin) == ("1729", "100")


def test_what_is_sold_no_more_answers_to_no_sku() -> None:
    sandbox, _ = taken_over(tokopedia=Goods(products=(product("100", "A"), product("101", "B"))))

    taken_over(sandbox, tokopedia=Goods(products=(product("102", "A"), product("101", "B", status="0"))))

    found = [sandbox.world.listing_of_sku(TOKOPEDIA, "shop-1", sku) for sku in ("A", "B")]
    assert [one and one.id for one in found] == ["102", None]
    assert listed(sandbox, TOKOPEDIA, "100").status is ListingStatus.DELETED


def test_what_the_model_has_deleted_is_left_as_it_was() -> None:
    sandbox, _ = taken_over(tokopedia=Goods(products=(product("100", "A"),)))
    gone = sandbox.world.listings.put((TOKOPEDIA, "100"), replace(listed(sandbox, TOKOPEDIA, "100"), status=ListingStatus.DELETED))

    taken_over(sandbox, tokopedia=Goods(products=(product("101", "B"),)))

    assert listed(sandbox, TOKOPEDIA, "100") is gone


def test_units_are_looked_for_where_a_platform_sells_and_not_in_what_it_has_deleted() -> None:
    old, new = (
        product(name, "A", status=word, depot="71", units=units) for name, word, units in (("1", "DELETED", 0), ("2", "ACTIVATE", 50))
    )
    goods = Goods(products=(old, new), depots=(THERE,))
    sandbox, _ = taken_over(shop=goods)

    units = Stock(Shown(shop=goods)).units_at_the_default_warehouse(SHOP, "A", sandbox.world.shops["shop-1"])  # type: ignore[arg-type]

    assert units == 50


def test_a_listing_was_updated_when_it_was_first_seen_to_differ() -> None:
    sandbox, _ = taken_over(tokopedia=Goods(products=(product("100", "A"), product("101", "B"))))
    began_at = sandbox.clock.now
    sandbox.clock.leap(began_at + 60_000)

    taken_over(sandbox, tokopedia=Goods(products=(product("100", "A", units=2), product("101", "B"))))

    assert [listed(sandbox, TOKOPEDIA, name).updated_at - began_at for name in ("100", "101")] == [60_000, 0]


def test_what_a_list_leaves_out_stays_as_it_was_told_before() -> None:
    told = Product(
        id="1729",
        title="T",
        standing={SHOP: "ACTIVATE"},
        items=(Item(id="1", sku="A", price=1),),
        description="Soft.",
        insurance="REQUIRED",
        is_pre_owned=True,
        minimum_order=3,
    )
    sandbox, _ = taken_over(shop=Goods(products=(told,)))

    taken_over(sandbox, shop=Goods(products=(Product(id="1729", title="New", standing=told.standing, items=told.items),)))

    listing = listed(sandbox, SHOP, "1729")
    assert (listing.title, listing.description, listing.insurance) == ("New", "Soft.", Insurance.REQUIRED)
    assert (listing.is_pre_owned, listing.minimum_order) == (True, 3)


def test_a_difference_is_told_by_price_and_by_units() -> None:
    sandbox, first = taken_over(tokopedia=Goods(products=(product("100", "A"),), depots=(HERE,)))
    other = Product(id="100", title="T", standing={TOKOPEDIA: "1"}, items=(Item(id="100", sku="A", price=12_000, stock={"5": 4}),))

    _, again = taken_over(sandbox, tokopedia=Goods(products=(other,), depots=(HERE,)))

    assert first == []
    assert again == [
        "A has price 12000 on Tokopedia, and the sandbox would have 10000",
        "A has 4 units on Tokopedia, and the sandbox would have 3",
    ]


def test_a_platform_that_is_not_read_keeps_what_the_model_had() -> None:
    sandbox, _ = taken_over(shop=Goods(products=(product("1729", "A", status="ACTIVATE", depot="71"),), depots=(THERE,)))

    warehouses = {one.name for one in sandbox.world.shops["shop-1"].warehouses}
    kept = list(sandbox.world.listings.rows("shop", (TOKOPEDIA, "shop-1")))
    assert len(kept) == 12
    assert {name for one in kept for offer in one.offers for name, _ in offer.stock} <= warehouses


@pytest.mark.parametrize(
    ("here", "there", "count"),
    [
        ((product("100", "A"),), (product("1729", "A", status="ACTIVATE", depot="71"),), 2),
        ((product("100", "A"), product("101", "B")), (product("1729", "A", status="ACTIVATE", depot="71"),), 1),
        ((product("100", "A", depot="6"),), (product("1729", "A", status="ACTIVATE", depot="71"),), 3),
        ((product("100", "A", status="3"),), (product("1729", "A", status="ACTIVATE", depot="71"),), 2),
        ((product("100", ""),), (product("1729", "", status="ACTIVATE", depot="71"),), 3),
        ((product("100", "A", depot=""),), (product("1729", "A", status="ACTIVATE", depot=""),), 2),
    ],
    ids=["both", "both and one alone", "from elsewhere", "not active", "without a name", "in no warehouse that is named"],
)
def test_a_shop_lacks_what_it_does_not_sell_actively_under_a_sku_of_its_own(
    here: tuple[Product, ...], there: tuple[Product, ...], count: int
) -> None:
    goods = {TOKOPEDIA: Goods(products=here, depots=(HERE,)), SHOP: Goods(products=there, depots=(THERE,))}

    assert len(lacking(goods)) == count
