"""What the API changelog asks, in the order of its sections, and what the platforms' other notices to developers add to it."""

from __future__ import annotations

from gladi.judge.requirement import Requirement, of

__all__ = ["CHANGELOG", "CHANGELOG_EXCLUSIONS", "NOTICES"]

CHANGELOG: tuple[Requirement, ...] = (
    *of(
        "API changelog, Brand and logo guidelines",
        ("changelog.brand.tokopedia-and-shop", "What the seller sees says Tokopedia & Shop and never the older brand."),
    ),
    *of(
        "API changelog, What APIs to use to access data",
        ("changelog.access.version", "Calls on Tokopedia & Shop use version 202309 or later."),
        ("changelog.access.shop-only", "A seller who was never on Tokopedia is served through Tokopedia & Shop alone."),
        ("changelog.access.completed-new-data", "After the merge all new data is read and managed through Tokopedia & Shop."),
        (
            "changelog.access.completed-products",
            "After the merge products are read and published through Tokopedia & Shop, which has taken them over.",
        ),
        (
            "changelog.access.completed-history",
            "After the merge the history of orders, fulfilment, returns, finance and chats is read on Tokopedia.",
        ),
        ("changelog.access.pending", "Until the merge is complete the Tokopedia store is run through Tokopedia."),
        (
            "changelog.access.new-seller",
            "A seller who begins on Tokopedia & Shop without ever having had a Tokopedia store is served there alone.",
        ),
    ),
    *of(
        "API changelog, Products",
        (
            "changelog.products.pre-sale",
            "The seller sets a product on pre-sale, either for 3 to 30 days of handling or until a date of release.",
        ),
        ("changelog.products.listing-platforms", "Who creates or edits a product chooses the apps on which it is listed."),
        (
            "changelog.products.properties",
            "The seller says whether shipping insurance is required, whether a product is pre-owned, and how many a buyer takes at least.",
        ),
        (
            "changelog.products.outcome-per-app",
            "A product that fails on one app and succeeds on the other is shown as exactly that, with what to do about it.",
        ),
        ("changelog.products.partial-edit", "A partial edit names the apps on which the product is listed."),
        ("changelog.products.search", "The seller chooses the app to search in and sees a product's status on each."),
        ("changelog.products.get", "The seller sees the properties that tell on which app a product is listed."),
        ("changelog.products.audit", "The seller sees on which app a product failed its audit, why, and what is suggested."),
        ("changelog.products.shelves", "Who puts a product on or off the shelves chooses the app."),
        (
            "changelog.products.shelf-errors",
            "An error that stands inside a successful answer is read, and the seller is told of it.",
        ),
        ("changelog.products.categories", "The seller sees for each app in which categories he may list."),
        (
            "changelog.products.categories-of-both",
            "Whoever lists on both apps asks once for each, and lists in a category that both permit.",
        ),
    ),
    *of(
        "API changelog, Orders",
        ("changelog.orders.commerce-platform", "The seller sees on which app an order was placed."),
        ("changelog.orders.insurance", "The seller sees the insurance fees of an order."),
    ),
    *of(
        "API changelog, Fulfillment",
        (
            "changelog.fulfillment.error-codes",
            "The system knows the refusals of Ship Package for a missing or missed collection time and tells the seller why.",
            "the changelog has 11021035 and 11021036, the API reference 21011053 and 21011054 with the same meaning",
        ),
        (
            "changelog.fulfillment.batch",
            "Of parcels that are shipped in one call, the seller is told which failed and why; the others leave once.",
        ),
    ),
    *of(
        "API changelog, Logistics",
        ("changelog.logistics.geolocation", "The seller sees where a warehouse lies."),
        ("changelog.logistics.delivery-options", "The seller sees which delivery option of a warehouse serves which app."),
    ),
    *of(
        "API changelog, Return and refund",
        ("changelog.returns.warehouse-address", "The seller sees to which warehouse the goods of a return come back."),
    ),
    *of(
        "API changelog, Customer service",
        (
            "changelog.chats.buyer-platform",
            "The products and orders that are offered in a dialogue are those of the app that its buyer came from.",
        ),
    ),
    *of(
        "API changelog, Affiliate",
        (
            "changelog.affiliate.sharing-link",
            "Sharing links come from Generate Affiliate Sharing Link; a tag that is refused is told, the others get theirs.",
        ),
    ),
    *of(
        "API changelog, How to get shop and product mapping",
        (
            "changelog.mapping.product",
            "The system learns the id of each product on Tokopedia & Shop from Get Product Info on Tokopedia.",
            "the example is flat with string ids, the documented answer nested with integers; where tts_product_id stands in it is unknown",
        ),
        (
            "changelog.mapping.shop",
            "The system learns from Get Shop Info which shop on Tokopedia & Shop a Tokopedia shop became.",
            "the mapping example has tts_shop_id, the migration status tts_seller_id: a shop and a seller, two different things",
        ),
    ),
    *of(
        "API changelog, How to check shop migration status",
        (
            "changelog.status.get-shop-info",
            "A shop has merged when Get Shop Info has tts_integration_completed, and has not while it is absent.",
        ),
        (
            "changelog.status.five-minutes",
            "Get Shop Info is asked for the migration status at most every five minutes. This is advice.",
            "the rate limit documented for the call is five requests a second",
        ),
        (
            "changelog.status.unmerge",
            "A webhook with status `unmerge` is reported and checked against Get Shop Info, and nothing is switched back blindly.",
            "the rehearsal guide knows no way back from a merge",
        ),
        ("changelog.status.webhook", "The webhook with status `merge` tells of the merge in real time; its ids are strings."),
        (
            "changelog.webhook.registration",
            "The merge webhook is registered through Tokopedia's endpoint, and no other webhook is lost by it.",
            "the example sends the merge URL alone; the registration page says that URLs left out become empty",
        ),
    ),
    *of(
        "API changelog, How to check shop mirroring status",
        ("changelog.mirroring.status", "A change of mirroring status is shown to the seller and taken for no merge."),
    ),
)

