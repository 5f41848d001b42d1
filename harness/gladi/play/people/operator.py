"""The operator: the platform's own staff, who choose whom to mirror, and end an API that has had its day."""

from __future__ import annotations

from gladi.play.faults import RehearsalError
from gladi.play.people.person import Person
from gladi.sandbox.shop.events import Topic
from gladi.sandbox.world.closing import Regime, close
from gladi.sandbox.world.mirroring import Mirroring, mirror

__all__ = ["Operator"]


class Operator(Person):
    """The people at Tokopedia & Shop: what they decide about a shop, nobody asked the seller or the system."""

    who = "the platform"

    async def mirrors_the_shop(self, *, shop: str | None = None) -> str:
        """Mirror the listings of a shop on the Tokopedia storefront, which is no merge; give the shop's id on Tokopedia & Shop.

        Raises:
            RehearsalError: the shop is merging or has merged, is mirrored already, or a setting lets nobody be told.
        """
        return await self._sets(shop, Mirroring.MIRRORED, "mirrored the shop on the Tokopedia storefront")

    async def rolls_the_mirroring_back(self, *, shop: str | None = None) -> str:
        """Take the mirrored listings of a shop off the Tokopedia storefront; give the shop's id on Tokopedia & Shop.

        Raises:
            RehearsalError: the shop is merging or has merged, that was done already, or a setting lets nobody be told.
        """
        return await self._sets(shop, Mirroring.ROLLED_BACK, "rolled the mirroring of the shop back")

    async def ends_writes_on_tokopedia(self) -> None:
        """Let the Tokopedia Open API take no writes any more: no POST, no PATCH, no registration of webhooks.

        Raises:
            RehearsalError: it has come that far already.
        """
        self._did("let the Tokopedia Open API take no writes any more")
        await self._backstage.in_the_world(lambda world: close(world, Regime.READ_ONLY))

    async def closes_tokopedia(self) -> None:
        """Close the Tokopedia Open API: from now on nothing answers there, no webhook comes from there, and no token is given.

        Raises:
            RehearsalError: it is closed.
        """
        self._did("closed the Tokopedia Open API")
        await self._backstage.in_the_world(lambda world: close(world, Regime.CLOSED))

    async def _sets(self, shop: str | None, status: Mirroring, did: str) -> str:
        key = self._backstage.shop_named(shop)
        told_at = self._backstage.sandbox.shop.webhooks.registrations.address(key, Topic.TOKOPEDIA_MIRROR_STATUS_CHANGE)
        if told_at is None:
            raise RehearsalError(
                "nobody is told of mirroring under partner_center=nothing; write partner_center=mirroring, or leave it out"
            )
        self._did(did, shop=key)
        await self._backstage.in_the_world(lambda world: mirror(world, key, status))
        return self._backstage.sandbox.world.shops[key].shop_id
