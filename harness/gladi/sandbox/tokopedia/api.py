"""The Tokopedia Open API: from a routed request to an answer in the platform's envelopes.

1. A handler reads the request and gives back its deed; nothing has changed until the deed is called.
2. Between the two stands the table of the merge: no handler asks about the stage.
3. Whatever arrives, the answer is the platform's own, and a refusal leaves the world as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.record.operations import Does
from gladi.record.wire import Host, Lost, Notes, Response
from gladi.record.words import TOKOPEDIA
from gladi.sandbox.arrival import Arrival
from gladi.sandbox.refusal import Refusal, Refused
from gladi.sandbox.tokopedia import (
    auth,
    bookings,
    bookkeeping,
    bulk,
    creations,
    edits,
    envelope,
    fulfilment,
    labels,
    orders,
    products,
    refusals,
    rejections,
    resolutions,
    shelving,
    shops,
    webhooks,
)
from gladi.sandbox.tokopedia.desk import Desk
from gladi.sandbox.tokopedia.rates import Rates
from gladi.sandbox.tokopedia.reading import number
from gladi.sandbox.world.closing import Regime

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.record.clock import Instant
    from gladi.record.routing import Route
    from gladi.record.wire import Outgoing, Request
    from gladi.sandbox.app import App
    from gladi.sandbox.merge import Allowed
    from gladi.sandbox.tokopedia.desk import Handler
    from gladi.sandbox.world.world import World

__all__ = ["TokopediaApi"]

_HANDLERS: dict[str, Handler] = {
    "tokopedia.get_token": auth.get_token,
    "tokopedia.get_shop_info": shops.get_shop_info,
    "tokopedia.get_product_info": products.get_product_info,
    "tokopedia.create_products": creations.create_products,
    "tokopedia.edit_products": edits.edit_products,
    "tokopedia.activate_products": shelving.activate_products,
    "tokopedia.deactivate_products": shelving.deactivate_products,
    "tokopedia.update_price": bulk.update_price,
    "tokopedia.update_stock": bulk.update_stock,
    "tokopedia.increment_stock": bulk.increment_stock,
    "tokopedia.decrement_stock": bulk.decrement_stock,
    "tokopedia.list_orders": orders.list_orders,
    "tokopedia.get_order": orders.get_order,
    "tokopedia.accept_order": fulfilment.accept_order,
    "tokopedia.reject_order": rejections.reject_order,
    "tokopedia.ship_order": fulfilment.ship_order,
    "tokopedia.request_pickup": fulfilment.request_pickup,
    "tokopedia.get_shipping_label": labels.get_shipping_label,
    "tokopedia.register_webhooks": webhooks.register_webhooks,
    "tokopedia.list_webhooks": webhooks.list_webhooks,
    "tokopedia.list_fulfilment_orders": bookings.fulfilment_orders,
    "tokopedia.list_chats": bookings.chats,
    "tokopedia.list_tickets": resolutions.tickets,
    "tokopedia.get_saldo_history": bookkeeping.saldo_history,
    "tokopedia.list_slash_prices": bookkeeping.slash_prices,
}

_PRODUCTS = (refusals.PRODUCT_FS_ID_FORMAT, refusals.PRODUCT_FS_ID_FORMAT, refusals.PRODUCT_FS_ID_FOREIGN)
_ORDERS = (refusals.ORDER_FS_ID_EMPTY, refusals.ORDER_FS_ID_FORMAT, refusals.ORDER_FS_ID_FOREIGN)
_SHOPS = (refusals.SHOP_FS_ID_FORMAT, refusals.SHOP_FS_ID_FORMAT, refusals.SHOP_FS_ID_FOREIGN)
_WRONG_FS_ID: dict[Does, tuple[Refusal, Refusal, Refusal]] = {
    Does.READS_SHOPS: _SHOPS,
    Does.READS_FINANCE: _SHOPS,
    Does.CHATS: _SHOPS,
    Does.READS_PROMOTIONS: _PRODUCTS,
    Does.READS_RETURNS: _ORDERS,
    Does.READS_PRODUCTS: _PRODUCTS,
    Does.EDITS_PRODUCTS: _PRODUCTS,
    Does.LISTS_PRODUCTS: _PRODUCTS,
    Does.SETS_PRICES: _PRODUCTS,
    Does.SETS_STOCK: _PRODUCTS,
    Does.READS_ORDERS: _ORDERS,
    Does.FULFILS_ORDERS: _ORDERS,
    Does.PRINTS_DOCUMENTS: _ORDERS,
    Does.REGISTERS_WEBHOOKS: (refusals.BAD_INPUT_DATA, refusals.BAD_INPUT_DATA, refusals.BAD_INPUT_DATA),
}
"""What a family of endpoints says to an fs_id that is empty, malformed, or another app's."""


