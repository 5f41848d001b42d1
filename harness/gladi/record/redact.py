"""Secrets and personal data are taken out here, before anything is written, shown or attached.

1. Query parameters and headers pass by an allow-list: what is not known to be harmless is masked.
2. Bodies are masked by field name, at any depth.
3. What cannot be read as JSON is not shown at all, only measured.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from gladi.record.wire import Request

__all__ = ["MASK", "canonical", "clean_body", "clean_query", "clean_text", "fingerprint", "is_clean"]

MASK = "***"

_HARMLESS_QUERY = frozenset(
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
        "upload",
        "bypass_update_product_status",
        "return_under_review_version",
        "return_draft_version",
    ]
)
_NEVER_THE_SAME = frozenset(("sign", "timestamp", "access_token"))
"""Parameters that differ from call to call without meaning; a canonical request leaves them out."""

_SECRET_FIELD = re.compile(
    r"(token|secret|password|sign$|signature|cipher$|auth_code|authorization|hmac|encryption|phone|e?mail|nickname|avatar|"
    r"address|recipient|receiver|postal_code|zipcode|owner_name|first_name|last_name|contact_person|customer$|buyer$|buyer_message|"
    r"geo$|latlon|latitude|longitude|buyer_user_id|^user_id$|comment$|seller_note|webhook_secret|cpf|^content$|im_user_id)",
    re.IGNORECASE,
)
_SECRET_IN_TEXT = re.compile(
    r"(?P<bearer>\b(?:Bearer|Basic)\s+)[^\s\"',;]+"
    r"|(?P<name>[\"']?\b(?:access_token|refresh_token|app_secret|client_secret|webhook_secret|auth_code|shop_cipher|sign|password|"
    r"x-tts-access-token|authorization-hmac)[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;)}]+"
    r"|\bc:[A-Za-z0-9_\-]{12,}"
    r"|\b(?:ROW|TTP)_[A-Za-z0-9_\-]{12,}"
    r"|[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+\.[A-Za-z]{2,}"
    r"|(?<!\d)(?:\+62|62|0)8\d{7,11}(?!\d)",
    re.IGNORECASE,
)


def clean_query(pairs: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Give the query sorted by name, harmless values kept, all others masked, what never repeats left out."""
    return sorted((name, value if name in _HARMLESS_QUERY else MASK) for name, value in pairs if name not in _NEVER_THE_SAME)


def _clean(value: Any, name: str) -> Any:  # noqa: ANN401 - JSON comes in and JSON goes out
    if isinstance(value, dict):
        if name and _SECRET_FIELD.search(name):
            return MASK
        fields: dict[str, Any] = value  # pyright: ignore[reportUnknownVariableType] - JSON
        return {key: _clean(item, key) for key, item in sorted(fields.items())}
    if isinstance(value, list):
        items: list[Any] = value  # pyright: ignore[reportUnknownVariableType] - JSON
        return [_clean(item, name) for item in items]
    if name and value not in (None, "", 0) and _SECRET_FIELD.search(name):
        return MASK
    if isinstance(value, str):
        return clean_text(value)
    return value


def clean_body(body: bytes) -> Any:  # noqa: ANN401 - JSON
    """Give a body as a JSON value with sorted keys and masked fields; None for an empty one, its size for anything else."""
    if not body:
        return None
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return f"<{len(body)} bytes that are not JSON>"
    return _clean(value, "")


def is_clean(line: bytes) -> bool:
    """Tell whether a JSON value, or a text that is none, holds nothing that would be masked here."""
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        text = line.decode(errors="replace")
        return clean_text(text) == text
    return bool(_clean(value, "") == value)


def clean_text(text: str) -> str:
    """Mask what looks like a secret, an e-mail address or an Indonesian phone number in free text, such as an exception's."""
    return _SECRET_IN_TEXT.sub(lambda found: (found["bearer"] or found["name"] or "") + MASK, text)


def canonical(request: Request) -> dict[str, Any]:
    """Give the request as a journal keeps it: no host, no headers, no signature, no timestamp, no secret."""
    return {
        "method": request.method,
        "path": request.path,
        "query": clean_query(request.pairs),
        "body": clean_body(request.body),
    }


def fingerprint(request: Request) -> str:
    """Give one line that names a request to a person: method and path."""
    return f"{request.method} {request.path}"
