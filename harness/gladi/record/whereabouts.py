"""Which platform holds which data of which seller, new and historical: the changelog's answer to *what APIs to use*, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gladi.record.evidence import Evidence, assumed, documented
from gladi.record.operation import Does
from gladi.record.words import SHOP, TOKOPEDIA, Platform, SellerKind

__all__ = ["KEPT_BY", "WHEREABOUTS", "Age", "Data", "Whereabouts", "holder"]


class Data(StrEnum):
    """The kinds of data that a seller's business makes, as the changelog lists them."""

    PRODUCTS = "products"
    ORDERS = "orders"
    FULFILMENT = "fulfilment"
    RETURNS = "returns and refunds"
    PROMOTION = "promotion"
    FINANCE = "finance"
    CUSTOMER_SERVICE = "customer service"


class Age(StrEnum):
    """Whether data was made in a seller's Tokopedia store before its migration was complete, or since then or elsewhere."""

    HISTORICAL = "historical"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """One row: whose data, of which kind and age, who holds it (None where there is none), and where that is written."""

    seller: SellerKind
    data: Data
    age: Age
    platform: Platform | None
    source: Evidence


_SOLELY = documented("API changelog, Solely on TikTok Shop: all new and historical data")
_PENDING = documented("API changelog, Pending migration: continue to use Tokopedia OpenAPI")
_NEW = documented("API changelog, Migration completed: all new data")
_PRODUCTS = documented("API changelog, Migration completed: product information is synchronized")
_OTHER = documented("API changelog, Migration completed: all other Tokopedia data")
_NEW_HERE = documented("API changelog, What APIs to use: all developers integrate with this API, also for sellers new to Tokopedia & Shop")
_NO_PAST = assumed("a seller who begins on Tokopedia & Shop has no past on either platform")


def _rows(data: Data) -> tuple[Whereabouts, ...]:
    is_product = data is Data.PRODUCTS
    return (
        Whereabouts(SellerKind.SOLELY_ON_SHOP, data, Age.HISTORICAL, SHOP, _SOLELY),
        Whereabouts(SellerKind.SOLELY_ON_SHOP, data, Age.NEW, SHOP, _SOLELY),
        Whereabouts(SellerKind.PENDING, data, Age.HISTORICAL, TOKOPEDIA, _PENDING),
        Whereabouts(SellerKind.PENDING, data, Age.NEW, TOKOPEDIA, _PENDING),
        Whereabouts(SellerKind.MIGRATED, data, Age.HISTORICAL, SHOP if is_product else TOKOPEDIA, _PRODUCTS if is_product else _OTHER),
        Whereabouts(SellerKind.MIGRATED, data, Age.NEW, SHOP, _NEW),
        Whereabouts(SellerKind.NEW_HERE, data, Age.HISTORICAL, None, _NO_PAST),
        Whereabouts(SellerKind.NEW_HERE, data, Age.NEW, SHOP, _NEW_HERE),
    )


WHEREABOUTS: tuple[Whereabouts, ...] = tuple(row for data in Data for row in _rows(data))
"""Every kind of data of every kind of seller. What a pending or migrated seller did on Tokopedia & Shop itself always lives there."""

_BY_PLACE = {(row.seller, row.data, row.age): row.platform for row in WHEREABOUTS}


def holder(seller: SellerKind, data: Data, age: Age) -> Platform | None:
    """Give the platform that holds data of this kind and age; None where there is none."""
    return _BY_PLACE[seller, data, age]


KEPT_BY: dict[Does, Data] = {
    Does.READS_PRODUCTS: Data.PRODUCTS,
    Does.READS_ORDERS: Data.ORDERS,
    Does.READS_RETURNS: Data.RETURNS,
    Does.READS_PROMOTIONS: Data.PROMOTION,
    Does.READS_FINANCE: Data.FINANCE,
    Does.CHATS: Data.CUSTOMER_SERVICE,
}
"""Of which data an operation tells; those of fulfilment read orders, and are told apart by nobody."""
