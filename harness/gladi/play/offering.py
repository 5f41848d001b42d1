"""The seller beside a conversation: what the system lets him put before the buyer, and what of it does not fit the buyer's app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gladi.play.faults import SystemFault
from gladi.play.system import ChatOffers, OffersInChats
from gladi.record.words import SHOP
from gladi.sandbox.world.storefronts import standing

if TYPE_CHECKING:
    from gladi.play.backstage import Backstage
    from gladi.play.conversations import BegunConversation
    from gladi.record.words import Platform

__all__ = ["Offered", "OffersToBuyers"]


@dataclass(frozen=True, slots=True)
class Offered:
    """What the system offered beside one conversation."""

    skus: frozenset[str]
    order_ids: frozenset[str]
    misfits: tuple[str, ...]
    """The SKUs that are not listed, and the ids of orders that were not placed, in the app that the buyer uses."""


class OffersToBuyers:
    """What a seller does beside a conversation, in the system."""

    _backstage: Backstage

    async def sees_what_to_offer(self, conversation: BegunConversation) -> Offered:
        """Look at the products and orders that the system lets him show to a buyer; needs *offers in chats*.

        Raises:
            SystemFault: the system answers with something else than offers, or with ids that are no text.
        """
        self._backstage.must(OffersInChats)
        shown = await self._backstage.says(lambda system: system.offers(conversation.id))
        if not isinstance(shown, ChatOffers) or any(type(one) is not str for one in (*shown.skus, *shown.order_ids)):
            raise SystemFault(f"offers answered {shown!r}; return gladi.ChatOffers with SKUs and ids as text")
        app = conversation.written_on
        misfits = [sku for sku in shown.skus if not self._is_listed(sku, conversation.shop, app)]
        misfits += [order for order in shown.order_ids if not self._was_placed(order, conversation.shop, app)]
        rows = ({"app": app.value, "products": str(len(shown.skus)), "orders": str(len(shown.order_ids)), "misfits": str(len(misfits))},)
        self._backstage.sandbox.journal.showed("OffersInChats", rows)
        return Offered(frozenset(shown.skus), frozenset(shown.order_ids), tuple(misfits))

    def _is_listed(self, sku: str, shop: str, app: Platform) -> bool:
        listings = self._backstage.sandbox.world.listings.rows("offer", (SHOP, shop, sku))
        return any(app in standing(one) for one in listings)

    def _was_placed(self, order_id: str, shop: str, app: Platform) -> bool:
        order = self._backstage.sandbox.world.order_where(SHOP, order_id)
        return order is not None and order.shop == shop and order.bought_on is app
