"""The evented example: what is on disk, what it takes for true, and a sample of the scenarios that it upholds."""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from examples.evented import events
from examples.evented.client import Digits, read
from examples.evented.facts import Front, Line, Place, Standing, View
from examples.evented.faults import Unclear
from examples.evented.inbox import MERGE_PATH, Inbox
from examples.evented.intents import Change, Kind, Shipment
from examples.evented.orders import Orders
from examples.evented.roster import Roster
from examples.evented.store import Store
from gladi import (
    SHOP,
    TOKOPEDIA,
    Actionable,
    Delivery,
    InFlight,
    OrderState,
    PlacedOrder,
    ShopCredentials,
    Stage,
    TokopediaCredentials,
    Venue,
    Visible,
)
from gladi.judge.bench import Outcome
from gladi.play.adapter import load
from gladi.play.rehearsal import Plan, Rehearsal
from gladi.record.journal import Call
from gladi.sandbox.settings import Settings
from tests.rogues.company import FOUR_CELLS, play

if TYPE_CHECKING:
    from pathlib import Path

    from gladi import Platform

_NOON = datetime(2025, 1, 10, 12, tzinfo=UTC)
_SAMPLE = (
    "a_merchant_does_not_ship_twice",
    "an_order_on_both_sides_whose_answer_was_lost_leaves_once",
    "an_order_shipped_by_hand_on_tokopedia_is_not_shipped_again",
    "an_order_that_comes_into_sight_two_days_late_leaves",
    "webhooks_in_another_order_link_every_shop",
    "a_dead_receiver_is_made_up_for_by_asking",
    "an_announced_separation_is_reported_and_unlinks_nothing",
    "an_edit_refused_while_the_shops_merge_is_not_lost",
    "stock_that_the_merge_added_up_is_put_right",
    "the_last_unit_is_sold_once",
    "four_kinds_of_sellers_are_served_each_where_his_orders_live",
    "a_shop_whose_seller_takes_access_back_is_told_and_the_others_go_on",
    "an_order_cancelled_before_pick_up_is_pulled",
    "a_changed_address_is_known_by_webhook_before_it_is_asked_for",
)


def _venue(storage: Path) -> Venue:
    return Venue(
        tokopedia_url="https://tokopedia.example",
        tokopedia_token_url="https://tokopedia.example",
        shop_url="https://shop.example",
        shop_token_url="https://shop.example",
        tokopedia=TokopediaCredentials(1, "client", "secret", "webhook secret"),
        shop=ShopCredentials("key", "app secret", ()),
        shop_ids=(654321,),
        webhook_url="https://system.example",
        storage=storage,
        now=lambda: _NOON,
    )


def _merge(**other: object) -> Delivery:
    said = {"status": "merge", "tts_seller_id": "7494049642642441621", "toko_shop_id": "654321", "timestamp": 1697678931, **other}
    body = msgspec.json.encode(said)
    signature = hmac.new(b"webhook secret", body, hashlib.sha256).hexdigest()
    return Delivery("POST", MERGE_PATH, {"authorization-hmac": signature}, body)


def _opened(storage: Path) -> tuple[Store, Roster, Inbox]:
    store, roster = Store(storage, lambda: _NOON), Roster((654321,))
    store.feeds(roster)
    return store, roster, Inbox(_venue(storage), store, roster)


def _rows(storage: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(storage / "evented.sqlite")) as database:
        return database.execute(query).fetchall()


# -- what is on disk ---------------------------------------------------------------------------------------------------


def test_what_is_intended_is_found_again_by_whoever_opens_the_store(tmp_path: Path) -> None:
    shipment = Shipment(order="shop 5769001", asked="shop 5769001", not_before=_NOON)
    change = Change(number=2, kind=Kind.PRICE, sku="SCF-1", value=123_000)
    first = Store(tmp_path, lambda: _NOON)

    first.intends(shipment)
    first.intends(change)

    # Nobody closes the store of a process that was killed.
    assert Store(tmp_path, lambda: _NOON).intents() == [shipment, change]


def test_a_number_of_an_intent_is_given_once_though_it_is_done_with(tmp_path: Path) -> None:
    store = Store(tmp_path, lambda: _NOON)
    change = Change(number=store.next_number(), kind=Kind.PAGE, sku="SCF-1", title="Made by hand")

    store.intends(change)
    store.is_done_with(change.subject)

    assert Store(tmp_path, lambda: _NOON).next_number() > change.number


