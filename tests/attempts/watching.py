"""A watch before a sandbox, without a socket: time leaps, and what the platform sends lies in the state before the watch looks."""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from gladi.attempts.calls import Calls
from gladi.attempts.watching.arrival import Arrival, onward, signed
from gladi.attempts.watching.state import State
from gladi.attempts.watching.watch import Watch
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.settings import Settings
from tests.attempts.developer import MERGE_URL, Developer

if TYPE_CHECKING:
    from pathlib import Path

    from gladi.attempts.watching.recording import Watched
    from gladi.record.clock import Instant
    from gladi.record.wire import Delivery, Outgoing

HOUR = timedelta(hours=1)
SYSTEM = "http://127.0.0.1:9/merge"


class Stand:
    """One developer, one watch, and a system that answers what it is handed with `status`."""

    def __init__(self, folder: Path, *, watched: Watched | None = None, system: str = SYSTEM) -> None:
        """Register for the webhook, and begin to watch; `system` is its own URL."""
        self.sandbox = Sandbox(settings=Settings(merge_takes_at_least=HOUR, merge_takes_at_most=HOUR))
        self.developer = Developer(platform=self.sandbox)
        self.shop = str(next(iter(self.sandbox.world.all_shops())).tokopedia_id)
        self.secret = self.developer.account.webhook_secret
        Calls(self.sandbox, self.developer.account, now=self.now).register(
            {"shop_merge_notification_url": MERGE_URL, "webhook_secret": self.secret}
        )
        self.status: int | None = 200
        self.handed: list[Outgoing] = []
        self.said: list[str] = []
        self._folder = folder
        self._watched = watched
        self._system = system
        self.begins()

    def begins(self, *, folder: Path | None = None) -> None:
        """Begin to watch, or begin again as another process would; with a `folder`, anew, as one that knows nothing."""
        self._folder = folder or self._folder
        self.state = State(self._folder / "watch.sqlite", shop=self.shop, now=self.now())
        self.watch = Watch(
            self.state,
            shop=self.shop,
            target=self.developer.target,
            account=self.developer.account,
            system=self._system,
            delivers=self._delivers,
            now=self.now,
            says=self.said.append,
            watched=self._watched,
        )
        self.due = self.watch.step()

    def ends(self) -> None:
        """Let go of the state, as the end of a process does."""
        self.state.__exit__()

    def now(self) -> Instant:
        """Give the time."""
        return self.sandbox.clock.now

    def passes(self, **duration: float) -> None:
        """Let time pass: from one due thing to the next, the platform's and the watch's."""
        clock = self.sandbox.clock
        end = clock.now + round(timedelta(**duration).total_seconds() * 1000)
        while True:
            clock.leap(max(clock.now, min(end, self.due, end if clock.due is None else clock.due)))
            while self.sandbox.outbox:
                outgoing = self.sandbox.outbox.popleft()
                self.arrives(outgoing.delivery)
                outgoing.answered(200)
            self.due = self.watch.step()
            if clock.now >= end:
                return

    def arrives(self, delivery: Delivery) -> None:
        """Keep a delivery as the inbox does."""
        headers = onward(delivery.headers)
        self.state.takes([Arrival(self.now(), delivery.path, headers, delivery.body, signed(self.secret, headers, delivery.body))])

    def tells(self, body: bytes, *, signature: str | None = "right") -> None:
        """Have somebody post a body; `signature` is the right one, another one, or none."""
        headers = {"content-type": "application/json"}
        if signature is not None:
            right = hmac.digest(self.secret.encode(), body, "sha256").hex()
            headers["authorization-hmac"] = right if signature == "right" else signature
        self.state.takes([Arrival(self.now(), "/merge", headers, body, signed(self.secret, headers, body))])

    def merge(self, *, status: str = "merge", seller: str | None = None) -> bytes:
        """Give the body of the merge webhook of the watched shop."""
        there = next(iter(self.sandbox.world.all_shops()))
        return msgspec.json.encode(
            {"status": status, "tts_seller_id": seller or there.seller_id, "toko_shop_id": self.shop, "timestamp": self.now() // 1000}
        )

    def merges(self) -> None:
        """Link the shops, and let the hour pass in which they merge."""
        self.sandbox.world.link("shop-1")
        self.passes(minutes=70)

    def polls(self) -> list[Instant]:
        """Give when Get Shop Info was asked."""
        return [poll.at for poll in self.state.polls()]

    def _delivers(self, outgoing: Outgoing) -> int | None:
        self.handed.append(outgoing)
        return self.status
