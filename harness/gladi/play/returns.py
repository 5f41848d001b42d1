"""Returns on stage: the buyer who sends goods back, and the seller who agrees in the platform's own console."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gladi.sandbox.shop.shops import full_address
from gladi.sandbox.world.returns import ReturnStatus

if TYPE_CHECKING:
    from gladi.play.backstage import Backstage
    from gladi.play.placed_order import PlacedOrder
    from gladi.record.words import Platform
    from gladi.sandbox.world.returns import Return

__all__ = ["AskedReturn", "ReturnsGoods", "TakesGoodsBack"]


_NOWHERE = "nowhere: nothing had reached the buyer that he could return"


class AskedReturn:
    """A return that a buyer asked for, as the world knows it, or wanted to ask for, had the goods reached him."""

    def __init__(self, backstage: Backstage, name: str | None) -> None:
        """Point at the return `name` of the world; None for one that never came about."""
        self._backstage = backstage
        self.name = name

    @property
    def _held(self) -> Return | None:
        return self._backstage.sandbox.world.returns[self.name] if self.name is not None else None

    @property
    def id(self) -> str:
        """Its id on the platform that keeps it; on Tokopedia & Shop 19 digits. Empty for one that never came about."""
        return self._held.id if self._held is not None else ""

    @property
    def lives_on(self) -> Platform | None:
        """The platform that keeps it: the one that had the order delivered."""
        return self._held.platform if self._held is not None else None

    @property
    def comes_back_to(self) -> str:
        """The address to which the goods come back, in one line as the platform writes it."""
        held = self._held
        return full_address(self._backstage.sandbox.world.returns.comes_back_to(held)) if held is not None else _NOWHERE

    def __repr__(self) -> str:
        return f"<return {self.name}>"


class _OnStage:
    _backstage: Backstage

    def _did(self, did: str, **about: Any) -> None:  # noqa: ANN401 - checked by the journal
        raise NotImplementedError

    async def _takes(self, one: AskedReturn, status: ReturnStatus, did: str) -> None:
        name = one.name
        if name is None:
            return
        self._did(f"{did} return {name}")
        await self._backstage.in_the_world(lambda world: world.returns.advance(name, status))


class ReturnsGoods(_OnStage):
    """A buyer who sends back what he bought."""

    async def returns(self, order: PlacedOrder) -> AskedReturn:
        """Ask to return what an order brought, for the money; possible from its delivery until it is complete.

        One that never left he cannot return: the system's failure, which the scenario's own assertion tells.

        Raises:
            RehearsalError: it is complete, or he has asked before.
        """
        if not order.parcels:
            self._did(f"had nothing to return of order {order.name}", order=order.name)
            return AskedReturn(self._backstage, None)
        asked = await self._backstage.in_the_world(lambda world: world.returns.ask(order.name))
        self._did(f"asked to return order {order.name}", order=order.name)
        return AskedReturn(self._backstage, asked.key)

    async def sends_back(self, one: AskedReturn) -> None:
        """Send the goods.

        Raises:
            RehearsalError: the seller has not agreed.
        """
        await self._takes(one, ReturnStatus.ON_ITS_WAY, "sent back the goods of")


class TakesGoodsBack(_OnStage):
    """A seller whose buyers send goods back; he decides in the platform's own console, past the system."""

    async def agrees_to(self, one: AskedReturn) -> None:
        """Agree to a return.

        Raises:
            RehearsalError: it has been decided before.
        """
        await self._takes(one, ReturnStatus.AGREED, "agreed to")

    async def refuses(self, one: AskedReturn) -> None:
        """Refuse a return.

        Raises:
            RehearsalError: it has been decided before.
        """
        await self._takes(one, ReturnStatus.REFUSED, "refused")

    async def receives(self, one: AskedReturn) -> None:
        """Receive the goods; the buyer has his money back.

        Raises:
            RehearsalError: they are not on their way.
        """
        await self._takes(one, ReturnStatus.DONE, "received the goods of")
