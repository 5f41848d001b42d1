"""The moderator: he decides for the platform what may stand on the shelves of each app, long after or just when a seller wants it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.play.people.person import Person
from gladi.sandbox.world.moderation import fail_audit, refuse, take_down
from gladi.sandbox.world.records import AuditFailure

if TYPE_CHECKING:
    from gladi.record.words import Platform

__all__ = ["Moderator"]


class Moderator(Person):
    """The moderator of Tokopedia & Shop, for the buyers of both apps."""

    who = "the moderator"

    async def refuses(self, sku: str, *, on: Platform, because: str, shop: str | None = None) -> None:
        """Have Tokopedia & Shop refuse every write of a seller SKU for the buyers of one app from now on, each time with this reason."""
        key = self._backstage.shop_named(shop)
        self._did(f"decided to refuse {sku} in the app of {on.label}: {because}", shop=key, sku=sku)
        await self._backstage.in_the_world(lambda world: refuse(world, key, sku, on, because))

    async def fails_the_audit(self, sku: str, *, on: Platform, because: str, advice: str, shop: str | None = None) -> None:
        """Let the product of a seller SKU fail its audit in one app: now if it is on sale there, or else as soon as it is launched.

        Raises:
            RehearsalError: Tokopedia & Shop has it, and not on sale in that app.
        """
        key = self._backstage.shop_named(shop)
        self._did(f"let {sku} fail its audit in the app of {on.label}: {because}", shop=key, sku=sku)
        failure = AuditFailure(platform=on, reason=because, advice=advice)
        await self._backstage.in_the_world(lambda world: fail_audit(world, key, sku, failure))

    async def takes_down(self, sku: str, *, on: Platform, shop: str | None = None) -> None:
        """Take the product of a seller SKU off the shelves of one app, past its seller.

        Raises:
            RehearsalError: it is not on sale there through Tokopedia & Shop.
        """
        key = self._backstage.shop_named(shop)
        self._did(f"took {sku} down in the app of {on.label}", shop=key, sku=sku)
        await self._backstage.in_the_world(lambda world: take_down(world, key, sku, on))
