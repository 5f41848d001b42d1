"""Systems that say nearly what a scenario listens for, about something else or at another time: each is heard to be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pytest

from examples.careful.system import Careful
from examples.rogues.is_deaf_to_the_shop import NeverRegisters
from examples.rogues.offers_everything_to_everybody import EveryCard
from gladi.play.system import Notice
from tests.play.stage import adapter_of
from tests.rogues.company import FOUR_CELLS, play

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from gladi.play.system import Delivery, Message, SeenOrder, SharedLink


class PromisesCollection(Careful):
    """Says of each order that it will be collected, and of none that it will not."""

    async def tick(self, now: datetime) -> datetime:
        due = await super().tick(now)
        for order in self.orders():
            self._promises(order)
        return due

    def notices(self) -> Sequence[Notice]:
        return [one for one in super().notices() if "refuses to ship" not in one.text]

    def _promises(self, order: SeenOrder) -> None:
        self._book.tell(order.order_id, "Prepare it for collection; there is customer service if anything is wrong.")


class PromisesCollectionWhenItShips(PromisesCollection):
    """Says so when it was asked to ship an order, and not before."""

    async def tick(self, now: datetime) -> datetime:
        return await Careful.tick(self, now)

    async def ship(self, order: SeenOrder) -> None:
        await super().ship(order)
        self._promises(order)

    async def ship_all(self, orders: Sequence[SeenOrder]) -> None:
        await super().ship_all(orders)
        for order in orders:
            self._promises(order)


class FearsForEveryParcel(PromisesCollectionWhenItShips):
    """Says of every parcel that there may be nobody to collect it."""

    def _promises(self, order: SeenOrder) -> None:
        self._book.tell(order.order_id, "If there is no collection time, please contact customer service.")


class IsConnected(Careful):
    """Registers for no webhook, and is content."""

    news = NeverRegisters

    async def tick(self, now: datetime) -> datetime:
        due = await super().tick(now)
        for front in self._book.storefronts:
            self._book.tell(front.id, f"Shop {front.id} is connected (seen at {now:%H:%M}).")
        return due


class ABuyerWrote(Careful):
    """Swallows the card that was refused, and says of a conversation only that there is one."""

    chat_desk = EveryCard

    async def send(self, conversation_id: str, message: Message) -> None:
        await super().send(conversation_id, message)
        self._book.tell(conversation_id, "A buyer wrote.")

    async def receive(self, delivery: Delivery) -> int:
        answer = await super().receive(delivery)
        for chat in self._chats.chats():
            self._book.tell(chat.chat_id, "A buyer wrote.")
        return answer


class EachLinkIsReady(Careful):
    """Takes what it asked for as what it was given."""

    def notices(self) -> Sequence[Notice]:
        return [one for one in super().notices() if "sharing link" not in one.text]

    async def share(self, sku: str, tags: Sequence[str]) -> Sequence[SharedLink]:
        made = await super().share(sku, tags)
        for tag in tags:
            self._book.tell(sku, f"The link for {tag} is ready.")
        return made


class TellsTheTime(Careful):
    """Says when a launch was refused, and not why."""

    def notices(self) -> Sequence[Notice]:
        return [Notice(one.about, "Refused at 14:30." if "refused the" in one.text else one.text) for one in super().notices()]


class _Shows(Careful):
    """Shows some fields in words of its own."""

    instead: ClassVar[Mapping[str, str]]

    async def fields(self, about: str) -> Mapping[str, str]:
        return {name: text for name, text in (await super().fields(about)).items() if name not in self.instead} | {
            name: text for name, text in self.instead.items() if text
        }


class PreviewsThePrice(_Shows):
    """Shows no days of a pre-sale."""

    instead: ClassVar = {"Pre-sale": "", "Price preview": "Rp149.000"}


class AddsUpTheFees(_Shows):
    """Shows the same amount for both fees."""

    instead: ClassVar = {"Shipping insurance": "Rp1.500.750", "Item insurance": "Rp1.500.750"}


class ListsTheStatuses(_Shows):
    """Explains what the status of mirroring could be."""

    instead: ClassVar = {"Mirrored on Tokopedia": "one of MIRRORED, ROLLED_BACK, CANCELED"}


@pytest.mark.parametrize(
    ("system", "scenario"),
    [
        (PromisesCollection, "a_parcel_outside_its_collection_time_is_told_and_leaves_later"),
        (PromisesCollection, "a_parcel_without_any_collection_time_sends_the_seller_to_customer_service"),
        (PromisesCollection, "the_changelogs_own_codes_of_a_refused_shipment_are_understood"),
        (PromisesCollection, "a_parcel_that_fails_in_a_batch_is_told_and_the_others_leave"),
        (PromisesCollectionWhenItShips, "a_parcel_outside_its_collection_time_is_told_and_leaves_later"),
        (PromisesCollectionWhenItShips, "a_parcel_without_any_collection_time_sends_the_seller_to_customer_service"),
        (PromisesCollectionWhenItShips, "the_changelogs_own_codes_of_a_refused_shipment_are_understood"),
        (FearsForEveryParcel, "a_parcel_that_fails_in_a_batch_is_told_and_the_others_leave"),
        (IsConnected, "an_authorization_that_is_about_to_end_is_told"),
        (ABuyerWrote, "a_card_that_does_not_fit_the_buyers_app_is_told_to_the_seller"),
        (EachLinkIsReady, "a_tag_that_is_refused_is_told_and_the_others_get_their_links"),
        (TellsTheTime, "a_pre_sale_of_too_many_days_is_refused_and_told"),
        (PreviewsThePrice, "the_days_of_a_pre_sale_are_seen"),
        (AddsUpTheFees, "an_order_shows_what_was_paid_for_its_insurance"),
        (ListsTheStatuses, "the_mirroring_status_of_a_shop_is_shown"),
    ],
)
def test_what_is_nearly_said_is_not_said(system: type[Careful], scenario: str) -> None:
    seen = play(adapter_of(system), [scenario], among=FOUR_CELLS, directly=True)

    assert (seen.fails, seen.faults, seen.raised) == ({scenario}, {}, {})
