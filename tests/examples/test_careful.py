"""The careful example lives through the merge: in every cell, with lost answers, forged webhooks and locked products."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest

from examples.careful.book import Book
from examples.careful.shop import sign
from examples.careful.system import Careful
from gladi.judge.bench import Outcome
from gladi.play.adapter import load
from gladi.play.rehearsal import Plan, Rehearsal
from gladi.play.system import OrderState
from gladi.record.journal import Call, What
from gladi.record.operations import Does
from gladi.record.wire import Delivery
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage
from gladi.sandbox.app import PartnerCenter
from gladi.sandbox.merge import Actionable, InFlight, Visible
from gladi.sandbox.seed import seller
from gladi.sandbox.settings import Settings
from gladi.sandbox.world.records import OrderStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gladi.play.people import PlacedOrder

_HOUR = 3_600_000
_MINUTE = 60_000


def _rehearsal(storage: Path, *, begins: Stage = Stage.PENDING, settings: Settings | None = None) -> Rehearsal:
    return Rehearsal(Plan(load("examples.careful:Careful"), replace(settings or Settings(), strict=True), storage, begins=begins))


def _careful(rehearsal: Rehearsal) -> Careful:
    assert isinstance(rehearsal.system, Careful)
    return rehearsal.system


def _broken(rehearsal: Rehearsal) -> list[str]:
    return [violation.text for one in rehearsal.judgements if one.outcome is Outcome.BROKEN for violation in one.violations]


def _calls(rehearsal: Rehearsal, operation: str) -> list[Call]:
    return [entry for entry in rehearsal.journal.entries if isinstance(entry, Call) and entry.operation == operation]


def _refused(rehearsal: Rehearsal, *does: Does) -> list[Call]:
    return [entry for entry in rehearsal.journal.entries if isinstance(entry, Call) and entry.does in does and entry.refusal]


def _waits(calls: Sequence[Call]) -> list[int]:
    return [later.at - sooner.at for sooner, later in pairwise(calls)]


@pytest.mark.asyncio
@pytest.mark.parametrize("cell", InFlight.cells(), ids=str)
async def test_every_order_leaves_once_in_every_cell_in_which_it_can_leave(cell: InFlight, tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path, settings=Settings(in_flight=cell))
    orders: dict[str, PlacedOrder] = {}

    async def body() -> None:
        orders["before"] = await rehearsal.buyer.orders(on=TOKOPEDIA)
        await rehearsal.passes(minutes=11)
        await rehearsal.seller.links_the_shops()
        await rehearsal.until_the_last_minute()
        orders["in the last minute"] = await rehearsal.buyer.orders(on=TOKOPEDIA)
        await rehearsal.until(Stage.MERGED)
        orders["after"] = await rehearsal.buyer.orders(on=TOKOPEDIA)
        for _ in range(26 if cell.visible is Visible.NEITHER else 3):
            for order in orders.values():
                await rehearsal.clerk.ships(order)
            await rehearsal.passes(hours=2)

    await rehearsal.perform(body)

    nowhere = cell == InFlight(Visible.ORIGIN, Actionable.SHOP)
    origin = SHOP if cell.actionable is Actionable.SHOP else TOKOPEDIA
    left = {name: len(order.parcels) for name, order in orders.items()}
    assert left == {"before": 0 if nowhere else 1, "in the last minute": 0 if nowhere else 1, "after": 1}
    assert [parcel.platform for parcel in orders["before"].parcels] == ([] if nowhere else [origin])
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
async def test_an_order_that_no_platform_ships_is_held_and_told(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path, settings=Settings(in_flight=InFlight(Visible.ORIGIN, Actionable.SHOP)))
    states: list[OrderState] = []

    async def body() -> None:
        order = await rehearsal.buyer.orders(on=TOKOPEDIA)
        await rehearsal.passes(minutes=11)
        await rehearsal.seller.links_the_shops()
        await rehearsal.until(Stage.MERGED)
        await rehearsal.clerk.ships(order)
        rows = await rehearsal.clerk.sees()
        states.extend(row.state for row in rows if row.order_id == order.id_on(TOKOPEDIA))
        told = [notice.text for notice in await rehearsal.seller.reads_the_notices() if notice.about == order.id_on(TOKOPEDIA)]
        assert "Tokopedia refuses to ship it" in told[-1]

    await rehearsal.perform(body)

    assert states == [OrderState.HELD]


@pytest.mark.asyncio
async def test_an_order_that_was_settled_by_hand_long_after_the_merge_is_no_longer_offered(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    states: list[OrderState] = []

    async def body() -> None:
        order = await rehearsal.buyer.orders(on=TOKOPEDIA)
        await rehearsal.passes(minutes=11)
        await rehearsal.seller.links_the_shops()
        await rehearsal.until(Stage.MERGED)
        await rehearsal.passes(hours=60)
        rehearsal.world.hold(rehearsal.world.orders[order.name], TOKOPEDIA, OrderStatus.CANCELLED_BY_BUYER)
        await rehearsal.passes(hours=2)
        states.extend(row.state for row in await rehearsal.clerk.sees() if row.order_id == order.id_on(TOKOPEDIA))

    await rehearsal.perform(body)

    assert states == [OrderState.CLOSED]


@pytest.mark.asyncio
async def test_an_order_of_an_unknown_product_is_held_until_the_products_have_merged(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path, begins=Stage.MERGED)
    states: list[OrderState] = []

    async def body() -> None:
        order = await rehearsal.buyer.orders(on=TOKOPEDIA, sku=rehearsal.shelves.sku_on(TOKOPEDIA))
        placed = rehearsal.world.orders[order.name]
        rehearsal.world.orders.put(placed.key, msgspec.structs.replace(placed, lines=(msgspec.structs.replace(placed.lines[0], sku=""),)))
        await rehearsal.passes(minutes=11)
        states.extend(row.state for row in await rehearsal.clerk.sees() if row.order_id == order.id_on(SHOP))
        await rehearsal.seller.confirms_the_product_merge()
        await rehearsal.passes(hours=1)
        states.extend(row.state for row in await rehearsal.clerk.sees() if row.order_id == order.id_on(SHOP))

    await rehearsal.perform(body)

    assert states == [OrderState.HELD, OrderState.TO_SHIP]


@pytest.mark.asyncio
@pytest.mark.parametrize("platform", [TOKOPEDIA, SHOP])
async def test_a_shipment_whose_answer_was_lost_is_looked_up_and_not_repeated(
    platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearsal = _rehearsal(tmp_path)
    orders: list[PlacedOrder] = []
    send = httpx.AsyncClient.send
    lost: list[str] = []

    async def loses_the_first_answer(client: httpx.AsyncClient, request: httpx.Request, **options: Any) -> httpx.Response:
        response = await send(client, request, **options)
        if request.url.path.endswith(("/pick-up", "/ship")) and not lost:
            lost.append(request.url.path)
            message = "the answer was lost"
            raise httpx.ReadTimeout(message)
        return response

    monkeypatch.setattr(httpx.AsyncClient, "send", loses_the_first_answer)

    async def body() -> None:
        orders.append(await rehearsal.buyer.orders(on=platform))
        await rehearsal.passes(minutes=11)
        await rehearsal.clerk.ships(orders[0])
        await rehearsal.passes(minutes=20)

    await rehearsal.perform(body)

    asked = [*_calls(rehearsal, "tokopedia.request_pickup"), *_calls(rehearsal, "shop.ship_package")]
    assert len(lost) == len(asked) == len(orders[0].parcels) == 1
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
async def test_a_shipment_that_was_under_way_survives_a_restart(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    orders: list[PlacedOrder] = []

    async def body() -> None:
        orders.append(await rehearsal.buyer.orders(on=TOKOPEDIA))
        await rehearsal.passes(minutes=11)
        await rehearsal.clerk.ships(orders[0])
        first = _careful(rehearsal)
        async with Careful(first._venue) as second:
            rehearsal.backstage.system = second
            await rehearsal.passes(minutes=20)
        rehearsal.backstage.system = first

    await rehearsal.perform(body)

    assert [parcel.platform for parcel in orders[0].parcels] == [TOKOPEDIA]


@pytest.mark.asyncio
async def test_a_refused_edit_is_sent_after_the_confirmation_and_tried_at_most_once_an_hour(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path, begins=Stage.MERGING)
    title = "Batik Shirt Parang - dyed in Pekalongan by hand"
    skus: list[str] = []

    async def body() -> None:
        skus.append(rehearsal.shelves.sku_on(TOKOPEDIA, SHOP))
        await rehearsal.seller.edits(skus[0], title="an older title, which must never come back")
        await rehearsal.seller.edits(skus[0], title=title)
        await rehearsal.passes(hours=3)
        await rehearsal.until(Stage.MERGED)
        await rehearsal.passes(hours=3)
        await rehearsal.seller.confirms_the_product_merge()
        await rehearsal.passes(hours=3)

    await rehearsal.perform(body)

    refused = _refused(rehearsal, Does.EDITS_PRODUCTS)
    waited = [_waits([entry for entry in refused if entry.platform is platform]) for platform in (TOKOPEDIA, SHOP)]
    assert rehearsal.shelves.look(skus[0], on=SHOP).title == title
    assert all(waits and min(waits) >= _HOUR for waits in waited)
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
@pytest.mark.parametrize("allowed", [False, True])
async def test_of_two_prices_wanted_before_the_product_merge_the_later_one_holds(allowed: bool, tmp_path: Path) -> None:  # noqa: FBT001
    rehearsal = _rehearsal(tmp_path, begins=Stage.MERGED, settings=Settings(price_and_stock_before_confirmation=allowed))
    skus: list[str] = []

    async def body() -> None:
        skus.append(rehearsal.shelves.sku_on(TOKOPEDIA))
        skus.append(rehearsal.shelves.sku_on(SHOP))
        for sku in skus:
            await rehearsal.seller.sets_the_price(sku, to=111_000)
            await rehearsal.passes(minutes=1)
            await rehearsal.seller.sets_the_price(sku, to=122_000)
            await rehearsal.seller.sets_the_stock(sku, to=7)
        await rehearsal.passes(hours=3)
        await rehearsal.seller.confirms_the_product_merge()
        await rehearsal.passes(hours=3)

    await rehearsal.perform(body)

    refused = _refused(rehearsal, Does.SETS_PRICES, Does.SETS_STOCK)
    shelves = [rehearsal.shelves.look(sku, on=SHOP) for sku in skus]
    assert [shelf.price for shelf in shelves] == [122_000, 122_000]
    assert [_in_jakarta(rehearsal, sku) for sku in skus] == [7, 7]
    assert allowed or min(_waits(refused)) >= _HOUR
    assert _broken(rehearsal) == []


def _in_jakarta(rehearsal: Rehearsal, sku: str) -> int:
    listing = rehearsal.world.listing_of_sku(SHOP, rehearsal.backstage.shop_named(None), sku)
    assert listing is not None
    return dict(next(offer.stock for offer in listing.offers if offer.sku == sku))["Jakarta"]


@pytest.mark.asyncio
async def test_of_two_titles_wanted_for_one_product_the_later_one_holds(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path, begins=Stage.MERGED)
    titles = [f"Rattan Bag, the {number} title of its page" for number in ("first", "second", "third")]

    async def body() -> None:
        for sku, title in zip(("BAG-RTN-NATURAL", "BAG-RTN-BLACK", "BAG-RTN-NATURAL"), titles, strict=True):
            await rehearsal.seller.edits(sku, title=title)
        await rehearsal.passes(hours=2)
        await rehearsal.seller.confirms_the_product_merge()
        await rehearsal.passes(hours=3)

    await rehearsal.perform(body)

    assert rehearsal.shelves.look("BAG-RTN-BLACK", on=SHOP).title == titles[-1]


@pytest.mark.asyncio
async def test_prices_and_stock_are_changed_on_both_platforms_while_the_shops_merge(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path, begins=Stage.MERGING)
    skus: list[str] = []

    async def body() -> None:
        skus.append(rehearsal.shelves.sku_on(TOKOPEDIA, SHOP))
        await rehearsal.seller.sets_the_price(skus[0], to=143_000)
        await rehearsal.seller.sets_the_stock(skus[0], to=9)

    await rehearsal.perform(body)

    set_here = [entry for entry in rehearsal.journal.entries if getattr(entry, "what", None) in (What.PRICE_SET, What.STOCK_SET)]
    assert {getattr(entry, "platform", None) for entry in set_here} == {TOKOPEDIA, SHOP}
    assert rehearsal.shelves.look(skus[0], on=TOKOPEDIA).price == rehearsal.shelves.look(skus[0], on=SHOP).price == 143_000
    assert _in_jakarta(rehearsal, skus[0]) == 9


@pytest.mark.asyncio
async def test_products_are_linked_once_the_product_merge_is_confirmed(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path, begins=Stage.CONFIRMED)
    links: dict[str, str] = {}

    async def body() -> None:
        await rehearsal.passes(hours=2)
        links.update((link.toko_product_id, link.tts_product_id) for link in _careful(rehearsal).product_links())

    await rehearsal.perform(body)

    assert links == rehearsal.shelves.twins


@pytest.mark.asyncio
async def test_the_merge_is_noticed_though_the_webhook_is_lost(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    orders: list[PlacedOrder] = []

    async def body() -> None:
        rehearsal.webhooks.lose_the_next()
        await rehearsal.seller.links_the_shops()
        await rehearsal.until(Stage.MERGED)
        orders.append(await rehearsal.buyer.orders(on=TOKOPEDIA))
        await rehearsal.passes(minutes=15)
        await rehearsal.clerk.ships(orders[0])

    await rehearsal.perform(body)

    assert [parcel.platform for parcel in orders[0].parcels] == [SHOP]
    assert min(_waits(_calls(rehearsal, "tokopedia.get_shop_info"))) == 5 * _MINUTE
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
async def test_a_forged_webhook_is_turned_away_and_a_false_one_is_not_believed(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    answers: list[int] = []

    async def body() -> None:
        await rehearsal.passes(minutes=2)
        system = _careful(rehearsal)
        message = f'{{"status":"merge","tts_seller_id":"7494280658857848063","toko_shop_id":"{system._venue.shop_ids[0]}","timestamp":1}}'
        right = hmac.new(system._venue.tokopedia.webhook_secret.encode(), message.encode(), hashlib.sha256).hexdigest()
        for signature in ("0" * 64, "é", "", right, right):
            headers = {"authorization-hmac": signature}
            answers.append(await system.receive(Delivery("POST", "/webhooks/tokopedia/merge", headers, message.encode())))
            await rehearsal.backstage.wakes()
        assert system.shop_links() == []

    await rehearsal.perform(body)

    polls = _calls(rehearsal, "tokopedia.get_shop_info")
    assert answers == [401, 401, 401, 200, 200]
    assert _waits(polls)[:2] == [2 * _MINUTE, 5 * _MINUTE]


@pytest.mark.asyncio
async def test_registering_keeps_every_url_that_was_registered_before(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    urls: dict[str, str] = {}

    async def body() -> None:
        system = _careful(rehearsal)
        tokopedia = system._merges._tokopedia
        kept = {"order_notification_url": "https://system.example.com/orders", "chat_notification_url": "https://system.example.com/chat"}
        registered = {**kept, "fs_id": tokopedia._fs_id, "webhook_secret": system._venue.tokopedia.webhook_secret}
        await tokopedia._call(msgspec.Raw, "POST", f"/v1/fs/{tokopedia._fs_id}/register", body=registered)
        system._merges._listening = False
        await rehearsal.backstage.wakes()
        urls.update(await tokopedia.webhook_urls())

    await rehearsal.perform(body)

    assert urls == {
        "order_notification_url": "https://system.example.com/orders",
        "chat_notification_url": "https://system.example.com/chat",
        "shop_merge_notification_url": "https://system.example.com/webhooks/tokopedia/merge",
    }


@pytest.mark.asyncio
async def test_many_shops_are_asked_about_in_one_call_and_each_at_most_every_five_minutes(tmp_path: Path) -> None:
    plan = Plan(load("examples.careful:Careful"), Settings(strict=True), tmp_path, seeded=seller(sellers=3))
    rehearsal = Rehearsal(plan)

    async def body() -> None:
        await rehearsal.seller.links_the_shops(shop="shop-2")
        await rehearsal.until(Stage.MERGED, shop="shop-2")
        await rehearsal.passes(hours=1)

    await rehearsal.perform(body)

    polls = _calls(rehearsal, "tokopedia.get_shop_info")
    assert set(polls[0].polls) == {"shop-1", "shop-2", "shop-3"}
    assert [link.toko_shop_id for link in _careful(rehearsal).shop_links()] == [str(rehearsal.world.shops["shop-2"].tokopedia_id)]
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
async def test_more_merges_than_may_be_asked_about_in_a_second_are_all_confirmed_within_seconds(tmp_path: Path) -> None:
    plan = Plan(load("examples.careful:Careful"), Settings(strict=True), tmp_path, shops=7)
    rehearsal = Rehearsal(plan)
    linked: list[int] = []

    async def body() -> None:
        await rehearsal.seller.links_every_shop(takes=3.05)
        await rehearsal.until(Stage.MERGED)
        await rehearsal.passes(seconds=70)
        linked.append(len(_careful(rehearsal).shop_links()))

    await rehearsal.perform(body)

    assert linked == [7]
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
async def test_news_of_a_separation_is_told_and_changes_nothing(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path, begins=Stage.MERGED)

    async def body() -> None:
        system = _careful(rehearsal)
        links = list(system.shop_links())
        message = f'{{"status":"unmerge","tts_seller_id":"1","toko_shop_id":"{links[0].toko_shop_id}","timestamp":1}}'.encode()
        right = hmac.new(system._venue.tokopedia.webhook_secret.encode(), message, hashlib.sha256).hexdigest()
        assert await system.receive(Delivery("POST", "/webhooks/tokopedia/merge", {"authorization-hmac": right}, message)) == 200
        assert list(system.shop_links()) == links
        assert "separated" in system.notices()[-1].text

    await rehearsal.perform(body)


@pytest.mark.asyncio
async def test_a_minimum_order_wanted_while_the_shops_merge_is_held_and_leaves_each_variant_as_it_was(tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path)
    shop = (SHOP, "shop-1")
    product = next(one for one in rehearsal.world.listings.rows("shop", shop) if len(one.offers) > 1)
    held: list[int] = []

    async def body() -> None:
        await rehearsal.seller.links_the_shops()
        await rehearsal.seller.sets_the_minimum_order(product.offers[0].sku, to=4)
        await rehearsal.passes(minutes=30)
        held.append(rehearsal.world.listings[product.key].minimum_order)
        await rehearsal.until(Stage.MERGED)
        await rehearsal.seller.confirms_the_product_merge()
        await rehearsal.passes(hours=2)

    await rehearsal.perform(body)

    now = rehearsal.world.listings[product.key]
    assert (held, now.minimum_order) == ([1], 4)
    assert (now.offers, now.title, now.category) == (product.offers, product.title, product.category)
    assert all(call.refusal in ("locked_while_merging", "locked_until_confirmed", None) for call in _calls(rehearsal, "shop.edit_product"))
    assert _broken(rehearsal) == []


@pytest.mark.asyncio
@pytest.mark.parametrize("listens", list(PartnerCenter))
async def test_access_that_was_taken_back_is_told_at_once_and_once_and_its_orders_are_held(listens: PartnerCenter, tmp_path: Path) -> None:
    rehearsal = _rehearsal(tmp_path, begins=Stage.MERGED, settings=Settings(partner_center=listens))
    orders: list[PlacedOrder] = []
    gone: list[str] = []
    told: list[int] = []
    states: list[OrderState] = []

    async def body() -> None:
        orders.append(await rehearsal.buyer.orders(on=TOKOPEDIA))
        await rehearsal.passes(minutes=11)
        gone.append(await rehearsal.seller.takes_access_back())
        await rehearsal.passes(seconds=30)
        told.append(_notices(rehearsal, gone[0]))
        await rehearsal.passes(hours=3)
        told.append(_notices(rehearsal, gone[0]))
        states.extend(await rehearsal.clerk.finds(orders[0]))

    await rehearsal.perform(body)

    assert told == [1, 1]
    assert states == [OrderState.HELD]
    assert _broken(rehearsal) == []


def _notices(rehearsal: Rehearsal, about: str) -> int:
    return sum(notice.about == about for notice in _careful(rehearsal).notices())


def test_the_official_example_is_signed_as_the_platform_signs_it() -> None:
    query = {"timestamp": "1623812664", "app_key": "29a39d"}

    signature = sign("e59af819cc", "/authorization/202309/shops", query, b"")

    assert signature == "b596b73e0cc6de07ac26f036364178ab16b0a907af13d43f0a0cd2345f582dc8"


def test_the_seller_reads_the_same_sentence_once_also_after_a_restart(tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.tell("INV-1", "It is held.")
    book.close()

    again = Book(tmp_path)
    again.tell("INV-1", "It is held.")

    assert [told.text for told in again.told()] == ["It is held."]
    again.close()
