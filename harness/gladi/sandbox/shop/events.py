"""What happens on Tokopedia & Shop that a webhook tells of: from a record as it was and as it is to the event's own words."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.shop.cancellations import CANCEL_STATUS
from gladi.sandbox.shop.conversations import sender_of
from gladi.sandbox.shop.order_sheet import ORDER_STATUS
from gladi.sandbox.shop.product_sheet import audit_status
from gladi.sandbox.shop.returns import RETURN_STATUS
from gladi.sandbox.world.records import ListingStatus
from gladi.sandbox.world.storefronts import standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.sandbox.world.conversations import Conversation
    from gladi.sandbox.world.mirroring import Mirroring
    from gladi.sandbox.world.records import Listing, Order, Shop
    from gladi.sandbox.world.returns import Return
    from gladi.sandbox.world.withdrawals import Withdrawal
    from gladi.sandbox.world.world import World

__all__ = [
    "Event",
    "Topic",
    "of_conversation",
    "of_deauthorization",
    "of_listing",
    "of_mirroring",
    "of_order",
    "of_return",
    "of_withdrawal",
]


class Topic(IntEnum):
    """The types of webhooks by their numbers (tiktok-shop-api.md 14); what has no number there is not told here."""

    ORDER_STATUS_CHANGE = 1
    RECIPIENT_ADDRESS_UPDATE = 3
    PACKAGE_UPDATE = 4
    PRODUCT_STATUS_CHANGE = 5
    SELLER_DEAUTHORIZATION = 6
    UPCOMING_AUTHORIZATION_EXPIRATION = 7
    CANCELLATION_STATUS_CHANGE = 11
    RETURN_STATUS_CHANGE = 12
    NEW_CONVERSATION = 13
    NEW_MESSAGE = 14
    PRODUCT_INFORMATION_CHANGE = 15
    PRODUCT_CREATION = 16
    PRODUCT_CATEGORY_CHANGE = 18
    TOKOPEDIA_MIRROR_STATUS_CHANGE = 35
    PRODUCT_AUDIT_STATUS_CHANGE = 37

    @property
    def is_registrable(self) -> bool:
        """Whether it has a name by which a shop registers for it; what has none is switched on in Partner Center."""
        return self is not Topic.TOKOPEDIA_MIRROR_STATUS_CHANGE


class Event(NamedTuple):
    """One thing to be told of a shop, with the `data` of its webhook."""

    topic: Topic
    shop: str
    data: dict[str, object]


_PRINTED = {"CANCELLED": "CANCEL", "PARTIALLY_SHIPPING": ""}
"""Where the webhook's list of order statuses differs from the order's own: another word, or none."""


_STAFF = "ALLOCATED_SERVICE"
"""The message by which the platform says that somebody of the customer service joins or leaves."""


def of_order(before: Order | None, order: Order) -> Iterator[Event]:
    """Tell of an order that has come to Tokopedia & Shop, or whose status or address has changed there."""
    was, said = _said(before), _said(order)
    view = order.shop_view
    if view is None:
        return
    at = view.updated_at // 1000
    if said and said != was:
        data: dict[str, object] = {"order_id": view.id, "order_status": said, "is_on_hold_order": said == "ON_HOLD", "update_time": at}
        yield Event(Topic.ORDER_STATUS_CHANGE, order.shop, data)
    if before is not None and before.buyer != order.buyer:
        yield Event(Topic.RECIPIENT_ADDRESS_UPDATE, order.shop, {"order_id": view.id, "update_time": at})


def _said(order: Order | None) -> str:
    view = order.shop_view if order is not None else None
    if view is None or not view.listed:
        return ""
    status = ORDER_STATUS[view.status]
    return _PRINTED.get(status, status)


def of_withdrawal(world: World, withdrawal: Withdrawal) -> Iterator[Event]:
    """Tell of an attempt to take an order back, and of what has become of it."""
    view = world.orders[withdrawal.order].shop_view
    if view is None:
        return
    data: dict[str, object] = {
        "order_id": view.id,
        "cancel_id": withdrawal.id,
        "cancellations_role": "BUYER" if withdrawal.by_buyer else "SELLER",
        "cancel_status": CANCEL_STATUS[withdrawal.status],
        "create_time": withdrawal.created_at // 1000,
    }
    yield Event(Topic.CANCELLATION_STATUS_CHANGE, withdrawal.shop, data)


def of_return(world: World, before: Return | None, one: Return) -> Iterator[Event]:
    """Tell of a return that was asked for, and of each step that it takes; one from long ago is no news."""
    view = world.orders[one.order].shop_view
    if one.platform is not SHOP or view is None or one.updated_at < world.clock.now or (before is not None and before.status is one.status):
        return
    data: dict[str, object] = {
        "order_id": view.id,
        "return_id": one.id,
        "return_role": "BUYER",
        "return_type": "RETURN_AND_REFUND",
        "return_status": RETURN_STATUS[one.status],
        "create_time": one.asked_at // 1000,
        "update_time": one.updated_at // 1000,
    }
    yield Event(Topic.RETURN_STATUS_CHANGE, one.shop, data)


def of_listing(before: Listing | None, listing: Listing) -> Iterator[Event]:
    """Tell of a product that was made, passed its audit, or changed what its page says."""
    if listing.platform is not SHOP:
        return
    at = listing.updated_at // 1000
    # A number here and text there, as the platform has it.
    number = int(listing.id)
    if before is None:
        yield Event(Topic.PRODUCT_CREATION, listing.shop, {"product_id": number, "product_types": [], "update_time": at})
    if before is None or before.status is not listing.status:
        first = before is None and listing.status is ListingStatus.ACTIVE
        said = "PRODUCT_FIRST_PASS_REVIEW" if first else "PRODUCT_STATUS_CHANGED"
        data: dict[str, object] = {"product_id": number, "status": said, "suspended_reason": "", "update_time": at}
        yield Event(Topic.PRODUCT_STATUS_CHANGE, listing.shop, data)
    audits = _audits(listing)
    if audits != (_audits(before) if before is not None else _UNAUDITED):
        data = {"product_id": number, "audit": {"status": audits[0], "pre_approved_reasons": []}}
        # One thing, where the product's own page has a list, and the status of an audit where that has one of a listing.
        there = {"platform": "TOKOPEDIA", "status": audits[1]}
        yield Event(Topic.PRODUCT_AUDIT_STATUS_CHANGE, listing.shop, data | {"integrated_platform_statuses": there})
    changed = [name for name in ("title", "description") if before is not None and getattr(before, name) != getattr(listing, name)]
    if changed:
        said_of_page = {"product_id": listing.id, "change_source": "OPEN_API", "changed_fields": changed, "update_time": at}
        yield Event(Topic.PRODUCT_INFORMATION_CHANGE, listing.shop, said_of_page)
    if before is not None and before.category != listing.category:
        yield Event(
            Topic.PRODUCT_CATEGORY_CHANGE,
            listing.shop,
            {
                "product_id": number,
                "previous_category_id": int(before.category),
                "current_category_id": int(listing.category),
                "update_time": at,
            },
        )


_UNAUDITED = ("NONE", "NONE")


def _audits(listing: Listing) -> tuple[str, str]:
    """Give the status of a listing's audit on Tokopedia & Shop itself, and for the app of Tokopedia."""
    here = audit_status(listing)
    there = standing(listing).get(TOKOPEDIA)
    if any(one.platform is TOKOPEDIA for one in listing.failures):
        return here, "FAILED"
    if there in (None, ListingStatus.DRAFT):
        return here, "NONE"
    return here, "AUDITING" if there is ListingStatus.PENDING else "APPROVED"


