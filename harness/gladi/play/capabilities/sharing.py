"""What a system may do for those who recommend products: make links to share, one for each of their tags."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from gladi.play.awaitable import MaybeAwaitable

__all__ = ["SharedLink", "SharesLinks"]


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A link to a product, and the tag by which its sales are told from those of others."""

    tag: str
    url: str


class SharesLinks(Protocol):
    """The system makes affiliate sharing links."""

    @abstractmethod
    def share(self, sku: str, tags: Sequence[str]) -> MaybeAwaitable[Sequence[SharedLink]]:
        """Give a link to the product of a seller SKU for each tag that is accepted; one that is not is told to the seller."""
