"""Aims generated calls at things that exist: random ids meet nothing, so most are replaced, and some bodies are grown from a lawful one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gladi.record.words import SHOP, TOKOPEDIA
from gladi.sandbox.shop.events import Topic
from gladi.sandbox.shop.order_sheet import DELIVERY
from tests.sandbox.ground import Asked
from tests.sandbox.lawful import LAWFUL, PNG

if TYPE_CHECKING:
    from random import Random

    from tests.sandbox.ground import Ground

__all__ = ["aimed"]

_RAW = 0.3
"""How often a call stays as it was generated, but for its ids; the others grow from a lawful one."""
_AIMED, _MOVED = 0.8, 0.1
"""How often a value is replaced by one that exists: in what was generated, and in what is lawful already."""
_KEPT, _ADDED = 0.97, 0.2
"""How often a field of the lawful call is kept, and one of the generated call added to it."""


def aimed(ground: Ground, name: str, generated: Asked, random: Random) -> Asked:
    """Give a call that is more likely to meet something; the same chance gives the same call."""
    lawful = LAWFUL[name](ground)
    aim = Aim(_shop_side(ground) if name.startswith("shop.") else _tokopedia(ground, lawful.query), random)
    if random.random() < _RAW:
        return Asked(aim.at(generated.path), aim.at(generated.query), _body(generated.body, aim), generated.kind)
    aim.often = _MOVED
    path, query = (aim.at(aim.grown(ours, others)) for ours, others in ((lawful.path, generated.path), (lawful.query, generated.query)))
    # The app's own number is filled in, and is rarely another; whatever else the path wants must come from somewhere.
    path = {key: value for key, value in generated.path.items() if key != "fs_id" or random.random() > _KEPT} | path
    if isinstance(lawful.body, bytes | None) or isinstance(generated.body, bytes):
        return Asked(path, query, lawful.body if random.random() < _KEPT else generated.body, lawful.kind)
    return Asked(path, query, aim.at(aim.grown(lawful.body, generated.body)))


class Aim:
    """Values that exist, by the name under which they are asked for, and the chance that picks among them."""

    def __init__(self, pools: dict[str, list[Any]], random: Random) -> None:
        self.often = _AIMED
        self._pools = pools
        self._random = random

    def at(self, value: Any, key: str = "") -> Any:
        """Replace what is asked for, wherever it stands."""
        if isinstance(value, dict):
            return {name: self.at(one, str(name)) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [self.at(one, key) for one in value]
        pool = self._pools.get(key)
        if not pool or value is None or self._random.random() > self.often:
            return value
        return self._random.choice(pool)

    def grown(self, lawful: Any, generated: Any) -> Any:
        """Mix two bodies: nearly all of the lawful one, and a little that the other has."""
        if isinstance(lawful, dict) and isinstance(generated, dict):
            kept = {key: self.grown(value, generated.get(key)) for key, value in lawful.items() if self._random.random() < _KEPT}
            return {key: value for key, value in generated.items() if self._random.random() < _ADDED} | kept
        if isinstance(lawful, list) and isinstance(generated, list):
            more = generated[:1] if self._random.random() < _ADDED else []
            return [self.grown(one, generated[0] if generated else None) for one in lawful] + more
        return lawful if self._random.random() < _KEPT or generated is None else generated


def _body(body: Any, aim: Aim) -> Any:
    return body if isinstance(body, bytes | None) else aim.at(body)


def _shop_side(ground: Ground) -> dict[str, list[Any]]:
    world, shop = ground.world, ground.shop
    listings = list(world.listings.rows("shop", (SHOP, "shop-1")))[:6]
    offers = [offer for listing in listings for offer in listing.offers][:10]
    orders = [ground.paid, ground.to_cancel, ground.asked_to_cancel, world.orders[ground.returned.order], ground.new]
    order_ids = [one for one in (ground.id_of(order, SHOP) for order in orders) if one]
    packages = [one for one in map(ground.package, orders) if one not in {"", "None"}]
    products, buyers = [one.id for one in listings], [one.buyer.id for one in orders]
    cards: list[dict[str, Any]] = [
        {"product_id": products[0]},
        {"order_id": order_ids[0]},
        {"order_id": order_ids[0], "sku_id": ground.paid.lines[0].offer},
    ]
    cards += [{"content": "hello"}, {"coupon_id": world.conversations.coupon_of("shop-1")}, {"url": "?", "width": 1, "height": 1}]
    return {
        "product_id": products,
        "product_ids": products,
        "material_id": products,
        "id": [*(offer.id for offer in offers), *packages, *products],
        "ids": [*order_ids, *products],
        "sku_id": [offer.id for offer in offers],
        "sku_ids": [offer.id for offer in offers],
        "seller_sku": [*(offer.sku for offer in offers), "NEW-1"],
        "seller_skus": [offer.sku for offer in offers],
        "warehouse_id": [place.shop_id for place in shop.warehouses],
        "warehouse_ids": [place.shop_id for place in shop.warehouses],
        "delivery_option_id": [DELIVERY["delivery_option_id"]],
        "package_id": packages,
        "order_id": order_ids,
        "order_ids": order_ids,
        "cancel_id": [one.id for one in world.withdrawals.values()],
        "cancel_ids": [one.id for one in world.withdrawals.values()],
        "return_ids": [ground.returned.id],
        "buyer_user_id": buyers,
        "buyer_user_ids": buyers,
        "conversation_id": [one.id for one in world.conversations.latest("shop-1", SHOP)],
        "content": [json.dumps(one) for one in cards],
        "type": ["TEXT", "IMAGE", "PRODUCT_CARD", "ORDER_CARD", "COUPON_CARD", "LOGISTICS_CARD", "PRODUCT", "PRE_ORDER"],
        "event_type": [one.name for one in Topic],
        "address": ["https://system.example.com/a", "http://127.0.0.1:9/a", "https://[", "https://system.example.com:99999/a"],
        "amount": ["99000", "0", "1.00", "999999999999"],
        "currency": ["IDR", "USD"],
        "quantity": [0, 1, 5, 99_999, 100_000],
        "title": ["Batik Scarf Mega Mendung, dyed by hand", "Scarf"],
        "category_id": ["600001", "600002", "1"],
        "category_version": ["v1", "v2"],
        "product_title": ["Herbal Tea Rosella", "Batik Scarf"],
        "handling_duration_days": [2, 3, 30, 31],
        "tags": ["a", "", "b" * 400],
        "grant_type": ["authorized_code", "refresh_token"],
        "auth_code": [one.auth_code for one in ground.sandbox.consents],
        "refresh_token": [ground.sandbox.creator.refresh_token],
        "page_token": [""],
    }


def _tokopedia(ground: Ground, lawful: dict[str, Any]) -> dict[str, list[Any]]:
    world, shop = ground.world, ground.shop
    listings = list(world.listings.rows("shop", (TOKOPEDIA, "shop-1")))[:6]
    offers = [offer for listing in listings for offer in listing.offers][:10]
    orders = [ground.new, ground.accepted, world.orders[ground.ticket.order], ground.paid]
    order_ids = [int(one) for one in (ground.id_of(order, TOKOPEDIA) for order in orders) if one]
    products = [*(int(one.id) for one in listings), *(int(one.id) for one in offers)]
    dates: dict[str, list[Any]] = {key: [lawful[key]] for key in ("from_date", "to_date") if key in lawful}
    return {
        **dates,
        "fs_id": [ground.sandbox.app.fs_id],
        "shop_id": [shop.tokopedia_id, shop.tokopedia_id, shop.tokopedia_id, int(shop.shop_id)],
        "order_id": order_ids,
        "next_order_id": [0, *order_ids],
        "invoice_num": [order.invoice for order in orders],
        "product_id": products,
        "id": products,
        "sku": [offer.sku for offer in offers],
        "warehouse_id": [place.tokopedia_id for place in shop.warehouses],
        "new_price": [99, 100, 50_000, 100_000_001],
        "price": [99, 100, 50_000],
        "new_stock": [-1, 0, 7, 1_000_000],
        "stock_value": [0, 1, 10_000],
        "stock": [0, 1, 7, 1001],
        "category_id": [0, 1024],
        "page": [1, 2, 10_000],
        "status": ["LIMITED", "UNLIMITED", 220, 400],
        "order_status": [500, 220],
        "reason_code": [0, 1, 4, 6, 8],
        "shop_close_end_date": ["31/12/2025", "31/13/2025", "1/1/2026"],
        "combination": [0, 1],
        "order_notification_url": ["https://system.example.com/a", "ftp://a", "https://["],
        "grant_type": ["client_credentials", "password"],
        "data": [PNG],
    }
