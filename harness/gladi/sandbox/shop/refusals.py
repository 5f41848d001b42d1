"""Every way in which the TikTok Shop Open API says no: the real codes, their HTTP statuses, and how far both are known."""

from __future__ import annotations

from dataclasses import replace

from gladi.record.evidence import assumed, documented
from gladi.sandbox.refusal import Refusal

__all__ = ["REFUSALS"]

_COMMON = "common errors (tiktok-shop-api.md 5)"
_PRODUCTS = "error lists of the product operations (tiktok-shop-api.md 7.5)"
_SHIPPING = "error list of Ship Package (tiktok-shop-api.md 9.4)"


def _known(name: str, status: int, code: int, message: str, place: str = _COMMON) -> Refusal:
    """Say no with a code and a status that are both on record."""
    return Refusal(name, status, str(code), message, documented(place))


def _half_known(name: str, status: int, code: int, message: str, place: str = _COMMON) -> Refusal:
    """Say no with a code that is on record, at a status that is not."""
    return Refusal(name, status, str(code), message, assumed(f"{place}: the code is on record, HTTP {status} with it is not"))


def _guessed(name: str, status: int, code: int, message: str, why: str) -> Refusal:
    """Say no where nobody documents how: the nearest real code, and why this one."""
    return Refusal(name, status, str(code), message, assumed(why))


# -- the gateway -------------------------------------------------------------------------------------------------------

_STATUSES = "HTTP status evidence (tiktok-shop-api.md 2.2)"

UNKNOWN_PATH = _known("path_unknown", 404, 36009009, "Invalid path", _STATUSES)
WRONG_METHOD = _half_known("method_wrong", 405, 36009010, "Invalid method")
BAD_VERSION = _known("version_unknown", 400, 36009014, "Invalid API version", _STATUSES)
TOO_LARGE = _half_known("body_too_large", 413, 36009021, "The request body is too large")
NOT_A_FORM = _half_known("body_no_form", 400, 36009023, "The request body must be multipart/form-data")
NOT_JSON = _half_known("body_not_json", 400, 36009022, "The request body must be JSON or multipart/form-data")
INVALID_PARAMETER = _known("parameter_invalid", 400, 36009004, "Invalid parameter", _STATUSES)
BAD_APP_KEY = _known("app_key_wrong", 400, 36009004, "Invalid credentials. The 'app_key' is invalid", _STATUSES)
BAD_TIMESTAMP = _half_known(
    "timestamp_untimely", 400, 36009004, "Invalid timestamp: it lies more than 5 minutes in the past or 30 seconds in the future"
)
SIGN_MISSING = _half_known("sign_missing", 400, 36009004, "Missing required parameter 'sign'")
SIGN_WRONG = _known("sign_wrong", 401, 106001, "The 'sign' is invalid", _STATUSES)
TOKEN_WRONG = _half_known("access_token_wrong", 400, 36009004, "The 'x-tts-access-token' is invalid")
TOKEN_EXPIRED = replace(_known("access_token_expired", 401, 105002, "The access token has expired", _STATUSES), token_ended=True)
CIPHER_MISSING = _half_known("shop_cipher_missing", 400, 106013, "Missing required parameter 'shop_cipher'")
CIPHER_UNEXPECTED = _half_known("shop_cipher_unexpected", 400, 36009004, "Unexpected identifier 'shop_cipher'")
TOKEN_OF_ANOTHER_KIND = _half_known("access_token_of_another_kind", 401, 101000, "The access token's user_type is wrong for this endpoint")
SCOPE_MISSING = _half_known("scope_missing", 403, 105005, "The app or the access token lacks the scope of this endpoint")
CIPHER_FOREIGN = _half_known("shop_cipher_foreign", 401, 101000, "The access token does not match the 'shop_cipher'")

# -- tokens ------------------------------------------------------------------------------------------------------------

_TOKENS = "token errors seen (tiktok-shop-api.md 4)"

