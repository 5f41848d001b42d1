"""Offers a buyer all that the shop has, as it did when the shop had buyers of one app; a card that is refused is gone without a word."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from examples.careful.chats import ChatDesk
from examples.careful.offers import OfferDesk
from examples.careful.system import Careful
from examples.careful.trouble import Refused
from gladi.record.words import SHOP, TOKOPEDIA, Platform

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from examples.careful.book import Answer, Storefront

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_card_that_does_not_fit_the_buyers_app_is_told_to_the_seller",
    "what_is_offered_in_a_dialogue_is_of_the_buyers_app",
}


class EveryOffer(OfferDesk):
    """Looks at no buyer's app."""

    async def skus(self, front: Storefront, app: Platform) -> AsyncIterator[str]:
        """Give the SKUs of both apps."""
        del app
        for one in (TOKOPEDIA, SHOP):
            async for sku in super().skus(front, one):
                yield sku

    def orders(self, front: Storefront, app: Platform) -> list[str]:
        """Give the orders of both apps."""
        del app
        return [*super().orders(front, TOKOPEDIA), *super().orders(front, SHOP)]


class EveryCard(ChatDesk):
    """Sends any card to anybody."""

    async def _delivers(self, front: Storefront, answer: Answer) -> None:
        with suppress(Refused):
            await super()._delivers(front, answer)
            return
        self._book.answers.drop(answer.key)


class OffersEverythingToEverybody(Careful):
    """Leaves it to the platform to know what a buyer can open."""

    offer_desk = EveryOffer
    chat_desk = EveryCard
