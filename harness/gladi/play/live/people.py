"""The people of a live play: what acts in the world is a cue, given to a person and seen on the platforms; the rest is as ever."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NoReturn

from gladi.play.cues import confirms_the_product_merge, orders
from gladi.play.faults import RehearsalError, UncuedError
from gladi.play.people import Buyer, Seller
from gladi.play.placed_order import PlacedOrder
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage
from gladi.sandbox.world.accompanying import bear_ids

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gladi.play.live.backstage import LiveBackstage

__all__ = ["Absent", "LiveBuyer", "LiveSeller"]

_PATIENCE = timedelta(minutes=30)
_MOVES_ALONG = frozenset(("settle", "suffer_no_more", "answers"))
"""What a performance calls, and what is read from the journal alone."""
_LOOKS_EVERY = 30_000
"""Milliseconds between two looks for an order that a person says he placed."""


class LiveSeller(Seller):
    """The seller, whose deeds are cues for the person at the terminal."""

    _backstage: LiveBackstage

    async def links_the_shops(self, *, shop: str | None = None, takes: float | None = None) -> None:  # noqa: ARG002 - no clock is ours
        """Have a person link the shops of the open attempt; the ledger knows before the last step is shown."""
        backstage, door = self._backstage, self._backstage.ground.door
        key = backstage.shop_named(shop)
        cue = door.linking()
        console = backstage.ground.console
        await asyncio.to_thread(cue.given, console)
        door.records(Stage.MERGING)
        await asyncio.to_thread(cue.ends, console)
        self._did("linked the shops", shop=key)
        backstage.follows(Stage.MERGING)
        await backstage.catches_up()

    async def links_every_shop(self, *, but: str | Sequence[str] = (), takes: float | tuple[float, float] | None = None) -> None:  # noqa: ARG002
        """Link the one shop that there is.

        Raises:
            UncuedError: one is to be left out, and there is no other.
        """
        if but:
            raise UncuedError("on the platforms one test shop is linked in a run, and this scenario takes several")
        await self.links_the_shops()

    async def confirms_the_product_merge(self, *, shop: str | None = None) -> None:
        """Have a person confirm the product merge in the seller center; he says when it is done, because no signal does."""
        backstage = self._backstage
        key = backstage.shop_named(shop)
        if backstage.sandbox.world.stage(key) is not Stage.MERGED:
            raise RehearsalError(
                f"the shops are {backstage.sandbox.world.stage(key)}; the product merge is confirmed once, after the merge"
            )
        cue, console = confirms_the_product_merge(), backstage.ground.console
        await asyncio.to_thread(cue.given, console)
        await asyncio.to_thread(cue.ends, console)
        self._did("confirmed the product merge", shop=key)
        backstage.follows(Stage.CONFIRMED)
        await backstage.catches_up()


class LiveBuyer(Buyer):
    """The buyer, whose orders are cues, and are waited for until a platform shows them."""

    _backstage: LiveBackstage

    async def orders(
        self, *, on: Platform = TOKOPEDIA, sku: str | None = None, quantity: int = 1, shop: str | None = None, on_hold: bool = False
    ) -> PlacedOrder:
        """Have a person buy in the app of `on`; the order is seen when a platform shows one that was not there before.

        Raises:
            UncuedError: nobody is there, none appears within half an hour, or several do, so that nobody can tell which it is.
        """
        backstage = self._backstage
        key = backstage.shop_named(shop)
        before = {platform: set(await self._shown(platform)) for platform in Platform}
        await asyncio.to_thread(orders(on, quantity=quantity, sku=sku).given, backstage.ground.console)
        seen = await self._appears(before)
        order = await backstage.in_the_model(lambda world: world.place_order(key, on=on, sku=sku, quantity=quantity, on_hold=on_hold))
        for platform, (order_id, package) in seen.items():
            await backstage.in_the_model(
                lambda world, p=platform, i=order_id, k=package: bear_ids(world, world.orders[order.key], p, i, k)  # type: ignore[misc]
            )
        self._did(f"placed order {order.key} in the app of {on.label}", shop=key, order=order.key)
        placed = PlacedOrder(backstage, order.key)
        if set(placed.lives_on) != set(seen):
            here, there = (" and ".join(one.label for one in sorted(found)) for found in (seen, placed.lives_on))
            backstage.differs(f"order {order.key} is seen on {here}, and the sandbox would have it on {there}")
        return placed

    async def _appears(self, before: Mapping[Platform, set[str]]) -> dict[Platform, tuple[str, str | None]]:
        backstage = self._backstage
        ends = backstage.ground.time.now() + round(_PATIENCE.total_seconds() * 1000)
        while True:
            found: dict[Platform, tuple[str, str | None]] = {}
            for platform in Platform:
                new = {one: package for one, package in (await self._shown(platform)).items() if one not in before[platform]}
                if len(new) > 1:
                    raise UncuedError(f"{len(new)} new orders appeared on {platform.label}, and nobody can tell which one was meant")
                found.update((platform, pair) for pair in new.items())
            # On Tokopedia & Shop an order can be shipped once it has its package.
            if found and (SHOP not in found or found[SHOP][1] is not None):
                return found
            now = backstage.ground.time.now()
            if now >= ends:
                raise UncuedError(f"no platform showed a new order within {_PATIENCE.total_seconds() / 60:.0f} minutes")
            await backstage.goes_to(now + _LOOKS_EVERY)

    async def _shown(self, platform: Platform) -> Mapping[str, str | None]:
        return await asyncio.to_thread(self._backstage.ground.eyes.orders, platform)


class Absent:
    """Somebody or something that is not there on the platforms; whoever is asked for it makes the scenario *not rehearsed*."""

    def __init__(self, who: str, absent: object) -> None:
        """Stand for `who`, such as `the courier`; what only moves a play along is done by the one who is `absent`."""
        self._who = who
        self._absent = absent

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the scenario asks for
        if name in _MOVES_ALONG:
            return getattr(self._absent, name)

        def refuses(*_: object, **__: object) -> NoReturn:
            raise UncuedError(f"this is nothing that a rehearsal can bring about on the platforms: {self._who} {name.replace('_', ' ')}")

        if name.startswith("__"):
            raise AttributeError(name)
        if isinstance(getattr(type(self._absent), name, None), property):
            refuses()
        return refuses