AUTH_CODE_SPENT = _half_known("auth_code_spent", 200, 36004004, "The auth_code is invalid, expired or used", _TOKENS)
REFRESH_EXPIRED = _half_known("refresh_token_expired", 200, 36004001, "The refresh token has expired", _TOKENS)
REFRESH_UNKNOWN = _half_known("refresh_token_unknown", 200, 36004005, "No related authorization record", _TOKENS)
SECRET_WRONG = _guessed(
    "app_secret_wrong", 400, 36009004, "Invalid credentials. The 'app_secret' is invalid", "as for a wrong app_key on the other host"
)
GRANT_WRONG = _guessed(
    "grant_type_wrong", 400, 36009004, "Invalid 'grant_type'", "the guide names one grant_type for each call and no code for others"
)

# -- products ----------------------------------------------------------------------------------------------------------

LOCKED_WHILE_MERGING = _known(
    "locked_while_merging", 200, 12052332, "The shop is locked during shop integration. Only stock and price can be edited", _PRODUCTS
)
LOCKED_UNTIL_CONFIRMED = _guessed(
    "locked_until_confirmed",
    200,
    12052332,
    "The shop is locked during shop integration",
    "12052332 is documented while merging; until the product merge is confirmed the same code is the nearest (tiktok-shop-api.md 17.4)",
)
PRODUCT_UNKNOWN = _half_known("product_unknown", 200, 12052032, "The product does not exist", _PRODUCTS)
PRODUCT_FOREIGN = _half_known("product_foreign", 200, 12052048, "The product does not belong to this shop", _PRODUCTS)
PRODUCT_STATUS = _half_known("product_status_forbids", 200, 12052901, "The product status does not allow this operation", _PRODUCTS)
INPUT_INVALID = _half_known("product_input_invalid", 200, 12052910, "Invalid input", _PRODUCTS)
NOT_FROM_TOKOPEDIA = _half_known("seller_not_from_tokopedia", 200, 12052994, "The seller is not a Tokopedia seller", _PRODUCTS)
NOT_ON_PLATFORM = _half_known("product_not_on_platform", 200, 12052330, "The product cannot be listed on the platform", _PRODUCTS)
PRE_OWNED_IMPOSSIBLE = _half_known("pre_owned_impossible", 200, 12052316, "Pre-owned products need TOKOPEDIA alone", _PRODUCTS)
REFUSED_ON_APP = Refusal(
    "refused_on_one_app",
    200,
    "36002005",
    "The product was refused on this platform",
    documented("API changelog, samples of Create Products and Partial Edit Products; in no list of the API reference"),
)
PRE_SALE_TYPE = _half_known("pre_sale_type_wrong", 200, 12019094, "The pre-sale type must be PRE_ORDER", _PRODUCTS)
PRE_SALE_FULFILMENT = _guessed(
    "pre_sale_fulfilment_wrong",
    200,
    12019095,
    "'handling_duration_days' must be 3 to 30",
    f"{_PRODUCTS}: 12019094 to 12019100 are faults of pre-sale fields, which is whose is on record for the ends alone",
)
PRE_SALE_TYPES_DIFFER = _half_known("pre_sale_types_differ", 200, 12019100, "All SKUs must have the same pre-sale type", _PRODUCTS)
PRE_SALE_FROZEN = _half_known("pre_sale_frozen", 200, 12052273, "The pre-sale of a live product cannot be changed", _PRODUCTS)
CATEGORY_UNKNOWN = _half_known("category_unknown", 200, 12052023, "The category does not exist", _PRODUCTS)
CATEGORY_NOT_A_LEAF = _half_known("category_not_a_leaf", 200, 12052024, "The category is not a leaf category", _PRODUCTS)
CATEGORY_VERSION = _half_known("category_version_wrong", 200, 12052217, "Invalid category_version; v1 or v2", _PRODUCTS)
CATEGORY_RESTRICTED = _guessed(
    "category_restricted", 200, 12052223, "The category is restricted", f"{_PRODUCTS}: of two codes for a restricted category, the first"
)
NO_CATEGORIES_OF_TOKOPEDIA = _guessed(
    "categories_not_from_tokopedia",
    200,
    12052994,
    "The seller is not a Tokopedia seller",
    f"{_PRODUCTS}: the code is on record for edits alone; what a seller who has not come over is told of Tokopedia's categories is not",
)
CATEGORY_PROHIBITED = _half_known("category_prohibited", 200, 12052220, "The category is prohibited", _PRODUCTS)
CATEGORY_OUTSIDE_MAIN = _half_known("category_outside_main", 200, 12052225, "The category is outside the shop's main category", _PRODUCTS)
TOO_MANY_IDS = _half_known("product_ids_too_many", 200, 12019120, "At most 20 product ids", _PRODUCTS)
PAGE_SIZE_WRONG = _half_known("product_page_size_wrong", 200, 12019109, "Invalid page_size; valid range: [1, 100]", _PRODUCTS)
TOO_MANY_SKUS = _half_known("product_skus_too_many", 200, 12019027, "At most 10 SKUs", _PRODUCTS)
TIME_RANGE = _half_known("product_time_range_wrong", 200, 12019118, "Invalid time range", _PRODUCTS)
PRICE_MISSING = _half_known("price_missing", 200, 12052571, "The price is missing", _PRODUCTS)
PRICE_INVALID = _half_known("price_invalid", 200, 12052073, "The price is invalid", _PRODUCTS)
PRICE_TOO_HIGH = _guessed(
    "price_too_high", 200, 12052570, "The price exceeds the limit", f"{_PRODUCTS}: the code is on record, the limit is not"
)
CURRENCY_WRONG = _half_known("currency_wrong", 200, 12052084, "The currency does not match the shop's", _PRODUCTS)

