"""A sandbox in which something of everything has happened, and a caller with every credential, who asks whatever he is told to."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import msgspec

from gladi.record.operations import OPERATIONS, Does
from gladi.record.wire import Host, Request
from gladi.record.words import SHOP, TOKOPEDIA, Stage
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.shop.auth import sign
from gladi.sandbox.world.conversations import Sender
from gladi.sandbox.world.records import OrderStatus
from gladi.sandbox.world.withdrawals import withdraw

if TYPE_CHECKING:
    from gladi.record.operations import Operation
    from gladi.record.wire import Response
    from gladi.sandbox.world.records import Listing, Order, Shop

__all__ = ["Asked", "Ground"]

_HOUR = 3_600_000
_BY_NAME = {operation.name: operation for operation in OPERATIONS}
_WITHOUT_CIPHER = frozenset(("shop.get_authorized_shops", "shop.generate_sharing_links", "shop.generate_general_sharing_links"))


@dataclass(slots=True)
class Asked:
    """A call before it is signed: what stands in the path, in the query and in the body (JSON, or bytes as they are)."""

    path: dict[str, Any] = field(default_factory=dict[str, Any])
    query: dict[str, Any] = field(default_factory=dict[str, Any])
    body: Any = None
    kind: str = "application/json"


class Ground:
    """The sandbox of the first seller at a stage of the merge."""

    def __init__(self, stage: Stage = Stage.PENDING, *, sandbox: Sandbox | None = None) -> None:
        """Let orders be placed, delivered, returned and taken back, buyers write, and the merge come as far as `stage`."""
        self.sandbox = sandbox or Sandbox()
        world = self.world = self.sandbox.world
        self.paid, self.to_cancel, self.asked_to_cancel, delivered = (world.place_order("shop-1", on=SHOP) for _ in range(4))
        self.withdrawal = withdraw(world, self.asked_to_cancel.key)
        self.returned = world.returns.ask(world.hold(delivered, SHOP, OrderStatus.DELIVERED).key)
        self.new, accepted, delivered = (world.place_order("shop-1", on=TOKOPEDIA) for _ in range(3))
        self.accepted = world.hold(accepted, TOKOPEDIA, OrderStatus.ACCEPTED, accepted_at=world.clock.now)
        self.ticket = world.returns.ask(world.hold(delivered, TOKOPEDIA, OrderStatus.DELIVERED).key)
        for home, buyer in ((SHOP, self.paid.buyer), (TOKOPEDIA, self.new.buyer)):
            chat = world.conversations.begin("shop-1", buyer, on=home, home=home)
            world.conversations.write(chat.key, "TEXT", '{"content": "is it in stock?"}', sender=Sender.BUYER)
        self.sandbox.clock.leap(world.clock.now + 60_000)
        if stage is not Stage.PENDING:
            world.link("shop-1")
        if stage in (Stage.MERGED, Stage.CONFIRMED):
            self.sandbox.clock.leap(world.clock.now + 24 * _HOUR)
        if stage is Stage.CONFIRMED:
            world.confirm("shop-1")
        self.sandbox.outbox.clear()
        self._bearer = self._seller = self._creator = ""
        self._bearer = self._token("tokopedia.get_token", {"grant_type": "client_credentials"})["access_token"]
        self._seller, self._creator = (
            self._token("shop.refresh_token", {"refresh_token": one.refresh_token, "grant_type": "refresh_token"})["data"]["access_token"]
            for one in (self.sandbox.consents[0], self.sandbox.creator)
        )

    @property
    def shop(self) -> Shop:
        """The seller's shop, as it stands."""
        return self.world.shops["shop-1"]

    def listing(self, platform: Any = SHOP) -> Listing:
        """Give a listing with variants."""
        return next(one for one in self.world.listings.rows("shop", (platform, "shop-1")) if len(one.offers) > 1)

    def package(self, order: Order) -> str:
        """Give the package of an order."""
        view = self.world.orders[order.key].shop_view
        return str(view.package) if view is not None else ""

    def id_of(self, order: Order, platform: Any) -> str:
        """Give the id of an order on a platform."""
        view = self.world.orders[order.key].on(platform)
        return view.id if view is not None else ""

    def asks(self, name: str, asked: Asked) -> tuple[Request, Response]:
        """Call an operation, signed and with the credentials that it wants."""
        request = self.request(_BY_NAME[name], asked)
        return request, self.sandbox(request)

    def request(self, operation: Operation, asked: Asked) -> Request:
        """Write a call as it travels."""
        path = operation.path
        for place, value in ({"version": operation.versions[-1:], "fs_id": self.sandbox.app.fs_id} | asked.path).items():
            path = path.replace(f"{{{place}}}", quote(value[0] if isinstance(value, tuple) and value else str(value), safe=""))
        body = asked.body if isinstance(asked.body, bytes) else b"" if asked.body is None else msgspec.json.encode(asked.body)
        pairs = [(name, one) for name, value in asked.query.items() for one in _texts(value)]
        headers = {"content-type": asked.kind}
        app, now = self.sandbox.app, self.world.clock.now
        match operation.host:
            case Host.TOKOPEDIA_ACCOUNTS:
                headers["authorization"] = f"Basic {b64encode(f'{app.client_id}:{app.client_secret}'.encode()).decode()}"
            case Host.TOKOPEDIA_API:
                headers["authorization"] = f"Bearer {self._bearer}"
            case Host.SHOP_AUTH:
                pairs = [*_without(pairs, "app_key", "app_secret"), ("app_key", app.app_key), ("app_secret", app.app_secret)]
            case _:
                headers["x-tts-access-token"] = self._creator if operation.does is Does.SHARES_LINKS else self._seller
                pairs = _without(pairs, "app_key", "timestamp", "sign", "shop_cipher")
                pairs += [("app_key", app.app_key), ("timestamp", str(now // 1000))]
                pairs += [] if operation.name in _WITHOUT_CIPHER else [("shop_cipher", self.shop.cipher)]
                pairs.append(("sign", sign(app.app_secret, path, pairs, b"" if operation.method == "GET" else body, asked.kind)))
        query = urlencode(pairs, errors="surrogatepass")
        return Request(operation.method, operation.host, path, now, query, headers, body)

    def _token(self, name: str, query: dict[str, str]) -> Any:
        return msgspec.json.decode(self.asks(name, Asked(query=query))[1].body)


def _without(pairs: list[tuple[str, str]], *names: str) -> list[tuple[str, str]]:
    return [pair for pair in pairs if pair[0] not in names]


def _texts(value: Any) -> list[str]:
    """Write a value of the query: a list joined with commas, a truth in lower case."""
    if isinstance(value, list | tuple):
        return [",".join(text for one in value for text in _texts(one))]
    return [str(value).lower() if isinstance(value, bool) else value if isinstance(value, str) else str(value)]
