"""The people of a live play: what acts in the world is a cue, given to a person and seen on the platforms; the rest is as ever."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NoReturn

from gladi.platforms.recording.course import Placed
from gladi.play.cues import aside, confirms_the_product_merge, orders, sets_the_stock
from gladi.play.faults import RehearsalError, UncuedError
from gladi.play.live.shelves import must_be_new
from gladi.play.people import Buyer, Seller
from gladi.play.placed_order import PlacedOrder
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage
from gladi.sandbox.world.accompanying import bear_ids
from gladi.sandbox.world.world import SoldOut, WorldError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gladi.play.live.backstage import LiveBackstage
    from gladi.sandbox.world.records import Order
    from gladi.sandbox.world.world import World

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
        await aside(cue.given, console)
        door.records(Stage.MERGING)
        await aside(cue.ends, console)
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
        await aside(cue.given, console)
        await aside(cue.ends, console)
        self._did("confirmed the product merge", shop=key)
        # What the product merge has made stands there under ids that only the platforms know.
        await backstage.takes_stock()
        backstage.follows(Stage.CONFIRMED)
        await backstage.takes_stock()
        await backstage.catches_up()

    async def sets_the_price(self, sku: str, *, to: int) -> None:
        """Change the price of a SKU in the system, if it can be seen on the platforms that it does.

        Raises:
            UncuedError: a platform shows that price already.
        """
        must_be_new(self._backstage, sku, price=to)
        await super().sets_the_price(sku, to=to)

    async def sets_the_stock(self, sku: str, *, to: int) -> None:
        """Change the stock of a SKU in the system, if it can be seen on the platforms that it does.

        Raises:
            UncuedError: a platform shows those units already.
        """
        must_be_new(self._backstage, sku, units=to)
        await super().sets_the_stock(sku, to=to)

    async def changes_stock_by_hand(self, sku: str, *, to: int, on: Platform) -> None:
        """Have a person set units in the console of a platform; they are waited for until the platform shows them.

        Raises:
            UncuedError: nobody is there, the platform sells no such SKU, it shows those units already, or not within half an hour.
        """
        backstage = self._backstage
        key = backstage.shop_named(None)
        if backstage.stocked().listing_of_sku(on, key, sku) is None:
            raise UncuedError(f"{sku} is not sold on {on.label}, so nobody can set its stock there")
        must_be_new(backstage, sku, units=to, on=on)
        await aside(sets_the_stock(on, sku=sku, units=to).given, backstage.ground.console)
        ends = backstage.ground.time.now() + round(_PATIENCE.total_seconds() * 1000)
        while await backstage.units_at_the_default_warehouse(on, sku) != to:
            now = backstage.ground.time.now()
            if now >= ends:
                minutes = _PATIENCE.total_seconds() / 60
                raise UncuedError(f"{on.label} did not show {to} units of {sku} in the default warehouse within {minutes:.0f} minutes")
            await backstage.goes_to(now + _LOOKS_EVERY)
        self._did(f"set the stock of {sku} to {to} by hand, in the console of {on.label}", sku=sku)
        backstage.owns(sku, None)
        await backstage.in_the_model(lambda world: world.set_stock_by_hand(key, on, sku, to))


class LiveBuyer(Buyer):
    """The buyer, whose orders are cues, and are waited for until a platform shows them."""

    _backstage: LiveBackstage

    async def orders(
        self, *, on: Platform = TOKOPEDIA, sku: str | None = None, quantity: int = 1, shop: str | None = None, on_hold: bool = False
    ) -> PlacedOrder:
        """Have a person buy in the app of `on`; the order is seen when a platform shows one that was not there before.

        Raises:
            UncuedError: nobody is there, the shop cannot sell it, none appears within half an hour, or several do, so that nobody can
                tell which it is.
        """
        backstage = self._backstage
        key = backstage.shop_named(shop)
        if on_hold:
            raise UncuedError(f"whether an order is held back at first, {SHOP.label} decides: no buyer can ask for it")
        with backstage.holding():
            try:
                sku = await self._offered(key, on=on, sku=sku, quantity=quantity)
            except WorldError as no:
                raise UncuedError(f"nobody can buy that in the test shop {backstage.ground.shop[2]}: {no}") from None
            before = {platform: set(await self._shown(platform)) for platform in Platform}
            await aside(orders(on, quantity=quantity, sku=sku).given, backstage.ground.console)
            seen = await self._appears(before)
            followed = on is TOKOPEDIA and on not in seen and await backstage.follows_what_was_bought()

            def places(world: World) -> Order:
                order = world.place_order(key, on=on, sku=sku, quantity=quantity)
                for platform, (order_id, package) in seen.items():
                    order = bear_ids(world, order, platform, order_id, package)
                return order

            looked_at = backstage.sandbox.clock.now
            order = await backstage.in_the_model(places)
        package = next((package for _, package in seen.values() if package is not None), None)
        ids = {platform: order_id for platform, (order_id, _) in seen.items()}
        backstage.kept.events.append(Placed(looked_at, ids, package))
        self._did(f"placed order {order.key} in the app of {on.label}", shop=key, order=order.key)
        placed = PlacedOrder(backstage, order.key)
        lives_on = placed.lives_on
        if on is TOKOPEDIA and len(seen) > 1:
            # The merge has caught it by now.
            followed = await backstage.follows_what_was_bought()
            backstage.bears_copy(order.key, seen[SHOP])
            lives_on = placed.lives_on
        if followed:
            await backstage.takes_stock()
        await backstage.looks()
        if set(lives_on) != set(seen):
            here, there = (" and ".join(one.label for one in sorted(found)) for found in (seen, lives_on))
            backstage.differs(f"order {order.key} is seen on {here}, and the sandbox would have it on {there}")
        return placed

    async def tries_to_order(self, *, on: Platform, sku: str, quantity: int = 1) -> PlacedOrder | None:
        """Have a person buy, if the platform shows units enough; None when it does not, and then nobody is asked."""
        try:
            await self._offered(self._backstage.shop_named(None), on=on, sku=sku, quantity=quantity)
        except SoldOut:
            self._did(f"found {sku} sold out in the app of {on.label}", sku=sku)
            return None
        except WorldError:
            pass  # whoever orders it says what is wrong
        return await self.orders(on=on, sku=sku, quantity=quantity)

    async def _offered(self, key: str, *, on: Platform, sku: str | None, quantity: int) -> str | None:
        """Give the SKU that a cue has to name, so that the model sells what the platform sold; None where its goods have none."""
        backstage = self._backstage
        await backstage.takes_stock()
        _, offer = backstage.sandbox.world.offered(key, on=on, sku=sku, quantity=quantity)
        return offer.sku or None

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
