"""Names of headers, parameters and fields: which of them may be shown with what they hold, and which hold something private.

1. This is the one place for such names. Reports, journals and recordings ask here, so that a hole is closed for all of them at once.
2. A text is shown only where its name is known to hold the platform's own words (ids, codes, money, instants) and it looks like one;
   whatever a person typed stands under other names, or does not look like one.
3. A name that is private hides everything below it, numbers too.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

__all__ = [
    "HARMLESS_HEADERS",
    "HARMLESS_QUERY",
    "NEVER_THE_SAME",
    "SECRET_FIELD",
    "SECRET_IN_TEXT",
    "SEGMENT",
    "Rule",
    "explains",
    "is_id",
    "is_key",
    "may_be_asked",
    "rule",
]


class Rule(StrEnum):
    """Why something is not shown."""

    HEADERS = "headers that nobody vouches for"
    QUERY = "parameters that nobody vouches for"
    PATHS = "parts of a path that no path of the platforms has"
    SECRET = "fields that are private by their name"  # noqa: S105 - no password
    UNKNOWN = "texts in fields that nobody vouches for"
    UNLIKE = "texts that are not what their field is known for"
    LOOKS = "what looks like a token, an e-mail address or a phone number"
    KEYS = "names of fields that are no names"
    OPAQUE = "bodies that cannot be read"


HARMLESS_QUERY = frozenset(
    [
        "fs_id",
        "shop_id",
        "warehouse_id",
        "product_id",
        "product",
        "product_url",
        "sku",
        "page",
        "per_page",
        "last_sort",
        "sort",
        "from_date",
        "to_date",
        "status",
        "order_id",
        "next_order_id",
        "grant_type",
        "page_size",
        "page_token",
        "sort_field",
        "sort_order",
        "ids",
        "locale",
        "version",
        "listing_platform",
        "category_version",
        "include_prohibited_categories",
        "upload",
        "bypass_update_product_status",
        "return_under_review_version",
        "return_draft_version",
        "document_type",
        "document_size",
        "document_format",
        "printed",
        "payment_status",
        "statement_time_ge",
        "statement_time_lt",
    ]
)

NEVER_THE_SAME = frozenset(("sign", "timestamp", "access_token"))
"""Parameters that differ from call to call without meaning; a canonical request leaves them out."""

_MEDIA = r"[\w.+-]+/[\w.+*-]+(?:; ?(?:charset|boundary)=[\w'()+,./:=?-]{1,70})*"
_RATE = r"-?[\d.]+(?: req/s \(burst \d+\))?"
HARMLESS_HEADERS: dict[str, re.Pattern[str]] = {
    "content-type": re.compile(_MEDIA),
    "content-length": re.compile(r"\d+"),
    "allow": re.compile(r"[A-Z]+(?:, ?[A-Z]+)*"),
    "retry-after": re.compile(r"\d+|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT"),
    **{f"x-ratelimit-{name}": re.compile(_RATE) for name in ("full-reset-after", "limit", "remaining", "reset", "reset-after")},
}
"""Headers that may be shown, in lower case, with what each of them looks like."""

SECRET_FIELD = re.compile(
    r"(token|secret|password|sign$|signature|cipher$|auth_code|authorization|hmac|encryption|phone|e?mail|nickname|avatar|"
    r"address|recipient|receiver|postal_code|zipcode|owner_name|first_name|last_name|contact_person|customer$|buyer$|buyer_message|"
    r"geo$|latlon|latitude|longitude|buyer_user_id|^user_id$|comment$|seller_note|webhook_secret|cpf|^content$|im_user_id)",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    rf"{SECRET_FIELD.pattern}|^(buyer|customer|admin)_id$|(^|_)(open|national|identity|citizen|passport)_(id|number|no)$|^(nik|npwp|ktp)(_|$)|voucher_code|geolocation|message_key|app_key",
    re.IGNORECASE,
)
"""Private in an exchange; what we write ourselves has other names, and is asked by `SECRET_FIELD`."""
_NOT_PRIVATE = re.compile(r"_expire_in$|^token_type$|^address_level$|^has_")

SECRET_IN_TEXT = re.compile(
    r"(?P<bearer>\b(?:Bearer|Basic)\s+)[^\s\"',;]+"
    r"|(?P<name>[\"']?\b(?:access_token|refresh_token|app_secret|client_secret|webhook_secret|auth_code|shop_cipher|sign|password|"
    r"x-tts-access-token|authorization-hmac)[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;)}]+"
    r"|\bc:[A-Za-z0-9_\-]{12,}"
    r"|\b(?:ROW|TTP)_[A-Za-z0-9_\-]{12,}"
    r"|[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+\.[A-Za-z]{2,}"
    r"|(?<!\d)(?:\+62|62|0)8\d{7,11}(?!\d)",
    re.IGNORECASE,
)

SEGMENT = re.compile(r"(?!0\d{7})[a-z0-9_.\-]{0,60}")
"""A part of a path that may be shown: a word of the platform's or a number that is no phone number."""

