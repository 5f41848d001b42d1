"""What an operation of a platform is: its name, its call, what it does as far as the merge cares, and its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from gladi.record.words import SHOP, TOKOPEDIA

if TYPE_CHECKING:
    from gladi.record.evidence import Evidence
    from gladi.record.wire import Host
    from gladi.record.words import Platform

__all__ = ["Does", "Operation"]


class Does(StrEnum):
    """What an operation does, as far as the merge cares."""

    AUTHORIZES = "authorizes"
    REGISTERS_WEBHOOKS = "registers webhooks"
    READS_SHOPS = "reads shops"
    READS_PRODUCTS = "reads products"
    READS_ORDERS = "reads orders"
    FULFILS_ORDERS = "fulfils orders"
    SETS_PRICES = "sets prices"
    SETS_STOCK = "sets stock"
    EDITS_PRODUCTS = "edits products"
    LISTS_PRODUCTS = "lists products"
    """Creates a product, or puts one on or off the shelves."""
    PRINTS_DOCUMENTS = "prints documents"
    CHATS = "chats"
    SHARES_LINKS = "shares links"
    """For an affiliate creator, who owns no shop that could merge."""
    READS_RETURNS = "reads returns"
    READS_PROMOTIONS = "reads promotions"
    READS_FINANCE = "reads finance"

    @property
    def changes_nothing(self) -> bool:
        """Whether asking twice leaves everything as asking once; a chat is both read and written under one word, so it may change."""
        return self is Does.AUTHORIZES or self.name.startswith("READS_")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of one platform's API."""

    name: str
    """Unique, such as `tokopedia.update_price`."""
    host: Host
    method: str
    path: str
    does: Does
    evidence: Evidence
    versions: tuple[str, ...] = ()

    @property
    def platform(self) -> Platform:
        """The platform whose API this is."""
        return TOKOPEDIA if self.name.startswith("tokopedia.") else SHOP

    @property
    def title(self) -> str:
        """The operation as a reader sees it: `update price`."""
        return self.name.partition(".")[2].replace("_", " ")
