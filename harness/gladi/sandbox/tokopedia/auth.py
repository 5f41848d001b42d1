"""Bearer tokens by client credentials: one at a time, the same one with a shrinking life until it has expired."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import TYPE_CHECKING

from gladi.sandbox.app import secret
from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import envelope, refusals

if TYPE_CHECKING:
    from datetime import timedelta

    from gladi.record.clock import Instant
    from gladi.sandbox.app import App
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.tokopedia.desk import Deed, Desk

__all__ = ["Tokens", "get_token"]


class Tokens:
    """The access tokens of one app. A token begins with `c:`, which is part of it."""

    __slots__ = ("_app", "_expires_at", "_issued", "_life", "_token")

    def __init__(self, app: App, life: timedelta) -> None:
        """Issue none yet; each will live for `life`."""
        self._app = app
        self._life = round(life.total_seconds() * 1000)
        self._issued = 0
        self._token = ""
        self._expires_at: Instant = 0

    def issue(self, at: Instant) -> tuple[str, int]:
        """Give the token in force and the whole seconds it still has; a new one is made only when the last has expired."""
        if at >= self._expires_at:
            self._issued += 1
            self._token = self._named(self._issued)
            self._expires_at = at + self._life
        return self._token, (self._expires_at - at) // 1000

    def ends(self, at: Instant) -> None:
        """End the token in force early: from now on it is refused as expired, and asking gives a new one."""
        self._expires_at = min(self._expires_at, at)

    def admit(self, authorization: str, at: Instant) -> None:
        """Let a request pass, or refuse it with 401."""
        scheme, _, token = authorization.strip().partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Refused(refusals.NO_TOKEN)
        if token != self._token:
            raise Refused(refusals.EXPIRED_TOKEN if self._was_issued(token) else refusals.WRONG_TOKEN)
        if at >= self._expires_at:
            raise Refused(refusals.EXPIRED_TOKEN)

    def _named(self, number: int) -> str:
        return f"c:{secret(f'{self._app.client_secret} token {number}', 22)}"

    def _was_issued(self, token: str) -> bool:
        return any(token == self._named(number) for number in range(1, self._issued))


def get_token(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `POST /token?grant_type=client_credentials`; the grant stands in the query and the body stays empty."""
    grant = arrival.request.params.get("grant_type", "")
    if not grant:
        raise Refused(refusals.NO_GRANT_TYPE)
    if grant != "client_credentials":
        raise Refused(refusals.UNSUPPORTED_GRANT_TYPE)
    if _basic(arrival.request.headers.get("authorization", "")) != f"{desk.app.client_id}:{desk.app.client_secret}":
        raise Refused(refusals.INVALID_CLIENT)

    def issues() -> bytes:
        token, seconds = desk.tokens.issue(arrival.request.at)
        return envelope.plain(
            {
                "access_token": token,
                "event_code": "",
                "expires_in": seconds,
                "last_login_type": "",
                "sq_check": False,
                "token_type": "Bearer",
            }
        )

    return issues


def _basic(authorization: str) -> str:
    """Give the credentials of a Basic header, or the empty string."""
    scheme, _, encoded = authorization.strip().partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""
