"""The warehouse clerk: he ships and prints what the system shows him, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.play.addresses import bears_the_new_address, moved
from gladi.play.faults import SystemFault, UnseenError
from gladi.play.people.person import Person
from gladi.play.printed import Printed, UnreadableError, noted, read
from gladi.play.system import Document, DocumentKind, OrderState, PrintsDocuments, SeenOrder, SeesOrders, ShipsInBatches, ShipsOrders
from gladi.record.words import Level, Platform
from gladi.sandbox.world.withdrawals import hand_over

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.play.placed_order import PlacedOrder

__all__ = ["Clerk"]


class Clerk(Person):
    """The warehouse clerk: he ships what the system shows him, and nothing else."""

    who = "the clerk"

    async def sees(self) -> Sequence[SeenOrder]:
        """Look at the system's list of orders; needs *sees orders*."""
        self._backstage.must(SeesOrders)
        return await self._backstage.looks_at_orders()

    async def ships(self, order: PlacedOrder) -> None:
        """Press *ship* once on every row that the system shows for this order and offers for shipment.

        A system that shows one order twice gets it shipped twice: that is what would happen. Without *sees orders* the
        clerk presses it for the id that the order bears where it was bought.
        """
        self._backstage.must(ShipsOrders)
        rows = await self._rows(order)
        if not rows:
            self._did(f"found nothing to ship for order {order.name}", order=order.name)
            return
        self._did(f"shipped order {order.name}{f' from {len(rows)} rows of the list' if len(rows) > 1 else ''}", order=order.name)
        for row in rows:
            await self._ship(row)

    async def ships_all(self, *orders: PlacedOrder) -> None:
        """Mark every row that the system offers for shipment of these orders, and press *ship* once; needs *ships in batches*."""
        self._backstage.must(ShipsInBatches)
        rows = [row for order in orders for row in await self._rows(order)]
        for order in orders:
            self._did(f"marked order {order.name} for shipment with others", order=order.name)
        await self._backstage.asks(lambda system: system.ship_all(rows))

    async def hands_over(self, order: PlacedOrder) -> None:
        """Give the courier the parcel of an order, or pull it where the system shows the order as closed; needs *sees orders*."""
        if OrderState.CLOSED in await self.finds(order):
            self._did(f"pulled the parcel of order {order.name}", order=order.name)
            return
        self._did(f"handed the parcel of order {order.name} to the courier", order=order.name)
        await self._backstage.in_the_world(lambda world: hand_over(world, order.name))

    async def finds(self, order: PlacedOrder) -> list[OrderState]:
        """Look an order up in the system's list: the state of every row that bears one of its ids; needs *sees orders*."""
        self._backstage.must(SeesOrders)
        return [row.state for row in await self._shown(order)]

    async def prints(self, order: PlacedOrder, kind: DocumentKind = DocumentKind.SHIPPING_LABEL) -> Document | None:
        """Print a document for an order, as the system's list shows it; needs *prints documents*.

        Gives None, as nothing can be printed, where the list does not show the order.

        Raises:
            SystemFault: the system answers with something else than a document.
        """
        self._backstage.must(PrintsDocuments)
        rows = await self._shown(order) if self._backstage.can(SeesOrders) else [self._as_bought(order)]
        if not rows:
            self._did(f"found nothing to print for order {order.name}", order=order.name)
            return None
        self._did(f"printed the {kind} of order {order.name}", order=order.name)
        document = await self._backstage.asks(lambda system: system.print_document(rows[0], kind), question=True)
        if not isinstance(document, Document):
            raise SystemFault(f"print_document answered {document!r}; return a gladi.Document")
        self._notes(order, kind, document)
        return document

    async def reads(self, order: PlacedOrder, kind: DocumentKind = DocumentKind.SHIPPING_LABEL) -> Printed:
        """Print a document for an order and read it; needs *prints documents*.

        A label may be passed on as the address of the platform's own, on which there is nothing of the system's to be read.

        Raises:
            AssertionError: nothing was printed, as the system's list does not show the order, or what was printed is empty.
            UnseenError: it cannot be read, such as a picture; the scenario is then *not rehearsed*.
        """
        document = await self.prints(order, kind)
        if document is None:
            raise AssertionError(f"no {kind} of order {order.name} was printed")
        printed = self._read(document)
        if printed.passed_on and kind is DocumentKind.SHIPPING_LABEL:
            return printed
        if not printed.read:
            raise UnseenError(f"the {kind} of order {order.name} is {document.media_type}, and what it says cannot be read; print text")
        if not printed.lines:
            raise AssertionError(f"the {kind} of order {order.name} is empty")
        return printed

    async def prints_the_new_address(self, order: PlacedOrder) -> bool:
        """Print the label of an order and tell whether it names the address to which its buyer has moved; needs *prints documents*.

        One that is passed on as the platform's own does: the platform prints it once shipment is arranged, and nobody moves after that.

        Raises:
            AssertionError: as for `reads`.
            RehearsalError: the buyer has not moved.
            UnseenError: the label cannot be read or names no address; the scenario is then *not rehearsed*.
        """
        known = moved(self._backstage.sandbox.world.orders[order.name])
        label = await self.reads(order)
        texts = [text for _, text in label.lines]
        return label.passed_on or bears_the_new_address(texts, known, what=f"the label of order {order.name}")

    def _notes(self, order: PlacedOrder, kind: DocumentKind, document: Document) -> None:
        """Note in the journal what the judges need of a document, and no more."""
        sandbox = self._backstage.sandbox
        known = sandbox.world.orders[order.name]
        rows = noted(self._read(document), order=order.name, document=kind.value, buyers=(known.buyer, known.moved_from))
        sandbox.journal.showed("PrintsDocuments", rows)

    def _read(self, document: Document) -> Printed:
        try:
            return read(document)
        except UnreadableError as error:
            text = f"print_document answered {document.media_type}, and {error}; what it says was not looked at"
            self._backstage.sandbox.journal.finding(Level.WARNING, "documents", text)
            return Printed((), read=False)

    async def _ship(self, row: SeenOrder) -> None:
        await self._backstage.asks(lambda system: system.ship(row))

    async def _rows(self, order: PlacedOrder) -> list[SeenOrder]:
        if self._backstage.can(SeesOrders):
            return [row for row in await self._shown(order) if row.state is OrderState.TO_SHIP]
        return [self._as_bought(order)]

    async def _shown(self, order: PlacedOrder) -> list[SeenOrder]:
        ids = _ids(order)
        return [row for row in await self.sees() if (row.platform, row.order_id) in ids]

    @staticmethod
    def _as_bought(order: PlacedOrder) -> SeenOrder:
        platform, id_ = max(_ids(order))
        return SeenOrder(platform, id_)


def _ids(order: PlacedOrder) -> set[tuple[Platform, str]]:
    return {(platform, id_) for platform in Platform if (id_ := order.id_on(platform)) is not None}
