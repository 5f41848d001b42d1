import pytest

from gladi.record.clock import Clock
from gladi.record.journal import Fact, Journal, What
from gladi.record.operations import OPERATIONS, Does
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage
from gladi.sandbox.merge import ALLOWED, Actionable, InFlight, Visible, allowed
from gladi.sandbox.seed import BEGINNING, seller
from gladi.sandbox.settings import DEFAULTS, Settings
from gladi.sandbox.world.records import OrderStatus
from gladi.sandbox.world.world import World, WorldError

DAY = 86_400_000


def a_world(settings: Settings = DEFAULTS, seed: int = 0) -> World:
    clock = Clock(BEGINNING)
    return World(seller(seed), clock=clock, journal=Journal(clock), settings=settings)


def stages(world: World) -> list[Stage | None]:
    return [entry.stage for entry in world.journal.entries if isinstance(entry, Fact) and entry.what == What.STAGE]


def merged(settings: Settings = DEFAULTS) -> World:
    world = a_world(settings)
    world.link("shop-1")
    world.clock.leap(BEGINNING + DAY)
    return world


@pytest.mark.parametrize("seed", range(20))
def test_a_merge_takes_a_few_hours_to_a_day(seed: int) -> None:
    world = a_world(seed=seed)

    takes = world.link("shop-1").total_seconds() / 3600

    assert 3 <= takes <= 24


def test_a_merge_goes_through_its_stages_in_order() -> None:
    world = merged()

    world.confirm("shop-1")

    assert stages(world) == [Stage.MERGING, Stage.MERGED, Stage.CONFIRMED]


def test_a_merge_that_fails_leaves_the_shops_pending_and_may_be_tried_again() -> None:
    world = merged(Settings(merge_fails=True))

    world.link("shop-1")

    assert stages(world) == [Stage.MERGING, Stage.PENDING, Stage.MERGING]


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_merge_that_succeeded_is_neither_repeated_nor_undone(confirmed: bool) -> None:  # noqa: FBT001 - a parameter
    world = merged()
    if confirmed:
        world.confirm("shop-1")

    with pytest.raises(WorldError, match="shops are linked once, from pending"):
        world.link("shop-1")


def test_the_product_merge_is_confirmed_only_after_the_merge_and_once() -> None:
    world = a_world()

    with pytest.raises(WorldError, match="after the shops have merged"):
        world.confirm("shop-1")
    world.link("shop-1")
    world.clock.leap(BEGINNING + DAY)
    world.confirm("shop-1")
    with pytest.raises(WorldError, match="confirmed once"):
        world.confirm("shop-1")


def changes_of_products(platform: Platform) -> set[str]:
    """Name the operations that create or change a product in more than price and stock."""
    return {one.name for one in OPERATIONS if one.platform is platform and one.does in (Does.EDITS_PRODUCTS, Does.LISTS_PRODUCTS)}


def test_while_merging_only_price_and_stock_of_a_product_may_change_on_both_platforms() -> None:
    for platform in Platform:
        assert ALLOWED[Stage.PENDING][platform] - ALLOWED[Stage.MERGING][platform] == changes_of_products(platform)


def test_before_the_product_merge_price_and_stock_on_the_shop_are_refused_unless_the_switch_is_set() -> None:
    writes = {"shop.update_price", "shop.update_inventory"}

    assert ALLOWED[Stage.CONFIRMED][SHOP] - ALLOWED[Stage.MERGED][SHOP] == writes | changes_of_products(SHOP)
    assert allowed(price_and_stock_before_confirmation=True)[Stage.MERGED][SHOP] >= writes


@pytest.mark.parametrize("stage", [Stage.PENDING, Stage.MERGING])
def test_until_the_merge_a_tokopedia_buyers_order_lives_on_tokopedia(stage: Stage) -> None:
    world = a_world()
    if stage is Stage.MERGING:
        world.link("shop-1")

    order = world.place_order("shop-1", on=TOKOPEDIA)

    assert (order.tokopedia is not None, order.shop_view) == (True, None)