_READS = frozenset(("GET", "HEAD", "OPTIONS"))
_SILENCE = Response(0, (), b"", Notes(assumes=("tokopedia.closed_is_silence",)), lost=Lost.REQUEST)
"""What answers where Tokopedia's API has ended: nobody takes the connection."""


def _has_ended(regime: Regime, request: Request) -> bool:
    # Tokens are a POST, and ended with the reads.
    return regime is Regime.CLOSED or (request.method not in _READS and request.host == Host.TOKOPEDIA_API)


class TokopediaApi:
    """One app's Tokopedia Open API before a world."""

    def __init__(self, world: World, app: App, table: Allowed) -> None:
        """Open it; `table` says what is allowed at each stage of the merge."""
        self._world = world
        self._table = table
        self._rates = Rates(world.settings.tokopedia_rate, world.settings.tokopedia_bulk_rate)
        self._desk = Desk(
            world=world,
            app=app,
            tokens=auth.Tokens(app, world.settings.tokopedia_token_life),
            hooks=webhooks.registered_before(app) if world.settings.registered_before else webhooks.Registration(fs_id=app.fs_id),
            rates=self._rates,
        )

    def answer(self, request: Request, route: Route) -> Response:
        """Answer a request that leads where `route` says."""
        operation = route.operation
        if self._world.regime is not Regime.OPEN and _has_ended(self._world.regime, request):
            return _SILENCE
        if operation is None:
            return self._nowhere(request, route)
        arrival = Arrival(request, operation, route.params)
        try:
            body = self._carried_out(arrival)
        except Refused as no:
            refusal = no.refusal
            return Response(
                refusal.status,
                (*self._headers(operation.name), *refusal.headers),
                envelope.refused(refusal, operation),
                arrival.notes(refusal),
            )
        kind = envelope.content_type(operation.name)
        return Response(200, self._headers(operation.name, kind), body, arrival.notes())

    @property
    def hooks(self) -> webhooks.Registration:
        """What the app has registered."""
        return self._desk.hooks

    def ends_token(self, at: Instant) -> None:
        """End the access token in force early."""
        self._desk.tokens.ends(at)

    def merge_webhook(self, shop_key: str, *, answered: Callable[[int | None], None]) -> Outgoing | None:
        """Make the webhook of a merge from the state of the shop; None when the app registered no URL for it."""
        return webhooks.merge_webhook(self._world.shops[shop_key], self._desk.hooks, answered)

    def _carried_out(self, arrival: Arrival) -> bytes:
        operation, request = arrival.operation, arrival.request
        if operation.host is Host.TOKOPEDIA_API:
            self._desk.tokens.admit(request.headers.get("authorization", ""), request.at)
            if not self._rates.admits(operation.name, request.at):
                raise Refused(refusals.TOO_MANY_REQUESTS)
            self._check_fs_id(arrival)
        deed = _HANDLERS[operation.name](self._desk, arrival)
        if arrival.shop is not None and operation.name not in self._table[self._world.stage(arrival.shop.key)][TOKOPEDIA]:
            raise Refused(refusals.LOCKED_BY_THE_MERGE)
        return deed()

    def _check_fs_id(self, arrival: Arrival) -> None:
        """Hold the fs_id, in the path or in the query, against the app whose token this is."""
        empty, malformed, foreign = _WRONG_FS_ID[arrival.operation.does]
        text = arrival.params.get("fs_id") or arrival.request.params.get("fs_id", "")
        if not text:
            raise Refused(empty)
        if number(text, malformed) != self._desk.app.fs_id:
            raise Refused(foreign)

    def _headers(self, operation: str, kind: str = "application/json") -> tuple[tuple[str, str], ...]:
        return (("Content-Type", kind), *self._rates.headers(operation))

    def _nowhere(self, request: Request, route: Route) -> Response:
        refusal = refusals.UNKNOWN_PATH
        headers: tuple[tuple[str, str], ...] = ()
        if route.methods:
            refusal, headers = refusals.WRONG_METHOD, (("Allow", ", ".join(route.methods)),)
        elif request.path.startswith("/v1/shops/"):
            refusal = refusal.saying(reason="Get Shop Info is GET /v1/shop/fs/:fs_id/shop-info (tokopedia-api.md 10, row 1)")
        notes = Notes(code=refusal.code, refusal=refusal.name, assumes=refusal.assumption)
        return Response(refusal.status, (*self._headers(""), *headers), envelope.refused(refusal, None), notes)
