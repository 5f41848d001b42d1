"""What travels between a system and a platform, before any library's own objects come into it.

A platform is a function from request to response (`Platform function`); faces, the sandbox, recordings and the live
target all speak these two records and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

import msgspec

if TYPE_CHECKING:
    from gladi.record.clock import Instant

__all__ = ["NO_NOTES", "Answers", "Crashed", "Delivery", "Host", "Lost", "Notes", "Outgoing", "Request", "Response", "Use"]


class Host(StrEnum):
    """The four hosts of the two platforms. Their paths are disjoint, so that one port can serve all four."""

    TOKOPEDIA_API = "fs.tokopedia.net"
    TOKOPEDIA_ACCOUNTS = "accounts.tokopedia.com"
    SHOP_API = "open-api.tiktokglobalshop.com"
    SHOP_AUTH = "auth.tiktok-shops.com"


@dataclass(slots=True)
class Request:
    """One request as it arrives; nobody changes it afterwards.

    `path` and `query` are raw, as sent (percent-encoded, query without the question mark); header names are lower
    case. `at` is the virtual instant of arrival, which the face passes in. `clocks` are the clocks, in whole seconds,
    that a signature's timestamp may agree with: in process the virtual and the wall clock, served the wall clock.
    Its `repr` holds no header, query or body, because those hold secrets.
    """

    method: str
    host: str
    path: str
    at: Instant
    query: str = field(default="", repr=False)
    headers: dict[str, str] = field(default_factory=dict[str, str], repr=False)
    body: bytes = field(default=b"", repr=False)
    clocks: tuple[int, ...] = field(default=(), repr=False)
    patience: float | None = field(default=None, repr=False)
    """Seconds that the client waits for an answer, where its face knows."""
    _pairs: tuple[tuple[str, str], ...] | None = field(default=None, init=False, repr=False, compare=False)
    _params: dict[str, str] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The decoded query in the order sent, with blank values and repeated names kept."""
        if self._pairs is None:
            self._pairs = _decoded(self.query)
        return self._pairs

    @property
    def params(self) -> dict[str, str]:
        """The decoded query as a dictionary; of a repeated name the first value counts."""
        if self._params is None:
            self._params = dict(self.pairs[::-1])
        return self._params

    def every(self, name: str) -> list[str]:
        """Give all values of one query parameter, in the order sent."""
        return [value for key, value in self.pairs if key == name]

    @property
    def decoded_path(self) -> str:
        """The path with its percent-encoding undone."""
        return unquote(self.path)


def _decoded(query: str) -> tuple[tuple[str, str], ...]:
    if "%" in query or "+" in query:
        return tuple(parse_qsl(query, keep_blank_values=True))
    # Nothing to decode, as in most calls: four times as fast, and the same answer.
    parts = [part.partition("=") for part in query.split("&") if part]
    return tuple([(name, value) for name, _, value in parts])


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a leniency: something accepted that the documents do not promise."""

    leniency: str
    where: str


class Notes(msgspec.Struct, frozen=True, gc=False):
    """What the harness knows of an exchange and never puts on the wire.

    The sandbox fills it from what it did; a recording or the live target can only conclude it from the answer.
    Shops and orders are the world's own names (`shop-1`, `INV-001`), not platform ids.
    """

    shop: str | None = None
    code: str | None = None
    """The platform's own code of a refusal; None on success."""
    refusal: str | None = None
    """Our own name of the refusal, such as `locked_while_merging`."""
    shows: tuple[str, ...] = ()
    """Orders that the answer shows to the system."""
    polls: tuple[str, ...] = ()
    """Shops whose migration status the answer reports (merged or not)."""
    tells_merged: tuple[str, ...] = ()
    """Shops of which the answer tells the system that they have merged."""
    touches: str | None = None
    """The order or the product (by seller SKU) that a write names."""
    batch: tuple[str, ...] = ()
    """The orders that a write names together; `touches` is then None."""
    leniencies: tuple[Use, ...] = ()
    assumes: tuple[str, ...] = ()
    """Ids of the assumptions that this answer rests on."""
    listed_on: tuple[str, ...] | None = None
    """The listing platforms that a product write on Tokopedia & Shop names; none named is `()`, and None has no such field."""
    changes: tuple[str, ...] = ()
    """What an edit of a product page changes, by our own names: `title`, `description`, `price`, `stock`."""
    misses: tuple[str, ...] = ()
    """Orders that were asked for by id on a platform that does not hold them."""
    placed: bool = False
    """Whether what was asked for lives on one platform alone, and could be asked of the wrong one; where it was, `misplaced` says so."""
    misplaced: str | None = None
    """What was asked for and the other platform alone holds, in words: `returns of order OLD-1`."""
    expired: bool = False
    """Refused because the access token has ended."""


NO_NOTES = Notes()


class Lost(StrEnum):
    """What became of an exchange that brought the system no answer."""

    REQUEST = "request"
    """Definite: the request never arrived, so it surely did not happen."""
    ANSWER = "answer"
    """Indefinite: it happened, and the answer was lost on its way."""
    LATE = "late"
    """Indefinite: it happened, and the answer came when the client no longer waited."""
    UNREADABLE = "unreadable"
    """Indefinite: it happened, and what the client got does not say so: a server's fault, or a body that cannot be read."""
    CRASHED = "crashed"
    """The process that asked is gone; what became of the exchange is another value, in the journal."""

    @property
    def may_have_happened(self) -> bool:
        """Whether nobody on the client's side can know that it did not happen."""
        return self in (Lost.ANSWER, Lost.LATE, Lost.UNREADABLE)


class Crashed(BaseException):
    """Raised through a client whose process is gone: nothing of it is to run on, so no `except Exception` holds it back."""


class Response(msgspec.Struct, frozen=True, gc=False):
    """One answer: status, raw headers in order, body bytes, and the harness's own notes. Its `repr` holds no header and no body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    notes: Notes = NO_NOTES
    lost: Lost | None = None
    """Set when the system never learns what the platform answered."""

    @property
    def is_silent(self) -> bool:
        """Whether a face breaks the connection instead of sending it."""
        return self.lost is not None and self.lost is not Lost.UNREADABLE

    def __repr__(self) -> str:
        return f"Response({self.status}, {len(self.body)} bytes)"


Answers = Callable[[Request], Response]
"""A platform: the sandbox, a recording, the live target, or a wrapper around one of these."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A webhook as the system receives it: method, path, headers (lower-case names) and the raw bytes that were signed."""

    method: str
    path: str
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A webhook that is due: where it goes and what the harness knows of it."""

    url: str
    platform: str
    event: str
    """The platform's own word, such as `merge`."""
    delivery: Delivery
    shop: str | None = None
    notification: str | None = None
    """The platform's id of what it tells, the same however often it is sent; Tokopedia has none."""
    tells_merged: tuple[str, ...] = ()
    answered: Callable[[int | None], None] = field(default=lambda status: None, repr=False)  # noqa: ARG005 - nobody waits for it
    """To be called with the receiver's status, or None when nobody answered: the sandbox decides whether it tries again."""
