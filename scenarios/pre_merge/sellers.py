"""Which API is asked for which seller: one who was never on Tokopedia, one who is new, and one whose shops have not merged."""

from gladi import (
    SHOP,
    TOKOPEDIA,
    EditsProducts,
    KeepsRecords,
    RecordKind,
    Rehearsal,
    SetsPrices,
    SetsStock,
    ShipsOrders,
    Stage,
    scenario,
)


@scenario(rehearses="changelog.access.version", begins=Stage.PENDING, needs=KeepsRecords, on=SHOP)
async def test_payouts_are_read_in_a_version_that_is_served(rehearsal: Rehearsal) -> None:
    """Calls on Tokopedia & Shop name version 202309 or later; an older one is not served, and its data is not there."""
    await rehearsal.passes(minutes=15)

    shown = await rehearsal.seller.looks_at(RecordKind.FINANCE)
    assert {one for one in shown if one.platform is SHOP} == rehearsal.records.of(RecordKind.FINANCE, on=SHOP)


@scenario(rehearses="changelog.access.shop-only", begins=Stage.PENDING, needs=ShipsOrders, on=SHOP, shops=2, solely_on_shop="shop-2")
async def test_the_orders_of_a_seller_solely_on_the_shop_leave_there(rehearsal: Rehearsal) -> None:
    """Of two sellers one was never on Tokopedia: he is known by his grant alone, and his orders leave all the same."""
    order = await rehearsal.buyer.orders(on=SHOP, shop="shop-2")
    await rehearsal.passes(minutes=15)
    await rehearsal.clerk.ships(order)
    await rehearsal.passes(minutes=15)

    assert [parcel.platform for parcel in order.parcels] == [SHOP]


@scenario(rehearses="changelog.access.shop-only", begins=Stage.PENDING, needs=KeepsRecords, on=SHOP, solely_on_shop="shop-1")
async def test_the_records_of_a_seller_solely_on_the_shop_are_told_by_it(rehearsal: Rehearsal) -> None:
    """Parcels, returns, promotions, payouts and conversations, new and old, of a seller who was never on Tokopedia."""
    await rehearsal.buyer.orders(on=SHOP)
    await rehearsal.buyer.writes(on=SHOP)
    await rehearsal.seller.begins_a_promotion(on=SHOP)
    await rehearsal.passes(minutes=15)

    assert await rehearsal.seller.looks_at_every_record() == rehearsal.records.every(on=SHOP)


@scenario(rehearses="changelog.access.shop-only", begins=Stage.PENDING, needs=SetsPrices, on=SHOP, solely_on_shop="shop-1")
async def test_a_price_of_a_seller_solely_on_the_shop_changes_there(rehearsal: Rehearsal) -> None:
    """A seller who was never on Tokopedia sets a price: Tokopedia & Shop has it, and Tokopedia is not asked."""
    sku = rehearsal.shelves.sku_on(SHOP)

    await rehearsal.seller.sets_the_price(sku, to=123_000)
    await rehearsal.passes(minutes=30)

    assert rehearsal.shelves.look(sku, on=SHOP).price == 123_000


@scenario(rehearses="changelog.access.shop-only", begins=Stage.PENDING, needs=SetsStock, on=SHOP, solely_on_shop="shop-1")
async def test_the_stock_of_a_seller_solely_on_the_shop_changes_there(rehearsal: Rehearsal) -> None:
    """A seller who was never on Tokopedia sets a stock: Tokopedia & Shop has it, and Tokopedia is not asked."""
    sku = rehearsal.shelves.sku_from_one_warehouse(SHOP)

    await rehearsal.seller.sets_the_stock(sku, to=7)
    await rehearsal.passes(minutes=30)

    assert rehearsal.shelves.look(sku, on=SHOP).units == 7


@scenario(rehearses="changelog.access.shop-only", begins=Stage.PENDING, needs=EditsProducts, on=SHOP, solely_on_shop="shop-1")
async def test_a_description_of_a_seller_solely_on_the_shop_changes_there(rehearsal: Rehearsal) -> None:
    """A seller who was never on Tokopedia edits a product: its page on Tokopedia & Shop says it, and Tokopedia is not asked."""
    sku = rehearsal.shelves.sku_on(SHOP)

    await rehearsal.seller.edits(sku, description="Washed twice, as soft as it looks.")
    await rehearsal.passes(minutes=30)

    assert rehearsal.shelves.look(sku, on=SHOP).description == "Washed twice, as soft as it looks."


@scenario(rehearses="changelog.access.new-seller", begins=Stage.PENDING, needs=ShipsOrders, on=SHOP, shops=2, new_here="shop-2")
async def test_the_orders_of_a_new_seller_leave_through_the_shop_alone(rehearsal: Rehearsal) -> None:
    """A seller who begins on Tokopedia & Shop sells in both apps; Tokopedia's own API knows nothing of him."""
    orders = [await rehearsal.buyer.orders(on=app, shop="shop-2") for app in (TOKOPEDIA, SHOP)]
    await rehearsal.passes(minutes=30)
    await rehearsal.clerk.ships(orders[0])
    await rehearsal.clerk.ships(orders[1])
    await rehearsal.passes(minutes=30)

    assert [parcel.platform for order in orders for parcel in order.parcels] == [SHOP, SHOP]


