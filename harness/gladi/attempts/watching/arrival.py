"""A webhook as it arrived: what it tells, whether its signature is right, and the headers that go on with it."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from gladi.attempts.subscription import FICTITIOUS_SHOP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gladi.record.clock import Instant

__all__ = ["Arrival", "News", "Signed", "handed_to", "news", "onward", "signed"]

SIGNATURE = "authorization-hmac"
"""Lower-case hex of HMAC-SHA256 over the raw body, keyed with the `webhook_secret` (tokopedia-api.md 7.2)."""

_HOP_BY_HOP = frozenset(
    (
        *("connection", "content-length", "expect", "host", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection"),
        *("te", "trailer", "transfer-encoding", "upgrade"),
    )
)
"""Headers of one connection (RFC 9110, 7.6.1), and those that the next request makes anew."""


class Signed(StrEnum):
    """What the signature of a webhook is worth."""

    RIGHTLY = "rightly signed"
    WRONGLY = "wrongly signed"
    NOT = "not signed"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One webhook as it came, raw."""

    at: Instant
    target: str
    """Path and query, as sent."""
    headers: dict[str, str] = field(repr=False)
    """By lower-case names, without those of the connection."""
    body: bytes = field(repr=False)
    signed: Signed


@dataclass(frozen=True, slots=True)
class News:
    """What a webhook says of the merge of a shop; empty where it is about something else."""

    status: str = ""
    """`merge` or `unmerge` (tokopedia-api.md 7.2)."""
    shop: str = ""
    """The shop's id on Tokopedia, in digits."""

    @property
    def is_trial(self) -> bool:
        """Whether it is the delivery by which `gladi preflight` tries a URL."""
        return self.shop == FICTITIOUS_SHOP


class _Told(msgspec.Struct):
    status: str
    toko_shop_id: str | int = ""


def signed(secret: str, headers: Mapping[str, str], body: bytes) -> Signed:
    """Judge a signature; `headers` have lower-case names."""
    given = headers.get(SIGNATURE, "").strip()
    if not given:
        return Signed.NOT
    right = hmac.digest(secret.encode(), body, "sha256").hex()
    return Signed.RIGHTLY if hmac.compare_digest(right.encode(), given.encode()) else Signed.WRONGLY


def news(body: bytes) -> News:
    """Read what a body says of a merge; whatever cannot be read so says nothing of one."""
    try:
        told = msgspec.json.decode(body, type=_Told)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return News()
    return News(told.status, str(told.toko_shop_id)) if told.status in ("merge", "unmerge") else News()


def onward(headers: Mapping[str, str]) -> dict[str, str]:
    """Give the headers that are forwarded: all but those of the connection."""
    named = {name.strip().lower() for name in headers.get("connection", "").split(",")}
    return {name: value for name, value in headers.items() if name not in _HOP_BY_HOP and name not in named}


def handed_to(system: str, target: str) -> str:
    """Give the URL to which a delivery at `target` goes on: the system's own, or, where that has no path, its own path there.

    An app has a URL for each kind of webhook and the watch one port, so only the path tells which kind came.
    """
    path, _, query = target.partition("?")
    bare, _, own = system.partition("?")
    if not urlsplit(bare).path and path.startswith("/"):  # whatever else stands in a request line would change the host
        bare += path
    asked = "&".join(one for one in (own, query) if one)
    return f"{bare}?{asked}" if asked else bare
