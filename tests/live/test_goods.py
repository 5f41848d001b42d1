"""The test shop's goods on the live target: read before a play and in it, borne by the model, and what no test shop has is named."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from gladi.platforms.goods import Goods
from gladi.play.adapter import load
from gladi.play.catalogue import catalogue
from gladi.play.faults import UncuedError
from gladi.play.live.goods import lacking
from gladi.play.live.rehearsal import LiveRehearsal
from gladi.play.plan import Plan
from gladi.record.journal import Finding
from gladi.record.operations import OPERATIONS, Does
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage, Target
from gladi.sandbox.settings import DEFAULTS
from gladi.sandbox.world.records import ListingStatus
from gladi.session.live import LiveStage, grounded
from tests.live.rehearsable import Hands, opened_with_other_goods, plays
from tests.live.stand_in import StandIn, repository_of, serves

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Generator
    from pathlib import Path

    from gladi.play.live.ground import Eyes
    from gladi.sandbox.world.world import World

SCENARIOS = {one.id: one for one in catalogue()}
WRITES = {Does.SETS_PRICES, Does.SETS_STOCK, Does.EDITS_PRODUCTS, Does.LISTS_PRODUCTS, Does.FULFILS_ORDERS}


class Live:
    """Plays on one attempt before one stand-in, whose shop sells other goods than the model's seed would give."""

    def __init__(self, stand_in: StandIn, folder: Path) -> None:
        """Open the attempt."""
        opened_with_other_goods(stand_in)
        self.stand_in = stand_in
        self.world = stand_in.room.sandbox.world
        self._storage = folder / "storage"
        self._storage.mkdir()
        self._repository = repository_of(folder / "repository", stand_in)
        shop = self.world.all_shops()[0]
        with self._repository.ledger() as ledger:
            ledger.open(f"{shop.name} ({shop.tokopedia_id})", by="Ayu")

    def plays(
        self,
        body: Callable[[LiveRehearsal], Awaitable[None]],
        *,
        begins: Stage = Stage.PENDING,
        sees: Callable[[Eyes], Eyes] = lambda eyes: eyes,
        hands: Hands | None = None,
    ) -> LiveRehearsal:
        """Play one scenario's body."""
        with grounded(self._repository.root, self.stand_in.environment, hands or Hands(self.stand_in)) as ground:
            ground.eyes = sees(ground.eyes)
            plan = Plan(load("examples.careful:Careful"), DEFAULTS, self._storage, begins=begins, target=Target.LIVE)
            rehearsal = LiveRehearsal(plan, ground=ground)
            asyncio.run(rehearsal.perform(lambda: body(rehearsal)))
        return rehearsal

    def told_before(self) -> list[str]:
        """Give what is said before the first play."""
        with grounded(self._repository.root, self.stand_in.environment, Hands(self.stand_in)) as ground:
            return LiveStage(ground, ExitStack()).missing()

    def stops_selling(self, *skus: str) -> None:
        """Let the shop's listings of some SKUs be suspended."""
        for platform in Platform:
            for listing in [one for sku in skus for one in self.world.listings.rows("offer", (platform, "shop-1", sku))]:
                self.world.listings.put(listing.key, msgspec.structs.replace(listing, status=ListingStatus.SUSPENDED))


class Blind:
    """The same look at the platforms, but for the goods of one."""

    def __init__(self, eyes: Eyes, platform: Platform) -> None:
        """Look through `eyes`, not at the goods of `platform`."""
        self._eyes, self._platform = eyes, platform
        self.seller_id, self.cipher, self.orders = eyes.seller_id, eyes.cipher, eyes.orders

    def __getattr__(self, name: str) -> Any:
        return getattr(self._eyes, name)

    def goods(self, platform: Platform, *, in_detail: Collection[str] = ()) -> Goods:
        if platform is self._platform:
            raise UncuedError("Get Product Info was refused with code PRD_USC_001")
        return self._eyes.goods(platform, in_detail=in_detail)


@pytest.fixture
def stand_in(tmp_path: Path) -> Generator[StandIn]:
    with serves(tmp_path, "--seed", "7", "--assume", "merge_takes_at_most=4h") as found:
        yield found


@pytest.fixture
def live(stand_in: StandIn, tmp_path: Path) -> Live:
    return Live(stand_in, tmp_path)


