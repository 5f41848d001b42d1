"""Granting: the seller lets the app serve his shop on Tokopedia & Shop, for a time that he chooses, or takes that back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from gladi.play.faults import RehearsalError
from gladi.record.journal import What
from gladi.record.words import SHOP

if TYPE_CHECKING:
    from gladi.play.backstage import Backstage

__all__ = ["GrantsAccess"]


class GrantsAccess:
    """A seller who decides for how long an app may serve him."""

    _backstage: Backstage

    def _did(self, did: str, **about: Any) -> None:  # noqa: ANN401 - checked by the journal
        raise NotImplementedError

    async def grants_access(self, *, days: float = 0, hours: float = 0, shop: str | None = None) -> str:
        """Authorize the app anew, from now for so long; give the id of his shop on Tokopedia & Shop.

        From thirty days before the end the platform reminds a system that registered for it, and every midnight after that.

        Raises:
            RehearsalError: that is no time at all, or he has taken his access back: no rehearsal brings the app another consent.
        """
        backstage = self._backstage
        lasts = timedelta(days=days, hours=hours)
        if lasts <= timedelta():
            raise RehearsalError(f"access cannot be granted for {days} days and {hours} hours; write grants_access(days=31)")
        key = backstage.shop_named(shop)
        self._must_have_access(key)
        self._did(f"authorized the app for {lasts.days} days and {lasts.seconds // 3600} hours more", shop=key)
        side, until = backstage.sandbox.shop, backstage.sandbox.clock.now + round(lasts.total_seconds() * 1000)
        with backstage.lock:
            side.tokens.grant(key, until)
            side.webhooks.reminders.begin(key)
        await backstage.catches_up()
        return backstage.sandbox.world.shops[key].shop_id

    async def takes_access_back(self, *, shop: str | None = None) -> str:
        """Revoke the app's authorization; give the id of his shop on Tokopedia & Shop.

        From then on no token of his is good there, and a system that registered for SELLER_DEAUTHORIZATION is told, of that alone.

        Raises:
            RehearsalError: he has taken it back before.
        """
        backstage = self._backstage
        key = backstage.shop_named(shop)
        self._must_have_access(key)
        self._did("took back the app's access to his shop on Tokopedia & Shop", shop=key)
        with backstage.lock:
            backstage.sandbox.shop.tokens.take_back(key)
            backstage.sandbox.journal.fact(What.NOT_AUTHORIZED, shop=key, platform=SHOP)
        await backstage.catches_up()
        return backstage.sandbox.world.shops[key].shop_id

    def _must_have_access(self, key: str) -> None:
        if self._backstage.sandbox.shop.tokens.is_taken_back(key):
            raise RehearsalError(f"the seller of {key} has taken his access back; do whatever needs it before takes_access_back()")