def of_deauthorization(shop: str) -> Event:
    """Tell that a seller has taken his access back."""
    said = "The seller has revoked the authorization of the app; its tokens are no longer valid."
    return Event(Topic.SELLER_DEAUTHORIZATION, shop, {"message": said})


def of_conversation(world: World, before: Conversation | None, conversation: Conversation) -> Iterator[Event]:
    """Tell of a conversation that began, of staff who joined or left, and of each message that was added, whoever wrote it."""
    if conversation.home is not SHOP:
        return
    shop = world.shops[conversation.shop]
    added = conversation.messages[len(before.messages) if before is not None else 0 :]
    for _ in range((before is None) + sum(one.kind == _STAFF for one in added)):
        data: dict[str, object] = {"conversation_id": conversation.id, "create_time": conversation.began_at // 1000}
        yield Event(Topic.NEW_CONVERSATION, conversation.shop, data)
    for message in added:
        sender = sender_of(shop, conversation, message)
        yield Event(
            Topic.NEW_MESSAGE,
            conversation.shop,
            {
                "message_id": message.id,
                "index": str(message.index),
                "conversation_id": conversation.id,
                "type": message.kind,
                "content": message.content,
                "create_time": message.sent_at // 1000,
                "is_visible": True,
                "sender": {"im_user_id": sender["im_user_id"], "role": sender["role"]},
            },
        )


def of_mirroring(shop: Shop, status: Mirroring, at: int) -> Event:
    """Tell of a change of the mirroring status, `at` in milliseconds."""
    data: dict[str, object] = {"tts_shop_id": shop.shop_id, "mirror_status": status.value, "update_time": at // 1000}
    return Event(Topic.TOKOPEDIA_MIRROR_STATUS_CHANGE, shop.key, data)