def shelved(world: World, platform: Platform) -> dict[str, tuple[str, dict[str, tuple[str, int, int]]]]:
    """Give what a world sells on a platform: status, and price and units of each SKU, by the platform's ids."""
    return {
        one.id: (str(one.status), {offer.id: (offer.sku, offer.price, offer.units) for offer in one.offers})
        for one in world.listings.rows("shop", (platform, "shop-1"))
    }


async def nothing(rehearsal: LiveRehearsal) -> None:
    pass


# -- plays -------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "a_price_reaches_both_platforms_before_the_merge",
        "stock_changes_on_both_platforms_while_the_shops_merge",
        "the_last_unit_is_sold_once",
        "the_sellers_own_hand_is_not_overwritten",
        "a_price_changes_on_the_shop_after_the_product_merge",
        "a_minimum_order_is_changed_and_nothing_else_of_the_product",
    ],
)
def test_prices_and_stock_are_rehearsed_with_the_goods_of_a_test_shop(name: str, tmp_path: Path) -> None:
    played = plays(SCENARIOS[name], tmp_path)

    assert (played.why, played.broken) == ("", "")


@pytest.mark.parametrize("stood", [Stage.MERGED, Stage.CONFIRMED])
@pytest.mark.parametrize(
    "name", ["a_price_changes_on_the_shop_after_the_product_merge", "stock_changes_on_the_shop_after_the_product_merge"]
)
def test_a_merge_of_an_earlier_run_is_learned_by_the_first_question_of_the_next(name: str, stood: Stage, tmp_path: Path) -> None:
    played = plays(SCENARIOS[name], tmp_path, stood=stood)

    assert (played.why, played.broken) == ("", "")


@pytest.mark.parametrize(
    ("name", "rogue", "says"),
    [
        ("a_price_reaches_both_platforms_before_the_merge", "writes_to_one_place:WritesToOnePlace", "AssertionError"),
        ("the_last_unit_is_sold_once", "sells_the_last_unit_twice:SellsTheLastUnitTwice", "the seller owns 1 of REAL-TMB-BMB"),
    ],
)
def test_who_does_it_wrong_there_is_broken(name: str, rogue: str, says: str, tmp_path: Path) -> None:
    played = plays(SCENARIOS[name], tmp_path, f"examples.rogues.{rogue}")

    assert says in played.broken


@pytest.mark.parametrize("stage", [Stage.PENDING, Stage.CONFIRMED])
def test_the_model_sells_what_the_platforms_sell_under_their_own_ids(live: Live, stage: Stage) -> None:
    twins: list[dict[str, str]] = []

    async def links(rehearsal: LiveRehearsal) -> None:
        twins.append(rehearsal.shelves.twins)

    rehearsal = live.plays(links, begins=stage)

    for platform in Platform:
        assert shelved(rehearsal.world, platform) == shelved(live.world, platform)
    assert twins == [{one.id: one.twin for one in live.world.listings.rows("shop", (TOKOPEDIA, "shop-1")) if one.twin}]


class Idle(Hands):
    """Somebody who says that it is done, and does nothing."""

    def asks(self, question: str) -> str | None:  # noqa: ARG002 - the signature is the console's
        return ""


class Slow(Hands):
    """Somebody who confirms a product merge of which the platform has not copied one product yet."""

    def asks(self, question: str) -> str | None:
        said = super().asks(question)
        room = self.stand_in.room
        with room.lock:
            world = room.sandbox.world
            for here in [one for one in world.listings.rows("shop", (TOKOPEDIA, "shop-1")) if one.offers[0].sku == "REAL-BTK-PRG-S"]:
                there = world.listing(SHOP, here.twin or "")
                if there is not None:
                    nameless = tuple(msgspec.structs.replace(one, sku="") for one in there.offers)
                    deleted = msgspec.structs.replace(there, status=ListingStatus.DELETED, offers=nameless)
                    world.listings.put(there.key, deleted)
                    world.listings.put(here.key, msgspec.structs.replace(here, twin=None))
        return said


def test_the_model_makes_up_no_copy_that_the_platforms_have_not_made(live: Live) -> None:
    first = live.plays(nothing, begins=Stage.CONFIRMED, hands=Slow(live.stand_in))
    again = live.plays(nothing, begins=Stage.CONFIRMED, hands=Idle(live.stand_in))

    for rehearsal in (first, again):
        assert rehearsal.world.listing_of_sku(SHOP, "shop-1", "REAL-BTK-PRG-S") is None
        assert rehearsal.world.listing_of_sku(SHOP, "shop-1", "REAL-BTK-KWG-M") is not None


