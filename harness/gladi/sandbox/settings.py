"""The switches of the sandbox. Each field that replaces a fact nobody documents says so, with our reason."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from gladi.record.evidence import Evidence, assumed, documented, sdk
from gladi.sandbox.app import PartnerCenter
from gladi.sandbox.merge import InFlight, StockAtMerge

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DEFAULTS", "Settings", "ShipErrorCodes"]


def _switch(default: Any, evidence: Evidence, *, least: Any = None, most: Any = None) -> Any:  # noqa: ANN401 - like dataclasses.field
    """Make a switch; what a person writes must lie between `least` and `most`, where the sandbox could not play otherwise."""
    return field(default=default, metadata={"evidence": evidence, "least": least, "most": most})


_HOUR = timedelta(hours=1)
"""No merge is shorter: a scenario that begins in the middle of one begins ten minutes into it."""
_PATIENCE = timedelta(days=3)
"""No merge is longer: a scenario waits four days for it."""
_MINUTE = timedelta(minutes=1)


class ShipErrorCodes(StrEnum):
    """Which document's codes Ship Package gives for a missed or missing collection time."""

    REFERENCE = "reference"
    CHANGELOG = "changelog"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the sandbox behaves where the documents leave a choice. Durations are `timedelta`."""

    strict: bool = _switch(False, documented("--rehearse-strict: leniencies are refused"))
    in_flight: InFlight = _switch(
        InFlight(), assumed("orders in flight stay visible and actionable where they were placed (tokopedia-api.md 13)", switch="in_flight")
    )
    price_and_stock_before_confirmation: bool = _switch(
        False,
        assumed(
            "price and stock on Tokopedia & Shop are refused until the product merge is confirmed; disputed",
            switch="price_and_stock_before_confirmation",
        ),
    )
    merge_fails: bool = _switch(False, assumed("an integration succeeds unless told otherwise", switch="merge_fails"))
    merge_takes_at_least: timedelta = _switch(
        timedelta(hours=3), documented("rehearsal guide: a few hours to a full day"), least=_HOUR, most=_PATIENCE
    )
    merge_takes_at_most: timedelta = _switch(
        timedelta(hours=24), documented("rehearsal guide: a few hours to a full day"), least=_HOUR, most=_PATIENCE
    )
    webhook_delay: timedelta = _switch(
        timedelta(minutes=1), assumed("Tokopedia documents no delay; a minute is real time enough", switch="webhook_delay")
    )
    webhook_retries: tuple[timedelta, ...] = _switch(
        (), assumed("Tokopedia documents no retry, so a webhook that fails is lost", switch="webhook_retries")
    )
    registered_before: bool = _switch(
        True,
        assumed(
            "an app that serves shops on Tokopedia has registered its order webhooks long ago, under its system's own address",
            switch="registered_before",
        ),
    )
    shop_webhook_delay: timedelta = _switch(
        timedelta(seconds=5),
        assumed("how late a webhook of Tokopedia & Shop comes is not documented (tiktok-shop-api.md 17.11)", switch="shop_webhook_delay"),
    )
    shop_webhook_retries: tuple[timedelta, ...] = _switch(
        (timedelta(minutes=2), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=12)),
        documented("configuration guide: four retries, each after the previous (tiktok-shop-api.md 14)"),
    )
    partner_center: PartnerCenter = _switch(
        PartnerCenter.MIRRORING,
        assumed(
            "of the webhooks of Tokopedia & Shop, the app has switched on in Partner Center what no call registers: the mirroring status, "
            "under /shop of its system's address",
            switch="partner_center",
        ),
    )
    late_orders_within: timedelta = _switch(
        timedelta(hours=48),
        documented("seller guide of 2025-07-16: order integration takes up to 48 hours (tokopedia-api.md 11)"),
        least=timedelta(hours=2),
    )
    collection_after: timedelta = _switch(
        timedelta(hours=8), assumed("the courier collects eight hours after shipment was arranged", switch="collection_after")
    )
    on_hold_for: timedelta = _switch(
        timedelta(hours=1), documented("introducing On Hold: one hour after payment (tiktok-shop-api.md 8.4)"), least=_MINUTE
    )
    ship_error_codes: ShipErrorCodes = _switch(
        ShipErrorCodes.REFERENCE,
        assumed(
            "a missed or missing collection time is refused with the codes of the API reference; the changelog has two others, which no "
            "list knows (tiktok-shop-api.md 17.1)",
            switch="ship_error_codes",
        ),
    )
    delivery_after: timedelta = _switch(timedelta(days=2), assumed("a parcel is two days on its way", switch="delivery_after"))
    accept_within: timedelta = _switch(
        timedelta(days=1), sdk("accept_deadline in the fixtures is a day after payment (tokopedia-api.md 6.2)"), least=_MINUTE
    )
    deadline_waits_for_hidden_orders: bool = _switch(
        True,
        assumed(
            "the time to accept an order does not run while a merge hides it and begins anew when it appears: nobody could have acted",
            switch="deadline_waits_for_hidden_orders",
        ),
    )
    pickup_after_accept: timedelta = _switch(
        timedelta(seconds=5), documented("Request Pickup: wait 5 s after accept (tokopedia-api.md 6.1)")
    )
    document_takes: timedelta = _switch(
        timedelta(),
        assumed("a document is there at once; a code says that one is still generated, and not for how long", switch="document_takes"),
    )
    tokopedia_token_life: timedelta = _switch(
        timedelta(days=14), documented("news of 2021-10-22: two weeks (tokopedia-api.md 1)"), least=_MINUTE
    )
    shop_token_life: timedelta = _switch(
        timedelta(days=7), documented("authorization overview: 7 days (tiktok-shop-api.md 4)"), least=_MINUTE
    )
    shop_refresh_life: timedelta = _switch(
        timedelta(days=365), assumed("the seller granted access for a year", switch="shop_refresh_life"), least=_MINUTE
    )
    old_refresh_token_survives: bool = _switch(
        True,
        assumed(
            "a refresh token stays good when it has been used, because a client may lose the answer (tiktok-shop-api.md 17.7)",
            switch="old_refresh_token_survives",
        ),
    )
    revoked_token_expires: bool = _switch(
        True,
        assumed(
            "when a seller takes his access back, his access tokens are refused as expired, otherwise as no tokens at all; no record says "
            "which. That no refresh token of his is known any more holds either way (tiktok-shop-api.md 4, 5)",
            switch="revoked_token_expires",
        ),
    )
    zero_quantity: bool = _switch(
        True, assumed("Update Inventory takes 0, because stock reaches 0 by sales (tiktok-shop-api.md 17.6)", switch="zero_quantity")
    )
    selected_for_affiliate: bool = _switch(
        True,
        assumed(
            "the app is one of the selected developers to whom Generate Affiliate Sharing Link is open; to others it lacks the scope",
            switch="selected_for_affiliate",
        ),
    )
    longest_tag: int = _switch(
        32,
        assumed("a sharing link's tag has at most 32 characters: a sample says that one exceeds a limit, not which", switch="longest_tag"),
        least=12,
        most=64,
    )
    auth_code_life: timedelta = _switch(
        timedelta(minutes=30), documented("authorization overview: 30 minutes (tiktok-shop-api.md 4)"), least=_MINUTE
    )
    tokopedia_rate: int = _switch(5, documented("Rate Limit: 5 requests a second, burst 5, on Get Shop Info (tokopedia-api.md 3)"), least=1)
    tokopedia_bulk_rate: int = _switch(
        100,
        assumed(
            "each bulk operation takes 100 rows a second, as many as one call may hold; that every row counts as a request is documented, "
            "the number is not (tokopedia-api.md 3)",
            switch="tokopedia_bulk_rate",
        ),
        least=1,
    )
    later_message_types: bool = _switch(
        False,
        assumed(
            "LOGISTICS_CARD and VIDEO cannot be sent: they joined the sendable types after the documents (tiktok-shop-api.md 17.13)",
            switch="later_message_types",
        ),
    )
    shops_by_either_id: bool = _switch(
        False,
        assumed(
            "Get Shop Info and Get Product Info know a shop by its id on Tokopedia alone: the changelog says by either, the reference has "
            "no other (tokopedia-api.md 10, rows 7 and 11)",
            switch="shops_by_either_id",
        ),
    )
    product_map_at_merge: bool = _switch(
        False,
        assumed(
            "a product's tts_product_id appears when the product merge is confirmed, because listings are copied then",
            switch="product_map_at_merge",
        ),
    )

    tokopedia_closes: tuple[timedelta, ...] = _switch(
        (),
        assumed(
            "the Tokopedia Open API outlives a rehearsal unless told otherwise: how long after the beginning it takes no writes any "
            "more, and how long after it nothing answers; the announced days were 20 and 30 September 2025 (tiktok-shop-api.md 1)",
            switch="tokopedia_closes",
        ),
    )
    stock_at_merge: StockAtMerge = _switch(
        StockAtMerge.SHOP,
        assumed(
            "a product that both platforms sold keeps the stock that it had on Tokopedia & Shop; sellers reported stock pushed twice",
            switch="stock_at_merge",
        ),
    )
    warehouse_ids_survive_the_merge: bool = _switch(
        True,
        assumed(
            "warehouses keep their ids on Tokopedia & Shop; the seller guide speaks only of shops without any (tokopedia-api.md 11)",
            switch="warehouse_ids_survive_the_merge",
        ),
    )

    @classmethod
    def evidence(cls) -> Iterator[tuple[str, Any, Evidence]]:
        """Give every switch with its default and its evidence."""
        for one in fields(cls):
            yield one.name, one.default, one.metadata["evidence"]

    def assumption(self, name: str) -> tuple[str, ...]:
        """Give the id of the assumption behind a switch, for the entry that rests on it; none where it is documented."""
        return _ASSUMPTIONS.get(name, ())


_ASSUMPTIONS = {name: (f"setting.{name}",) for name, _, evidence in Settings.evidence() if evidence.is_assumed}

DEFAULTS = Settings()
