# noqa: INP001 - pages, not a package
"""The rows of the API changelog as data: what each asks, the operations that carry it, and what no scenario of it shows."""

from __future__ import annotations

from dataclasses import dataclass

from gladi.record.operations import OPERATIONS
from gladi.record.whereabouts import KEPT_BY

__all__ = ["ROWS", "Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row. Its scenarios are those that rehearse what it asks, its rogues those that fail them or break its invariants."""

    title: str
    asks: tuple[str, ...]
    """Ids of requirements."""
    operations: tuple[str, ...] = ()
    """Names of operations; none where `instead` says why."""
    instead: str = ""
    """Why the row names no operation; what it rests on then stands in `settings`."""
    settings: tuple[str, ...] = ()
    """Names of the sandbox's settings that decide about the row, whose evidence is the row's."""
    invariants: tuple[str, ...] = ()
    """Ids of the invariants that judge the row in every scenario, not in its own alone."""
    left: str = ""
    """What of the row no scenario shows, and why; without a full stop."""


ROWS: tuple[Row, ...] = (
    Row(
        "Which API, for whom",
        (
            "changelog.access.version",
            "changelog.access.shop-only",
            "changelog.access.completed-new-data",
            "changelog.access.completed-products",
            "changelog.access.completed-history",
            "changelog.access.pending",
            "changelog.access.new-seller",
        ),
        tuple(one.name for one in OPERATIONS if one.does in KEPT_BY),
        invariants=(
            "data_is_asked_where_it_lives",
            "new_orders_are_read_from_the_shop",
            "historical_orders_are_asked_of_tokopedia",
            "calls_use_a_current_version",
        ),
        left="In promotion and finance nothing is changed: no fact says how, and the calls that read there are a generated client's",
    ),
    Row(
        "Create, Edit, Check Product Listing",
        (
            "changelog.products.pre-sale",
            "changelog.products.listing-platforms",
            "changelog.products.properties",
            "changelog.products.outcome-per-app",
        ),
        ("shop.create_product", "shop.edit_product", "shop.check_listing"),
        invariants=("every_product_write_names_its_platforms",),
        left="A pre-sale until a date stands in no scenario: the API reference gives release_date to the United States alone, so that in "
        "Indonesia it is the changelog's spelling, taken as a leniency; the sandbox's own tests hold it",
    ),
    Row(
        "Partial Edit",
        ("changelog.products.partial-edit", "changelog.products.outcome-per-app"),
        ("shop.partial_edit_product",),
        invariants=("every_product_write_names_its_platforms",),
    ),
    Row("Search Products", ("changelog.products.search",), ("shop.search_products",)),
    Row("Get Product", ("changelog.products.get", "changelog.products.audit"), ("shop.get_product",)),
    Row(
        "Activate, Deactivate",
        ("changelog.products.shelves", "changelog.products.shelf-errors"),
        ("shop.activate_products", "shop.deactivate_products"),
        invariants=("every_product_write_names_its_platforms",),
    ),
    Row(
        "Recommend Category, Get Categories",
        ("changelog.products.categories", "changelog.products.categories-of-both"),
        ("shop.recommend_category", "shop.get_categories"),
    ),
    Row(
        "Order Detail, Order List",
        ("changelog.orders.commerce-platform", "changelog.orders.insurance"),
        ("shop.get_orders", "shop.search_orders"),
    ),
    Row(
        "Ship, Batch Ship",
        ("changelog.fulfillment.error-codes", "changelog.fulfillment.batch"),
        ("shop.ship_package", "shop.batch_ship_packages"),
        settings=("ship_error_codes",),
        invariants=("an_order_leaves_once",),
    ),
    Row("Warehouse list", ("changelog.logistics.geolocation",), ("shop.get_warehouses",)),
    Row("Delivery options", ("changelog.logistics.delivery-options",), ("shop.get_delivery_options",)),
    Row("Search Returns", ("changelog.returns.warehouse-address",), ("shop.search_returns",)),
    Row(
        "Get Conversations",
        ("changelog.chats.buyer-platform",),
        ("shop.get_conversations", "shop.search_products", "shop.search_orders", "shop.send_message"),
    ),
    Row(
        "Generate Affiliate Sharing Link",
        ("changelog.affiliate.sharing-link",),
        ("shop.generate_sharing_links", "shop.generate_general_sharing_links"),
        settings=("selected_for_affiliate",),
        left="The private affiliate APIs that it replaces are described nowhere; a call for one is answered as an unknown path and "
        "reported. Links for general publishers are served, and held by the sandbox's own tests",
    ),
    Row(
        "Product mapping, shop mapping",
        ("changelog.mapping.product", "changelog.mapping.shop"),
        ("tokopedia.get_product_info", "tokopedia.get_shop_info"),
        settings=("product_map_at_merge", "shops_by_either_id"),
        invariants=("ids_agree",),
        left="The cross-check by eye in Partner Center is a person's, in the console of a real integration, which is no target yet",
    ),
    Row(
        "Migration status",
        (
            "changelog.status.get-shop-info",
            "changelog.status.five-minutes",
            "changelog.status.webhook",
            "changelog.status.unmerge",
            "changelog.webhook.registration",
        ),
        ("tokopedia.get_shop_info", "tokopedia.register_webhooks", "tokopedia.list_webhooks"),
        settings=("webhook_delay", "webhook_retries"),
        invariants=("the_merge_is_noticed", "a_separation_is_checked", "shop_info_every_five_minutes", "a_registration_wipes_nothing"),
        left="A separation after a merge is announced by a webhook alone: no document tells of shops that really part again",
    ),
    Row(
        "Shop mirroring",
        ("changelog.mirroring.status",),
        instead="Its news comes as a webhook of type 35, which no call registers: it is switched on in Partner Center",
        settings=("partner_center",),
    ),
    Row(
        "Webhooks of Tokopedia & Shop",
        (
            "platform.webhooks.signature",
            "platform.webhooks.again",
            "platform.webhooks.events",
            "platform.orders.new-address",
            "platform.authorization.taken-back",
        ),
        ("shop.register_webhook", "shop.get_webhooks", "shop.delete_webhook"),
        settings=("shop_webhook_delay", "shop_webhook_retries", "revoked_token_expires"),
        invariants=("webhooks_are_answered", "webhooks_are_handled_once", "no_forged_webhook_is_believed"),
        left="PACKAGE_UPDATE can be registered for, and nothing here sets it off: it tells of packages that are split or combined, and not "
        "of shipping; here each order is one package, and the calls that split and combine are not imitated. The careful example "
        "system registers alone; the calls that list and delete are held by the sandbox's own tests",
    ),
    Row(
        "Brand and logo",
        ("changelog.brand.tokopedia-and-shop",),
        ("tokopedia.get_shipping_label", "shop.get_shipping_document"),
        invariants=("the_older_brand_is_nowhere_shown",),
        left="Additional logos on labels are pictures, which no rehearsal looks at; text, HTML and PDF are read, and screens as text",
    ),
    Row(
        "Cancellations, tracking numbers, orders on hold",
        (
            "platform.orders.cancelled-before-pickup",
            "platform.orders.cancellation-request",
            "platform.orders.tracking-number",
            "platform.orders.on-hold",
        ),
        (
            "shop.search_orders",
            "shop.get_package",
            "shop.search_cancellations",
            "shop.cancel_order",
            "shop.approve_cancellation",
            "shop.reject_cancellation",
        ),
        settings=("on_hold_for", "collection_after"),
        invariants=("no_cancelled_order_leaves",),
        left="A seller who cancels by himself, for want of stock, stands in no scenario; Cancel Order is held by the sandbox's own tests",
    ),
    Row(
        "The closed regime",
        ("platform.closing.goes-on",),
        instead="It is about every operation of Tokopedia at once: first none writes, then none answers",
        settings=("tokopedia_closes",),
    ),
)
"""In the order of the changelog, and after it what later notices to developers add."""
