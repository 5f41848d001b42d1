"""The model that `gladi parity` asks: a fresh sandbox in which the people of a recording do again what they did, at their instants."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from gladi.record.clock import Clock, instant
from gladi.record.entries import Deed, Fact
from gladi.record.wire import Host, Request
from gladi.record.words import Platform, Stage
from gladi.sandbox.merge import InFlight
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.seed import BEGINNING
from gladi.sandbox.settings import Settings
from gladi.sandbox.shop.auth import sign
from gladi.sandbox.switches import switch
from gladi.sandbox.world.world import WorldError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.platforms.recording.sidecar import Sidecar
    from gladi.record.clock import Instant
    from gladi.record.wire import Response

__all__ = ["Model"]

_PLACED = "placed order "
_AUTHORIZING = ("app_key", "app_secret", "auth_code", "refresh_token")


class Model:
    """A sandbox over the seller of a recording; call it with what `readies` gave."""

    def __init__(self, sidecar: Sidecar, *, people_first: bool) -> None:
        """Open it as the sidecar says: seed, switches, cell, and the instant at which the recording began.

        What a person did and what was asked can have one instant, and the recording does not say which came first: `people_first` does.
        """
        self._people_first = people_first
        given = dict(switch(f"{name}={value}") for name, value in sidecar.settings.items() if name != "in_flight")
        cell = InFlight.parse(sidecar.cell) if sidecar.cell else InFlight()
        start = max(instant(datetime.fromisoformat(sidecar.recorded_at)), BEGINNING)
        self.sandbox = Sandbox(seed=sidecar.seed, settings=Settings(in_flight=cell, **given), clock=Clock(start))
        self._entries = [entry for entry in sidecar.entries if isinstance(entry, (Deed, Fact))]
        self._deeds = [entry for entry in self._entries if isinstance(entry, Deed)]
        self.undone: list[str] = []
        """What people did that cannot be done again, in words."""
        self._bearer = self._token = ""
        self._refresh = self.sandbox.consents[0].refresh_token

    def known(self, ids: dict[str, list[str]]) -> dict[str, str]:
        """Give what the sandbox calls the app and the shops that a recording names."""
        shops = [str(shop.tokopedia_id) for shop in self.sandbox.world.all_shops()]
        theirs = [one for one in ids.get("shop_id", []) if len(one) < 19]  # noqa: PLR2004 - a longer one is of Tokopedia & Shop
        return dict(zip(theirs, shops, strict=False)) | {one: str(self.sandbox.app.fs_id) for one in ids.get("fs_id", [])}

    def __call__(self, request: Request) -> Response:
        """Answer."""
        response = self.sandbox(request)
        if request.host == Host.SHOP_AUTH:
            self._keeps(response)
        return response

    def readies(self, request: Request) -> Request | None:
        """Let time pass up to a request, and authorize it as the app of the sandbox."""
        self._goes_to(request.at)
        app, now = self.sandbox.app, self.sandbox.clock.now
        own = replace(request, at=now, clocks=(now // 1000,))
        if request.host == Host.TOKOPEDIA_ACCOUNTS:
            return _with(own, authorization=f"Basic {b64encode(f'{app.client_id}:{app.client_secret}'.encode()).decode()}")
        if request.host == Host.TOKOPEDIA_API:
            return _with(own, authorization=f"Bearer {self._bearer_token()}")
        if request.host == Host.SHOP_AUTH:
            mine = dict(zip(_AUTHORIZING, (app.app_key, app.app_secret, self.sandbox.consents[0].auth_code, self._refresh), strict=True))
            return replace(own, query=urlencode([(name, mine.get(name, value)) for name, value in own.pairs]))
        return self._signed(own)

    # -- authorization ---------------------------------------------------------------------------------------------------

    def _signed(self, request: Request) -> Request:
        app, now = self.sandbox.app, self.sandbox.clock.now
        mine = {"app_key": app.app_key, "timestamp": str(now // 1000)}
        pairs = [(name, value) for name, value in request.pairs if name not in (*mine, "sign", "access_token")]
        named = {name for name, _ in pairs}
        if "shop_cipher" in named or request.path.startswith(("/order/", "/product/", "/fulfillment/", "/logistics/", "/return_refund/")):
            cipher = next(iter(self.sandbox.world.all_shops())).cipher
            ciphers = {shop.cipher for shop in self.sandbox.world.all_shops()}
            pairs = [pair for pair in pairs if pair[0] != "shop_cipher" or pair[1] in ciphers]
            pairs += [] if any(name == "shop_cipher" for name, _ in pairs) else [("shop_cipher", cipher)]
        pairs += mine.items()
        kind = request.headers.get("content-type", "")
        pairs.append(("sign", sign(app.app_secret, request.path, pairs, request.body, kind)))
        return _with(replace(request, query=urlencode(pairs)), **{"x-tts-access-token": self._shop_token()})

    def _bearer_token(self) -> str:
        if not self._bearer:
            asked = self.readies(
                Request("POST", Host.TOKOPEDIA_ACCOUNTS, "/token", self.sandbox.clock.now, "grant_type=client_credentials")
            )
            assert asked is not None  # noqa: S101 - of this host each is authorized
            self._bearer = json.loads(self.sandbox(asked).body)["access_token"]
        return self._bearer

    def _shop_token(self) -> str:
        if not self._token:
            query = urlencode([*((name, "") for name in ("app_key", "app_secret", "refresh_token")), ("grant_type", "refresh_token")])
            asked = self.readies(Request("GET", Host.SHOP_AUTH, "/api/v2/token/refresh", self.sandbox.clock.now, query))
            assert asked is not None  # noqa: S101 - as above
            self(asked)
        return self._token

    def _keeps(self, response: Response) -> None:
        data = json.loads(response.body).get("data") or {}
        self._token = data.get("access_token", self._token)
        self._refresh = data.get("refresh_token", self._refresh)

    # -- time and people -------------------------------------------------------------------------------------------------

    def _goes_to(self, end: Instant) -> None:
        clock = self.sandbox.clock
        while self._deeds and self._deeds[0].at < end + self._people_first:
            deed = self._deeds.pop(0)
            self._passes(max(clock.now, deed.at))
            try:
                self._does(deed)
            except WorldError as no:
                self.undone.append(str(no))
        self._passes(max(clock.now, end))

    def _passes(self, end: Instant) -> None:
        self.sandbox.clock.leap(end)
        while self.sandbox.outbox:
            self.sandbox.outbox.popleft().answered(200)

    def _does(self, deed: Deed) -> None:
        world, shop = self.sandbox.world, deed.shop or next(iter(self.sandbox.world.all_shops())).key
        if deed.did == "linked the shops":
            world.link(shop, takes=self._took(deed))
        elif deed.did == "confirmed the product merge":
            world.confirm(shop)
        elif deed.did.startswith(_PLACED):
            on = next((one for one in Platform if deed.did.endswith(f"in the app of {one.label}")), Platform.TOKOPEDIA)
            placed = next((fact for fact in self._facts("order placed") if fact.order == deed.order), None)
            quantity = int(placed.value) if placed is not None and placed.value and placed.value.isdigit() else 1
            world.place_order(shop, on=on, sku=placed.sku if placed is not None else None, quantity=quantity)
        elif not _is_asked(deed):
            self.undone.append(f"{deed.who} {deed.did}")

    def _took(self, deed: Deed) -> timedelta | None:
        """Give how long the merge took after a deed, where the recording saw its end."""
        ends = [one.at for one in self._facts("stage") if one.stage is Stage.MERGED and one.shop == deed.shop and one.at > deed.at]
        return timedelta(milliseconds=ends[0] - deed.at) if ends else None

    def _facts(self, what: str) -> Sequence[Fact]:
        return [one for one in self._entries if isinstance(one, Fact) and one.what == what]


def _is_asked(deed: Deed) -> bool:
    """Tell whether a person asked the system, whose requests are in the recording, and did nothing in a console himself."""
    return "by hand" not in deed.did and (deed.who == "the clerk" or deed.did.startswith(("set the price of", "set the stock of")))


def _with(request: Request, **headers: str) -> Request:
    return replace(request, headers=request.headers | headers)