def test_an_event_and_what_it_leads_to_are_on_disk_together_or_not_at_all(tmp_path: Path) -> None:
    store = Store(tmp_path, lambda: _NOON)
    store.feeds()

    def fails(event: events.Event) -> None:
        store.questions.put(f"orders of {event}", _NOON)
        raise KeyboardInterrupt

    store.wakes(fails)
    with pytest.raises(KeyboardInterrupt):
        store.records(events.ShopSwept(shop="654321"))

    assert _rows(tmp_path, "SELECT * FROM events") == _rows(tmp_path, "SELECT * FROM questions") == []


@pytest.mark.asyncio
async def test_no_secret_and_no_address_is_in_an_event(tmp_path: Path) -> None:
    rehearsal = Rehearsal(Plan(load("examples.evented:Evented"), Settings(), tmp_path, begins=Stage.MERGED))

    async def body() -> None:
        order = await rehearsal.buyer.orders(on=TOKOPEDIA)
        await rehearsal.passes(minutes=15)
        assert "Goes to" in (await rehearsal.seller.sees(order.id_on(SHOP) or "")).fields

    await rehearsal.perform(body)

    written = " ".join(str(body, "utf-8") for (body,) in _rows(tmp_path, "SELECT body FROM events"))
    app = rehearsal._sandbox.app
    secrets = [app.app_secret, app.client_secret, app.webhook_secret]
    tokens = [msgspec.json.decode(body) for (body,) in _rows(tmp_path, "SELECT body FROM tokens")]
    secrets += [token[name] for token in tokens for name in ("access", "refresh")]
    assert (len(tokens), "OrderSeen" in written) == (1, True)
    assert [secret for secret in secrets if secret in written] == []
    assert "address" not in written


# -- what is taken for true --------------------------------------------------------------------------------------------


def test_a_webhook_that_comes_again_after_a_restart_is_taken_and_is_no_second_event(tmp_path: Path) -> None:
    _, _, inbox = _opened(tmp_path)
    first = inbox.takes(_merge())
    _, roster, inbox = _opened(tmp_path)

    again = inbox.takes(_merge())

    assert (first, again, roster.shops["654321"].rumour) == (200, 200, "7494049642642441621")
    assert _rows(tmp_path, "SELECT count(*) FROM events") == [(1,)]


@pytest.mark.parametrize(
    ("delivery", "status"),
    [
        (Delivery("POST", MERGE_PATH, {}, _merge().body), 401),
        (Delivery("POST", MERGE_PATH, {"authorization-hmac": "ö"}, _merge().body), 401),
        (Delivery("POST", MERGE_PATH, _merge().headers, _merge(timestamp=1).body), 401),
        (_merge(toko_shop_id="none"), 400),
        (_merge(toko_shop_id=6.54321e5), 400),
    ],
    ids=["unsigned", "signed in no letters", "signed for another", "no shop", "a shop whose digits are lost"],
)
def test_what_cannot_be_believed_is_refused_and_is_no_event(delivery: Delivery, status: int, tmp_path: Path) -> None:
    _, _, inbox = _opened(tmp_path)

    answered = inbox.takes(delivery)

    assert (answered, _rows(tmp_path, "SELECT count(*) FROM events")) == (status, [(0,)])


def test_a_shop_that_is_not_served_is_told_of_and_is_no_rumour(tmp_path: Path) -> None:
    _, roster, inbox = _opened(tmp_path)

    status = inbox.takes(_merge(toko_shop_id="999"))

    assert (status, list(roster.shops)) == (200, ["654321"])
    assert [msgspec.json.decode(body)["about"] for (body,) in _rows(tmp_path, "SELECT body FROM events")] == ["999"]


@pytest.mark.parametrize("wire", [b"7494049642642441621", b'"7494049642642441621"'])
def test_an_id_is_read_digit_for_digit_whether_it_is_a_number_or_text(wire: bytes) -> None:
    assert read(Digits, wire) == "7494049642642441621"


@pytest.mark.parametrize("wire", [b"7.494049642642441e18", b'"0123"', b'"TTS123"', b"-5", b"true"])
def test_what_is_no_row_of_digits_is_no_id(wire: bytes) -> None:
    with pytest.raises(Unclear):
        read(Digits, wire)


def _merged(storage: Path, *views: View) -> tuple[Store, Orders]:
    """A shop that merged an hour after noon, its past read to the end, and these views of its orders."""
    store, roster = Store(storage, lambda: _NOON), Roster((654321,))
    orders = Orders(roster, store)
    store.feeds(roster, orders)
    store.records(events.FrontOpened(front=Front("749", "cipher", 0)))
    store.records(events.MergeConfirmed(shop="654321", seller="7494", front="749", merged_at=_NOON + timedelta(hours=1)))
    store.records(events.ShopSwept(shop="654321"))
    for view in views:
        store.records(events.OrderSeen(view=view))
    for matched in orders.matches():
        store.records(matched)
    return store, orders


