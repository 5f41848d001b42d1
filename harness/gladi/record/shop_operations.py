"""The operations of the TikTok Shop Open API that Gladi knows by name, as data: one line each, with its evidence.

A path template's `{version}` is the version segment; `versions` lists the ones whose shape is known, oldest first.
"""

from __future__ import annotations

from gladi.record.evidence import Evidence, documented, sdk
from gladi.record.operation import Does, Operation
from gladi.record.wire import Host

__all__ = ["SHOP_OPERATIONS"]


def _shop(name: str, call: str, does: Does, evidence: Evidence, *versions: str) -> Operation:
    method, path = call.split(" ")
    return Operation(f"shop.{name}", Host.SHOP_API, method, path, does, evidence, versions)


_REF = documented("API reference snapshot, Dec 2025 (tiktok-shop-api.md 6)")

_SDK = sdk("a generated client of the whole API; the facts page knows finance and promotion by their errors alone (tiktok-shop-api.md 7.5)")

SHOP_OPERATIONS: tuple[Operation, ...] = (
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
    _shop("get_delivery_options", "GET /logistics/{version}/warehouses/{warehouse_id}/delivery_options", Does.READS_SHOPS, _REF, "202309"),
    _shop(
        "get_shipping_providers",
        "GET /logistics/{version}/delivery_options/{delivery_option_id}/shipping_providers",
        Does.READS_SHOPS,
        _REF,
        "202309",
    ),
    _shop("get_categories", "GET /product/{version}/categories", Does.READS_PRODUCTS, _REF, "202309"),
    _shop("recommend_category", "POST /product/{version}/categories/recommend", Does.READS_PRODUCTS, _REF, "202309"),
    _shop(
        "generate_sharing_links",
        "POST /affiliate_creator/{version}/affiliate_sharing_links/generate_batch",
        Does.SHARES_LINKS,
        documented("Generate Affiliate Sharing Link 202407 (tiktok-shop-api.md 13)"),
        "202407",
        "202501",
    ),
    _shop(
        "generate_general_sharing_links",
        "POST /affiliate_creator/{version}/affiliate_sharing_links/general_publishers/generate_batch",
        Does.SHARES_LINKS,
        documented("Generate General Sharing Links 202505 (tiktok-shop-api.md 13)"),
        "202505",
    ),
    _shop("search_products", "POST /product/{version}/products/search", Does.READS_PRODUCTS, _REF, "202309", "202312", "202502"),
    _shop("get_product", "GET /product/{version}/products/{product_id}", Does.READS_PRODUCTS, _REF, "202309"),
    _shop("create_product", "POST /product/{version}/products", Does.LISTS_PRODUCTS, _REF, "202309"),
    _shop("check_listing", "POST /product/{version}/products/listing_check", Does.READS_PRODUCTS, _REF, "202309"),
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
    _shop("get_webhooks", "GET /event/{version}/webhooks", Does.REGISTERS_WEBHOOKS, _REF, "202309"),
    _shop("register_webhook", "PUT /event/{version}/webhooks", Does.REGISTERS_WEBHOOKS, _REF, "202309"),
    _shop("delete_webhook", "DELETE /event/{version}/webhooks", Does.REGISTERS_WEBHOOKS, _REF, "202309"),
    _shop("batch_ship_packages", "POST /fulfillment/{version}/packages/ship", Does.FULFILS_ORDERS, _REF, "202309"),
    _shop("search_cancellations", "POST /return_refund/{version}/cancellations/search", Does.READS_ORDERS, _REF, "202309"),
    _shop("cancel_order", "POST /return_refund/{version}/cancellations", Does.FULFILS_ORDERS, _REF, "202309"),
    _shop("approve_cancellation", "POST /return_refund/{version}/cancellations/{cancel_id}/approve", Does.FULFILS_ORDERS, _REF, "202309"),
    _shop("reject_cancellation", "POST /return_refund/{version}/cancellations/{cancel_id}/reject", Does.FULFILS_ORDERS, _REF, "202309"),
    _shop("get_conversations", "GET /customer_service/{version}/conversations", Does.CHATS, _REF, "202309"),
    _shop("create_conversation", "POST /customer_service/{version}/conversations", Does.CHATS, _REF, "202309"),
    _shop("get_messages", "GET /customer_service/{version}/conversations/{conversation_id}/messages", Does.CHATS, _REF, "202309"),
    _shop("send_message", "POST /customer_service/{version}/conversations/{conversation_id}/messages", Does.CHATS, _REF, "202309"),
    _shop("read_messages", "POST /customer_service/{version}/conversations/{conversation_id}/messages/read", Does.CHATS, _REF, "202309"),
    _shop("upload_chat_image", "POST /customer_service/{version}/images/upload", Does.CHATS, _REF, "202309"),
    _shop("search_returns", "POST /return_refund/{version}/returns/search", Does.READS_RETURNS, _REF, "202309", "202602"),
    _shop("get_statements", "GET /finance/{version}/statements", Does.READS_FINANCE, _SDK, "202309"),
    _shop("search_activities", "POST /promotion/{version}/activities/search", Does.READS_PROMOTIONS, _SDK, "202309"),
)
