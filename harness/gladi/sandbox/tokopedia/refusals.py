"""Every way in which the Tokopedia Open API says no: the real codes, and why we believe in each.

The list of codes is an SDK's (apiclient, `ErrorCodes`; tokopedia-api.md 2). It gives codes in pairs such as *empty/format*,
which are taken in the order in which they are written. Which HTTP status goes with a code is assumed to be 400 throughout.
"""

from __future__ import annotations

from gladi.record.evidence import Evidence, assumed, documented, recorded, sdk
from gladi.sandbox.refusal import Refusal

__all__ = ["REFUSALS"]

UPSTREAM = "Our server encounters an error, please try again later"
MALFORMED = "We could not process your request due to malformed request, please check again"
_LIST = sdk("apiclient oas, ErrorCodes (tokopedia-api.md 2)")


def _no(name: str, code: str, reason: str, evidence: Evidence = _LIST) -> Refusal:
    return Refusal(name, 400, code, MALFORMED, evidence, reason=reason)


# The gateway, before any service is reached.
UNKNOWN_PATH = Refusal(
    "unknown_path", 404, "", "404 page not found", assumed("the text of a path that does not exist is documented nowhere")
)
WRONG_METHOD = Refusal(
    "wrong_method", 405, "", "Method Not Allowed", assumed("which status answers a known path under another method is documented nowhere")
)
NO_TOKEN = Refusal("no_token", 401, "", "Unauthorized", recorded("tokopedia-client, handleReject (tokopedia-api.md 1)"))
WRONG_TOKEN = Refusal("wrong_token", 401, "", "Unauthorized", recorded("tokopedia-client, handleReject (tokopedia-api.md 1)"))
EXPIRED_TOKEN = Refusal("expired_token", 401, "", "Unauthorized", documented("news of 2021-10-22 (tokopedia-api.md 1)"), token_ended=True)
SHOP_NOT_CONNECTED = Refusal(
    "shop_not_connected",
    403,
    "RBAC_MDLW_001",
    MALFORMED,
    documented("news of 2022-10-13 (tokopedia-api.md 2)"),
    reason="Shop is not connected to the app",
)
TOO_MANY_REQUESTS = Refusal("too_many_requests", 429, "", "Too Many Requests", documented("Rate Limit (tokopedia-api.md 3)"))

# The token host, in OAuth's own form.
_OAUTH = sdk("errors of the token endpoint are {error, error_description} (tokopedia-api.md 1)")
INVALID_CLIENT = Refusal("invalid_client", 401, "invalid_client", "Client authentication failed", _OAUTH)
NO_GRANT_TYPE = Refusal("no_grant_type", 400, "invalid_request", "grant_type is missing from the query", _OAUTH)
UNSUPPORTED_GRANT_TYPE = Refusal("unsupported_grant_type", 400, "unsupported_grant_type", "The grant type is not supported", _OAUTH)

# The merge: no code in any source refers to it (tokopedia-api.md 2, 9).
LOCKED_BY_THE_MERGE = _no(
    "locked_by_the_merge",
    "PRD_USC_028",
    "The product can not be edited at its current status",
    assumed(
        "how Tokopedia refuses what the merge forbids is documented nowhere; the nearest code says that a product may not be edited now"
    ),
)
ORDER_MOVED = _no(
    "order_moved",
    "ORD_USC_005",
    "Order does not belong to this shop",
    assumed("an order in flight that is acted on elsewhere is no longer an order of this shop", switch="in_flight"),
)

# Shops.
SHOP_FS_ID_FORMAT = _no("shop_fs_id_format", "SHP_DLV_001", "Invalid FS ID Format", sdk("tokopedia-php-sdk fixture (tokopedia-api.md 4)"))
SHOP_FS_ID_FOREIGN = _no("shop_fs_id_foreign", "SHP_USC_001", "FS ID is not associated")
SHOP_ID_FORMAT = _no("shop_id_format", "SHP_DLV_002", "Invalid Shop ID Format")
SHOP_PAGE_FORMAT = _no("shop_page_format", "SHP_DLV_003", "Invalid Page Format")
SHOP_PER_PAGE_FORMAT = _no("shop_per_page_format", "SHP_DLV_004", "Invalid Per Page Format")
USER_ID_NOT_SUPPORTED = _no(
    "user_id_not_supported",
    "SHP_DLV_002",
    "Invalid Shop ID Format",
    assumed("the changelog names user_id, the endpoint's own page knows shop_id alone (tokopedia-api.md 10, row 7)"),
)

