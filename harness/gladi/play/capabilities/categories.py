"""What a system may know of categories: in which of them the seller may list, on each app."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from gladi.play.awaitable import MaybeAwaitable
from gladi.record.words import Platform

__all__ = ["CategoryChoice", "ChoosesCategories"]


@dataclass(frozen=True, slots=True)
class CategoryChoice:
    """One category as the system shows it for one app."""

    category_id: str
    """The platform's own id as text, decimal digits."""
    name: str
    permitted: bool
    """Whether the seller may list in it there."""
    permission: str = ""
    """What he reads about that: that it is open to him, or why it is not."""


class ChoosesCategories(Protocol):
    """The system shows the seller in which categories he may list."""

    @abstractmethod
    def categories(self, *, on: Platform) -> MaybeAwaitable[Sequence[CategoryChoice]]:
        """Give the categories of one app in which a product can stand, those that are closed to the seller too."""
