"""What a system may know of shops: which of them have merged."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from gladi.play.awaitable import MaybeAwaitable

__all__ = ["HearsTheShop", "LinksShops", "ShopLink"]


@dataclass(frozen=True, slots=True)
class ShopLink:
    """Two shops that the system takes for one, by the ids it stored: exactly the digits of the platforms, as text."""

    toko_shop_id: str
    tts_seller_id: str
    tts_shop_id: str | None = None


class HearsTheShop(Protocol):
    """The system registers for the webhooks of Tokopedia & Shop; they come to `receive`, as those of Tokopedia do."""


class LinksShops(Protocol):
    """The system keeps which shops have merged."""

    @abstractmethod
    def shop_links(self) -> MaybeAwaitable[Sequence[ShopLink]]:
        """Give every link as it is stored."""
