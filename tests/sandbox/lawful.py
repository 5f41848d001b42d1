"""One lawful call of each operation, on a ground on which it succeeds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gladi.record.words import SHOP, TOKOPEDIA, Stage
from gladi.sandbox.shop.order_sheet import DELIVERY
from tests.sandbox.ground import Asked, Ground

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LAWFUL", "PNG", "STAGES"]

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (640).to_bytes(4) + (480).to_bytes(4)
STAGES: dict[str, Stage] = dict.fromkeys(("shop.get_categories", "shop.recommend_category"), Stage.CONFIRMED)
"""The stages at which operations succeed that do not at the first."""
_HERE = "https://system.example.com/webhooks/shop"
_DAYS = {"from_date": "2025-02-10", "to_date": "2025-03-05"}


def _place(ground: Ground) -> str:
    return ground.shop.warehouses[0].shop_id


def _of_shop(ground: Ground, **more: Any) -> dict[str, Any]:
    return {"shop_id": ground.shop.tokopedia_id, **more}


def _proposal(ground: Ground, **sku: Any) -> dict[str, Any]:
    plain = {"seller_sku": "SCF-MGM", "price": {"amount": "149000", "currency": "IDR"}}
    stock = [{"warehouse_id": _place(ground), "quantity": 12}]
    return {
        "title": "Batik Scarf Mega Mendung, dyed by hand",
        "description": "<p>Dyed by hand.</p>",
        "category_id": "600001",
        "main_images": [{"uri": "tos/scarf"}],
        "skus": [
            sku or plain | {"inventory": stock, "pre_sale": {"type": "PRE_ORDER", "fulfillment_type": {"handling_duration_days": 14}}}
        ],
        "idempotency_key": "launch-1",
    }


def _new(name: str) -> dict[str, Any]:
    return {"name": name, "category_id": 1024, "price": 149_000, "stock": 12, "sku": "SCF-MGM"}


def _product(ground: Ground) -> dict[str, Any]:
    return {"product_id": ground.listing().id}


def _sku(ground: Ground) -> str:
    return ground.listing().offers[0].id


def _package(ground: Ground) -> dict[str, Any]:
    return {"package_id": ground.package(ground.paid)}


def _chat(ground: Ground) -> dict[str, Any]:
    chat = ground.world.conversations.of_buyer("shop-1", ground.paid.buyer.id, SHOP)
    return {"conversation_id": chat.id if chat is not None else ""}


def _stock(ground: Ground) -> list[dict[str, Any]]:
    return [{"warehouse_id": place.shop_id, "quantity": 5} for place in ground.shop.warehouses]


def _shipped(ground: Ground) -> dict[str, Any]:
    ground.world.send(ground.world.orders[ground.paid.key], SHOP)
    return _package(ground)


def _window(ground: Ground) -> dict[str, int]:
    now = ground.world.clock.now // 1000
    return {"from_date": now - 86_400, "to_date": now + 3600}


def _toko(ground: Ground, *, accepted: bool) -> dict[str, Any]:
    return {"order_id": ground.id_of(ground.accepted if accepted else ground.new, TOKOPEDIA)}


def _listed(ground: Ground) -> int:
    return int(ground.listing(TOKOPEDIA).id)


def _form() -> bytes:
    head = b'--gladi\r\nContent-Disposition: form-data; name="data"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    return head + PNG + b"\r\n--gladi--\r\n"


_SHOP: dict[str, Callable[[Ground], Asked]] = {
    "get_token": lambda g: Asked(query={"auth_code": g.sandbox.consents[0].auth_code, "grant_type": "authorized_code"}),
    "refresh_token": lambda g: Asked(query={"refresh_token": g.sandbox.creator.refresh_token, "grant_type": "refresh_token"}),
    "get_authorized_shops": lambda _: Asked(),
    "get_warehouses": lambda _: Asked(),
    "get_delivery_options": lambda g: Asked({"warehouse_id": _place(g)}, {"scope": "WAREHOUSE"}),
    "get_shipping_providers": lambda _: Asked({"delivery_option_id": DELIVERY["delivery_option_id"]}),
    "get_categories": lambda _: Asked(query={"listing_platform": "TOKOPEDIA", "include_prohibited_categories": True}),
    "recommend_category": lambda _: Asked(body={"product_title": "Herbal Tea Rosella", "listing_platform": "TOKOPEDIA"}),
    "generate_sharing_links": lambda g: Asked(
        body={"material": {"id": g.listing().id, "type": "PRODUCT"}, "channel": "X", "tags": ["a", "", "b" * 400]}
    ),
    "generate_general_sharing_links": lambda g: Asked(body={"material": {"ids": [g.listing().id, "1"], "type": "PRODUCT"}}),
    "search_products": lambda _: Asked(query={"page_size": 100}, body={"status": "ALL"}),
    "get_product": lambda g: Asked(_product(g)),
    "create_product": lambda g: Asked(body=_proposal(g)),
    "check_listing": lambda g: Asked(body=_proposal(g)),
    "edit_product": lambda g: Asked(_product(g), body=_proposal(g, id=_sku(g))),
    "partial_edit_product": lambda g: Asked(_product(g), body={"title": "Written anew, at length enough"}),
    "activate_products": lambda g: Asked(body={"product_ids": [g.listing().id, "1"], "listing_platforms": ["TIKTOK_SHOP"]}),
    "deactivate_products": lambda g: Asked(body={"product_ids": [g.listing().id, "1"]}),
    "update_price": lambda g: Asked(_product(g), body={"skus": [{"id": _sku(g), "price": {"amount": "99000", "currency": "IDR"}}]}),
    "update_inventory": lambda g: Asked(
        _product(g), body={"skus": [{"id": _sku(g), "inventory": _stock(g)}, {"id": "1", "inventory": _stock(g)}]}
    ),
    "search_orders": lambda _: Asked(query={"page_size": 100}, body={}),
    "get_orders": lambda g: Asked(query={"ids": [g.id_of(g.paid, SHOP), "1"]}),
    "get_package": lambda g: Asked(_package(g)),
    "search_packages": lambda _: Asked(query={"page_size": 50}, body={}),
    "get_time_slots": lambda g: Asked(_package(g)),
    "get_shipping_document": lambda g: Asked(_shipped(g), {"document_type": "SHIPPING_LABEL"}),
    "ship_package": lambda g: Asked(_package(g), body={"handover_method": "PICKUP"}),
    "batch_ship_packages": lambda g: Asked(body={"packages": [{"id": g.package(g.paid)}, {"id": "1"}]}),
    "get_webhooks": lambda _: Asked(),
    "register_webhook": lambda _: Asked(body={"event_type": "ORDER_STATUS_CHANGE", "address": _HERE}),
    "delete_webhook": lambda _: Asked(body={"event_type": "ORDER_STATUS_CHANGE"}),
    "search_cancellations": lambda _: Asked(query={"page_size": 50}, body={}),
    "cancel_order": lambda g: Asked(body={"order_id": g.id_of(g.to_cancel, SHOP), "cancel_reason": "out_of_stock"}),
    "approve_cancellation": lambda g: Asked({"cancel_id": g.withdrawal.id}),
    "reject_cancellation": lambda g: Asked({"cancel_id": g.withdrawal.id}),
    "search_returns": lambda _: Asked(query={"page_size": 50}, body={}),
    "get_conversations": lambda _: Asked(query={"page_size": 20}),
    "create_conversation": lambda g: Asked(body={"buyer_user_id": g.paid.buyer.id}),
    "get_messages": lambda g: Asked(_chat(g), {"page_size": 10}),
    "send_message": lambda g: Asked(_chat(g), body={"type": "TEXT", "content": json.dumps({"content": "It is."})}),
    "read_messages": lambda g: Asked(_chat(g)),
    "upload_chat_image": lambda _: Asked(body=_form(), kind="multipart/form-data; boundary=gladi"),
    "get_statements": lambda _: Asked(query={"sort_field": "statement_time", "page_size": 100}),
    "search_activities": lambda _: Asked(body={"page_size": 100}),
}

_TOKOPEDIA: dict[str, Callable[[Ground], Asked]] = {
    "get_token": lambda _: Asked(query={"grant_type": "client_credentials"}),
    "get_shop_info": lambda _: Asked(query={"page": 1, "per_page": 10}),
    "get_product_info": lambda g: Asked(query=_of_shop(g, page=1, per_page=50)),
    "create_products": lambda g: Asked(query=_of_shop(g), body={"products": [_new("Batik Scarf"), _new("")]}),
    "edit_products": lambda g: Asked(query=_of_shop(g), body={"products": [{"id": _listed(g), "name": "Scarf"}, {"id": 1}]}),
    "activate_products": lambda g: Asked(query=_of_shop(g), body={"product_id": [_listed(g), 1]}),
    "deactivate_products": lambda g: Asked(query=_of_shop(g), body={"product_id": [_listed(g)]}),
    "update_price": lambda g: Asked(query=_of_shop(g), body=[{"sku": "TRY-TEK", "new_price": 99_000}, {"sku": "?", "new_price": 1}]),
    "update_stock": lambda g: Asked(query=_of_shop(g), body=[{"sku": "TRY-TEK", "new_stock": 9}, {"product_id": 1, "new_stock": 1}]),
    "increment_stock": lambda g: Asked(query=_of_shop(g, request_id="a-1"), body=[{"sku": "TRY-TEK", "stock_value": 2}, {"new_stock": 1}]),
    "decrement_stock": lambda g: Asked(query=_of_shop(g), body=[{"sku": "TRY-TEK", "new_stock": 1}, {"sku": "TRY-TEK", "new_stock": 9999}]),
    "list_orders": lambda g: Asked(query=_of_shop(g, fs_id=g.sandbox.app.fs_id, page=1, per_page=100) | _window(g)),
    "get_order": lambda g: Asked(query=_toko(g, accepted=True)),
    "accept_order": lambda g: Asked(_toko(g, accepted=False)),
    "reject_order": lambda g: Asked(_toko(g, accepted=False), body={"reason_code": 1, "reason": "none left"}),
    "ship_order": lambda g: Asked(_toko(g, accepted=True), body={"order_status": 500, "shipping_ref_num": "JNE123"}),
    "request_pickup": lambda g: Asked(body={"order_id": int(_toko(g, accepted=True)["order_id"]), "shop_id": g.shop.tokopedia_id}),
    "get_shipping_label": lambda g: Asked(_toko(g, accepted=True), {"printed": 1}),
    "register_webhooks": lambda g: Asked(body={"fs_id": g.sandbox.app.fs_id, "order_notification_url": _HERE}),
    "list_webhooks": lambda _: Asked(),
    "list_fulfilment_orders": lambda g: Asked(query=_of_shop(g, per_page=2)),
    "list_chats": lambda g: Asked(query=_of_shop(g)),
    "list_tickets": lambda g: Asked(query=_of_shop(g) | _DAYS),
    "get_saldo_history": lambda g: Asked(_of_shop(g), _DAYS),
    "list_slash_prices": lambda g: Asked(query=_of_shop(g)),
}

LAWFUL: dict[str, Callable[[Ground], Asked]] = {f"shop.{name}": call for name, call in _SHOP.items()} | {
    f"tokopedia.{name}": call for name, call in _TOKOPEDIA.items()
}
"""By operation: writes the call."""
