"""What answers of both platforms are wrapped in, and how each says no, as JSON Schema for the description of the served sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.record.words import SHOP
from gladi.sandbox.shape import COUNT, INT, NULL, NUMBER, TEXT, Envelope, Kind, as_text, either, one_of, schema
from gladi.sandbox.shop.refusals import REFUSALS as SHOP_REFUSALS
from gladi.sandbox.tokopedia.refusals import REFUSALS as TOKOPEDIA_REFUSALS

if TYPE_CHECKING:
    from gladi.record.operations import Operation
    from gladi.sandbox.shape import Keys, Shape, Shaped

__all__ = ["REFUSED", "envelope_of", "refused", "statuses", "wrapped"]

_OK, _NOWHERE, _BROKEN = 200, frozenset((404, 405)), 500
_BAD_REQUEST = 400
_REQUEST_ID = as_text("[0-9]{14}[0-9A-F]{20}")

_SHOP_CODE = one_of(*sorted({int(one.code) for one in SHOP_REFUSALS}))
_TOKOPEDIA_CODE = one_of(*sorted({one.code for one in TOKOPEDIA_REFUSALS}))

_FORMS: dict[Envelope, Keys] = {
    Envelope.SHOP: {"code": _SHOP_CODE, "message": TEXT, "request_id": _REQUEST_ID, "data": NULL},
    Envelope.MODERN: {
        "header": {"process_time": NUMBER, "messages": TEXT, "reason": TEXT, "error_code": _TOKOPEDIA_CODE},
        "data": NULL,
    },
    Envelope.LEGACY: {"data": NULL, "status": TEXT, "error_message": [TEXT]},
    Envelope.BARE: {"error": TEXT, "error_description": TEXT},
}
_NAMES = {
    Envelope.SHOP: "ShopRefusal",
    Envelope.MODERN: "TokopediaRefusal",
    Envelope.LEGACY: "TokopediaLegacyRefusal",
    Envelope.BARE: "TokopediaTokenRefusal",
}
REFUSED: dict[str, dict[str, object]] = {_NAMES[envelope]: schema(form) for envelope, form in _FORMS.items()}
"""How the platforms say no, as named schemas of the description."""


def envelope_of(operation: Operation, shaped: Shaped) -> Envelope:
    """Give what an operation's answer is wrapped in."""
    return shaped.envelope or (Envelope.SHOP if operation.platform is SHOP else Envelope.MODERN)


def wrapped(envelope: Envelope, answer: Shape) -> dict[str, object]:
    """Give the whole body of HTTP 200: the answer in its envelope and, on the shop side, a refusal too."""
    if envelope is Envelope.SHOP:
        done: Shape = {"code": one_of(0), "message": TEXT, "request_id": _REQUEST_ID, "data": answer}
        return schema(either(done, _reference(Envelope.SHOP)))
    forms: dict[Envelope, Shape] = {
        Envelope.MODERN: {"header": {"process_time": NUMBER, "messages": TEXT}, "data": answer},
        Envelope.SHOP_INFO: {"header": {"process_time": COUNT, "messages": TEXT, "reason": TEXT, "error_code": INT}, "data": answer},
        Envelope.LEGACY: {"data": answer, "status": TEXT, "error_message": [TEXT]},
    }
    return schema(forms.get(envelope, answer))


def refused(envelope: Envelope, status: int) -> dict[str, object]:
    """Give the body of a refusal with an HTTP status."""
    if envelope in (Envelope.SHOP, Envelope.BARE):
        return schema(_reference(envelope))
    # What the service itself refuses is in its form; the gateway before it speaks the modern one throughout.
    is_legacy = envelope in (Envelope.LEGACY, Envelope.SHOP_INFO) and status == _BAD_REQUEST
    return schema(_reference(Envelope.LEGACY if is_legacy else Envelope.MODERN))


def statuses(operation: Operation, shaped: Shaped) -> list[int]:
    """Give the HTTP statuses with which an operation is refused, beside 200."""
    every = {one.status for one in (SHOP_REFUSALS if operation.platform is SHOP else TOKOPEDIA_REFUSALS)}
    # A server's error is never a refusal, but where the platform itself answers so.
    return sorted({one for one in every - _NOWHERE if _OK < one < _BROKEN} | ({_BROKEN} if shaped.breaks else set()))


def _reference(envelope: Envelope) -> Kind:
    return Kind({"$ref": f"#/components/schemas/{_NAMES[envelope]}"})