def test_a_product_without_a_sku_is_none_to_rehearse_with(live: Live) -> None:
    for platform in Platform:
        listing = live.world.listing_of_sku(platform, "shop-1", "REAL-TMB-BMB")
        assert listing is not None
        nameless = msgspec.structs.replace(listing, offers=(msgspec.structs.replace(listing.offers[0], sku=""),))
        live.world.listings.put(listing.key, nameless)

    async def takes_one(rehearsal: LiveRehearsal) -> None:
        rehearsal.shelves.sku_from_one_warehouse(TOKOPEDIA, SHOP)

    with pytest.raises(UncuedError, match=r"has no product with a SKU"):
        live.plays(takes_one)


def test_for_a_play_that_cannot_begin_no_goods_are_read(live: Live) -> None:
    live.plays(nothing, begins=Stage.MERGED)
    read = live.stand_in.calls.count("shop.search_products")

    with pytest.raises(UncuedError, match=r"^it begins with shops that are pending"):
        live.plays(nothing, begins=Stage.PENDING)

    assert live.stand_in.calls.count("shop.search_products") == read


def test_the_warehouses_bear_the_ids_of_both_platforms(live: Live) -> None:
    rehearsal = live.plays(nothing)

    ids = [
        {(one.tokopedia_id, one.shop_id, one.is_default) for one in world.shops["shop-1"].warehouses}
        for world in (rehearsal.world, live.world)
    ]
    assert ids[0] == ids[1]


def test_the_next_play_goes_on_from_what_the_last_one_left(live: Live) -> None:
    async def sets_the_price(rehearsal: LiveRehearsal) -> None:
        sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)
        await rehearsal.seller.sets_the_price(sku, to=123_000)
        await rehearsal.passes(minutes=30)

    live.plays(sets_the_price)
    rehearsal = live.plays(nothing)

    assert 123_000 in {
        price for platform in Platform for _, offers in shelved(rehearsal.world, platform).values() for _, price, _ in offers.values()
    }


def test_what_a_platform_shows_already_nobody_could_see_set(live: Live) -> None:
    async def sets(rehearsal: LiveRehearsal) -> None:
        sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)
        await rehearsal.seller.sets_the_price(sku, to=123_000)
        await rehearsal.seller.sets_the_stock(sku, to=7)
        await rehearsal.passes(minutes=30)

    async def sets_the_stock(rehearsal: LiveRehearsal) -> None:
        await rehearsal.seller.sets_the_stock(rehearsal.shelves.sku_on(TOKOPEDIA, SHOP), to=7)

    async def sets_it_by_hand(rehearsal: LiveRehearsal) -> None:
        await rehearsal.seller.changes_stock_by_hand(rehearsal.shelves.sku_on(TOKOPEDIA, SHOP), to=7, on=SHOP)

    live.plays(sets)
    said, hands = [], Hands(live.stand_in)
    for again in (sets, sets_the_stock, sets_it_by_hand):
        with pytest.raises(UncuedError) as no:
            live.plays(again, hands=hands)
        said.append(str(no.value).partition(" has ")[2])

    assert hands.read == []
    assert said == [
        f"{what} already, as an earlier play may have left it, so that nobody could see it set; "
        "set another one there by hand, or reset the stand-in, and run again"
        for what in ("the price 123000 on Tokopedia", "the stock 7 on Tokopedia", "the stock 7 on Tokopedia & Shop")
    ]


@pytest.mark.parametrize(("stage", "where"), [(Stage.PENDING, {SHOP}), (Stage.CONFIRMED, {TOKOPEDIA})])
def test_it_is_enough_that_one_platform_shows_it_and_after_the_merge_tokopedia_is_not_asked(
    live: Live, stage: Stage, where: set[Platform]
) -> None:
    async def sets(rehearsal: LiveRehearsal) -> None:
        sku = rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)
        with live.stand_in.room.lock:
            for platform in where:
                live.world.set_stock_by_hand("shop-1", platform, sku, 7)
        await rehearsal.passes(minutes=5)
        await rehearsal.seller.sets_the_stock(sku, to=7)

    if stage is Stage.PENDING:
        with pytest.raises(UncuedError, match=r" has the stock 7 on Tokopedia & Shop already"):
            live.plays(sets, begins=stage)
    else:
        live.plays(sets, begins=stage)


def test_reading_the_goods_changes_nothing(live: Live) -> None:
    live.plays(nothing)

    about_goods = {one.name for one in OPERATIONS if one.does in WRITES}
    assert about_goods.isdisjoint(live.stand_in.calls)
    assert {"tokopedia.get_product_info", "shop.search_products", "shop.get_warehouses"} <= set(live.stand_in.calls)