_AFFILIATE = "Generate Affiliate Sharing Link (tiktok-shop-api.md 13)"

MATERIAL_UNKNOWN = _guessed(
    "material_unknown", 200, 12052032, "The product does not exist", f"{_AFFILIATE}: no error list is on record; as for an unknown product"
)
TAG_INVALID = _known("tag_invalid", 200, 16661001, "tag invalid", "API changelog, Generate Affiliate Sharing Link, sample")

# -- in data.errors[] of Update Inventory, whose own code is 0 -----------------------------------------------------------

CHECK_FAILED = _known("item_check_failed", 200, 12052990, "Check failed", _PRODUCTS)
SKU_UNKNOWN = _guessed("sku_unknown", 200, 12052910, "The SKU does not belong to this product", "no list names a code for an unknown SKU")
WAREHOUSE_UNKNOWN = _known("warehouse_unknown", 200, 12052097, "The warehouse does not exist", _PRODUCTS)
WAREHOUSES_CHANGED = _known("warehouses_changed", 200, 12052533, "The warehouses of a SKU cannot be changed here", _PRODUCTS)
QUANTITY_WRONG = _known("quantity_out_of_range", 200, 12052055, "The quantity is out of range", _PRODUCTS)

# -- orders and parcels ------------------------------------------------------------------------------------------------

ORDER_FOREIGN = _half_known("order_foreign", 200, 21008111, "The order belongs to another seller", "order errors (tiktok-shop-api.md 8.4)")
ALREADY_SHIPPED = _half_known("already_shipped", 200, 21011040, "The package has already been shipped", _SHIPPING)
ALREADY_DELIVERED = _half_known("already_delivered", 200, 21011027, "The package has already been delivered", _SHIPPING)
ORDER_CANCELLED = _half_known("order_cancelled", 200, 21011041, "The order has been cancelled", _SHIPPING)
ORDER_ON_HOLD = _half_known("order_on_hold", 200, 21011044, "The order is on hold", "introducing On Hold (tiktok-shop-api.md 8.4)")
PACKAGE_FOREIGN = _half_known("package_foreign", 200, 21011028, "The package belongs to another shop", _SHIPPING)
PACKAGE_UNKNOWN = _guessed(
    "package_unknown", 200, 21001001, "Invalid package_id", "the list has no nearer code for an id that nothing bears"
)
PACKAGE_INCOMPLETE = _half_known("package_incomplete", 200, 21011008, "The package is incomplete", _SHIPPING)
PACKAGE_FROZEN = Refusal(
    "package_frozen",
    200,
    "10007014",
    "The package is frozen",
    assumed("an order in flight that is not to be shipped here gets Batch Ship's code for a frozen package", switch="in_flight"),
)

