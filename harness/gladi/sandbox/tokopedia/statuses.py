"""The one table between what has become of an order and Tokopedia's numbers for it (tokopedia-api.md 6.3)."""

from __future__ import annotations

from gladi.sandbox.world.records import OrderStatus

__all__ = ["CODES", "STATUSES"]

CODES: dict[OrderStatus, int] = {
    # Fixtures show 0 for an order whose deadline passed; 6 is the other word for a cancellation by the platform itself.
    OrderStatus.EXPIRED: 0,
    OrderStatus.OUT_OF_STOCK: 3,
    OrderStatus.FRAUDULENT: 5,
    OrderStatus.CANCELLED_BY_PLATFORM: 6,
    OrderStatus.REJECTED: 10,
    OrderStatus.CANCELLED_BY_BUYER: 15,
    OrderStatus.UNPAID: 100,
    OrderStatus.CONFIRMING_PAYMENT: 103,
    OrderStatus.PAID: 220,
    OrderStatus.AWAITING_PARTNER: 221,
    OrderStatus.ACCEPTED: 400,
    OrderStatus.ARRANGED: 450,
    OrderStatus.SHIPPED: 500,
    OrderStatus.NUMBER_MISSING: 501,
    OrderStatus.NUMBER_WRONG: 520,
    OrderStatus.NUMBER_DISPUTED: 530,
    OrderStatus.AT_PICKUP_POINT: 540,
    OrderStatus.COMING_BACK: 550,
    OrderStatus.DELIVERED: 600,
    OrderStatus.CASE_OPEN: 601,
    OrderStatus.UNDER_REVIEW: 690,
    OrderStatus.COMPLETED: 700,
    # Known to Tokopedia & Shop alone; no order of Tokopedia has them, and the table is whole all the same.
    OrderStatus.ON_HOLD: 103,
    OrderStatus.PARTLY_ARRANGED: 450,
}

STATUSES: dict[int, OrderStatus] = {code: status for status, code in reversed(CODES.items())}
"""The other way round; of two with one number the first counts."""
