"""What the rehearsal guide asks, in the order of its bullets; what it asks of people and accounts alone is excluded with the reason."""

from __future__ import annotations

from gladi.judge.requirement import Requirement, of

__all__ = ["EXCLUSIONS", "GUIDE"]

GUIDE: tuple[Requirement, ...] = (
    *of(
        "rehearsal guide, Overview",
        ("guide.overview.where-to-fetch-orders", "At every stage the system knows from which platform it has to fetch orders."),
        ("guide.overview.ships-once", "No order is shipped twice because two platforms show it."),
        ("guide.overview.every-stage", "The system works with what both platforms answer before, during and after the merge."),
    ),
    *of(
        "rehearsal guide, Preparation 3",
        ("guide.preparation.merge-webhook", "The system subscribes to the merge event before the shops are linked."),
    ),
    *of(
        "rehearsal guide, Verification",
        (
            "guide.verification.integration-begins",
            "Linking begins an attempt to integrate the two shops; the system carries on whatever comes of it.",
        ),
        (
            # The changelog's webhook also knows a status `unmerge`; the guide knows no unbinding, and here it has the word.
            "guide.verification.irreversible",
            "A merge that succeeded stays: the system never goes back to the time before it.",
        ),
        ("guide.verification.hours-to-a-day", "The system works through a merge that takes a few hours or a full day."),
        (
            "guide.verification.merge-webhook",
            "The system takes the merge webhook as the news that the integration succeeded.",
        ),
        (
            "guide.verification.ids-agree",
            "The webhook and Get Shop Info name the same tts_seller_id and the same toko_shop_id, also called shop_id.",
        ),
    ),
    *of(
        "rehearsal guide, Verification, during migration, Tokopedia & Shop test shop",
        ("guide.during.shop.price-and-stock", "While the shops merge, price and stock can be changed on Tokopedia & Shop."),
        ("guide.during.shop.nothing-else", "While the shops merge, nothing else of a product can be changed or added on Tokopedia & Shop."),
        ("guide.during.shop.orders", "While the shops merge, orders of Tokopedia & Shop are fetched and fulfilled there."),
    ),
    *of(
        "rehearsal guide, Verification, during migration, Tokopedia test shop",
        ("guide.during.tokopedia.price-and-stock", "While the shops merge, price and stock can be changed on Tokopedia."),
        ("guide.during.tokopedia.nothing-else", "While the shops merge, nothing else of a product can be changed or added on Tokopedia."),
        ("guide.during.tokopedia.orders", "While the shops merge, orders of Tokopedia are fetched and fulfilled there."),
    ),
    *of(
        "rehearsal guide, Verification, after the shop merges",
        (
            "guide.merged.orders-at-once",
            "Once the shops have merged, new orders are fetched and fulfilled on Tokopedia & Shop at once.",
        ),
        (
            "guide.merged.orders-in-flight",
            "Orders that the merge caught between payment and shipment are fetched and fulfilled at once, too.",
            "a guide for sellers lets the integration of orders take up to 48 hours, and no document says where they live meanwhile",
        ),
        (
            "guide.merged.product-apis-after-confirmation",
            "Products are edited and launched on Tokopedia & Shop only once the seller has confirmed the product merge by hand.",
        ),
        (
            "guide.merged.price-and-stock-after-confirmation",
            "Prices and stock, too, change on Tokopedia & Shop only once the seller has confirmed the product merge by hand.",
            "whether price and stock are among the product calls that wait is written nowhere",
        ),
        ("guide.merged.product-ids", "Get Product Info on Tokopedia gives the id that an old product has on Tokopedia & Shop."),
        ("guide.merged.products.price-and-stock", "After the product merge, price and stock are kept through Tokopedia & Shop."),
        ("guide.merged.products.description", "After the product merge, descriptions are changed through Tokopedia & Shop."),
        ("guide.merged.products.launch", "After the product merge, new products are launched through Tokopedia & Shop."),
        (
            "guide.merged.products.list-and-delist",
            "After the product merge, products are listed and delisted for both apps through Tokopedia & Shop.",
        ),
        (
            "guide.merged.order-of-a-tokopedia-buyer",
            "An order that a buyer places on Tokopedia is fetched and fulfilled through Tokopedia & Shop.",
        ),
        ("guide.merged.conversations", "A conversation that a buyer begins on Tokopedia is fetched through Tokopedia & Shop."),
        ("guide.merged.message-types", "Messages of every type are read and sent in such a conversation."),
        (
            "guide.merged.confirmation-first",
            "The system leaves product calls on Tokopedia & Shop alone until the product merge is confirmed.",
        ),
    ),
)

_PREFLIGHT = "is a matter of accounts and consoles: preflight asks for it before an attempt on real test shops"

EXCLUSIONS: dict[str, str] = {
    "guide.overview.own-systems": "an appeal to use the function, which every rehearsal answers",
    "guide.overview.five-attempts": "a quota on real test shops: the ledger of attempts keeps it, a rehearsal in the sandbox spends none",
    "guide.preparation.developer-account": f"owning a Tokopedia developer account {_PREFLIGHT}",
    "guide.preparation.test-app": f"owning a test app {_PREFLIGHT}",
    "guide.preparation.shop-options": f"what is switched on in the test shops {_PREFLIGHT}",
    "guide.preparation.target-market": f"the market of the app {_PREFLIGHT}",
    "guide.preparation.bound-accounts": f"binding the two developer accounts {_PREFLIGHT}",
    "guide.preparation.development-shop": f"a new development shop in Indonesia {_PREFLIGHT}",
    "guide.preparation.new-api-version": "asked of every call instead, by changelog.access.version",
    "guide.preparation.tested-processes": "the business processes of a shop without a merge are the system's own tests",
    "guide.start.linking-by-hand": "clicks of a person in the Partner Center: the seller's deed in the sandbox, a cue on real test shops",
    "guide.faq.which-apis": "points to the changelog, whose requirements are registered by themselves",
    "guide.faq.help": "says where people find help",
}
"""What the rehearsal guide says and no scenario can rehearse, by id, with the reason."""