NOTICES: tuple[Requirement, ...] = (
    *of(
        "notices to developers, Webhooks overview",
        ("platform.webhooks.signature", "A webhook of Tokopedia & Shop is believed when its signature is right, and not otherwise."),
        ("platform.webhooks.again", "A webhook of Tokopedia & Shop that comes again, hours later or twice, changes nothing."),
        (
            "platform.webhooks.events",
            "What a webhook of Tokopedia & Shop tells is known to the system without a poll, and a poll makes up for a lost one.",
        ),
        (
            "platform.orders.new-address",
            "An order whose buyer changes its address before shipment was arranged is labelled with the new one.",
        ),
    ),
    *of(
        "notices to developers, authorization overview",
        (
            "platform.authorization.taken-back",
            "A seller who takes back the app's access is told that his shop is no longer served, and other sellers' shops go on.",
        ),
    ),
    *of(
        "notices to developers, return, refund and cancel overview",
        (
            "platform.orders.cancellation-request",
            "An order that its buyer asks to cancel before shipment was arranged is held, and leaves only if the seller refuses him.",
        ),
    ),
    *of(
        "notices to developers, changes for the Indonesian market",
        (
            "platform.orders.cancelled-before-pickup",
            "An order that its buyer cancels after shipment was arranged and before the courier came is pulled, and does not leave.",
        ),
        ("platform.orders.tracking-number", "A tracking number that is empty until the parcel was arranged is waited for."),
        (
            "platform.orders.on-hold",
            "An order on hold, as every order of a development shop is at first, is not shipped before it is released.",
        ),
        (
            "platform.closing.goes-on",
            "From the day on which the Tokopedia Open API answers nothing, the system goes on with Tokopedia & Shop and its own archive.",
        ),
    ),
)
"""What other notices to developers ask beyond the changelog; sections 1, 4, 11 and 14 of the facts page of the API quote them."""

CHANGELOG_EXCLUSIONS: dict[str, str] = {
    "changelog.brand.extra-logos": "a recommendation about pictures: whether a label bears an additional logo shows in its image alone, "
    "and no rehearsal looks at images",
}
"""What the changelog asks and no scenario can rehearse, with the reason."""
