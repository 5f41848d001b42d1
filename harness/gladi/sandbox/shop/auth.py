"""Who is calling: the request signature over raw bytes, and the tokens that a seller's consent gave the app."""

from __future__ import annotations

import hmac
import re
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from gladi.record.operations import Does
from gladi.sandbox.app import CREATOR, consent, creator, secret
from gladi.sandbox.leniency import lenient
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.bodies import media_type
from gladi.sandbox.shop.refusals import (
    AUTH_CODE_SPENT,
    BAD_APP_KEY,
    BAD_TIMESTAMP,
    GRANT_WRONG,
    REFRESH_EXPIRED,
    REFRESH_UNKNOWN,
    SECRET_WRONG,
    SIGN_MISSING,
    SIGN_WRONG,
    TOKEN_EXPIRED,
    TOKEN_OF_ANOTHER_KIND,
    TOKEN_WRONG,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gladi.record.clock import Instant
    from gladi.record.wire import Request
    from gladi.sandbox.app import App
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.settings import Settings
    from gladi.sandbox.world.records import Shop
    from gladi.sandbox.world.world import World

__all__ = ["Tokens", "check_signature", "sign"]

_NAME = itemgetter(0)
_UNSIGNED = frozenset(("sign", "access_token"))
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_PAST = 5 * 60
_FUTURE = 30
_SCOPES = (
    "seller.authorization.info",
    "seller.customer_service",
    "seller.fulfillment.basic",
    "seller.logistics",
    "seller.order.info",
    "seller.product.basic",
    "seller.product.write",
    "seller.shop.info",
)


def sign(secret: str, path: str, pairs: Iterable[tuple[str, str]], body: bytes, content_type: str) -> str:
    """Sign a request: HMAC-SHA256 over secret, path, sorted decoded query, raw body (unless multipart) and secret again.

    Blank values count; repeated names stay in the order sent. The secret is the key as well (tiktok-shop-api.md 3).
    """
    ordered = sorted([pair for pair in pairs if pair[0] not in _UNSIGNED], key=_NAME)
    key = secret.encode()
    message = "".join((secret, path, *chain.from_iterable(ordered))).encode("utf-8", "surrogatepass")
    if body and media_type(content_type) != "multipart/form-data":
        message += body
    return hmac.digest(key, message + key, "sha256").hex()


def check_signature(arrival: Arrival, app: App, settings: Settings) -> None:
    """Refuse a request whose app, timestamp or signature is not right."""
    request = arrival.request
    params = request.params
    if params.get("app_key") != app.app_key:
        raise Refused(BAD_APP_KEY)
    if not _timely(request):
        raise Refused(BAD_TIMESTAMP)
    given = params.get("sign")
    if not given:
        raise Refused(SIGN_MISSING)
    body = b"" if request.method == "GET" else request.body
    if _signed(request, app, body, given):
        return
    if body.strip() == b"{}" and _signed(request, app, b"", given):
        lenient(arrival, settings, "unsigned_empty_object", SIGN_WRONG)
        return
    raise Refused(SIGN_WRONG)


def _signed(request: Request, app: App, body: bytes, given: str) -> bool:
    right = sign(app.app_secret, request.path, request.pairs, body, request.headers.get("content-type", ""))
    return given.isascii() and hmac.compare_digest(right, given)


def _timely(request: Request) -> bool:
    given = request.params.get("timestamp", "")
    if not _TIMESTAMP.fullmatch(given):
        return False
    sent = int(given)
    return any(clock - _PAST <= sent <= clock + _FUTURE for clock in request.clocks or (request.at // 1000,))


class Tokens:
    """The tokens of one app: what the sellers' consents gave, what was traded for it, and until when each is good."""

    def __init__(self, world: World, app: App) -> None:
        """Begin with the consents alone; they are read when a token is first asked for, because there may be many."""
        self._world = world
        self._app = app
        self._began = world.clock.now
        self._codes: dict[str, str] = {}
        self._refresh: dict[str, str] = {}
        self._used: set[str] = set()
        self._access: dict[str, tuple[str, Instant]] = {}
        self._traded: dict[str, int] = {}
        self._granted: dict[str, Instant] = {}
        self._taken_back: set[str] = set()
        self.when_taken_back: Callable[[str], None] = lambda shop: None  # noqa: ARG005 - a webhook hangs here

    def grant(self, shop: str, until: Instant) -> None:
        """The seller grants access anew, until then and no longer; the pairs of tokens that he was given before last as they did."""
        self._granted[shop] = until

    def take_back(self, shop: str) -> None:
        """The seller takes his access back: from now on no token and no code of his is good for anything."""
        self._taken_back.add(shop)
        self._granted[shop] = self._world.clock.now
        self.when_taken_back(shop)

    def is_taken_back(self, shop: str) -> bool:
        """Tell whether a seller has taken his access back."""
        return shop in self._taken_back

    def granted_until(self, shop: str) -> Instant:
        """Give when a seller's grant ends."""
        return self._granted.get(shop) or self._until(self._world.settings.shop_refresh_life.total_seconds())

    def ends(self, at: Instant) -> None:
        """End every access token early: from now on each is refused as expired, and its refresh token gives a new pair."""
        self._access = {token: (shop, min(until, at)) for token, (shop, until) in self._access.items()}

    def admit(self, arrival: Arrival) -> Shop | None:
        """Give the shop that a request's access token is for, and note it, also when the token has ended; None for a creator's token."""
        token = arrival.request.headers.get("x-tts-access-token")
        found = self._access.get(token) if token else None
        if found is None:
            raise Refused(TOKEN_WRONG)
        key, until = found
        shop = arrival.shop = self._world.shops.get(key)
        if key in self._taken_back:
            arrival.assumes += self._world.settings.assumption("revoked_token_expires")
            raise Refused(TOKEN_EXPIRED if self._world.settings.revoked_token_expires else TOKEN_WRONG)
        if arrival.request.at >= until:
            raise Refused(TOKEN_EXPIRED)
        if (shop is None) is not (arrival.operation.does is Does.SHARES_LINKS):
            raise Refused(TOKEN_OF_ANOTHER_KIND)
        return shop

    def get(self, arrival: Arrival) -> dict[str, object]:
        """Get Token: trade an auth_code, once and within its life, for a pair of tokens."""
        self._check_app(arrival.request)
        params = arrival.request.params
        if params.get("grant_type") != "authorized_code":
            raise Refused(GRANT_WRONG)
        code = params.get("auth_code", "")
        shop = self._codes.get(code)
        if (
            shop is None
            or shop in self._taken_back
            or code in self._used
            or arrival.request.at >= self._until(self._world.settings.auth_code_life.total_seconds())
        ):
            raise Refused(AUTH_CODE_SPENT)
        self._used.add(code)
        return self._pair(arrival, shop)

    def refresh(self, arrival: Arrival) -> dict[str, object]:
        """Refresh Token: trade a refresh token for a new pair; both last no longer than the seller's grant."""
        self._check_app(arrival.request)
        settings = self._world.settings
        params = arrival.request.params
        if params.get("grant_type") != "refresh_token":
            if params.get("grant_type") != "authorized_code":
                raise Refused(GRANT_WRONG)
            lenient(arrival, settings, "authorized_code_on_refresh", GRANT_WRONG)
        token = params.get("refresh_token", "")
        shop = self._refresh.get(token)
        if shop is None or shop in self._taken_back:
            raise Refused(REFRESH_UNKNOWN)
        if token in self._used:
            arrival.assumes += settings.assumption("old_refresh_token_survives")
            if not settings.old_refresh_token_survives:
                raise Refused(REFRESH_UNKNOWN)
        if arrival.request.at >= self.granted_until(shop):
            arrival.assumes += () if shop in self._granted else settings.assumption("shop_refresh_life")
            raise Refused(REFRESH_EXPIRED)
        self._used.add(token)
        return self._pair(arrival, shop)

    def _until(self, seconds: float) -> Instant:
        return self._began + round(seconds * 1000)

    def _check_app(self, request: Request) -> None:
        if request.params.get("app_key") != self._app.app_key:
            raise Refused(BAD_APP_KEY)
        given = request.params.get("app_secret", "").encode("utf-8", "surrogatepass")
        if not hmac.compare_digest(self._app.app_secret.encode(), given):
            raise Refused(SECRET_WRONG)
        if not self._codes:
            seed = self._world.seed
            for one in (creator(seed), *(consent(seed, shop) for shop in self._world.all_shops())):
                self._codes[one.auth_code] = one.shop
                self._refresh[one.refresh_token] = one.shop

    def _pair(self, arrival: Arrival, key: str) -> dict[str, object]:
        settings = self._world.settings
        shop = arrival.shop = self._world.shops.get(key)
        number = self._traded[key] = self._traded.get(key, 0) + 1
        access, refresh = (f"ROW_{secret(f'{self._world.seed} {key} {word} {number}', 64)}" for word in ("access", "refresh"))
        until = min(
            arrival.request.at + round(settings.shop_token_life.total_seconds() * 1000),
            self.granted_until(key),
        )
        self._access[access] = (key, until)
        self._refresh[refresh] = key
        return {
            "access_token": access,
            "access_token_expire_in": until // 1000,
            "refresh_token": refresh,
            "refresh_token_expire_in": self.granted_until(key) // 1000,
            "seller_base_region": "ID",
            **(_of_a_creator(self._world.seed) if shop is None else _of_a_seller(shop)),
        }


def _of_a_seller(shop: Shop) -> dict[str, object]:
    return {"open_id": shop.open_id, "seller_name": shop.name, "user_type": 0, "granted_scopes": _SCOPES}


def _of_a_creator(seed: int) -> dict[str, object]:
    """Say whose token it is; the names of a creator's scopes are on no record here, so that none is given."""
    return {"open_id": f"open-{secret(f'{seed} {CREATOR} open', 17)}", "seller_name": "", "user_type": 1, "granted_scopes": ()}
