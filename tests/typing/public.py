"""The public types as an ISV's type checker sees them; checked, never run. A change that breaks this file breaks every user."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, assert_type

import gladi
from gladi import (
    EVERY_CELL,
    SHOP,
    TOKOPEDIA,
    Actionable,
    AnswersCancellations,
    BeginsChats,
    CategoryChoice,
    ChatOffers,
    Chats,
    ChoosesCategories,
    Conversation,
    Delivery,
    Document,
    DocumentKind,
    EditsProducts,
    Face,
    Factory,
    FindsProducts,
    FoundProduct,
    Grant,
    HearsTheShop,
    Identity,
    InFlight,
    Invariant,
    KeepsRecords,
    LinksProducts,
    LinksShops,
    ListsProducts,
    Message,
    NewProduct,
    Notice,
    OffersInChats,
    OrderState,
    Phase,
    PlacedOrder,
    Platform,
    PrintsDocuments,
    ProductLink,
    RecordKind,
    Rehearsal,
    Restarts,
    Searched,
    SeenOrder,
    SeenRecord,
    SeesOrders,
    SetsMinimumOrders,
    SetsPrices,
    SetsStock,
    SharedLink,
    SharesLinks,
    ShipErrorCodes,
    ShipsInBatches,
    ShipsOrders,
    ShopCredentials,
    ShopLink,
    Stage,
    StockAtMerge,
    System,
    TellsSeller,
    TokopediaCredentials,
    TroubleLevel,
    Venue,
    Violation,
    Visible,
    scenario,
)

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager


def what_an_adapter_is_given(venue: Venue, delivery: Delivery) -> None:
    assert_type(venue.tokopedia_url, str)
    assert_type(venue.tokopedia_token_url, str)
    assert_type(venue.shop_url, str)
    assert_type(venue.shop_token_url, str)
    assert_type(venue.tokopedia, TokopediaCredentials)
    assert_type(venue.tokopedia.fs_id, int)
    assert_type(venue.tokopedia.client_id, str)
    assert_type(venue.tokopedia.client_secret, str)
    assert_type(venue.tokopedia.webhook_secret, str)
    assert_type(venue.shop, ShopCredentials)
    assert_type(venue.shop.app_key, str)
    assert_type(venue.shop.app_secret, str)
    assert_type(venue.shop.grants, tuple[Grant, ...])
    assert_type(venue.shop.grants[0].auth_code, str)
    assert_type(venue.shop.grants[0].refresh_token, str)
    assert_type(venue.shop_ids, tuple[int, ...])
    assert_type(venue.webhook_url, str)
    assert_type(venue.storage, Path)
    assert_type(venue.now(), datetime)
    assert_type(delivery.method, str)
    assert_type(delivery.path, str)
    assert_type(delivery.headers, dict[str, str])
    assert_type(delivery.body, bytes)


class Plain(
    System,
    Searched,
    SeesOrders,
    ShipsOrders,
    ShipsInBatches,
    AnswersCancellations,
    SetsPrices,
    SetsStock,
    SetsMinimumOrders,
    EditsProducts,
    ListsProducts,
    FindsProducts,
    Chats,
    BeginsChats,
    OffersInChats,
    ChoosesCategories,
    SharesLinks,
    HearsTheShop,
    LinksShops,
    LinksProducts,
    PrintsDocuments,
    KeepsRecords,
    TellsSeller,
    Restarts,
):
    """An adapter with every capability, in plain functions."""

    def __init__(self, venue: Venue) -> None:
        self.venue = venue

    def tick(self, now: datetime) -> datetime | None:
        return now

    def receive(self, delivery: Delivery) -> int:
        return len(delivery.body)

    def orders(self) -> Sequence[SeenOrder]:
        return [SeenOrder(TOKOPEDIA, "1", OrderState.HELD), SeenOrder(SHOP, "2")]

    def ship(self, order: SeenOrder) -> None: ...

    def ship_all(self, orders: Sequence[SeenOrder]) -> None: ...

    def set_minimum_order(self, sku: str, quantity: int) -> None: ...

    def answer_cancellation(self, order: SeenOrder, *, agree: bool) -> None: ...

    def set_price(self, sku: str, amount: int) -> None: ...

    def set_stock(self, sku: str, quantity: int) -> None: ...

    def edit_product(self, sku: str, *, title: str | None = None, description: str | None = None) -> None: ...

    def launch(self, product: NewProduct) -> None:
        assert_type((product.sku, product.title, product.description), tuple[str, str, str])
        assert_type((product.price, product.stock), tuple[int, int])
        assert_type(product.platforms, tuple[Platform, ...])

    def find_products(self, *, on: Sequence[Platform]) -> Sequence[FoundProduct]:
        return [FoundProduct("SKU", dict.fromkeys(on, "ACTIVATE"))]

    def show(self, sku: str, *, on: Sequence[Platform]) -> None: ...

    def hide(self, sku: str, *, on: Sequence[Platform]) -> None: ...

    def conversations(self) -> Sequence[Conversation]:
        return [Conversation("1", TOKOPEDIA, (Message("TEXT", "hello"), Message("TEXT", "hello", from_buyer=False)))]

    def send(self, conversation_id: str, message: Message) -> None:
        assert_type((conversation_id, message.kind, message.text, message.order_id, message.sku), tuple[str, str, str, str, str])
        assert_type(message.from_buyer, bool)
        assert_type(message.picture, bytes)

    def begin_chat(self, order: SeenOrder, message: Message) -> None: ...

    def offers(self, conversation_id: str) -> ChatOffers:
        return ChatOffers(skus=("SKU",), order_ids=(conversation_id,))

    def categories(self, *, on: Platform) -> Sequence[CategoryChoice]:
        return [CategoryChoice("1", on.label, permitted=True, permission="open to you")]

    def share(self, sku: str, tags: Sequence[str]) -> Sequence[SharedLink]:
        return [SharedLink(tag, f"https://links.example.com/{sku}") for tag in tags]

    def shop_links(self) -> Sequence[ShopLink]:
        return [ShopLink("1", "2"), ShopLink("1", "2", "3")]

    def product_links(self) -> Sequence[ProductLink]:
        return [ProductLink("1", "2")]

    def records(self, kind: RecordKind) -> Sequence[SeenRecord]:
        return [SeenRecord(SHOP, "1")] if kind is RecordKind.FINANCE else []

    def print_document(self, order: SeenOrder, kind: DocumentKind) -> Document:
        return Document("application/pdf", f"{kind} {order.order_id}".encode())

    def notices(self) -> Sequence[Notice]:
        return [Notice("SKU-1", "it is held")]

    def fields(self, about: str) -> Mapping[str, str]:
        return {about: "held"}


class InCoroutines(System, SeesOrders, ShipsOrders, LinksShops):
    """An adapter in coroutines."""

    def __init__(self, venue: Venue) -> None:
        self.venue = venue

    async def tick(self, now: datetime) -> datetime | None:
        return now

    async def receive(self, delivery: Delivery) -> int:
        return len(delivery.body)

    async def orders(self) -> Sequence[SeenOrder]:
        return ()

    async def ship(self, order: SeenOrder) -> None: ...

    async def shop_links(self) -> Sequence[ShopLink]:
        return ()


class Unrelated:
    """An adapter that names no base class is a system all the same; it only declares no capability."""

    def tick(self, now: datetime) -> None: ...

    def receive(self, delivery: Delivery) -> int:
        return len(delivery.path)


def closing(venue: Venue) -> AbstractAsyncContextManager[Plain]:
    raise NotImplementedError(venue)


def with_a_name(venue: Venue) -> Unrelated:
    raise NotImplementedError(venue)


FACTORIES: list[Factory] = [Plain, InCoroutines, closing, with_a_name]


@scenario(rehearses="guide.overview.ships-once", begins=Stage.PENDING)
async def test_the_least(rehearsal: Rehearsal) -> None:
    """A scenario says what it rehearses and where it begins."""
    assert_type(rehearsal, Rehearsal)


@scenario(
    rehearses=("guide.overview.ships-once", "guide.overview.every-stage"),
    begins=Stage.MERGED,
    needs=(ShipsOrders, SeesOrders),
    on=SHOP,
    in_flight=InFlight(Visible.BOTH, Actionable.SHOP),
    formerly="an_older_name",
)
async def test_the_most(rehearsal: Rehearsal, number: int) -> None:
    """A scenario may name several requirements and capabilities, and take fixtures and parameters of its own."""
    assert_type((rehearsal.stage, number), tuple[Stage, int])


def a_scenario_keeps_its_parameters() -> None:
    least: Callable[[Rehearsal], None] = test_the_least
    most: Callable[[Rehearsal, int], None] = test_the_most
    del least, most


async def people_and_time(rehearsal: Rehearsal) -> None:
    await rehearsal.seller.links_the_shops()
    await rehearsal.seller.confirms_the_product_merge(shop="shop-1")
    await rehearsal.seller.sets_the_price("SKU", to=1)
    await rehearsal.seller.sets_the_stock("SKU", to=1)
    await rehearsal.seller.edits("SKU", title="new", description="new")
    await rehearsal.seller.launches("SKU", on=(TOKOPEDIA, SHOP), title="new", description="new", price=1, stock=1)
    await rehearsal.seller.launches("SKU", pre_sale_days=3, insurance_required=True, pre_owned=False, minimum_order=2)
    await rehearsal.moderator.refuses("SKU", on=SHOP, because="no")
    await rehearsal.moderator.fails_the_audit("SKU", on=SHOP, because="no", advice="other words")
    await rehearsal.moderator.takes_down("SKU", on=SHOP)
    assert_type(await rehearsal.seller.finds_products(on=SHOP), dict[str, dict[Platform, str]])
    assert_type(rehearsal.shelves.listed(on=SHOP), set[str])
    assert_type(rehearsal.shelves.look("SKU", on=SHOP).pre_sale_days, int | None)
    await rehearsal.seller.shows("SKU", on=SHOP)
    await rehearsal.seller.hides("SKU", on=(TOKOPEDIA, SHOP))
    assert_type(await rehearsal.seller.reads_the_notices(), Sequence[Notice])
    assert_type(await rehearsal.seller.sees_the_categories(on=SHOP), dict[str, bool])
    assert_type(await rehearsal.seller.shares("SKU", "tag", "another"), dict[str, str])
    assert_type((await rehearsal.seller.sees_what_to_offer(await rehearsal.buyer.writes(on=SHOP))).misfits, tuple[str, ...])
    assert_type(await rehearsal.seller.sees_the_shop_links(), Sequence[ShopLink])
    assert_type(await rehearsal.seller.sees_the_product_links(), Sequence[ProductLink])
    assert_type(await rehearsal.seller.looks_at(RecordKind.RETURNS), set[SeenRecord])
    assert_type(rehearsal.records.of(RecordKind.RETURNS, on=SHOP, shop="shop-1"), set[SeenRecord])
    assert_type(await rehearsal.buyer.orders(), PlacedOrder)
    order = await rehearsal.buyer.orders(on=SHOP, sku="SKU", quantity=2, shop="shop-1")
    assert_type(await rehearsal.clerk.sees(), Sequence[SeenOrder])
    await rehearsal.clerk.ships(order)
    await rehearsal.clerk.ships_all(order, order)
    await rehearsal.seller.agrees_to_cancel(order)
    await rehearsal.seller.refuses_to_cancel(order)
    await rehearsal.seller.sets_the_minimum_order("BTK-PRG-L", to=3)
    assert_type(await rehearsal.seller.takes_access_back(shop="shop-1"), str)
    await rehearsal.clerk.hands_over(order)
    await rehearsal.courier.misses(order, hours=1)
    await rehearsal.courier.has_no_time(order)
    await rehearsal.courier.finds_time(order)
    await rehearsal.buyer.cancels(await rehearsal.buyer.orders(on=SHOP, on_hold=True))
    assert_type(await rehearsal.seller.was_told(order.id_on(SHOP), "collection"), bool)
    before = await rehearsal.seller.reads_the_notices()
    assert_type(await rehearsal.seller.was_told("SKU", ("not", "refused"), "card", after=before), bool)
    assert_type(await rehearsal.seller.was_told_where("SKU", "refused"), set[Platform])
    assert_type((await rehearsal.seller.sees("SKU")).says_where("deactivated"), set[Platform])
    assert_type((await rehearsal.seller.sees(order.id_on(SHOP))).names_the_tokopedia_app, bool)
    assert_type(rehearsal.shelves.warehouse().latitude, str)
    rehearsal.lets_ship_errors_follow(ShipErrorCodes.CHANGELOG)
    await rehearsal.passes(days=1, hours=1.5, minutes=1, seconds=1)
    await rehearsal.until(Stage.MERGED)
    await rehearsal.until_the_last_minute()
    rehearsal.webhooks.lose_the_next()
    rehearsal.webhooks.lose_the_next(2)


async def a_buyer_who_moves(rehearsal: Rehearsal, order: PlacedOrder) -> None:
    await rehearsal.buyer.moves(order)
    assert_type(await rehearsal.clerk.prints_the_new_address(order), bool)
    assert_type(await rehearsal.seller.sees_the_new_address(order), bool)


def what_there_is_to_see(rehearsal: Rehearsal, order: PlacedOrder) -> None:
    assert_type(rehearsal.now, datetime)
    assert_type(rehearsal.stage, Stage)
    assert_type(rehearsal.stage.phase, Phase)
    assert_type(rehearsal.system, System)
    assert_type(rehearsal.shelves.twins, dict[str, str])
    assert_type(rehearsal.merged_shop_ids, list[str])
    assert_type(rehearsal.webhooks.answers, list[int | None])
    assert_type(rehearsal.shelves.sku_on(TOKOPEDIA, SHOP), str)
    assert_type(rehearsal.shelves.sku_that_came_over(), str)
    assert_type(rehearsal.shelves.skus_that_came_over(), list[str])
    assert_type(rehearsal.shelves.sku_that_is_suspended(), str)
    assert_type(rehearsal.shelves.on_sale("SKU"), set[Platform])
    assert_type(rehearsal.shelves.categories(on=SHOP), dict[str, bool])
    assert_type(rehearsal.shelves.count("SKU", on=SHOP), int)
    shelf = rehearsal.shelves.look("SKU", on=SHOP)
    assert_type((shelf.price, shelf.units, shelf.at_default_warehouse), tuple[int, int, int])
    assert_type((shelf.title, shelf.description), tuple[str, str])
    assert_type(order.name, str)
    assert_type(order.lives_on, list[Platform])
    assert_type(order.id_on(SHOP), str | None)
    assert_type([parcel.platform for parcel in order.parcels], list[Platform])
    assert_type([parcel.left_at for parcel in order.parcels], list[datetime])


def words(invariant: Invariant, violation: Violation) -> None:
    assert_type(list(Face), list[Face])
    assert_type(list(TroubleLevel), list[TroubleLevel])
    assert_type(InFlight.parse("both/shop"), InFlight)
    assert_type(EVERY_CELL, tuple[InFlight, ...])
    assert_type(StockAtMerge("sum"), StockAtMerge)
    assert_type(ShipErrorCodes("changelog"), ShipErrorCodes)
    assert_type(gladi.identity.compare(b"{}", b"{}"), Identity)
    assert_type(gladi.identity.compare(b"{}", b"{}").agree, bool)
    assert_type(invariant.chances, int)
    assert_type(violation.text, str)
    assert_type(violation.entries, tuple[int, ...])


def a_search(factory: Factory) -> None:
    assert_type(gladi.search("mine:Adapter"), Searched)
    found = gladi.search(factory, examples=10, steps=5, trouble=TroubleLevel.OFF, seed=1, in_flight=EVERY_CELL)
    assert_type((found.plays, found.steps, found.reached), tuple[int, int, tuple[str, ...]])


def an_answer_may_be_awaited(system: System, now: datetime) -> None:
    assert_type(system.tick(now), datetime | None | Awaitable[datetime | None])
