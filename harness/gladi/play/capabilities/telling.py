"""What a system tells the seller: notices, and the fields of what he looks at."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from gladi.play.awaitable import MaybeAwaitable

__all__ = ["Notice", "TellsSeller"]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the system told the seller: about which SKU, order id or shop id, and the sentence he reads.

    Where an app refused something, the sentence with the reason names that app, *Tokopedia* or *Tokopedia & Shop*, and not the other.
    """

    about: str
    text: str


class TellsSeller(Protocol):
    """The system tells the seller what he must know: notices, and the fields of what he looks at."""

    @abstractmethod
    def notices(self) -> MaybeAwaitable[Sequence[Notice]]:
        """Give every notice shown so far, oldest first."""

    @abstractmethod
    def fields(self, about: str) -> MaybeAwaitable[Mapping[str, str]]:
        """Give the fields that he sees when he looks at a SKU, an order or a shop: name to text.

        An order and a shop are named by their platform's ids, and a warehouse by its name on Tokopedia & Shop: it has fields too.
        A field about one app names that app, in its name or text, and not the other.
        """
