"""The seller's money and offers: saldo history, by days, and the products whose price is slashed."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from gladi.record.clock import WIB, moment
from gladi.record.words import TOKOPEDIA
from gladi.sandbox.refusal import Refused
from gladi.sandbox.tokopedia import envelope, refusals
from gladi.sandbox.tokopedia.reading import number
from gladi.sandbox.world.ledger import Account

if TYPE_CHECKING:
    from gladi.record.clock import Instant
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.refusal import Refusal
    from gladi.sandbox.tokopedia.desk import Deed, Desk
    from gladi.sandbox.world.ledger import Post
    from gladi.sandbox.world.records import Shop

__all__ = ["days", "saldo_history", "slash_prices"]

_DAY = 86_400_000
_DATE = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
_MOST_DAYS = 31
_PER_PAGE = 500


def days(arrival: Arrival, wrong: Refusal) -> tuple[Instant, Instant]:
    """Read `from_date` and `to_date`, days of Jakarta as YYYY-MM-DD, both inclusive: the instants [since, until)."""
    ask = arrival.request.params
    since, until = (_midnight(ask.get(name, ""), wrong) for name in ("from_date", "to_date"))
    if until < since:
        raise Refused(wrong)
    return since, until + _DAY


def saldo_history(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `GET /v1/fs/:fs_id/shop/:shop_id/saldo-history`: at most 31 days, 500 rows a page (tokopedia-api.md 3, 8)."""
    shop = desk.shop(arrival, number(arrival.params["shop_id"], refusals.SHOP_ID_FORMAT))
    since, until = days(arrival, refusals.SALDO_DATES)
    if until - since > _MOST_DAYS * _DAY:
        raise Refused(refusals.SALDO_DATES)
    page, per_page = _page(arrival)

    def answers() -> bytes:
        arrival.assumes.append("tokopedia.paid_at_delivery")
        found = desk.world.ledger.posts(shop.key, TOKOPEDIA, Account.PAYOUTS, since=since, until=until)
        rows = list(islice(found, (page - 1) * per_page, page * per_page + 1))
        return envelope.modern(
            {"have_error": False, "have_next_page": len(rows) > per_page, "saldo_history": [_paid(one) for one in rows[:per_page]]}
        )

    return answers


def slash_prices(desk: Desk, arrival: Arrival) -> Deed:
    """Answer `GET /v2/slash-price/fs/:fs_id/view`: the seller's price promotions, oldest first."""
    shop = desk.shop_in_query(arrival, refusals.PRODUCT_SHOP_EMPTY, refusals.PRODUCT_SHOP_FORMAT)
    page, per_page = _page(arrival)

    def answers() -> bytes:
        found = desk.world.ledger.posts(shop.key, TOKOPEDIA, Account.PROMOTIONS)
        return envelope.modern([_slashed(desk, shop, one) for one in islice(found, (page - 1) * per_page, page * per_page)])

    return answers


def _midnight(text: str, wrong: Refusal) -> Instant:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC) if _DATE.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        raise Refused(wrong)
    return round((day - WIB).timestamp() * 1000)


def _page(arrival: Arrival) -> tuple[int, int]:
    ask = arrival.request.params
    page = number(ask.get("page") or "1", refusals.SHOP_PAGE_FORMAT, least=1)
    per_page = number(ask.get("per_page") or "10", refusals.SHOP_PER_PAGE_FORMAT, least=1)
    if per_page > _PER_PAGE:
        raise Refused(refusals.SHOP_PER_PAGE_FORMAT)
    return page, per_page


def _paid(post: Post) -> dict[str, Any]:
    return {
        "deposit_id": int(post.id),
        "type": 4001,
        "type_description": "Sales Transaction",
        "class": "credit",
        "amount": post.amount,
        "note": f"Transaction - {post.title}",
        "create_time": f"{moment(post.at) + WIB:%Y-%m-%d %H:%M:%S}",
        "withdrawal_date": "",
        "withdrawal_status": 0,
        "saldo": post.amount,
    }


def _slashed(desk: Desk, shop: Shop, post: Post) -> dict[str, Any]:
    listing = desk.world.listing(TOKOPEDIA, post.listing)
    offer = listing.offers[0] if listing is not None else None
    price = offer.price if offer is not None else 0
    formatted = f"Rp {price:,}".replace(",", ".")
    return {
        "slash_price_product_id": int(post.id),
        "product_id": int(offer.id) if offer is not None else 0,
        "Name": listing.title if listing is not None else "",
        "price": {"min": price, "min_formated": formatted, "max": price, "max_formated": formatted},
        "stock": offer.units if offer is not None else 0,
        "url": f"https://www.tokopedia.com/{shop.tokopedia_id}/{post.listing}",
        "sku": offer.sku if offer is not None else "",
        "discounted_price": price * (100 - post.amount) / 100,
        "discounted_percentage": post.amount,
        "max_order": 0,
        "start_date": f"{moment(post.at) + WIB:%Y-%m-%d %H:%M:%S}",
        "end_date": f"{moment(post.ends_at) + WIB:%Y-%m-%d %H:%M:%S}",
        "warehouses": [],
        "slash_price_status_id": 2 if post.at <= desk.world.clock.now < post.ends_at else 1,
    }