def test_what_a_platform_shows_stands_above_what_the_model_would_have(live: Live) -> None:
    async def somebody_else_sells(rehearsal: LiveRehearsal) -> None:
        sku = rehearsal.shelves.sku_from_one_warehouse(TOKOPEDIA, SHOP)
        with live.stand_in.room.lock:
            live.world.set_stock_by_hand("shop-1", SHOP, sku, 2)
            listing = live.world.listing_of_sku(SHOP, "shop-1", sku)
            assert listing is not None
            live.world.edit(listing, description="Somebody else wrote this.")
        await rehearsal.passes(minutes=5)
        seen = rehearsal.shelves.look(sku, on=SHOP)
        assert (seen.units, seen.description) == (2, "Somebody else wrote this.")

    rehearsal = live.plays(somebody_else_sells)

    notes = [entry.text for entry in rehearsal.journal.entries if isinstance(entry, Finding) and entry.about == "model"]
    assert any("has 2 units on Tokopedia & Shop, and the sandbox would have" in note for note in notes)


def test_units_that_no_platform_comes_to_show_are_not_waited_for_forever(live: Live) -> None:
    async def by_hand(rehearsal: LiveRehearsal) -> None:
        await rehearsal.seller.changes_stock_by_hand(rehearsal.shelves.sku_on(TOKOPEDIA, SHOP), to=3, on=SHOP)

    with pytest.raises(
        UncuedError, match=r"^Tokopedia & Shop did not show 3 units of REAL-\S+ in the default warehouse within 30 minutes$"
    ):
        live.plays(by_hand, hands=Idle(live.stand_in))


# -- what a test shop lacks --------------------------------------------------------------------------------------------------------------


def test_a_scenario_that_needs_what_the_shop_does_not_sell_says_what(live: Live) -> None:
    live.stops_selling("REAL-TMB-BMB")

    async def takes_one(rehearsal: LiveRehearsal) -> None:
        rehearsal.shelves.sku_from_one_warehouse(TOKOPEDIA, SHOP)

    with pytest.raises(UncuedError) as no:
        live.plays(takes_one)

    assert str(no.value) == (
        "the test shop Toko Wijaya, which is pending, has no product with a SKU on sale, with all units in the default warehouse, "
        "on Tokopedia and Tokopedia & Shop"
    )


def test_what_is_missing_is_said_before_the_first_play(live: Live) -> None:
    assert live.told_before() == []

    live.stops_selling("REAL-TMB-BMB", "REAL-RNG-SLV-6", "REAL-PZL-WDN", "REAL-CDL-ARM-JASMINE", "REAL-MAT-WVN")

    assert live.told_before() == [
        "some scenarios of prices, stock and shelves cannot be rehearsed with Toko Wijaya; create in its seller centers, and run again:",
        "  - a product that is active on Tokopedia and on Tokopedia & Shop under one seller SKU, all of it in the default warehouse",
        "  - a product with a seller SKU that is active on Tokopedia & Shop alone",
    ]


def test_a_shop_that_sells_nothing_lacks_all() -> None:
    assert len(lacking({platform: Goods() for platform in Platform})) == 3


def test_nothing_can_be_bought_of_what_is_not_sold(live: Live) -> None:
    async def buys(rehearsal: LiveRehearsal) -> None:
        await rehearsal.buyer.orders(on=SHOP, sku="REAL-BTK-PRG-S")

    with pytest.raises(
        UncuedError, match=r"^nobody can buy that in the test shop .*: no SKU 'REAL-BTK-PRG-S' is on sale on Tokopedia & Shop$"
    ):
        live.plays(buys)


@pytest.mark.parametrize("platform", list(Platform))
def test_shelves_that_cannot_be_read_are_not_looked_at_and_orders_are_bought_all_the_same(live: Live, platform: Platform) -> None:
    async def looks(rehearsal: LiveRehearsal) -> None:
        rehearsal.shelves.sku_on(TOKOPEDIA, SHOP)

    async def buys(rehearsal: LiveRehearsal) -> None:
        await rehearsal.buyer.orders(on=SHOP if platform is TOKOPEDIA else TOKOPEDIA)

    live.plays(buys, sees=lambda eyes: Blind(eyes, platform))
    with pytest.raises(UncuedError, match=rf"^what the test shop sells on {platform.label} is not known: Get Product Info was refused"):
        live.plays(looks, sees=lambda eyes: Blind(eyes, platform))