def _seen(platform: Platform, order_id: str, standing: Standing = Standing.OPEN) -> View:
    place = Place(platform, "654321" if platform is TOKOPEDIA else "749")
    lines = (Line("SCF-1", f"9{order_id}", 1),)
    return View(place=place, order_id=order_id, standing=standing, created_at=_NOON, lines=lines, total=99_000, in_tokopedia=True)


def test_two_views_with_one_footprint_are_one_order(tmp_path: Path) -> None:
    _, orders = _merged(tmp_path, _seen(TOKOPEDIA, "1"), _seen(SHOP, "576"))

    shown = [(row.key, orders.state(row)) for row in orders.rows()]

    assert shown == [("tokopedia 1", OrderState.TO_SHIP)]


def test_an_order_that_one_platform_calls_cancelled_is_held_though_the_other_would_ship_it(tmp_path: Path) -> None:
    _, orders = _merged(tmp_path, _seen(TOKOPEDIA, "1", Standing.CLOSED), _seen(SHOP, "576"))

    (row,) = orders.rows()

    assert orders.state(row) is OrderState.HELD
    assert orders.why_held(row) == "one platform says that it was cancelled, and the other that it was not; please check in Seller Center"


def test_orders_of_one_second_that_cannot_be_told_apart_are_held(tmp_path: Path) -> None:
    views = (_seen(TOKOPEDIA, "1"), _seen(TOKOPEDIA, "2"), _seen(SHOP, "576"), _seen(SHOP, "577", Standing.SHIPPED))

    _, orders = _merged(tmp_path, *views)

    assert [orders.state(row) for row in orders.rows()] == [OrderState.HELD, OrderState.SHIPPED]


def test_a_row_that_was_taken_before_an_event_tells_what_is_so_after_it(tmp_path: Path) -> None:
    store, orders = _merged(tmp_path, _seen(TOKOPEDIA, "1"), _seen(SHOP, "576"))
    (row,) = orders.rows()

    store.records(events.OrderSeen(view=_seen(TOKOPEDIA, "1", Standing.SHIPPED)))

    assert orders.state(row) is OrderState.SHIPPED


# -- what it upholds ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("seed", "name"), list(enumerate(_SAMPLE)))
def test_a_scenario_of_the_sample_is_upheld(seed: int, name: str) -> None:
    seen = play(load("examples.evented:Evented"), [name], among=(FOUR_CELLS[seed % 4],), directly=True, seed=seed)

    assert seen.plays
    assert (seen.broken_in, seen.raised, seen.faults) == ({}, {}, {})


@pytest.mark.asyncio
@pytest.mark.parametrize("platform", [TOKOPEDIA, SHOP])
async def test_an_order_that_was_shipped_by_hand_a_moment_ago_is_not_shipped_again(platform: Platform, tmp_path: Path) -> None:
    settings = Settings(strict=True, in_flight=InFlight(Visible.BOTH, Actionable.BOTH))
    rehearsal = Rehearsal(Plan(load("examples.evented:Evented"), settings, tmp_path))
    orders: list[PlacedOrder] = []

    async def body() -> None:
        await rehearsal.seller.links_the_shops(takes=3)
        await rehearsal.until_the_last_minute()
        orders.append(await rehearsal.buyer.orders(on=TOKOPEDIA))
        await rehearsal.until(Stage.MERGED)
        await rehearsal.passes(minutes=20)
        await rehearsal.seller.ships_by_hand(orders[0], on=platform)
        await rehearsal.clerk.ships(orders[0])

    await rehearsal.perform(body)

    assert [(parcel.platform, parcel.by_hand) for parcel in orders[0].parcels] == [(platform, True)]
    assert [one for one in rehearsal.judgements if one.outcome is Outcome.BROKEN] == []


@pytest.mark.asyncio
async def test_the_poll_goes_on_when_a_webhook_is_not_confirmed_and_asks_no_more_often_for_it(tmp_path: Path) -> None:
    rehearsal = Rehearsal(Plan(load("examples.evented:Evented"), Settings(strict=True), tmp_path))

    async def body() -> None:
        await rehearsal.seller.links_the_shops(takes=3)
        await rehearsal.until(Stage.MERGED)
        await rehearsal.passes(minutes=20)

    await rehearsal.perform(body)

    polls = [entry for entry in rehearsal.journal.entries if isinstance(entry, Call) and entry.polls]
    assert len(polls) >= 36
    assert [one for one in rehearsal.judgements if one.outcome is Outcome.BROKEN] == []
