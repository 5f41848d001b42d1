"""The showing: what the system has to show to people, looked at and noted in the journal for the judges.

Nothing becomes due by looking. An id is text, digit for digit as the platform wrote it, or the system is at fault.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from gladi.play.addresses import without
from gladi.play.faults import RehearsalError, SystemFault
from gladi.play.process import GONE
from gladi.play.sight import Sight
from gladi.play.system import Notice, SeenOrder, ShopLink
from gladi.record.redact import clean_text
from gladi.record.words import Platform

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gladi.play.process import Process
    from gladi.play.system import System
    from gladi.sandbox.sandbox import Sandbox
    from gladi.sandbox.world.records import Buyer

__all__ = ["Showing", "answer_of"]

T = TypeVar("T")

_IDS = ("conversation_id", "order_id", "toko_shop_id", "tts_seller_id", "toko_product_id", "tts_product_id")


async def answer_of(value: Any) -> Any:  # noqa: ANN401 - the adapter's own types are pinned by its protocols
    """Give what a plain or async method of an adapter answered."""
    return await value if inspect.isawaitable(value) else value


class Showing:
    """One system on the stage of one sandbox, and what it shows."""

    def __init__(self, sandbox: Sandbox, capabilities: frozenset[type]) -> None:
        """Take the sandbox; the system enters later, and declares `capabilities`."""
        self.sandbox = sandbox
        self.capabilities = capabilities
        self._system: System | None = None
        self.process: Process | None = None
        """Where it lives; without one it can never be gone."""
        self.patience = 0
        """How often a person asks again whose question the system could not answer, a minute later each time."""

    @property
    def system(self) -> System:
        """The system under rehearsal.

        Raises:
            RehearsalError: it has not entered yet.
        """
        if self._system is None:
            raise RehearsalError("the rehearsal has not begun; write `async def test_...(rehearsal)` and decorate it with @scenario(...)")
        return self._system

    @system.setter
    def system(self, system: System) -> None:
        if not (callable(getattr(system, "tick", None)) and callable(getattr(system, "receive", None))):
            raise SystemFault(f"the factory made {system!r}, which has no tick and no receive; return the adapter")
        self._system = system

    def can(self, capability: type) -> bool:
        """Tell whether the system declares a capability."""
        return capability in self.capabilities

    async def does(self, act: Callable[[System], Any]) -> Any:  # noqa: ANN401 - as `answer_of`
        """Have the system do something, and give its answer; GONE when its process went meanwhile."""
        if self.process is None:
            return await answer_of(act(self.system))
        return await self.process.does(lambda: act(self.system))

    async def finds_out(self, ask: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - as `answer_of`
        """As `does`, for a question, which may be asked again."""
        for _ in range(self.patience):
            try:
                return await self.does(ask)
            except Exception:  # noqa: BLE001 - it is raised where patience ends
                await self.waits()
        return await self.does(ask)

    async def is_back(self) -> None:
        """Wait until the system's process is there again, if it is gone."""

    async def waits(self) -> None:
        """Wait for a minute before asking again."""

    async def says(self, ask: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - as `answer_of`
        """Ask the system for what it has to show; who finds it gone waits and asks again."""
        while True:
            await self.is_back()
            if (answer := await self.finds_out(ask)) is not GONE:
                return answer

    async def shows(self, what: str, kind: type[T]) -> Sequence[T]:
        """Have the system show a list, such as its `orders`; nothing becomes due by looking.

        Raises:
            SystemFault: it is no list, or holds something else than `kind`.
        """
        shown = await self.says(lambda system: getattr(system, what)())
        try:
            rows = list(shown)
        except TypeError:
            raise SystemFault(f"{what} answered {shown!r}; return a list of gladi.{kind.__name__}") from None
        for row in rows:
            if not isinstance(row, kind):
                raise SystemFault(f"{what} answered a list that holds {row!r}; return a list of gladi.{kind.__name__}")
            if any(type(getattr(row, name, "")) is not str for name in _IDS):
                raise SystemFault(f"{what} answered {row!r}; an id is text, digit for digit as the platform wrote it")
        return rows

    async def looks_at_links(self) -> Sequence[ShopLink]:
        """Look at the shops that the system takes for one, and note them in the journal."""
        shown = await self.shows("shop_links", ShopLink)
        rows: list[dict[str, str]] = []
        for row in shown:
            shop = self.sandbox.world.shop_where("tokopedia_id", int(row.toko_shop_id)) if _is_short_id(row.toko_shop_id) else None
            known = {"shop": shop.key} if shop is not None else {}
            rows.append({"toko_shop_id": row.toko_shop_id, "tts_seller_id": row.tts_seller_id} | known)
        self.sandbox.journal.showed("LinksShops", tuple(rows))
        return shown

    async def looks_at_orders(self) -> Sequence[SeenOrder]:
        """Look at the system's list of orders, and note it in the journal."""
        shown = await self.shows("orders", SeenOrder)
        rows: list[dict[str, str]] = []
        for row in shown:
            order = self.sandbox.world.order_where(row.platform, row.order_id)
            known = {"order": order.key} if order is not None else {}
            rows.append({"platform": row.platform, "order_id": row.order_id, "state": row.state} | known)
        self.sandbox.journal.showed("SeesOrders", tuple(rows))
        return shown

    async def looks_at_notices(self) -> Sequence[Notice]:
        """Look at all that the system told the seller, and note it in the journal, cleaned of secrets.

        A notice about a SKU names its `product` too: the SKU under which calls that touch the product are noted.
        """
        told = await self.shows("notices", Notice)
        rows: list[dict[str, str]] = []
        # Hundreds of shops tell hundreds of things, most of them about the same.
        products = {about: self._product_of(about) for about in {one.about for one in told if not one.about.isdigit()}}
        for one in told:
            product = products.get(one.about)
            known = {"product": product} if product else {}
            rows.append({"about": clean_text(one.about), "text": clean_text(one.text)} | known)
        self.sandbox.journal.showed("TellsSeller", tuple(rows))
        return told

    async def looks_at_fields(self, about: str) -> Sight:
        """Look at what the system shows of a SKU, an order or a shop, and note it in the journal, cleaned of secrets and of buyers.

        Raises:
            SystemFault: it is no mapping of names to texts.
        """
        answered = await self.says(lambda system: system.fields(about))
        shown = cast("Mapping[Any, Any]", answered)
        if not isinstance(answered, Mapping) or any(type(word) is not str for pair in shown.items() for word in pair):
            raise SystemFault(f"fields answered {answered!r} for {about!r}; return a mapping of names to texts")
        who = self._who_bought(about)
        said = ((clean_text(name), clean_text(without(text, *who))) for name, text in shown.items())
        rows = tuple({"about": clean_text(about), "name": name, "text": text} for name, text in said)
        self.sandbox.journal.showed("TellsSeller.fields", rows)
        return Sight(about, dict(shown))

    def _who_bought(self, about: str) -> list[Buyer | None]:
        orders = (self.sandbox.world.order_where(platform, about) for platform in Platform)
        return [buyer for order in orders if order is not None for buyer in (order.buyer, order.moved_from)]

    def _product_of(self, sku: str) -> str | None:
        world = self.sandbox.world
        for shop in world.all_shops():
            for platform in Platform:
                listing = world.listing_of_sku(platform, shop.key, sku)
                if listing is not None:
                    return listing.offers[0].sku
        return None


def _is_short_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 20  # noqa: PLR2004 - no id of either platform is longer than 19 digits
