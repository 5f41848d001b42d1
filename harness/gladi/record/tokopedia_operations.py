"""The operations of the Tokopedia Open API that Gladi knows by name, as data: one each, with its evidence."""

from __future__ import annotations

from gladi.record.evidence import Evidence, documented, sdk
from gladi.record.operation import Does, Operation
from gladi.record.wire import Host

__all__ = ["TOKOPEDIA_OPERATIONS"]


def _tokopedia(name: str, call: str, does: Does, evidence: Evidence, *, host: Host = Host.TOKOPEDIA_API) -> Operation:
    method, path = call.split(" ")
    return Operation(f"tokopedia.{name}", host, method, path, does, evidence)


TOKOPEDIA_OPERATIONS: tuple[Operation, ...] = (
    _tokopedia(
        "get_token", "POST /token", Does.AUTHORIZES, documented("Authentication (tokopedia-api.md 1)"), host=Host.TOKOPEDIA_ACCOUNTS
    ),
    _tokopedia("get_shop_info", "GET /v1/shop/fs/{fs_id}/shop-info", Does.READS_SHOPS, documented("Get Shop Info (tokopedia-api.md 4)")),
    _tokopedia(
        "get_product_info",
        "GET /inventory/v1/fs/{fs_id}/product/info",
        Does.READS_PRODUCTS,
        documented("Get Product (tokopedia-api.md 5.1)"),
    ),
    _tokopedia(
        "create_products",
        "POST /v3/products/fs/{fs_id}/create",
        Does.LISTS_PRODUCTS,
        documented("Create Products V3 (tokopedia-api.md 5.2)"),
    ),
    _tokopedia(
        "activate_products",
        "POST /v1/products/fs/{fs_id}/active",
        Does.LISTS_PRODUCTS,
        documented("Set Active Product (tokopedia-api.md 5.2)"),
    ),
    _tokopedia(
        "deactivate_products",
        "POST /v1/products/fs/{fs_id}/inactive",
        Does.LISTS_PRODUCTS,
        documented("Set Active Product (tokopedia-api.md 5.2)"),
    ),
    _tokopedia(
        "edit_products", "PATCH /v3/products/fs/{fs_id}/edit", Does.EDITS_PRODUCTS, documented("Edit Products V3 (tokopedia-api.md 5.2)")
    ),
    _tokopedia(
        "update_price",
        "POST /inventory/v1/fs/{fs_id}/price/update",
        Does.SETS_PRICES,
        documented("Update Price Only (tokopedia-api.md 5.2)"),
    ),
    _tokopedia(
        "update_stock", "POST /inventory/v1/fs/{fs_id}/stock/update", Does.SETS_STOCK, documented("Update Stock (tokopedia-api.md 5.2)")
    ),
    _tokopedia(
        "increment_stock", "POST /inventory/v1/fs/{fs_id}/stock/increment", Does.SETS_STOCK, sdk("apiclient oas (tokopedia-api.md 5.2)")
    ),
    _tokopedia(
        "decrement_stock", "POST /inventory/v1/fs/{fs_id}/stock/decrement", Does.SETS_STOCK, sdk("apiclient oas (tokopedia-api.md 5.2)")
    ),
    _tokopedia("list_orders", "GET /v2/order/list", Does.READS_ORDERS, documented("Get All Orders (tokopedia-api.md 6.1)")),
    _tokopedia("get_order", "GET /v2/fs/{fs_id}/order", Does.READS_ORDERS, documented("Get Single Order (tokopedia-api.md 6.1)")),
    _tokopedia(
        "accept_order", "POST /v1/order/{order_id}/fs/{fs_id}/ack", Does.FULFILS_ORDERS, sdk("apiclient oas (tokopedia-api.md 6.1)")
    ),
    _tokopedia(
        "reject_order", "POST /v1/order/{order_id}/fs/{fs_id}/nack", Does.FULFILS_ORDERS, documented("Reject Order (tokopedia-api.md 6.1)")
    ),
    _tokopedia(
        "ship_order",
        "POST /v1/order/{order_id}/fs/{fs_id}/status",
        Does.FULFILS_ORDERS,
        documented("Update Order Status (tokopedia-api.md 6.1)"),
    ),
    _tokopedia(
        "request_pickup",
        "POST /inventory/v1/fs/{fs_id}/pick-up",
        Does.FULFILS_ORDERS,
        documented("Request Pickup (tokopedia-api.md 6.1)"),
    ),
    _tokopedia(
        "get_shipping_label",
        "GET /v1/order/{order_id}/fs/{fs_id}/shipping-label",
        Does.PRINTS_DOCUMENTS,
        sdk("apiclient oas; tokopedia-php-sdk fixtures (tokopedia-api.md 6.1)"),
    ),
    _tokopedia(
        "register_webhooks",
        "POST /v1/fs/{fs_id}/register",
        Does.REGISTERS_WEBHOOKS,
        documented("Register Webhook (tokopedia-api.md 7.1)"),
    ),
    _tokopedia(
        "list_webhooks", "GET /v1/fs/{fs_id}", Does.REGISTERS_WEBHOOKS, documented("List Registered Webhook (tokopedia-api.md 7.1)")
    ),
    _tokopedia(
        "list_fulfilment_orders",
        "GET /v1/fs/{fs_id}/fulfillment_order",
        Does.READS_ORDERS,
        documented("Get Booking Code and COD orders (tokopedia-api.md 6.1)"),
    ),
    _tokopedia("list_chats", "GET /v1/chat/fs/{fs_id}/messages", Does.CHATS, sdk("apiclient oas; tokopedia-php-sdk (tokopedia-api.md 8)")),
    _tokopedia("list_tickets", "GET /resolution/v1/fs/{fs_id}/ticket", Does.READS_RETURNS, sdk("apiclient oas (tokopedia-api.md 8)")),
    _tokopedia(
        "get_saldo_history",
        "GET /v1/fs/{fs_id}/shop/{shop_id}/saldo-history",
        Does.READS_FINANCE,
        sdk("apiclient oas (tokopedia-api.md 8)"),
    ),
    _tokopedia(
        "list_slash_prices",
        "GET /v2/slash-price/fs/{fs_id}/view",
        Does.READS_PROMOTIONS,
        sdk("three SDKs of the Tokopedia Open API; the facts page has slash prices by name alone (tokopedia-api.md 8)"),
    ),
)
