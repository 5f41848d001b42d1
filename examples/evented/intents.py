"""What is decided and not done yet: a shipment, or a change of products. An intent is on disk before the first call that carries it out."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec

from examples.evented.facts import Place

__all__ = ["Change", "Intent", "Kind", "Shipment"]


class Shipment(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """An order is to leave."""

    order: str
    """The view that stands for it."""
    asked: str | None = None
    """The view whose platform is being asked to accept or ship it. Whoever finds it set does not know whether the call was made."""
    refused: tuple[str, ...] = ()
    """The views whose platforms said no."""
    trouble: str = ""
    """What the last of them said."""
    not_before: datetime | None = None

    @property
    def subject(self) -> str:
        """What names the intent: there is one for an order, however often the button is pressed."""
        return f"ship {self.order}"


class Kind(StrEnum):
    """What the seller wants changed of a SKU."""

    PRICE = "price"
    STOCK = "stock"
    PAGE = "product page"


class Change(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A price, a stock or a product page is to be changed in `places`, the shops that have not taken it yet."""

    number: int
    """Sorts the changes of a page, which are sent one after another; the last price and the last stock are the only ones."""
    kind: Kind
    sku: str
    value: int = 0
    title: str | None = None
    description: str | None = None
    places: tuple[Place, ...] = ()
    taken: bool = False
    """At least one shop has answered for it."""
    held: bool = False
    """The seller was told that it has to wait."""

    @property
    def subject(self) -> str:
        """What names the intent: a newer price takes the place of an older one; a page may be changed twice, in two ways."""
        return f"{self.kind} of {self.sku}" + (f", {self.number}" if self.kind is Kind.PAGE else "")

    @property
    def wish(self) -> str:
        """Say in words what is wanted."""
        return " / ".join(text for text in (self.title, self.description) if text) or str(self.value)


Intent: TypeAlias = Shipment | Change
"""One line of the outbox."""
