"""The performance of a live play: the system is given the platforms, webhooks have a way in, and the play begins where the shop is."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from gladi.faces.listener import Listener
from gladi.platforms.accompanied import Accompanied
from gladi.play.faults import UncuedError
from gladi.play.live.inbox import Inbox
from gladi.play.live.tidings import Tidings
from gladi.play.performance import Performance
from gladi.play.venue import Grant, ShopCredentials
from gladi.record.words import Stage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from gladi.play.live.backstage import LiveBackstage
    from gladi.play.venue import Venue
    from gladi.record.wire import Answers

__all__ = ["LivePerformance"]


class LivePerformance(Performance):
    """Plays on the platforms."""

    _backstage: LiveBackstage
    settling = timedelta(minutes=6)
    """What time passes behind a scenario: long enough for a system that asks every five minutes."""

    async def perform(self, body: Callable[[], Awaitable[None]]) -> None:
        """Open the way in for webhooks, then perform as ever."""
        post = self._backstage.ground.post
        with Listener(Inbox(asyncio.get_running_loop(), self._backstage.arrives), ports=(post.port,)) as way_in:
            self._url = post.url or f"http://127.0.0.1:{way_in.ports[0]}"
            self._backstage.kept.webhook_url = self._url
            await super().perform(body)

    def _answering(self) -> Answers:
        """Give the platforms, with the model that goes along and knows each of the sellers' consents as its own."""
        ground = self._backstage.ground
        consents = (consent.refresh_token for consent in self._sandbox.consents)
        tokens = dict(zip(ground.credentials.refresh_tokens, consents, strict=False))
        return self._with_tidings(Accompanied(ground.platforms, self._sandbox, tokens=tokens, differs=self._backstage.differs))

    def _with_tidings(self, platform: Answers) -> Answers:
        backstage = self._backstage
        return Tidings(platform, shop=backstage.shop_named(None), shop_id=backstage.ground.shop[0], tells=backstage.hears)

    def _weather(self) -> None:
        """Let no trouble be drawn: what goes wrong on the platforms goes wrong by itself."""

    def _lets_pass(self) -> bool:
        return self._backstage.ground.is_ours()

    def _given(self, venue: Venue) -> Venue:
        """Give the system the credentials of the platforms in the place of the sandbox's."""
        ground = self._backstage.ground
        grants = tuple(Grant("", token) for token in ground.credentials.refresh_tokens)
        shop = ShopCredentials(ground.credentials.app_key, ground.credentials.app_secret, grants)
        return replace(venue, shop=shop, webhook_url=self._url)

    async def _settles_quietly(self) -> None:
        """Settle after a failure as ever; but what was left out is not waited for, nor is it where the run is interrupted."""
        if isinstance(sys.exc_info()[1], UncuedError | asyncio.CancelledError):
            self._rehearsal.judgements = self._rehearsal.bench.settle(self._sandbox.clock.now)
        else:
            await super()._settles_quietly()

    async def _performs(self, venue: Venue, body: Callable[[], Awaitable[None]]) -> None:
        """Have the model be where the platforms are before the system asks them first: it is told then what has happened by then.

        Raises:
            UncuedError: the shop is past the stage at which the scenario begins.
        """
        backstage = self._backstage
        now = backstage.kept.stage = backstage.ground.door.stage()
        self._can_begin_at(now)
        if now is not Stage.PENDING:
            backstage.follows(now)
            await backstage.looks()
            self._can_begin_at(self._rehearsal.stage)
        await super()._performs(venue, body)

    def _can_begin_at(self, now: Stage) -> None:
        begins, name = self._plan.begins, self._backstage.ground.shop[2]
        if now.rank > begins.rank:
            raise UncuedError(f"it begins with shops that are {begins}, and those of {name} are {now}")

    async def _brings_to(self, stage: Stage) -> None:
        """Begin where the shop is, or go on from there by cues and by waiting: all plays share one merge, and none undoes it.

        Raises:
            UncuedError: a cue on the way was left out.
        """
        backstage, seller = self._backstage, self._rehearsal.seller
        await backstage.catches_up()
        for step in tuple(Stage)[self._rehearsal.stage.rank + 1 : stage.rank + 1]:
            if step is Stage.MERGING:
                await seller.links_the_shops()
            elif step is Stage.MERGED:
                await self._rehearsal.until(Stage.MERGED)
            else:
                await seller.confirms_the_product_merge()
