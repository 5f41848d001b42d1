"""The operations of both platforms that Gladi knows by name, as data: one line each, with its evidence.

A path template's `{version}` is the version segment of the TikTok Shop Open API; `versions` lists the ones whose shape
is known, oldest first. The sandbox attaches a handler to each; a recording or the live target only names calls by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gladi.record.evidence import Evidence, documented, sdk
from gladi.record.wire import Host
from gladi.record.words import SHOP, TOKOPEDIA, Platform

__all__ = ["OPERATIONS", "Does", "Operation"]


class Does(StrEnum):
    """What an operation does, as far as the merge cares."""

    AUTHORIZES = "authorizes"
    REGISTERS_WEBHOOKS = "registers webhooks"
    READS_SHOPS = "reads shops"
    READS_PRODUCTS = "reads products"
    READS_ORDERS = "reads orders"
    FULFILS_ORDERS = "fulfils orders"
    SETS_PRICES = "sets prices"
    SETS_STOCK = "sets stock"
    EDITS_PRODUCTS = "edits products"
    LISTS_PRODUCTS = "lists products"
    """Creates a product, or puts one on or off the shelves."""
    PRINTS_DOCUMENTS = "prints documents"
    CHATS = "chats"


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of one platform's API."""

    name: str
    """Unique, such as `tokopedia.update_price`."""
    host: Host
    method: str
    path: str
    does: Does
    evidence: Evidence
    versions: tuple[str, ...] = ()

    @property
    def platform(self) -> Platform:
        """The platform whose API this is."""
        return TOKOPEDIA if self.name.startswith("tokopedia.") else SHOP

    @property
    def title(self) -> str:
        """The operation as a reader sees it: `update price`."""
        return self.name.partition(".")[2].replace("_", " ")


def _tokopedia(name: str, call: str, does: Does, evidence: Evidence, *, host: Host = Host.TOKOPEDIA_API) -> Operation:
    method, path = call.split(" ")
    return Operation(f"tokopedia.{name}", host, method, path, does, evidence)


def _shop(name: str, call: str, does: Does, evidence: Evidence, *versions: str) -> Operation:
    method, path = call.split(" ")
    return Operation(f"shop.{name}", Host.SHOP_API, method, path, does, evidence, versions)


_REF = documented("API reference snapshot, Dec 2025 (tiktok-shop-api.md 6)")

OPERATIONS: tuple[Operation, ...] = (
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
    Operation(
        "shop.get_token",
        Host.SHOP_AUTH,
        "GET",
        "/api/v2/token/get",
        Does.AUTHORIZES,
        documented("Authorization overview 202407 (tiktok-shop-api.md 4)"),
    ),
    Operation(
        "shop.refresh_token",
        Host.SHOP_AUTH,
        "GET",
        "/api/v2/token/refresh",
        Does.AUTHORIZES,
        documented("Authorization overview 202407 (tiktok-shop-api.md 4)"),
    ),
    _shop("get_authorized_shops", "GET /authorization/{version}/shops", Does.READS_SHOPS, _REF, "202309"),
    _shop("get_warehouses", "GET /logistics/{version}/warehouses", Does.READS_SHOPS, _REF, "202309"),
    _shop("search_products", "POST /product/{version}/products/search", Does.READS_PRODUCTS, _REF, "202309", "202312", "202502"),
    _shop("get_product", "GET /product/{version}/products/{product_id}", Does.READS_PRODUCTS, _REF, "202309"),
    _shop("create_product", "POST /product/{version}/products", Does.LISTS_PRODUCTS, _REF, "202309"),
    _shop("edit_product", "PUT /product/{version}/products/{product_id}", Does.EDITS_PRODUCTS, _REF, "202309", "202509"),
    _shop("activate_products", "POST /product/{version}/products/activate", Does.LISTS_PRODUCTS, _REF, "202309"),
    _shop("deactivate_products", "POST /product/{version}/products/deactivate", Does.LISTS_PRODUCTS, _REF, "202309"),
    _shop(
        "partial_edit_product", "POST /product/{version}/products/{product_id}/partial_edit", Does.EDITS_PRODUCTS, _REF, "202309", "202509"
    ),
    _shop("update_price", "POST /product/{version}/products/{product_id}/prices/update", Does.SETS_PRICES, _REF, "202309"),
    _shop("update_inventory", "POST /product/{version}/products/{product_id}/inventory/update", Does.SETS_STOCK, _REF, "202309"),
    _shop("search_orders", "POST /order/{version}/orders/search", Does.READS_ORDERS, _REF, "202309"),
    _shop("get_orders", "GET /order/{version}/orders", Does.READS_ORDERS, _REF, "202309", "202507"),
    _shop("get_package", "GET /fulfillment/{version}/packages/{package_id}", Does.READS_ORDERS, _REF, "202309"),
    _shop("search_packages", "POST /fulfillment/{version}/packages/search", Does.READS_ORDERS, _REF, "202309"),
    _shop("get_time_slots", "GET /fulfillment/{version}/packages/{package_id}/handover_time_slots", Does.READS_ORDERS, _REF, "202309"),
    _shop(
        "get_shipping_document",
        "GET /fulfillment/{version}/packages/{package_id}/shipping_documents",
        Does.PRINTS_DOCUMENTS,
        _REF,
        "202309",
    ),
    _shop("ship_package", "POST /fulfillment/{version}/packages/{package_id}/ship", Does.FULFILS_ORDERS, _REF, "202309"),
    _shop("get_conversations", "GET /customer_service/{version}/conversations", Does.CHATS, _REF, "202309"),
    _shop("create_conversation", "POST /customer_service/{version}/conversations", Does.CHATS, _REF, "202309"),
    _shop("get_messages", "GET /customer_service/{version}/conversations/{conversation_id}/messages", Does.CHATS, _REF, "202309"),
    _shop("send_message", "POST /customer_service/{version}/conversations/{conversation_id}/messages", Does.CHATS, _REF, "202309"),
    _shop("read_messages", "POST /customer_service/{version}/conversations/{conversation_id}/messages/read", Does.CHATS, _REF, "202309"),
    _shop("upload_chat_image", "POST /customer_service/{version}/images/upload", Does.CHATS, _REF, "202309"),
)