def test_after_the_merge_a_tokopedia_buyers_order_lives_on_the_shop_alone_and_at_once() -> None:
    world = merged()

    order = world.place_order("shop-1", on=TOKOPEDIA)

    assert (order.tokopedia, order.shop_view is not None, order.bought_on) == (None, True, TOKOPEDIA)


@pytest.mark.parametrize("cell", InFlight.cells(), ids=str)
def test_an_order_in_flight_lives_where_its_cell_says(cell: InFlight) -> None:
    world = a_world(Settings(in_flight=cell))
    order = world.place_order("shop-1", on=TOKOPEDIA)
    world.link("shop-1")
    while world.stage("shop-1") is not Stage.MERGED:
        assert world.clock.due is not None
        world.clock.leap(world.clock.due)

    now = world.orders[order.key]
    listed = {TOKOPEDIA: now.tokopedia is not None and now.tokopedia.listed, SHOP: now.shop_view is not None and now.shop_view.listed}
    world.clock.leap(world.clock.now + 2 * DAY)
    later = world.orders[order.key]
    acts = {
        platform
        for platform, view in ((TOKOPEDIA, later.tokopedia), (SHOP, later.shop_view))
        if view is not None and view.listed and view.actionable
    }

    assert listed == {TOKOPEDIA: cell.visible is not Visible.NEITHER, SHOP: cell.visible is Visible.BOTH}
    actionable = {Actionable.ORIGIN: {TOKOPEDIA}, Actionable.SHOP: {SHOP}, Actionable.BOTH: {TOKOPEDIA, SHOP}}[cell.actionable]
    assert acts == (actionable & {TOKOPEDIA} if cell.visible is Visible.ORIGIN else actionable)


def test_shipping_on_one_side_does_not_tell_the_other() -> None:
    world = a_world(Settings(in_flight=InFlight(Visible.BOTH, Actionable.BOTH)))
    name = world.place_order("shop-1", on=TOKOPEDIA).key
    world.link("shop-1")
    world.clock.leap(BEGINNING + DAY)

    world.send(world.orders[name], TOKOPEDIA)

    order = world.orders[name]
    assert order.tokopedia is not None
    assert order.shop_view is not None
    assert (order.tokopedia.status, order.shop_view.status) == (OrderStatus.ARRANGED, OrderStatus.PAID)


def test_the_seed_gives_a_small_but_real_seller() -> None:
    seeded = seller(7)

    listings = list(seeded.listings.records.values())
    orders = list(seeded.orders.records.values())
    shop = next(iter(seeded.shops.records.values()))
    statuses = {view.status for order in orders for view in (order.tokopedia, order.shop_view) if view is not None}

    assert len({listing.title for listing in listings}) >= 12
    assert len(shop.warehouses) == 2
    assert any(len(listing.offers) > 1 for listing in listings)
    assert statuses == set(OrderStatus)


def test_ids_of_the_shop_side_have_19_digits_and_do_not_survive_a_float() -> None:
    seeded = seller(3)
    shop = next(iter(seeded.shops.records.values()))
    ids = [shop.shop_id, shop.seller_id, *(one.shop_id for one in shop.warehouses)]
    ids += [listing.id for listing in seeded.listings.records.values() if listing.platform is SHOP]
    ids += [order.shop_view.id for order in seeded.orders.records.values() if order.shop_view is not None]

    assert all(len(one) == 19 and str(int(float(one))) != one for one in ids)


def test_two_seeds_give_two_sellers() -> None:
    assert seller(1).shops.records["shop-1"] != seller(2).shops.records["shop-1"]


def test_buying_more_than_is_left_is_refused_and_changes_nothing() -> None:
    world = a_world()
    before = len(world.orders)

    with pytest.raises(WorldError, match="units left on Tokopedia; the buyer wanted 100000"):
        world.place_order("shop-1", on=TOKOPEDIA, quantity=100_000)

    assert (len(world.orders), world.journal.entries) == (before, [])