# Products.
PRODUCT_FS_ID_FORMAT = _no("product_fs_id_format", "PRD_DLV_042", "Invalid fs_id format")
PRODUCT_FS_ID_FOREIGN = _no("product_fs_id_foreign", "PRD_USC_001", "fs_id is not associated")
PRODUCT_SHOP_EMPTY = _no("product_shop_empty", "PRD_DLV_016", "shop_id is empty")
PRODUCT_SHOP_FORMAT = _no("product_shop_format", "PRD_DLV_042", "Invalid shop_id format")
PRODUCT_PAGE_EMPTY = _no(
    "product_page_empty", "PRD_DLV_005", "page is empty", documented("Get Product; tokopedia-php-sdk (tokopedia-api.md 5.1)")
)
PRODUCT_PAGE_FORMAT = _no("product_page_format", "PRD_DLV_042", "Invalid page format")
PRODUCT_PER_PAGE_EMPTY = _no("product_per_page_empty", "PRD_DLV_009", "per_page is empty")
PRODUCT_PER_PAGE_RANGE = _no("product_per_page_range", "PRD_DLV_012", "page size must be between 1 and 50")
PRODUCT_ID_NOT_NUMERIC = _no("product_id_not_numeric", "PRD_USC_024", "product_id must be numeric")
PRODUCT_OF_ANOTHER_SHOP = _no("product_of_another_shop", "PRD_USC_002", "product does not belong to the shop")
PRODUCT_NOT_FOUND = _no(
    "product_not_found",
    "PRD_GRPC_001",
    "Product not found",
    assumed("three codes share 'upstream or not found'; the first is taken (tokopedia-api.md 2)"),
)
TWO_PRODUCT_SELECTORS = _no(
    "two_product_selectors", "PRD_DLV_038", "choose one of product_id and sku", assumed("exactly one kind of selector is expected (5.1)")
)
PRODUCT_BODY = _no("product_body", "PRD_DLV_043", "Invalid request body")
TOO_MANY_ROWS = _no("too_many_rows", "PRD_DLV_018", "too many products in one request")
PRODUCT_WAREHOUSE = _no(
    "product_warehouse", "PRD_DLV_038", "Invalid warehouse_id", assumed("a warehouse of another shop is a wrong value of its field")
)
REQUEST_ID = _no(
    "request_id",
    "PRD_DLV_038",
    "Invalid request_id",
    assumed("request_id has at most 20 characters out of A-Za-z0-9_-; another one is a wrong value of its field (tokopedia-api.md 5.2)"),
)

