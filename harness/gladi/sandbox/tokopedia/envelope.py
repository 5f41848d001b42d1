"""The two envelopes of the Tokopedia Open API, modern and legacy, and the OAuth form of its token host.

Get Shop Info answers in the modern one and refuses in the legacy one; that is documented, not a slip (tokopedia-api.md 4).
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from gladi.sandbox.printing import printed

if TYPE_CHECKING:
    import msgspec

    from gladi.record.operations import Operation
    from gladi.sandbox.refusal import Refusal

__all__ = ["content_type", "legacy", "modern", "plain", "refused", "shop_info"]

_DONE = "Your request has been processed successfully"
_PROCESS_TIME = 0.018
"""A float of seconds, always the same one: an answer depends on nothing but the world."""
_LEGACY = frozenset(("tokopedia.get_shop_info", "tokopedia.register_webhooks", "tokopedia.list_webhooks"))

_HTML = frozenset(("tokopedia.get_shipping_label",))


def content_type(operation: str) -> str:
    """Give the type of what a success of `operation` carries; every refusal is JSON."""
    return "text/html; charset=utf-8" if operation in _HTML else "application/json"


def modern(data: Any) -> bytes:  # noqa: ANN401 - whatever the operation answers
    """Wrap a success of products, orders and logistics: `reason` and `error_code` are absent."""
    return printed({"header": {"process_time": _PROCESS_TIME, "messages": _DONE}, "data": data})


def shop_info(rows: list[msgspec.Raw]) -> bytes:
    """Wrap a success of Get Shop Info, whose `error_code` is an integer."""
    header = {"process_time": 0, "messages": "Successfully get retrieved shop info data", "reason": "", "error_code": 0}
    return printed({"header": header, "data": rows})


def legacy(data: Any) -> bytes:  # noqa: ANN401 - whatever the operation answers
    """Wrap a success of the webhook endpoints."""
    return printed({"data": data, "status": "200 Ok", "error_message": []})


def plain(data: dict[str, Any]) -> bytes:
    """Write an answer of the token host, which has no envelope."""
    return printed(data)


def refused(refusal: Refusal, operation: Operation | None) -> bytes:
    """Wrap a refusal; the gateway before the services (401, 403, 404, 405, 429) speaks the modern form throughout."""
    name = operation.name if operation else ""
    if name == "tokopedia.get_token":
        return plain({"error": refusal.code, "error_description": refusal.message})
    if name in _LEGACY and refusal.status == HTTPStatus.BAD_REQUEST:
        return printed({"data": None, "status": "400 Bad Request", "error_message": [refusal.reason or refusal.message]})
    header = {
        "process_time": _PROCESS_TIME,
        "messages": refusal.message,
        "reason": refusal.reason or refusal.message,
        "error_code": refusal.code,
    }
    return printed({"header": header, "data": None})
