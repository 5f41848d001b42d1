"""What a platform says when it has too many requests or a fault of its own, in the form of each of the two.

The hosts that give tokens never say either: nobody documents in which form they would.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from msgspec.structs import replace

from gladi.platforms.troubles.loss import unheard
from gladi.record.evidence import assumed
from gladi.record.routing import router
from gladi.record.wire import Host, Lost, Notes, Response

if TYPE_CHECKING:
    from gladi.platforms.troubles.aim import Aim
    from gladi.record.evidence import Evidence
    from gladi.record.wire import Answers, Request

__all__ = ["ASSUMPTIONS", "ServerFault", "TooManyRequests"]

_encode = msgspec.json.Encoder().encode

ASSUMPTIONS: dict[str, Evidence] = {
    "trouble.too_many_requests": assumed(
        "the status 429 and Tokopedia's headers are documented, and so is the code 36009002; how long to wait is documented for "
        "Tokopedia alone, and Retry-After by no document of the time of the merge",
        switch="--rehearse-trouble",
    ),
    "trouble.server_fault": assumed(
        "Tokopedia's 500 has the form of its upstream faults, with the code of the operation where one is on record; 36009003 is on "
        "record for an internal error of Tokopedia & Shop and 503 for an overload, HTTP 500 with that code is not",
        switch="--rehearse-trouble",
    ),
}
"""Id, and why we chose so, as for the assumptions of the sandbox."""

_TOKOPEDIA_HEADERS = (
    ("X-Ratelimit-Limit", "5 req/s (burst 5)"),
    ("X-Ratelimit-Remaining", "0"),
    ("X-Ratelimit-Reset-After", "0.200000"),
    ("X-Ratelimit-Full-Reset-After", "1.000000"),
)
"""tokopedia-api.md 3; the numbers are those of Get Shop Info, the only ones on record."""
_UPSTREAM = "Our server encounters an error, please try again later"
_UPSTREAM_CODES = {
    "tokopedia.accept_order": "ORD_USC_007",
    "tokopedia.reject_order": "ORD_USC_014",
    "tokopedia.ship_order": "LGS_USC_006",
    "tokopedia.request_pickup": "LGS_USC_007",
    "tokopedia.list_orders": "ORD_API_001",
    "tokopedia.get_order": "ORD_API_001",
    "tokopedia.get_product_info": "PRD_GRPC_001",
}
"""The codes that say *failed upstream* (tokopedia-api.md 2); an operation without one on record gives none."""
_TOO_MANY, _INTERNAL = 36009002, 36009003
"""tiktok-shop-api.md 5."""
_OVERLOADED, _FAULT = 503, 500


@dataclass(frozen=True, slots=True)
class TooManyRequests:
    """The platform has too many requests, and does nothing."""

    aim: Aim
    name: ClassVar[str] = "too many requests"
    legal: ClassVar[bool] = False

    @property
    def definite(self) -> bool:
        """Whether it surely did not happen: yes."""
        return True

    def befalls(self, platform: Answers, request: Request) -> Response:
        """Refuse with 429, in the platform's form and with its headers; a host of tokens answers as ever."""
        if request.host == Host.TOKOPEDIA_API:
            return _tokopedia(429, "Too Many Requests", "", "trouble.too_many_requests", headers=_TOKOPEDIA_HEADERS)
        if request.host == Host.SHOP_API:
            return _shop(429, _TOO_MANY, "Too many requests", "trouble.too_many_requests")
        return platform(request)


@dataclass(frozen=True, slots=True)
class ServerFault:
    """The platform answers with a fault of its own: `happened` says whether it did what it was asked for all the same."""

    aim: Aim
    happened: bool = False
    name: ClassVar[str] = "server fault"
    legal: ClassVar[bool] = False

    @property
    def definite(self) -> bool:
        """Whether the call surely did not do what it asked for; the answer does not say so."""
        return not self.happened

    def befalls(self, platform: Answers, request: Request) -> Response:
        """Answer 5xx in the platform's form; a host of tokens answers as ever."""
        if request.host not in (Host.TOKOPEDIA_API, Host.SHOP_API):
            return platform(request)
        fault = self._fault(request)
        if not self.happened:
            return fault
        done = unheard(platform(request), Lost.UNREADABLE)
        return replace(done, status=fault.status, headers=fault.headers, body=fault.body)

    def _fault(self, request: Request) -> Response:
        if request.host == Host.TOKOPEDIA_API:
            operation = router().route(request).operation
            code = _UPSTREAM_CODES.get(operation.name, "") if operation is not None else ""
            return _tokopedia(_FAULT, _UPSTREAM, code, "trouble.server_fault")
        return _shop(_FAULT if self.happened else _OVERLOADED, _INTERNAL, "Internal error, please retry", "trouble.server_fault")


def _tokopedia(status: int, text: str, code: str, assumption: str, *, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    said = {"header": {"process_time": 0.018, "messages": text, "reason": text, "error_code": code}, "data": None}
    return _refused(status, said, code, assumption, headers)


def _shop(status: int, code: int, text: str, assumption: str) -> Response:
    # A request id of 14 digits and 20 hexadecimal ones, as ever, and the same always: an answer depends on nothing but the play.
    said = {"code": code, "message": text, "request_id": "0" * 34, "data": None}
    return _refused(status, said, str(code), assumption)


def _refused(status: int, said: dict[str, Any], code: str, assumption: str, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    notes = Notes(code=code, refusal="too_many_requests" if assumption.endswith("requests") else "server_fault", assumes=(assumption,))
    return Response(status, (("content-type", "application/json"), *headers), _encode(said), notes)
