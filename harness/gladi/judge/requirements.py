"""What the two documents ask of a system that lives through the merge, in our own words: the registry that scenarios name.

An id is never reused. Where the documents contradict each other or are silent, `disputed` says how. What the rehearsal guide asks of
people and accounts, and not of a system, stands in EXCLUSIONS with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

__all__ = ["EXCLUSIONS", "REQUIREMENTS", "UNREHEARSED", "Requirement", "UnknownRequirementError", "requirement"]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that the documents ask: our paraphrase, the document and section, and where it is contested, how."""

    id: str
    text: str
    source: str
    disputed: str | None = None


class UnknownRequirementError(KeyError):
    """No requirement has this id; the text lists the ones that are spelled nearly so."""

    def __str__(self) -> str:
        return str(self.args[0])


def _of(source: str, *asked: tuple[str, str] | tuple[str, str, str]) -> tuple[Requirement, ...]:
    return tuple(Requirement(one[0], one[1], source, one[2] if len(one) > 2 else None) for one in asked)  # noqa: PLR2004 - id, text, disputed


_GUIDE = (
    *_of(
        "rehearsal guide, Overview",
        ("guide.overview.where-to-fetch-orders", "At every stage the system knows from which platform it has to fetch orders."),
        ("guide.overview.ships-once", "No order is shipped twice because two platforms show it."),
        ("guide.overview.every-stage", "The system works with what both platforms answer before, during and after the merge."),
    ),
    *_of(
        "rehearsal guide, Preparation 3",
        ("guide.preparation.merge-webhook", "The system subscribes to the merge event before the shops are linked."),
    ),
    *_of(
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
    *_of(
        "rehearsal guide, Verification, during migration, Tokopedia & Shop test shop",
        ("guide.during.shop.price-and-stock", "While the shops merge, price and stock can be changed on Tokopedia & Shop."),
        ("guide.during.shop.nothing-else", "While the shops merge, nothing else of a product can be changed or added on Tokopedia & Shop."),
        ("guide.during.shop.orders", "While the shops merge, orders of Tokopedia & Shop are fetched and fulfilled there."),
    ),
    *_of(
        "rehearsal guide, Verification, during migration, Tokopedia test shop",
        ("guide.during.tokopedia.price-and-stock", "While the shops merge, price and stock can be changed on Tokopedia."),
        ("guide.during.tokopedia.nothing-else", "While the shops merge, nothing else of a product can be changed or added on Tokopedia."),
        ("guide.during.tokopedia.orders", "While the shops merge, orders of Tokopedia are fetched and fulfilled there."),
    ),
    *_of(
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

_CHANGELOG = (
    *_of(
        "API changelog, Brand and logo guidelines",
        ("changelog.brand.tokopedia-and-shop", "What the seller sees says Tokopedia & Shop and never the older brand."),
    ),
    *_of(
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
    ),
    *_of(
        "API changelog, Products",
        ("changelog.products.partial-edit", "A partial edit names the apps on which the product is listed."),
        ("changelog.products.search", "The seller chooses the app to search in and sees a product's status on each."),
        ("changelog.products.get", "The seller sees the properties that tell on which app a product is listed."),
    ),
    *_of(
        "API changelog, Orders",
        ("changelog.orders.commerce-platform", "The seller sees on which app an order was placed, and its insurance fees."),
    ),
    *_of(
        "API changelog, Fulfillment",
        (
            "changelog.fulfillment.error-codes",
            "The system knows the refusals of Ship Package for a missing or missed collection time and tells the seller why.",
            "the changelog has 11021035 and 11021036, the API reference 21011053 and 21011054 with the same meaning",
        ),
    ),
    *_of(
        "API changelog, Logistics",
        ("changelog.logistics.geolocation", "The seller sees where a warehouse lies."),
    ),
    *_of(
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
    *_of(
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
        ("changelog.status.webhook", "The webhook with status `merge` tells of the merge in real time; its ids are strings."),
        (
            "changelog.webhook.registration",
            "The merge webhook is registered through Tokopedia's endpoint, and no other webhook is lost by it.",
            "the example sends the merge URL alone; the registration page says that URLs left out become empty",
        ),
    ),
)

REQUIREMENTS: dict[str, Requirement] = {one.id: one for one in (*_GUIDE, *_CHANGELOG)}
"""Every requirement by id, in the order of the documents."""

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


UNREHEARSED: dict[str, str] = {
    "changelog.brand.tokopedia-and-shop": "what the seller sees is not searched for the older brand yet",
    "changelog.access.version": "a call below version 202309 is refused by the sandbox, and no scenario asks for it yet",
    "changelog.access.shop-only": "every seller of the sandbox is on both platforms; one who is on Tokopedia & Shop alone is still to come",
    "changelog.products.search": "what the seller sees of each platform is not asked for yet",
    "changelog.products.get": "what the seller sees of each platform is not asked for yet",
    "changelog.orders.commerce-platform": "what the seller sees of an order's origin is not asked for yet",
    "changelog.fulfillment.error-codes": "the sandbox arranges every collection and refuses none for its time yet",
    "changelog.logistics.geolocation": "what the seller sees of a warehouse is not asked for yet",
}
"""Requirements of the changelog that no scenario rehearses yet, with the reason; none of the guide stands here."""


def requirement(id: str) -> Requirement:  # noqa: A002 - the word that scenarios use
    """Give a requirement by its id. Raises UnknownRequirementError, which lists near matches, or says why it was excluded."""
    found = REQUIREMENTS.get(id)
    if found:
        return found
    if id in EXCLUSIONS:
        msg = f"{id!r} is not rehearsed: {EXCLUSIONS[id]}"
    elif near := get_close_matches(id, REQUIREMENTS, n=3):
        msg = f"{id!r} is no requirement; did you mean {' or '.join(near)}?"
    else:
        near = get_close_matches(id, REQUIREMENTS, n=3, cutoff=0.3)
        nearest = f"; the nearest {'is' if len(near) == 1 else 'are'} {', '.join(near)}" if near else ""
        msg = f"{id!r} is no requirement; docs/requirements.md lists all {len(REQUIREMENTS)}{nearest}"
    raise UnknownRequirementError(msg)
