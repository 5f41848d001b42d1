"""Leads: how plays of a search begin, so that what is rare by chance is met in every search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gladi.play.exploring.steps import Bought, Step, step
from gladi.play.system import EditsProducts, Restarts, SeesOrders, ShipsOrders
from gladi.record.words import SHOP, TOKOPEDIA, Stage
from gladi.sandbox.merge import Actionable, InFlight, Visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gladi.play.exploring.moves import Moves

__all__ = ["LEADS", "Lead"]

_ORDER = Bought("order_1")


def _nothing(moves: Moves) -> Sequence[Step]:  # noqa: ARG001 - as all leads
    return ()


@dataclass(frozen=True, slots=True)
class Lead:
    """The first steps of a play, the stages at which it may begin, and what it takes."""

    steps: Callable[[Moves], Sequence[Step]] = _nothing
    begins: tuple[Stage, ...] = tuple(Stage)
    needs: tuple[type, ...] = ()
    makes_trouble: bool = False
    cell: InFlight | None = None
    """The one cell of the in-flight matrix that it is about, if it is about one."""

    def cells(self, among: tuple[InFlight, ...]) -> tuple[InFlight, ...]:
        """Give the cells in which it is played."""
        return tuple(one for one in among if one == self.cell) or among


def _a_caught_order(moves: Moves) -> Sequence[Step]:  # noqa: ARG001 - as all leads
    return (
        step("until_the_last_minute"),
        step("buyer.orders", on=TOKOPEDIA, gives=_ORDER.name),
        step("until", Stage.MERGED),
        step("passes", hours=1),
    )


def _a_caught_order_that_is_shipped(moves: Moves) -> Sequence[Step]:
    return (*_a_caught_order(moves), step("clerk.ships", _ORDER, needs=ShipsOrders))


def _a_late_webhook(moves: Moves) -> Sequence[Step]:
    told = moves.merge_is_told
    return (
        *((step("webhooks.delay_the_next", hours=2),) if told else ()),
        step("until", Stage.MERGED),
        *((step("passes", hours=3),) if told else ()),
    )


def _a_lost_webhook(moves: Moves) -> Sequence[Step]:
    return (*((step("webhooks.lose_the_next"),) if moves.merge_is_told else ()), step("until", Stage.MERGED))


def _a_ship_on_the_shop_without_an_answer(moves: Moves) -> Sequence[Step]:  # noqa: ARG001 - as all leads
    return (
        step("buyer.orders", on=SHOP, gives=_ORDER.name),
        step("passes", minutes=15),
        step("trouble.loses_the_answer", to="shop.ship_package"),
        step("clerk.ships", _ORDER, needs=ShipsOrders),
    )


def _a_ship_on_tokopedia_without_an_answer(moves: Moves) -> Sequence[Step]:  # noqa: ARG001 - as all leads
    return (
        step("buyer.orders", on=TOKOPEDIA, gives=_ORDER.name),
        step("passes", minutes=15),
        step("trouble.loses_the_answer", to="tokopedia.request_pickup"),
        step("clerk.ships", _ORDER, needs=ShipsOrders),
    )


def _a_crash_between_two_shipments(moves: Moves) -> Sequence[Step]:  # noqa: ARG001 - as all leads
    another = Bought("order_2")
    return (
        step("buyer.orders", on=SHOP, gives=_ORDER.name),
        step("buyer.orders", on=SHOP, gives=another.name),
        step("passes", minutes=15),
        step("trouble.crashes", at="shop.ship_package", needs=Restarts),
        step("clerk.ships", _ORDER, needs=ShipsOrders),
        step("passes", minutes=15),
        step("clerk.ships", another, needs=ShipsOrders),
    )


def _an_edit_under_the_lock(moves: Moves) -> Sequence[Step]:
    return [step("seller.edits", sku, description="Woven by hand in Cirebon.", needs=EditsProducts) for sku in moves.skus(SHOP)[-1:]]


LEADS: tuple[Lead, ...] = (
    Lead(),
    Lead(_a_caught_order, (Stage.MERGING,), (SeesOrders,), cell=InFlight()),
    Lead(_a_caught_order_that_is_shipped, (Stage.MERGING,), (SeesOrders, ShipsOrders), cell=InFlight(Visible.BOTH, Actionable.BOTH)),
    Lead(_an_edit_under_the_lock, (Stage.MERGING, Stage.MERGED), (EditsProducts,)),
    Lead(_a_lost_webhook, (Stage.MERGING,), makes_trouble=True),
    Lead(_a_late_webhook, (Stage.MERGING,), makes_trouble=True),
    Lead(_a_ship_on_tokopedia_without_an_answer, (Stage.PENDING, Stage.MERGING), (ShipsOrders,), makes_trouble=True),
    Lead(_a_ship_on_the_shop_without_an_answer, tuple(Stage), (ShipsOrders,), makes_trouble=True),
    Lead(_a_crash_between_two_shipments, tuple(Stage), (ShipsOrders, Restarts), makes_trouble=True),
)
"""The first leads nowhere: most of what is found is found by chance."""
