"""A caller of the sandbox's Tokopedia Open API: it writes requests as a client would and reads the answers."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec

from gladi.record.clock import Clock
from gladi.record.journal import Journal
from gladi.record.routing import router
from gladi.record.wire import Host, Request, Response
from gladi.record.words import TOKOPEDIA, Stage
from gladi.sandbox.app import app
from gladi.sandbox.merge import allowed
from gladi.sandbox.seed import BEGINNING, seller
from gladi.sandbox.settings import DEFAULTS
from gladi.sandbox.tokopedia.api import TokopediaApi
from gladi.sandbox.world.world import World

if TYPE_CHECKING:
    from gladi.sandbox.settings import Settings
    from gladi.sandbox.world.records import Listing, Offer, Order, OrderStatus, Shop, View
    from gladi.sandbox.world.world import Seeded

__all__ = ["Caller"]


class Caller:
    """A world, its Tokopedia Open API, and a client with a token."""

    def __init__(self, *, settings: Settings = DEFAULTS, seeded: Seeded | None = None) -> None:
        """Open a fresh world at the beginning of the rehearsal."""
        self.clock = Clock(BEGINNING)
        self.journal = Journal(self.clock)
        self.world = World(seeded or seller(0), clock=self.clock, journal=self.journal, settings=settings)
        self.app = app(0)
        self.api = TokopediaApi(
            self.world, self.app, allowed(price_and_stock_before_confirmation=settings.price_and_stock_before_confirmation)
        )
        self.fs_id = self.app.fs_id
        self.token = ""
        self.token = str(self.json(self.authorizes())["access_token"])

    @property
    def shop(self) -> Shop:
        """The first seller's shop, as it stands."""
        return self.world.shops["shop-1"]

    def sends(self, request: Request) -> Response:
        """Send a request as it is."""
        return self.api.answer(request, router().route(request))

    def authorizes(self, *, basic: str | None = None, query: str = "grant_type=client_credentials") -> Response:
        """Ask for a token."""
        credentials = basic if basic is not None else f"{self.app.client_id}:{self.app.client_secret}"
        header = f"Basic {b64encode(credentials.encode()).decode()}"
        return self.sends(
            Request("POST", Host.TOKOPEDIA_ACCOUNTS, "/token", self.clock.now, query=query, headers={"authorization": header})
        )

    def calls(self, call: str, body: Any = None, *, token: str | None = None, **query: Any) -> Response:
        """Call `GET /v1/...`; `{fs_id}` in the path is filled in, and a body that is no bytes becomes JSON."""
        method, path = call.split(" ")
        raw = body if isinstance(body, bytes) else b"" if body is None else msgspec.json.encode(body)
        return self.sends(
            Request(
                method,
                Host.TOKOPEDIA_API,
                path.replace("{fs_id}", str(self.fs_id)),
                self.clock.now,
                query=urlencode({name: str(value) for name, value in query.items()}),
                headers={"authorization": f"Bearer {self.token if token is None else token}"},
                body=raw,
            )
        )

    @staticmethod
    def json(response: Response) -> Any:
        """Give the answer's JSON."""
        return msgspec.json.decode(response.body)

    def data(self, response: Response) -> Any:
        """Give the answer's `data`, of a call that must have succeeded."""
        assert response.status == 200, response.body
        return self.json(response)["data"]

    def code(self, response: Response) -> tuple[int, str]:
        """Give the status and the error code of a refusal in the modern envelope."""
        return response.status, self.json(response)["header"]["error_code"]

    def reaches(self, stage: Stage) -> None:
        """Bring the shop to a stage of the merge."""
        if stage is not Stage.PENDING:
            self.world.link("shop-1")
        if stage in (Stage.MERGED, Stage.CONFIRMED):
            self.passes(hours=24)
        if stage is Stage.CONFIRMED:
            self.world.confirm("shop-1")
        assert self.shop.stage is stage

    def passes(self, *, seconds: float = 0, hours: float = 0, days: float = 0) -> None:
        """Let virtual time pass."""
        self.clock.leap(self.clock.now + round((seconds + hours * 3600 + days * 86_400) * 1000))

    def order(self, status: OrderStatus) -> Order:
        """Find the seeded order of Tokopedia in a status."""
        found = self.world.orders.rows(TOKOPEDIA, self._ids()[status])
        return next(found)

    def view(self, order: Order) -> View:
        """Give what Tokopedia holds of an order, as it stands."""
        view = self.world.orders[order.key].tokopedia
        assert view is not None
        return view

    def _ids(self) -> dict[OrderStatus, str]:
        base = self.world.orders._base.records.values()
        return {order.tokopedia.status: order.tokopedia.id for order in base if order.tokopedia is not None}

    def variants(self) -> Listing:
        """Give a listing with variants."""
        return next(one for one in self.world.listings.rows("shop", (TOKOPEDIA, "shop-1")) if len(one.offers) > 1)

    def single(self) -> Listing:
        """Give a listing without variants."""
        return next(one for one in self.world.listings.rows("shop", (TOKOPEDIA, "shop-1")) if len(one.offers) == 1)

    def offer(self, sku: str) -> Offer:
        """Give an offer of Tokopedia as it stands."""
        listing = self.world.listing_of_sku(TOKOPEDIA, "shop-1", sku)
        assert listing is not None
        return next(offer for offer in listing.offers if offer.sku == sku)

    def state(self) -> bytes:
        """Give all that a write could have changed, for comparison."""
        world = self.world
        changed = [table._changed for table in (world.shops, world.listings, world.orders)]
        return msgspec.json.encode(
            [[repr(sorted(table.items(), key=repr)) for table in changed], repr(world.parcels), repr(self.api._desk.hooks)]
        )