_ID = re.compile(r"(?:^|_)ids?$|ID$")
_WORDS = re.compile(
    r"(?:^|_)(?:type|types|status|statuses|code|platform|platforms|currency|region|unit|role|method|level|locale|version|mode|class|action|"
    r"by|direction|result|scopes|skus?|num|reason|ge|le|lt|time|at|date|deadline|price|fee|amount|total|subtotal|discount|tax|value|"
    r"amt|cost|quantity|stock|weight|width|height|length|user|initiator|tag|number)$|date$|_created$|^(?:index|error|condition|message_id)$"
)
_NO_WORDS = re.compile(r"^(?:attribute_value|value|state)$|(?:tracking_number|_name)$")
"""Names that would be taken for the platform's words and hold a person's, or lead to a person."""
_PLAIN = re.compile(r"[A-Za-z0-9\-][\w\-./:+]{0,79}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|")
_LIST = re.compile(r"[\w\-./:+,]{0,1000}")
_KEY = re.compile(r"[A-Za-z_][\w.\-]{0,60}|\d{1,20}")

_EXPLAINS = frozenset(
    ("message", "messages", "reason", "status", "error", "error_message", "error_messages", "error_description", "detail")
)


@lru_cache(maxsize=4096)
def _kind(name: str) -> str:
    if _PRIVATE.search(name) and not _NOT_PRIVATE.search(name):
        return "private"
    if _ID.search(name):
        return "id"
    return "words" if _WORDS.search(name) and not _NO_WORDS.search(name) else "unknown"


def rule(name: str, value: object, *, explained: bool = False) -> Rule | None:
    """Say by which rule a value in the field `name` is private, or None where it may be shown.

    `explained` is whether the field is the platform's explanation of an answer. A dictionary or a list is private by its name alone;
    what it holds is asked after on its own. Nobody is known by a yes, a no, a zero or nothing.
    """
    if value is None or isinstance(value, bool) or value in ("", 0):
        return None
    kind = _kind(name)
    if kind == "private":
        return Rule.SECRET
    if isinstance(value, int | float):
        return Rule.LOOKS if kind == "unknown" and SECRET_IN_TEXT.fullmatch(str(value)) else None
    return _rule_of_text(kind, value) if isinstance(value, str) and not explained else None


def _rule_of_text(kind: str, text: str) -> Rule | None:
    if kind == "unknown":
        return Rule.UNKNOWN
    if not _PLAIN.fullmatch(text):
        return Rule.UNLIKE
    # An id of ten digits that begins with 628 is an id.
    return Rule.LOOKS if not (kind == "id" and text.isdecimal()) and SECRET_IN_TEXT.search(text) else None


def may_be_asked(name: str, value: str) -> bool:
    """Tell whether a parameter of a query may be shown with its value."""
    if name not in HARMLESS_QUERY or _LIST.fullmatch(value) is None:
        return False
    return _ID.search(name) is not None or SECRET_IN_TEXT.search(value) is None


def is_id(name: str) -> bool:
    """Tell whether a field of this name holds ids."""
    return _kind(name) == "id"


def is_key(name: str) -> bool:
    """Tell whether the name of a field may be shown."""
    return _KEY.fullmatch(name) is not None and SECRET_IN_TEXT.search(name) is None


def explains(fields: dict[str, object]) -> frozenset[str]:
    """Give the fields of an object in which a platform explains itself: those of an envelope or of an error, and none of any other."""
    is_one = (
        ("code" in fields and "message" in fields)
        or ("error_code" in fields and ("reason" in fields or "messages" in fields))
        or ("status" in fields and ("error_message" in fields or "data" in fields))
        or "error_description" in fields
    )
    return _EXPLAINS if is_one else frozenset()