CANCELLATION_PENDING = _half_known("cancellation_pending", 200, 21011007, "The order has a pending cancellation request", _SHIPPING)
COLLECTION_MISSED = _half_known(
    "collection_time_missed", 200, 21011053, "Fail to ship package because shipments can only be made within the collection time", _SHIPPING
)
COLLECTION_MISSING = _half_known(
    "collection_time_missing",
    200,
    21011054,
    "No available shipping services for this request, because there is no collection time. Please contact platform customer service",
    _SHIPPING,
)
_CHANGELOG = "API changelog, Ship Package (tiktok-shop-api.md 16)"
COLLECTION_MISSED_OF_CHANGELOG = _half_known("collection_time_missed_of_changelog", 200, 11021035, COLLECTION_MISSED.message, _CHANGELOG)
COLLECTION_MISSING_OF_CHANGELOG = _half_known("collection_time_missing_of_changelog", 200, 11021036, COLLECTION_MISSING.message, _CHANGELOG)

_CANCELLATIONS = "errors of Cancel Order (tiktok-shop-api.md 11)"

CANCEL_SHIPPED = _half_known("cancel_of_shipped", 200, 25001045, "The order has already been shipped", _CANCELLATIONS)
CANCEL_ENDED = _half_known("cancel_of_ended", 200, 25001051, "The order is completed or cancelled", _CANCELLATIONS)
CANCEL_IN_PROCESS = _half_known("cancel_in_process", 200, 25001011, "A cancellation is already in process", _CANCELLATIONS)
CANCEL_FOREIGN = _half_known("cancel_foreign", 200, 25020005, "The order is not yours", _CANCELLATIONS)

_DOCUMENTS = "document errors of Get Package Shipping Document (tiktok-shop-api.md 9.4)"

DOCUMENT_BEFORE_SHIPMENT = _half_known("document_before_shipment", 200, 21023035, "Ship the package first", _DOCUMENTS)
DOCUMENT_IN_THE_MAKING = _half_known("document_in_the_making", 200, 11034037, "The document is still being generated", _DOCUMENTS)
DOCUMENT_AFTER_PICKUP = _half_known("document_after_pickup", 200, 21042102, "The package has already been picked up", _DOCUMENTS)
DOCUMENT_AFTER_DELIVERY = _guessed(
    "document_after_delivery",
    200,
    21023046,
    "The package has already been shipped out",
    f"{_DOCUMENTS}: of the two codes for a package that has gone, this one once it has arrived",
)
DOCUMENT_OF_CANCELLED = _half_known("document_of_cancelled", 200, 21023059, "The package has been cancelled", _DOCUMENTS)

# -- conversations -----------------------------------------------------------------------------------------------------

_CHATS = "errors of Send Message (tiktok-shop-api.md 12)"

CHAT_INVALID = _half_known("chat_parameter_invalid", 200, 45101001, "Invalid parameter", _CHATS)
CARD_NOT_ELIGIBLE = _half_known("card_not_eligible", 200, 45101002, "The card is not eligible", _CHATS)
CHAT_UNKNOWN = _half_known("chat_not_found", 200, 45101003, "Not found", _CHATS)
CHAT_FOREIGN = _half_known("chat_no_access", 200, 45102007, "No access", _CHATS)
TYPE_NOT_SENDABLE = _half_known("message_type_not_sendable", 200, 45111001, "This message type is not supported", _CHATS)
COUPON_NOT_ELIGIBLE = _half_known("coupon_not_eligible", 200, 45111017, "The coupon is not eligible", _CHATS)
_WHOM = "both codes are on record for writing to a buyer too late, not which is whose (tiktok-shop-api.md 12)"
CHAT_CLOSED = _guessed("chat_closed", 200, 45109003, "You can no longer send messages to this buyer", f"on Send Message: {_WHOM}")
BUYER_NOT_TO_BE_WRITTEN_TO = _guessed(
    "buyer_not_to_be_written_to", 200, 45109001, "You cannot begin a conversation with this buyer", f"on Create Conversation: {_WHOM}"
)

REFUSALS: tuple[Refusal, ...] = tuple(value for value in tuple(globals().values()) if isinstance(value, Refusal))
"""All of them, in the order of this file."""
