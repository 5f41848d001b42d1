"""The calls that preflight makes itself: seven operations over any target, each answered by plain data or by one sentence.

No secret and no token comes into a sentence: what a platform says of its refusal is shown by its code alone.
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from gladi.record.wire import Host, Lost, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gladi.attempts.account import Account
    from gladi.record.clock import Instant
    from gladi.record.wire import Answers, Response

__all__ = ["Calls", "NobodyAnsweredError", "UnansweredError", "sign"]

T = TypeVar("T")

_OK = 200
_LONGEST_CODE = 40


class UnansweredError(Exception):
    """A call brought nothing that preflight could go on with; the text is one sentence. It may have had its effect all the same."""


class NobodyAnsweredError(UnansweredError):
    """A call was lost, or its answer was: that says nothing about the account."""


class ShopInfo(msgspec.Struct, frozen=True):
    """One row of Get Shop Info; `tts_integration_completed` is there only once the shop has merged (tokopedia-api.md 4)."""

    shop_id: int
    shop_name: str = ""
    tts_integration_completed: dict[str, Any] | None = None
    warehouses: msgspec.Raw = msgspec.Raw(b"null")
    """As they came: only a stocktaking reads them."""


class Consent(msgspec.Struct, frozen=True):
    """What Get Token and Refresh Token give (tiktok-shop-api.md 4)."""

    access_token: str
    seller_base_region: str = ""
    granted_scopes: tuple[str, ...] = ()


class DevelopmentShop(msgspec.Struct, frozen=True):
    """One row of Get Authorized Shops (tiktok-shop-api.md 4)."""

    id: str
    name: str = ""
    region: str = ""


class _Token(msgspec.Struct, frozen=True):
    access_token: str


class _Shops(msgspec.Struct, frozen=True):
    shops: tuple[DevelopmentShop, ...]


class Calls:
    """Calls a target under one account."""

    def __init__(self, target: Answers, account: Account, *, now: Callable[[], Instant]) -> None:
        """Call `target`; `now` is the clock that the target goes by."""
        self._target = target
        self._account = account
        self._now = now
        self._bearer = ""
        self._consents: dict[str, Consent] = {}

    # -- the Tokopedia Open API ----------------------------------------------------------------------------------------

    def token(self) -> str:
        """Get Token, by client credentials; the same one serves every call after it."""
        if not self._bearer:
            account = self._account
            basic = b64encode(f"{account.client_id}:{account.client_secret}".encode()).decode()
            headers = {"authorization": f"Basic {basic}", "content-length": "0"}
            body = self.asks("Get Token", Host.TOKOPEDIA_ACCOUNTS, "POST", "/token", {"grant_type": "client_credentials"}, headers)
            self._bearer = _read("Get Token", body, _Token).access_token
        return self._bearer

    def shop_info_answer(self) -> bytes:
        """Get Shop Info as it came, raw: the ids in it keep every digit."""
        headers = {"authorization": f"Bearer {self.token()}"}
        return self.asks("Get Shop Info", Host.TOKOPEDIA_API, "GET", f"/v1/shop/fs/{self._account.fs_id}/shop-info", {}, headers)

    def shop_info(self) -> tuple[ShopInfo, ...]:
        """Get Shop Info of every shop that is connected to the app."""
        data = self._data("Get Shop Info", "GET", f"/v1/shop/fs/{self._account.fs_id}/shop-info")
        # The page says that it is an array; the changelog shows one shop without one (tokopedia-api.md 10, row 3).
        if bytes(data).startswith(b"{"):
            return (_read("Get Shop Info", data, ShopInfo),)
        return _read("Get Shop Info", data, tuple[ShopInfo, ...])

    def webhooks(self) -> dict[str, str]:
        """List Registered Webhooks: every URL and the secret, by the platform's names; what is not set is left out."""
        data = self._data("List Registered Webhooks", "GET", f"/v1/fs/{self._account.fs_id}")
        listed = _read("List Registered Webhooks", data, dict[str, Any])
        return {name: value for name, value in listed.items() if value and _is_hook(name, value)}

    def register(self, hooks: Mapping[str, str]) -> None:
        """Register webhooks; whatever `hooks` leaves out becomes empty (tokopedia-api.md 7.1)."""
        fs_id = self._account.fs_id
        self._data("Register Webhook", "POST", f"/v1/fs/{fs_id}/register", body=msgspec.json.encode({"fs_id": fs_id, **hooks}))

    def _data(self, name: str, method: str, path: str, *, body: bytes = b"") -> msgspec.Raw:
        headers = {"authorization": f"Bearer {self.token()}"} | ({"content-type": "application/json"} if body else {})
        answer = self.asks(name, Host.TOKOPEDIA_API, method, path, {}, headers, body)
        return _read(name, answer, dict[str, msgspec.Raw]).get("data", msgspec.Raw(b"null"))

    # -- the TikTok Shop Open API --------------------------------------------------------------------------------------

    def consent(self, refresh_token: str) -> Consent:
        """Refresh Token: trade a refresh token for a new pair, once."""
        if refresh_token not in self._consents:
            app = {"app_key": self._account.app_key, "app_secret": self._account.app_secret}
            query = {**app, "refresh_token": refresh_token, "grant_type": "refresh_token"}
            try:
                data = self._enveloped("Refresh Token", Host.SHOP_AUTH, "/api/v2/token/refresh", query, {})
            except NobodyAnsweredError:
                raise
            except UnansweredError as no:
                if (file := self._account.practised) is None or not file.exists():
                    raise
                why = f"a stand-in that was reset or served anew knows none of the tokens in {file.name}: delete that file"
                raise UnansweredError(f"{no}; {why}") from None
            self._consents[refresh_token] = _read("Refresh Token", data, Consent)
        return self._consents[refresh_token]

    def development_shops(self, access_token: str) -> tuple[DevelopmentShop, ...]:
        """Get Authorized Shops of one consent."""
        path = "/authorization/202309/shops"
        query = {"app_key": self._account.app_key, "timestamp": str(self._now() // 1000)}
        query["sign"] = sign(self._account.app_secret, path, query)
        headers = {"x-tts-access-token": access_token, "content-type": "application/json"}
        return _read("Get Authorized Shops", self._enveloped("Get Authorized Shops", Host.SHOP_API, path, query, headers), _Shops).shops

    def _enveloped(self, name: str, host: Host, path: str, query: Mapping[str, str], headers: dict[str, str]) -> msgspec.Raw:
        answer = _read(name, self.asks(name, host, "GET", path, query, headers), dict[str, msgspec.Raw])
        if answer.get("code") != msgspec.Raw(b"0"):
            raise UnansweredError(f"{name} was refused{_with(_code(answer))}")
        return answer.get("data", msgspec.Raw(b"null"))

    # -- the way there -------------------------------------------------------------------------------------------------

    def asks(  # noqa: PLR0913, PLR0917 - a request
        self, name: str, host: Host, method: str, path: str, query: Mapping[str, str], headers: dict[str, str], body: bytes = b""
    ) -> bytes:
        """Send one request as it is given and give the body of its answer, which is 200.

        Raises:
            NobodyAnsweredError: it never arrived, or brought no answer.
            UnansweredError: it was refused.
        """
        at = self._now()
        request = Request(method, host, path, at, urlencode(query, quote_via=quote), headers, body, clocks=(at // 1000,))
        response = self._target(request)
        if response.lost is Lost.REQUEST:
            raise NobodyAnsweredError(f"{name} reached nobody at {host}")
        if response.lost is not None:
            raise NobodyAnsweredError(f"{name} brought no answer from {host}")
        if response.status != _OK:
            raise UnansweredError(f"{name} was refused{_with(f'HTTP {response.status}', _code_of(response))}")
        return response.body


def sign(secret: str, path: str, query: Mapping[str, str], body: bytes = b"") -> str:
    """Sign a request: HMAC-SHA256 over the path, the decoded query sorted by name, and the body as sent (tiktok-shop-api.md 3)."""
    words = "".join(name + query[name] for name in sorted(query))
    return hmac.digest(secret.encode(), f"{secret}{path}{words}".encode() + body + secret.encode(), "sha256").hex()


def _is_hook(name: str, value: object) -> bool:
    return isinstance(value, str) and (name.endswith("_url") or name == "webhook_secret")


def _read(name: str, body: bytes | msgspec.Raw, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.MsgspecError:
        raise UnansweredError(f"{name} was answered by something else than it promises") from None


def _with(*details: str) -> str:
    said = [detail for detail in details if detail]
    return f" with {' and '.join(said)}" if said else ""


def _code_of(response: Response) -> str:
    """Give the platform's own code of a refusal in whichever envelope it came, such as `code 105002`; empty where it has none."""
    try:
        said = msgspec.json.decode(response.body, type=dict[str, msgspec.Raw])
    except msgspec.MsgspecError:
        return ""
    return _code(said)


def _code(said: Mapping[str, msgspec.Raw]) -> str:
    """Find `error_code` (Tokopedia), `error` (its token host) or `code` (Tokopedia & Shop)."""
    try:
        header = msgspec.json.decode(said.get("header", msgspec.Raw(b"{}")), type=dict[str, msgspec.Raw])
        code = msgspec.json.decode(header.get("error_code") or said.get("error") or said.get("code") or b'""', type=str | int)
    except msgspec.MsgspecError:
        return ""
    # A code is a word or a number; anything longer is a text, and a text may quote what was sent.
    return f"code {code}" if code and str(code).replace("_", "").isalnum() and len(str(code)) <= _LONGEST_CODE else ""
