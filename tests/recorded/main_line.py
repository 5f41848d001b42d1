"""The main line of the guide: the scenarios whose recordings are shipped as people open them, and the exchanges that the documents print.

Every play of every scenario of the guide fills some hundred megabytes. So of each thing that the guide asks for there is one scenario
that shows it in few calls, and *an order leaves once* is there in the one cell in which the sandbox stands unless told otherwise. The
other plays are packed.
"""

from __future__ import annotations

from pathlib import Path

from gladi.platforms.recording.har import Exchanged
from gladi.platforms.recording.recording import Recording
from gladi.platforms.recording.sidecar import Sidecar
from gladi.record.clock import moment
from gladi.record.wire import Host, Request, Response
from gladi.sandbox.merge import InFlight
from gladi.sandbox.seed import BEGINNING

__all__ = ["CELL", "DOCUMENTED", "FOLDER", "MAIN_LINE", "ROOT", "documentation"]

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "fixtures" / "recorded"
CELL = InFlight()
DOCUMENTED = "documentation"
"""The name of the recording that nobody recorded."""

MAIN_LINE = (
    "the_registration_keeps_the_other_webhooks",
    "an_order_on_tokopedia_leaves_while_the_shops_merge",
    "an_order_on_the_shop_leaves_while_the_shops_merge",
    "a_shipment_on_tokopedia_whose_answer_was_lost_is_known_to_have_left",
    "a_shipment_that_never_arrived_is_asked_for_again",
    "stock_changes_on_both_platforms_while_the_shops_merge",
    "a_webhook_without_a_signature_is_not_believed",
    "the_ids_of_the_merged_shops_agree",
    "an_accepted_order_leaves_once_though_the_shops_have_merged",
    "a_tokopedia_buyers_order_leaves_through_the_shop",
    "the_first_order_after_the_product_merge_leaves",
    "a_price_changes_on_the_shop_after_the_product_merge",
    "a_tokopedia_buyers_conversation_is_found_on_the_shop",
)

_FS_ID = 13004
_SAMPLES = (
    ("get-shop-info-migration.json", f"/v1/shop/fs/{_FS_ID}/shop-info", "shop_id=11111"),
    ("shop-mapping.json", f"/v1/shop/fs/{_FS_ID}/shop-info", "shop_id=78910"),
    ("product-mapping.json", f"/inventory/v1/fs/{_FS_ID}/product/info", "product_id=123456"),
)


def documentation() -> Recording:
    """Give the samples of the API changelog that are exchanges, as a recording. Their values are placeholders and stay as they are."""
    samples = ROOT / "fixtures" / "documented"
    about = Sidecar(gladi="", target="documentation", system="API changelog", recorded_at=moment(BEGINNING).isoformat(), salt="documents")
    return Recording(
        about,
        tuple(
            Exchanged(
                Request("GET", Host.TOKOPEDIA_API, path, BEGINNING, query),
                Response(200, (("content-type", "application/json"),), (samples / name).read_bytes()),
            )
            for name, path, query in _SAMPLES
        ),
    )
