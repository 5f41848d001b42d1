"""Cues: what only a person can do on the platforms themselves, as numbered steps in a terminal, and how it is seen to be done.

Without a terminal nobody is asked, and the scenario is *not rehearsed*; so it is where the person says no.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from gladi.play.faults import UncuedError
from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.record.words import Platform

__all__ = ["Console", "Cue", "aside", "confirms_the_product_merge", "orders", "sets_the_stock"]

_NO = frozenset(("n", "no", "q", "quit", "skip"))


class Console(Protocol):
    """The terminal at which a person sits, or none."""

    @property
    @abstractmethod
    def is_there(self) -> bool:
        """Whether a person sees what is shown and can answer."""

    @abstractmethod
    def shows(self, text: str) -> None:
        """Show a text, whatever else is being captured."""

    @abstractmethod
    def asks(self, question: str) -> str | None:
        """Ask, and give what was typed; None where it was broken off."""

    @abstractmethod
    def breaks_off(self) -> None:
        """Let go of whoever is asked, on another thread, now and from here on: the run ends."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One thing that a person is asked to do: what, where, and in which steps."""

    title: str
    steps: tuple[str, ...]
    page: str = ""
    """The page to open, where one is documented."""
    last: str = ""
    """The step that is shown alone, behind a question of its own: it cannot be taken back."""

    def __str__(self) -> str:
        where = (f"   Open: {self.page}",) if self.page else ()
        return "\n".join((f"→  {self.title}", *where, *(f"   {number}. {step}" for number, step in enumerate(self.steps, start=1))))

    def given(self, console: Console) -> None:
        """Show the steps and wait until the person says that they are done, but for the last one.

        Raises:
            UncuedError: nobody is there, or the person does not.
        """
        if not console.is_there:
            raise UncuedError(f"{self.title}: that takes a person at a terminal, and none is here")
        console.shows(str(self))
        self._heard(console, "   Enter when that is done, no to leave the scenario out: ")

    def ends(self, console: Console) -> None:
        """Show the last step, and wait until the person says that it is done.

        Raises:
            UncuedError: the person does not.
        """
        console.shows(f"   {len(self.steps) + 1}. {self.last}")
        self._heard(console, "   Enter when it is done, no if you did not: ")

    def _heard(self, console: Console, question: str) -> None:
        said = console.asks(question)
        if said is None or said.strip().lower() in _NO:
            raise UncuedError(f"{self.title}: the person at the terminal left it out")


async def aside(part: Callable[[Console], None], console: Console) -> None:
    """Give a part of a cue on another thread: meanwhile a webhook may come, and the system lives its own life.

    Whoever interrupts the run need not answer first: a thread that waited for it would keep the process from ending.

    Raises:
        UncuedError: nobody is there, or the person does not.
    """
    try:
        await asyncio.to_thread(part, console)
    except asyncio.CancelledError:
        console.breaks_off()
        raise


def orders(platform: Platform, *, quantity: int, sku: str | None) -> Cue:
    """Give the cue by which a buyer places an order (rehearsal guide, Order Fulfillment Testing)."""
    what = f"{quantity} of {sku}" if sku else f"{quantity} of any product" if quantity > 1 else "any product"
    if platform is SHOP:
        steps = ("Select the development shop.", f"Create a virtual order of {what}, as its buyer.")
        return Cue(f"Place an order of {what} in the development shop on {SHOP.label}", steps)
    steps = (f"Sign in to the consumer app of {TOKOPEDIA.label} with the test buyer account.", f"Order and pay {what} in the test shop.")
    return Cue(f"Place an order of {what} on {TOKOPEDIA.label}", steps)


def sets_the_stock(platform: Platform, *, sku: str, units: int) -> Cue:
    """Give the cue by which the seller sets units by hand; where in a console that is, the documents do not say."""
    return Cue(
        f"Set the stock of {sku} to {units} on {platform.label}, by hand",
        (
            f"Sign in to the seller center of {platform.label} with the test shop.",
            f"Set the stock of {sku} to {units} in the default warehouse, and save it.",
        ),
    )


def confirms_the_product_merge() -> Cue:
    """Give the cue by which the seller confirms the product merge (rehearsal guide, After the shop merges)."""
    return Cue(
        "Confirm the product merge",
        ("Sign in to the seller center of the development shop.", 'Find "Product Merge" and check what it proposes.'),
        last="Confirm it. No signal announces it to the system.",
    )