@scenario(rehearses="changelog.access.new-seller", begins=Stage.PENDING, needs=KeepsRecords, on=SHOP, shops=2, new_here="shop-2")
async def test_the_records_of_a_new_seller_are_told_by_the_shop(rehearsal: Rehearsal) -> None:
    """He has no past; what he begins now stands beside the records of a seller who has one."""
    await rehearsal.buyer.orders(on=TOKOPEDIA, shop="shop-2")
    await rehearsal.buyer.writes(on=TOKOPEDIA, shop="shop-2")
    await rehearsal.seller.begins_a_promotion(on=SHOP, shop="shop-2")
    await rehearsal.passes(minutes=15)

    assert await rehearsal.seller.looks_at_every_record() == rehearsal.records.every()


@scenario(rehearses="changelog.access.new-seller", begins=Stage.PENDING, needs=SetsPrices, on=SHOP, new_here="shop-1")
async def test_a_price_of_a_new_seller_changes_on_the_shop(rehearsal: Rehearsal) -> None:
    """A seller who begins on Tokopedia & Shop sets a price there, of a product that stands in both apps."""
    sku = rehearsal.shelves.sku_on(SHOP)

    await rehearsal.seller.sets_the_price(sku, to=123_000)
    await rehearsal.passes(minutes=30)

    assert rehearsal.shelves.look(sku, on=SHOP).price == 123_000
    assert rehearsal.shelves.on_sale(sku) == {TOKOPEDIA, SHOP}


@scenario(rehearses="changelog.access.new-seller", begins=Stage.PENDING, needs=SetsStock, on=SHOP, new_here="shop-1")
async def test_the_stock_of_a_new_seller_changes_on_the_shop(rehearsal: Rehearsal) -> None:
    """A seller who begins on Tokopedia & Shop sets a stock there, of a product that stands in both apps."""
    sku = rehearsal.shelves.sku_from_one_warehouse(SHOP)

    await rehearsal.seller.sets_the_stock(sku, to=7)
    await rehearsal.passes(minutes=30)

    assert rehearsal.shelves.look(sku, on=SHOP).units == 7
    assert rehearsal.shelves.on_sale(sku) == {TOKOPEDIA, SHOP}


@scenario(rehearses="changelog.access.new-seller", begins=Stage.PENDING, needs=EditsProducts, on=SHOP, new_here="shop-1")
async def test_a_description_of_a_new_seller_changes_on_the_shop(rehearsal: Rehearsal) -> None:
    """A seller who begins on Tokopedia & Shop edits a product there, and it stays in both apps."""
    sku = rehearsal.shelves.sku_on(SHOP)

    await rehearsal.seller.edits(sku, description="Washed twice, as soft as it looks.")
    await rehearsal.passes(minutes=30)

    assert rehearsal.shelves.look(sku, on=SHOP).description == "Washed twice, as soft as it looks."
    assert rehearsal.shelves.on_sale(sku) == {TOKOPEDIA, SHOP}


@scenario(rehearses="changelog.access.pending", begins=Stage.PENDING, needs=KeepsRecords, on=TOKOPEDIA)
async def test_until_the_merge_the_records_of_the_store_are_told_by_tokopedia(rehearsal: Rehearsal) -> None:
    """A seller with shops on both sides that have not merged: each side tells what was done there."""
    await rehearsal.buyer.writes(on=TOKOPEDIA)
    await rehearsal.seller.begins_a_promotion(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)

    assert await rehearsal.seller.looks_at_every_record() == rehearsal.records.every()


@scenario(
    rehearses=("changelog.access.shop-only", "changelog.access.completed-new-data", "changelog.access.pending"),
    begins=Stage.PENDING,
    needs=ShipsOrders,
    shops=4,
    solely_on_shop="shop-3",
    new_here="shop-4",
)
async def test_four_kinds_of_sellers_are_served_each_where_his_orders_live(rehearsal: Rehearsal) -> None:
    """One seller has migrated, one is pending, one was never on Tokopedia and one is new: each order leaves where it lives."""
    await rehearsal.seller.links_the_shops(takes=3)
    await rehearsal.until(Stage.MERGED)
    orders = [await rehearsal.buyer.orders(on=TOKOPEDIA, shop=f"shop-{number}") for number in (1, 2, 3, 4)]
    await rehearsal.passes(minutes=30)
    await rehearsal.clerk.ships(orders[0])
    await rehearsal.clerk.ships(orders[1])
    await rehearsal.clerk.ships(orders[2])
    await rehearsal.clerk.ships(orders[3])
    await rehearsal.passes(minutes=30)

    assert [one.platform for order in orders for one in order.parcels] == [SHOP, TOKOPEDIA, SHOP, SHOP]
