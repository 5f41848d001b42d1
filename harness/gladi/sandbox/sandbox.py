"""The sandbox: one world, the two APIs before it, and the scheduler that sends webhooks from its state.

It is a platform: call it with a request and it gives a response. Nothing in it waits, reads a clock or opens a socket.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from gladi.record.clock import Clock
from gladi.record.journal import Journal
from gladi.record.routing import router
from gladi.record.wire import Host
from gladi.record.words import TOKOPEDIA, Level
from gladi.sandbox.app import App, Consent, app, consent, creator
from gladi.sandbox.merge import allowed
from gladi.sandbox.seed import BEGINNING, seller
from gladi.sandbox.settings import DEFAULTS
from gladi.sandbox.shop.api import ShopApi
from gladi.sandbox.tokopedia.api import TokopediaApi
from gladi.sandbox.world.closing import Regime
from gladi.sandbox.world.world import World

if TYPE_CHECKING:
    from gladi.record.wire import Outgoing, Request, Response
    from gladi.record.words import Platform
    from gladi.sandbox.settings import Settings
    from gladi.sandbox.world.world import Seeded

__all__ = ["Sandbox"]

_TOKOPEDIA_HOSTS = frozenset((Host.TOKOPEDIA_API, Host.TOKOPEDIA_ACCOUNTS))


class Sandbox:
    """Both platforms and the merge between them, for one run."""

    def __init__(  # noqa: PLR0913 - each has a default, and few give more than one
        self,
        *,
        seed: int = 0,
        settings: Settings = DEFAULTS,
        clock: Clock | None = None,
        journal: Journal | None = None,
        seeded: Seeded | None = None,
        serves: App | None = None,
    ) -> None:
        """Open a fresh sandbox over the seller of `seed`; it is ready within microseconds, whatever the seller's size.

        It knows the ISV's app as the one that it `serves`, or else as that of the seed.
        """
        self.seeded = seeded or seller(seed)
        self.settings = settings
        self.clock = clock or Clock(BEGINNING)
        self.journal = journal or Journal(self.clock, about={"seed": seed})
        self.world = World(self.seeded, clock=self.clock, journal=self.journal, settings=settings)
        self.app: App = serves or app(self.seeded.seed)
        self.outbox: deque[Outgoing] = deque()
        """Webhooks that are due, oldest first; whoever plays the sandbox takes them and answers each (`Outgoing.answered`)."""
        table = allowed(price_and_stock_before_confirmation=settings.price_and_stock_before_confirmation)
        self.tokopedia = TokopediaApi(self.world, self.app, table)
        self.shop = ShopApi(self.world, self.app, table)
        self.world.when_merged = self._announce
        self.shop.webhooks.sends = self.outbox.append

    @property
    def consents(self) -> tuple[Consent, ...]:
        """The sellers' consents, in the order of their shops."""
        return tuple(consent(self.seeded.seed, shop) for shop in self.world.all_shops())

    @property
    def creator(self) -> Consent:
        """The consent of an affiliate creator, who has no shop."""
        return creator(self.seeded.seed)

    def ends_tokens(self, platform: Platform) -> None:
        """End every access token of a platform early, as a platform does that revokes them."""
        if platform is TOKOPEDIA:
            self.tokopedia.ends_token(self.clock.now)
        else:
            self.shop.tokens.ends(self.clock.now)

    def __call__(self, request: Request) -> Response:
        """Answer a request. No request, however malformed, makes it raise."""
        route = router().route(request)
        if request.host in _TOKOPEDIA_HOSTS:
            return self.tokopedia.answer(request, route)
        return self.shop.answer(request, route)

    def _announce(self, shop: str) -> None:
        """Send the merge webhook from the state of the shop, after the platform's delay."""
        self.clock.after(self.settings.webhook_delay, lambda: self._send(shop, 0), name=f"webhook 'merge' of {shop}")

    def _send(self, shop: str, retry: int) -> None:
        if self.world.regime is Regime.CLOSED:
            return
        outgoing = self.tokopedia.merge_webhook(shop, answered=lambda status: self._answered(shop, retry, status))
        if outgoing is not None:
            self.outbox.append(outgoing)
        else:
            text = f"the webhook 'merge' of {shop} went nowhere: no shop_merge_notification_url is registered (POST /v1/fs/:fs_id/register)"
            self.journal.finding(Level.WARNING, "webhook", text)

    def _answered(self, shop: str, retry: int, status: int | None) -> None:
        taken = status is not None and 200 <= status < 300  # noqa: PLR2004 - HTTP
        retries = self.settings.webhook_retries
        if not taken and retry < len(retries):
            self.clock.after(retries[retry], lambda: self._send(shop, retry + 1), name=f"webhook 'merge' of {shop}, again")
