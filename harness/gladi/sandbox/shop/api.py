"""The TikTok Shop Open API: from a routed request to an answer in the platform's envelope.

1. The gateway checks in the platform's order: path, method, version, content type, app, timestamp, signature, token, shop.
2. Then the table of the merge is asked, once, here; no handler asks about the stage.
3. What a handler refuses it refuses before it writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from gladi.record.operations import Does
from gladi.record.wire import Host, Notes
from gladi.record.words import SHOP, Stage
from gladi.sandbox.arrival import Arrival
from gladi.sandbox.leniency import lenient
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop import (
    accounts,
    affiliate,
    batches,
    cancellations,
    categories,
    checking,
    conversations,
    delivery,
    documents,
    edits,
    fulfilment,
    launching,
    naming,
    orders,
    packages,
    pictures,
    products,
    returns,
    shelving,
    shops,
)
from gladi.sandbox.shop.auth import Tokens, check_signature
from gladi.sandbox.shop.bodies import check_content_type
from gladi.sandbox.shop.envelope import refused, request_id, succeeded
from gladi.sandbox.shop.refusals import (
    BAD_VERSION,
    CIPHER_FOREIGN,
    CIPHER_MISSING,
    CIPHER_UNEXPECTED,
    LOCKED_UNTIL_CONFIRMED,
    LOCKED_WHILE_MERGING,
    UNKNOWN_PATH,
    WRONG_METHOD,
)
from gladi.sandbox.shop.webhooks import Webhooks
from gladi.sandbox.world.world import World

if TYPE_CHECKING:
    from gladi.record.routing import Route
    from gladi.record.wire import Request, Response
    from gladi.sandbox.app import App
    from gladi.sandbox.merge import Allowed
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.world.records import Shop

__all__ = ["ShopApi"]

Handler = Callable[[World, Arrival], dict[str, object]]
"""From a checked request to what stands under `data`."""

_HANDLERS: dict[str, Handler] = {
    "shop.get_authorized_shops": shops.authorized,
    "shop.get_warehouses": shops.warehouses,
    "shop.get_categories": categories.listing,
    "shop.recommend_category": categories.recommend,
    "shop.generate_sharing_links": affiliate.links,
    "shop.generate_general_sharing_links": affiliate.general_links,
    "shop.search_products": products.search,
    "shop.get_product": products.get,
    "shop.create_product": launching.create,
    "shop.check_listing": checking.check_listing,
    "shop.edit_product": launching.edit,
    "shop.activate_products": shelving.activate,
    "shop.deactivate_products": shelving.deactivate,
    "shop.partial_edit_product": edits.partial_edit,
    "shop.update_price": edits.update_price,
    "shop.update_inventory": edits.update_inventory,
    "shop.search_orders": orders.search,
    "shop.get_orders": orders.detail,
    "shop.get_package": fulfilment.package,
    "shop.ship_package": fulfilment.ship,
    "shop.batch_ship_packages": batches.ship_all,
    "shop.get_delivery_options": delivery.options,
    "shop.get_shipping_providers": delivery.providers,
    "shop.search_cancellations": cancellations.search,
    "shop.cancel_order": cancellations.cancel,
    "shop.approve_cancellation": cancellations.approve,
    "shop.reject_cancellation": cancellations.reject,
    "shop.get_conversations": conversations.listing,
    "shop.create_conversation": conversations.begin,
    "shop.get_messages": conversations.messages,
    "shop.send_message": conversations.send,
    "shop.read_messages": conversations.mark_read,
    "shop.upload_chat_image": pictures.upload,
    "shop.search_packages": packages.search,
    "shop.get_time_slots": packages.time_slots,
    "shop.get_shipping_document": documents.shipping_document,
    "shop.search_returns": returns.search,
    "shop.get_statements": accounts.statements,
    "shop.search_activities": accounts.activities,
}
_WITHOUT_CIPHER = frozenset(("shop.get_authorized_shops", "shop.generate_sharing_links", "shop.generate_general_sharing_links"))
_PRICE_AND_STOCK = frozenset((Does.SETS_PRICES, Does.SETS_STOCK))
_EDITS = frozenset((Does.EDITS_PRODUCTS, Does.LISTS_PRODUCTS))
_VERSION = re.compile(r"20[0-9]{2}(0[1-9]|1[0-2])")


class ShopApi:
    """The shop side's API and its token host, over one world."""

    def __init__(self, world: World, app: App, table: Allowed) -> None:
        """Stand before `world`; `table` says what each stage allows."""
        self.tokens = Tokens(world, app)
        self._world = world
        self._app = app
        self._table = table
        self._answers = 0
        self.webhooks = Webhooks(world, app, self.tokens)
        registrations = self.webhooks.registrations
        self._handlers: dict[str, Handler] = _HANDLERS | {
            "shop.get_webhooks": registrations.listing,
            "shop.register_webhook": registrations.put,
            "shop.delete_webhook": registrations.delete,
        }

    def answer(self, request: Request, route: Route) -> Response:
        """Answer a request to either of the platform's hosts. Nothing that arrives makes it raise."""
        self._answers += 1
        number = request_id(request.at, self._answers)
        operation = route.operation
        if operation is None:
            refusal = WRONG_METHOD if route.methods else UNKNOWN_PATH
            return refused(number, refusal, Notes(code=refusal.code, refusal=refusal.name, assumes=refusal.assumption))
        arrival = Arrival(request, operation, route.params)
        try:
            if operation.host is Host.SHOP_AUTH:
                trade = self.tokens.get if operation.name == "shop.get_token" else self.tokens.refresh
                return succeeded(number, trade(arrival), arrival.notes(), message="success")
            self._admit(arrival)
            data = self._handlers[operation.name](self._world, arrival)
        except Refused as no:
            return refused(number, no.refusal, arrival.notes(no.refusal))
        return succeeded(number, data, arrival.notes())

    def _admit(self, arrival: Arrival) -> None:
        """Check everything that no handler needs to know about, and find the shop."""
        settings = self._world.settings
        arrival.version = self._version(arrival)
        check_content_type(arrival, settings)
        check_signature(arrival, self._app, settings)
        shop = self.tokens.admit(arrival)
        self._check_cipher(arrival, shop)
        name, does = arrival.operation.name, arrival.operation.does
        if shop is None:
            return
        stage = shop.stage
        if stage is Stage.MERGED and does in _PRICE_AND_STOCK:
            arrival.assumes += settings.assumption("price_and_stock_before_confirmation")
        if does in _EDITS:
            naming.notes(self._world, arrival)
        if name not in self._table[stage][SHOP]:
            arrival.touches = arrival.touches or naming.sku_named(self._world, arrival)
            raise Refused(_locked(stage, does))

    def _version(self, arrival: Arrival) -> str:
        known = arrival.operation.versions
        version = arrival.params.get("version", "")
        if version in known:
            return version
        if not _VERSION.fullmatch(version) or version < known[-1]:
            raise Refused(BAD_VERSION)
        lenient(arrival, self._world.settings, "newer_version", BAD_VERSION)
        return known[-1]

    def _check_cipher(self, arrival: Arrival, shop: Shop | None) -> None:
        cipher = arrival.request.params.get("shop_cipher")
        if arrival.operation.name in _WITHOUT_CIPHER:
            if cipher is not None:
                lenient(arrival, self._world.settings, "surplus_shop_cipher", CIPHER_UNEXPECTED)
        elif not cipher:
            raise Refused(CIPHER_MISSING)
        elif shop is None or cipher != shop.cipher:
            raise Refused(CIPHER_FOREIGN)


def _locked(stage: Stage, does: Does) -> Refusal:
    """Give the lock's refusal: documented for edits while merging, assumed for everything else that the table refuses."""
    return LOCKED_WHILE_MERGING if stage is Stage.MERGING and does in _EDITS else LOCKED_UNTIL_CONFIRMED
