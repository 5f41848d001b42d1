"""The room in which a system of any language rehearses: one sandbox, its time, its people and its post, for `gladi serve`.

1. `lock` is held whenever the sandbox is moved or asked, and never while a webhook is carried: the receiver may call us.
2. Time stops at each due thing and lets its webhooks be answered before it goes on, as in a rehearsal in process.
"""

from __future__ import annotations

import time
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from gladi.faces.control import Refused
from gladi.platforms.journalled import journalled
from gladi.record.clock import Clock, moment
from gladi.record.journal import Journal
from gladi.record.words import Platform
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.world.world import WorldError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gladi.faces.postman import Postman
    from gladi.record.clock import Instant
    from gladi.record.wire import Outgoing, Request, Response
    from gladi.sandbox.settings import Settings

__all__ = ["Room"]

_RAW_EXCHANGES = 200
"""A room may be served for days; of older exchanges the journal keeps the redacted request alone."""
_PARTICULARS = {
    "link_shops": ("shop",),
    "confirm_product_merge": ("shop",),
    "place_order": ("shop", "on", "sku", "quantity"),
    "set_stock": ("shop", "on", "sku", "units"),
}


class Room:
    """One served sandbox. Its virtual clock stands until told, or follows the wall clock when `real`."""

    def __init__(  # noqa: PLR0913 - the choices of the command line
        self, *, seed: int, settings: Settings, start: Callable[[], Instant], real: bool, postman: Postman, says: Callable[[str], None]
    ) -> None:
        """Open it at the instant that `start` gives; what a person should read meanwhile goes to `says`."""
        self.lock = Lock()
        self.sandbox: Sandbox
        self._seed = seed
        self._settings = settings
        self._begins = start
        self._real = real
        self._postman = postman
        self._says = says
        self._moving = Lock()
        self._open()

    def _open(self) -> None:
        self._start = self._begins()
        clock = Clock(self._start)
        journal = Journal(clock, about={"seed": self._seed}, raw=_RAW_EXCHANGES)
        self.sandbox = Sandbox(seed=self._seed, settings=self._settings, clock=clock, journal=journal)
        self._platform = journalled(self.sandbox, self.sandbox.journal)
        self._opened = time.monotonic()
        self._ahead = timedelta()

    # -- what the served face asks, under the lock -----------------------------------------------------------------------

    def answers(self, request: Request) -> Response:
        """Answer as the sandbox of the moment."""
        return self._platform(request)

    def now(self) -> Instant:
        """Give the virtual time; a real clock has moved by itself since it was last asked."""
        clock = self.sandbox.clock
        if self._real:
            clock.leap(max(clock.now, self._due_by_now()))
        return clock.now

    def _due_by_now(self) -> Instant:
        return self._start + round((time.monotonic() - self._opened + self._ahead.total_seconds()) * 1000)

    # -- time and post ---------------------------------------------------------------------------------------------------

    def keeps_up(self) -> None:
        """Bring a real clock up to the wall clock, and carry what fell due."""
        with self._moving:
            self._goes_to(self._due_by_now())

    def _goes_to(self, end: Instant) -> None:
        sandbox = self.sandbox
        clock = sandbox.clock
        while True:
            with self.lock:
                due = clock.due
                clock.leap(max(clock.now, end if due is None else min(due, end)))
                post = list(sandbox.outbox)
                sandbox.outbox.clear()
            for outgoing in post:
                self._carries(sandbox, outgoing)
            if not post and clock.now >= end:
                return

    def _carries(self, sandbox: Sandbox, outgoing: Outgoing) -> None:
        posted = self._postman.deliver(outgoing)
        if posted.why:
            self._says(posted.why)
        with self.lock:
            sandbox.journal.webhook(
                Platform(outgoing.platform),
                outgoing.event,
                posted.status,
                shop=outgoing.shop,
                tells_merged=outgoing.tells_merged if posted.status is not None else (),
                lost=posted.status is None,
                notification=outgoing.notification,
            )
            outgoing.answered(posted.status)

    # -- what the control port asks --------------------------------------------------------------------------------------

    def stage(self) -> dict[str, Any]:
        """Give the stage of each shop and the time."""
        with self.lock:
            now = self.now()
            due = self.sandbox.clock.due
            return {
                "now": _text(now),
                "clock": "real" if self._real else "virtual",
                "next_due": None if due is None else _text(due),
                "shops": [
                    {
                        "shop": shop.key,
                        "name": shop.name,
                        "tokopedia_shop_id": shop.tokopedia_id,
                        "stage": str(shop.stage),
                        "merged_at": None if shop.merged_at is None else _text(shop.merged_at),
                    }
                    for shop in self.sandbox.world.all_shops()
                ],
            }

    def advance(self, duration: timedelta) -> dict[str, Any]:
        """Let virtual time pass; a real clock is ahead of the wall clock from then on."""
        with self._moving:
            with self.lock:
                end = self.now() + round(duration.total_seconds() * 1000)
            self._goes_to(end)
            self._ahead += duration
        return self.stage()

    def deed(self, deed: str, particulars: Mapping[str, Any]) -> dict[str, Any]:
        """Have a person do something now.

        Raises:
            Refused: the particulars are wrong, or the world does not allow it.
        """
        strange = sorted(set(particulars) - set(_PARTICULARS[deed]))
        if strange:
            msg = f"{deed} takes no {', '.join(strange)}; it takes {', '.join(_PARTICULARS[deed])}"
            raise Refused(msg)
        with self._moving:
            with self.lock:
                self.now()
                try:
                    done = self._does(deed, self._shop(particulars), particulars)
                except WorldError as error:
                    raise Refused(str(error)) from None
            self._goes_to(self.sandbox.clock.now)
        return done

    def _does(self, deed: str, shop: str, particulars: Mapping[str, Any]) -> dict[str, Any]:
        world, journal = self.sandbox.world, self.sandbox.journal
        if deed == "link_shops":
            world.link(shop)
            journal.deed("the seller", "linked the shops", shop=shop)
            return {"shop": shop, "stage": str(world.stage(shop))}
        if deed == "confirm_product_merge":
            world.confirm(shop)
            journal.deed("the seller", "confirmed the product merge", shop=shop)
            return {"shop": shop, "stage": str(world.stage(shop))}
        if deed == "set_stock":
            return self._sets_stock(shop, particulars)
        on, quantity, sku = particulars.get("on", "tokopedia"), particulars.get("quantity", 1), particulars.get("sku")
        if on not in tuple(Platform):
            msg = f'"on" names the app in which the buyer buys; write one of {", ".join(Platform)}'
            raise Refused(msg)
        if isinstance(quantity, bool) or not isinstance(quantity, int) or quantity < 1:
            raise Refused('"quantity" is a whole number of units, at least 1')
        if sku is not None and not isinstance(sku, str):
            raise Refused('"sku" is a seller SKU, such as "TRY-TEK"')
        order = world.place_order(shop, on=Platform(on), sku=sku, quantity=quantity)
        journal.deed("the buyer", f"placed order {order.key} in the app of {Platform(on).label}", shop=shop, order=order.key)
        ids = {str(platform): view.id for platform in Platform if (view := order.on(platform)) is not None}
        return {"order": order.key, "shop": shop, "ids": ids}

    def _sets_stock(self, shop: str, particulars: Mapping[str, Any]) -> dict[str, Any]:
        on, units, sku = particulars.get("on", "tokopedia"), particulars.get("units"), particulars.get("sku")
        if on not in tuple(Platform):
            msg = f'"on" names the platform in whose console the seller is; write one of {", ".join(Platform)}'
            raise Refused(msg)
        if isinstance(units, bool) or not isinstance(units, int) or units < 0:
            raise Refused('"units" is a whole number of units, 0 or more')
        if not isinstance(sku, str):
            raise Refused('"sku" is a seller SKU, such as "TRY-TEK"')
        self.sandbox.world.set_stock_by_hand(shop, Platform(on), sku, units)
        self.sandbox.journal.deed(
            "the seller", f"set the stock of {sku} to {units} by hand, in the console of {Platform(on).label}", shop=shop, sku=sku
        )
        return {"shop": shop, "sku": sku, "on": on, "units": units}

    def _shop(self, particulars: Mapping[str, Any]) -> str:
        known = [shop.key for shop in self.sandbox.world.all_shops()]
        asked = particulars.get("shop", known[0])
        if asked not in known:
            msg = f'"shop" names no shop of this seller; write one of {", ".join(known)}'
            raise Refused(msg)
        return str(asked)

    def journal(self) -> list[bytes]:
        """Give the journal's lines so far."""
        with self.lock:
            return list(self.sandbox.journal.lines())

    def reset(self) -> dict[str, Any]:
        """Begin again: the same seed, settings and start, a new journal; tokens and registered webhooks are gone."""
        with self._moving, self.lock:
            self._open()
        return self.stage()


def _text(at: Instant) -> str:
    return moment(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")
