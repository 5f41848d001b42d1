"""What a system may keep of a seller's business beside products and orders, wherever it was made."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from gladi.play.awaitable import MaybeAwaitable
from gladi.record.words import Platform

__all__ = ["KeepsRecords", "RecordKind", "SeenRecord"]


class RecordKind(StrEnum):
    """A kind of data that is read beside products and orders."""

    FULFILMENT = "fulfilment"
    """The record's id is that of the package, on Tokopedia that of the order, which has a booking instead."""
    RETURNS = "returns and refunds"
    PROMOTION = "promotion"
    FINANCE = "finance"
    """Payouts: a statement on Tokopedia & Shop, a row of the saldo history on Tokopedia."""
    CUSTOMER_SERVICE = "customer service"
    """Conversations."""


@dataclass(frozen=True, slots=True)
class SeenRecord:
    """One record as the system shows it: the platform that made it, and its id there as text, digit for digit."""

    platform: Platform
    record_id: str


class KeepsRecords(Protocol):
    """The system shows what became of orders and money, and what was said, before the merge and after it."""

    @abstractmethod
    def records(self, kind: RecordKind) -> MaybeAwaitable[Sequence[SeenRecord]]:
        """Give every record of that kind of every shop that is served, each once; what it has to ask a platform for, it may ask now."""
