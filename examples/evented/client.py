"""The one HTTP client: it signs, keeps tokens fresh, rests where it is told to, and reads both platforms' envelopes.

Its methods raise `Refused`, `Busy` or `Unclear`, and nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any, TypeVar, get_origin

import httpx
import msgspec
from msgspec.structs import replace

from examples.evented.facts import Front
from examples.evented.faults import Busy, Refused, Unclear
from examples.evented.store import Tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

    from examples.evented.store import Store
    from gladi.play.system import Venue

__all__ = ["NO_CONSENT", "Client", "Digits", "read"]

T = TypeVar("T")

NO_CONSENT = "36004005"
"""Tokopedia & Shop does not know the refresh token: its owner has taken our access back."""
_EXPIRED = 105002
_UNAUTHORIZED, _TOO_MANY, _FAULT = 401, 429, 500


class Digits(str):
    """An id, digit for digit. Both platforms write ids now as numbers, now as text, and of 19 digits: no float may touch them."""

    __slots__ = ()


def _digits(kind: type, wire: object) -> Digits:
    text = str(wire)
    if kind is not Digits or not isinstance(wire, int | str) or not (text.isascii() and text.isdecimal()) or text[0] == "0":
        raise ValueError(f"{text!r} is no id")
    return Digits(text)


def read(shape: type[T], content: bytes | msgspec.Raw) -> T:
    """Read JSON; it is `Unclear` when it has another shape."""
    try:
        return msgspec.json.decode(content, type=shape, dec_hook=_digits)
    except msgspec.MsgspecError as error:
        raise Unclear(f"the answer cannot be read: {error}") from error


class _Header(msgspec.Struct):
    # Text on most services of Tokopedia, the integer 0 on some.
    error_code: str | int = ""
    reason: str = ""
    messages: str = ""


class _TokopediaEnvelope(msgspec.Struct):
    """Both envelopes of Tokopedia: one has a header, the older one a list of errors."""

    data: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"null"))
    header: _Header | None = None
    error_message: list[str] | None = None


class _ShopEnvelope(msgspec.Struct):
    code: int
    message: str = ""
    data: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"null"))


class _TokopediaToken(msgspec.Struct):
    access_token: str
    expires_in: int


class _ShopTokens(msgspec.Struct):
    access_token: str
    # An instant, in spite of its name.
    access_token_expire_in: int
    refresh_token: str


class Client:
    """Calls both platforms under one app each."""

    def __init__(self, venue: Venue, store: Store) -> None:
        """Call `venue`; the sellers' tokens are kept in `store`."""
        self._venue = venue
        self._store = store
        # Built once: building one costs more than a hundred calls.
        self._http = httpx.AsyncClient()
        self._rests: dict[str, datetime] = {}
        self._token: _TokopediaToken | None = None
        self._token_ends = venue.now()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _sends(self, method: str, url: str, path: str, **parts: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own
        """Send one request, unless its path is to rest."""
        now = self._venue.now()
        if (until := self._rests.get(path, now)) > now:
            raise Busy(until)
        try:
            response = await self._http.request(method, url + path, **parts)
        except httpx.HTTPError as error:
            # Its text may name the whole address, and with it what signs or pays for it.
            raise Unclear(f"{method} {path}: {type(error).__name__}") from error
        if response.status_code == _TOO_MANY or response.headers.get("x-ratelimit-remaining") == "0":
            after = response.headers.get("retry-after") or response.headers.get("x-ratelimit-full-reset-after", "")
            self._rests[path] = now + timedelta(seconds=_seconds(after))
        if response.status_code == _TOO_MANY:
            raise Busy(self._rests[path])
        if response.status_code >= _FAULT:
            raise Unclear(f"{method} {path} was answered {response.status_code}")
        return response

    # -- Tokopedia -----------------------------------------------------------------------------------------------------

    async def tokopedia(self, shape: type[T], method: str, path: str, *, query: Mapping[str, str] | None = None, body: object = None) -> T:
        """Call the Tokopedia Open API and give the data of its answer."""
        response = await self._authorized(method, path, query, body)
        if response.status_code == _UNAUTHORIZED:
            # The token ended early. One new one is asked for; a second 401 is an answer.
            self._token = None
            response = await self._authorized(method, path, query, body)
        envelope = read(_TokopediaEnvelope, response.content)
        header = envelope.header or _Header()
        code = str(header.error_code or "")
        if code or not response.is_success:
            text = header.reason or "; ".join(envelope.error_message or ()) or header.messages
            raise Refused(code or str(response.status_code), text or "no reason was given")
        # Where there is nothing to list, some services send null.
        nothing = get_origin(shape) is list and bytes(envelope.data) == b"null"
        return read(shape, b"[]" if nothing else envelope.data)

    async def _authorized(self, method: str, path: str, query: Mapping[str, str] | None, body: object) -> httpx.Response:
        headers = {"authorization": f"Bearer {await self._bearer()}"} | ({} if body is None else {"content-type": "application/json"})
        content = b"" if body is None else msgspec.json.encode(body)
        return await self._sends(method, self._venue.tokopedia_url, path, params=query, content=content, headers=headers)

    async def _bearer(self) -> str:
        # Asking early is no use: until a token has ended Tokopedia gives the same one again.
        if self._token is None or self._venue.now() >= self._token_ends:
            app = self._venue.tokopedia
            asked = {"params": {"grant_type": "client_credentials"}, "auth": (app.client_id, app.client_secret)}
            response = await self._sends("POST", self._venue.tokopedia_token_url, "/token", **asked)
            if not response.is_success:
                raise Refused(str(response.status_code), "Tokopedia gives no token")
            self._token = read(_TokopediaToken, response.content)
            self._token_ends = self._venue.now() + timedelta(seconds=self._token.expires_in)
        return self._token.access_token

    # -- Tokopedia & Shop ----------------------------------------------------------------------------------------------

    async def shop(  # noqa: PLR0913 - a call is all of this
        self,
        shape: type[T],
        whose: Front | int,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: object = None,
    ) -> T:
        """Call the TikTok Shop Open API for a shop, or for a grant by its number, and give the data of its answer."""
        holder = whose.grant if isinstance(whose, Front) else whose
        # What is asked of a grant as a whole takes no cipher, and refuses one.
        asked = {**(query or {}), **({"shop_cipher": whose.cipher} if isinstance(whose, Front) else {})}
        tokens = self._store.tokens(holder)
        if tokens is None or self._venue.now() >= tokens.ends_at - timedelta(hours=1):
            tokens = await self._refreshes(holder, tokens)
        envelope = await self._signed(method, path, asked, body, tokens)
        if envelope.code == _EXPIRED:
            # It ended early, and is not tried again, also if no other is to be had.
            tokens = self._store.keeps_tokens(holder, replace(tokens, ends_at=self._venue.now()))
            envelope = await self._signed(method, path, asked, body, await self._refreshes(holder, tokens))
        if envelope.code != 0:
            raise Refused(str(envelope.code), envelope.message)
        return read(shape, envelope.data)

    async def _signed(self, method: str, path: str, query: Mapping[str, str], body: object, tokens: Tokens) -> _ShopEnvelope:
        app = self._venue.shop
        content = b"" if body is None else msgspec.json.encode(body)
        # A signature's time is held against the wall clock.
        signed = {**query, "app_key": app.app_key, "timestamp": str(int(time.time()))}
        words = "".join(name + signed[name] for name in sorted(signed))
        text = app.app_secret.encode() + path.encode() + words.encode() + content + app.app_secret.encode()
        signed["sign"] = hmac.new(app.app_secret.encode(), text, hashlib.sha256).hexdigest()
        headers = {"x-tts-access-token": tokens.access, "content-type": "application/json"}
        response = await self._sends(method, self._venue.shop_url, path, params=signed, content=content, headers=headers)
        return read(_ShopEnvelope, response.content)

    async def _refreshes(self, holder: int, old: Tokens | None) -> Tokens:
        app = self._venue.shop
        query = {
            "app_key": app.app_key,
            "app_secret": app.app_secret,
            "refresh_token": old.refresh if old else app.grants[holder].refresh_token,
            "grant_type": "refresh_token",
        }
        response = await self._sends("GET", self._venue.shop_token_url, "/api/v2/token/refresh", params=query)
        envelope = read(_ShopEnvelope, response.content)
        if envelope.code != 0:
            raise Refused(str(envelope.code), envelope.message)
        fresh = read(_ShopTokens, envelope.data)
        ends_at = datetime.fromtimestamp(fresh.access_token_expire_in, tz=UTC)
        return self._store.keeps_tokens(holder, Tokens(fresh.access_token, fresh.refresh_token, ends_at))


def _seconds(text: str) -> int:
    try:
        return max(1, ceil(float(text)))
    except ValueError:
        return 1