# Orders.
ORDER_FS_ID_EMPTY = _no("order_fs_id_empty", "ORD_DLV_001", "fs_id is empty")
ORDER_FS_ID_FORMAT = _no("order_fs_id_format", "ORD_DLV_002", "Invalid fs_id")
ORDER_FS_ID_FOREIGN = _no("order_fs_id_foreign", "ORD_USC_015", "fs_id is not associated")
ORDER_UNNAMED = _no("order_unnamed", "ORD_DLV_003", "order_id and invoice_num are both empty")
ORDER_NAMED_TWICE = _no("order_named_twice", "ORD_DLV_004", "choose order_id or invoice_num")
ORDER_ID_FORMAT = _no("order_id_format", "ORD_DLV_005", "Invalid order_id format")
ORDER_SHOP_FORMAT = _no("order_shop_format", "ORD_DLV_006", "Invalid shop_id format")
ORDER_WAREHOUSE_FORMAT = _no("order_warehouse_format", "ORD_DLV_007", "Invalid warehouse_id format")
SHOP_OR_WAREHOUSE = _no("shop_or_warehouse", "ORD_DLV_008", "choose shop_id or warehouse_id")
FROM_DATE_EMPTY = _no("from_date_empty", "ORD_DLV_009", "from_date is empty")
FROM_DATE_FORMAT = _no("from_date_format", "ORD_DLV_010", "Invalid from_date format")
TO_DATE_EMPTY = _no("to_date_empty", "ORD_DLV_011", "to_date is empty")
TO_DATE_FORMAT = _no("to_date_format", "ORD_DLV_012", "Invalid to_date format")
DATE_RANGE = _no("date_range", "ORD_DLV_013", "Date Range must be less than 3 days", sdk("tokopedia-php-sdk fixture (tokopedia-api.md 3)"))
DATES_REVERSED = _no(
    "dates_reversed", "ORD_DLV_012", "Invalid to_date format", assumed("a window that ends before it begins has no code of its own")
)
ORDER_PAGE_EMPTY = _no("order_page_empty", "ORD_DLV_014", "page is empty")
ORDER_PAGE_FORMAT = _no("order_page_format", "ORD_DLV_015", "Invalid page format")
ORDER_PER_PAGE_EMPTY = _no("order_per_page_empty", "ORD_DLV_016", "per_page is empty")
ORDER_PER_PAGE_FORMAT = _no("order_per_page_format", "ORD_DLV_017", "Invalid per_page format")
ORDER_PER_PAGE_RANGE = _no(
    "order_per_page_range",
    "ORD_DLV_017",
    "per_page must be between 1 and 100",
    assumed("100 is the maximum of the tokocabang edition; the seller edition states none (tokopedia-api.md 3)"),
)
STATUS_FORMAT = _no("status_format", "ORD_DLV_018", "Invalid status format")
ORDER_BODY_EMPTY = _no("order_body_empty", "ORD_DLV_019", "Request body is empty")
ORDER_BODY = _no("order_body", "ORD_DLV_020", "Invalid JSON in request body")
AWB_EMPTY = _no("awb_empty", "ORD_DLV_021", "AWB is empty")
STATUS_NOT_SUPPORTED = _no("status_not_supported", "ORD_DLV_023", "Order status is not supported")
ORDER_NOT_FOUND = _no("order_not_found", "ORD_API_008", "Data Not Found", sdk("tokopedia-php-sdk fixtures (tokopedia-api.md 2)"))
ORDER_OF_ANOTHER_WAREHOUSE = _no("order_of_another_warehouse", "ORD_USC_003", "Order does not belong to this warehouse")
NOT_ELIGIBLE_TO_ACCEPT = _no("not_eligible_to_accept", "ORD_USC_001", "Order is not eligible to be accepted")
PARTIAL_NOT_ALLOWED = _no(
    "partial_not_allowed",
    "ORD_API_010",
    "Order can not be fulfilled partially",
    assumed("no order of the sandbox has accept_partial; four codes share 'partial fulfilment rules', the first is taken"),
)
NOT_ELIGIBLE_TO_SHIP = _no(
    "not_eligible_to_ship",
    "LGS_USC_006",
    "Confirm shipping failed",
    assumed("an order that is not accepted, or was shipped before, fails upstream (tokopedia-api.md 6.3)"),
)
NOT_ELIGIBLE_TO_REJECT = _no("not_eligible_to_reject", "ORD_USC_008", "Order is not eligible to be rejected")
BUYER_DID_NOT_ASK = _no(
    "buyer_did_not_ask",
    "ORD_USC_019",
    "Order has no cancellation request from the buyer",
    assumed("an accepted order is given up for its buyer alone, and no buyer of the sandbox asks for that (tokopedia-api.md 6.3)"),
)
REASON_CODE_UNKNOWN = _no(
    "reason_code_unknown",
    "ORD_DLV_020",
    "Invalid reason_code",
    assumed("a reason code that Reject Order does not list is an invalid body (tokopedia-api.md 6.1)"),
)
REASON_EMPTY = _no("reason_empty", "ORD_USC_009", "Reason is mandatory")
REASON_TOO_LONG = _no(
    "reason_too_long",
    "ORD_DLV_020",
    "Reason must have at most 200 characters",
    assumed("the shortest of three documented maxima holds, and has no code of its own (tokopedia-api.md 6.1)"),
)
EMPTY_PRODUCT_UNKNOWN = _no("empty_product_unknown", "ORD_USC_011", "No matching product in the order")
SHOP_CLOSE_EMPTY = _no("shop_close_empty", "ORD_USC_012", "shop_close_end_date and shop_close_note are mandatory")
SHOP_CLOSE_INVALID = _no("shop_close_invalid", "ORD_USC_013", "Invalid shop_close_end_date, write DD/MM/YYYY")
LABEL_NOT_FOUND = Refusal(
    "label_not_found", 500, "ORD_API_008", UPSTREAM, sdk("tokopedia-php-sdk fixtures (tokopedia-api.md 2)"), reason="Data Not Found"
)
LABEL_NOT_READY = Refusal(
    "label_not_ready",
    500,
    "ORD_API_008",
    UPSTREAM,
    assumed("an order that is not accepted, or was cancelled, has no label to be found (tokopedia-api.md 6.1)"),
    reason="Data Not Found",
)
PICKUP_ORDER_MISSING = _no("pickup_order_missing", "LGS_DLV_004", "order_id is missing")
PICKUP_ORDER_FORMAT = _no("pickup_order_format", "LGS_DLV_006", "Invalid order_id format")
PICKUP_ORDER_OF_ANOTHER_SHOP = _no("pickup_order_of_another_shop", "LGS_USC_010", "Order does not belong to this shop")
NOT_ELIGIBLE_FOR_PICKUP = _no(
    "not_eligible_for_pickup",
    "LGS_USC_007",
    "Request pick-up failed",
    assumed("an order that is not accepted, or has a pick-up, fails upstream (tokopedia-api.md 6.3)"),
)
TOO_EARLY_FOR_PICKUP = _no(
    "too_early_for_pickup",
    "LGS_USC_007",
    "Request pick-up failed",
    assumed("five seconds after accept are documented, what happens before is not", switch="pickup_after_accept"),
)

# Returns, money and conversations, whose own codes no list has: the nearest of the families beside them.
_NO_LIST = assumed("no list of errors names this operation; the nearest code of a list beside it (tokopedia-api.md 2, 8)")
TICKET_DATES = _no("ticket_dates", "ORD_DLV_010", "Invalid date format", _NO_LIST)
SALDO_DATES = _no("saldo_dates", "SHP_DLV_007", "Invalid date range", _NO_LIST)
SHOP_ID_EMPTY = _no("shop_id_empty", "SHP_USC_004", "shop_id is empty", _NO_LIST)

# Webhooks.
BAD_INPUT_DATA = _no("bad_input_data", "", "bad input data", sdk("tokopedia-php-sdk fixture (tokopedia-api.md 7.1)"))

REFUSALS: tuple[Refusal, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Refusal))
"""All of them, in the order of this file."""
