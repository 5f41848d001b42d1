"""The seller's money and offers on Tokopedia & Shop: Get Statements, and Search Activities for his promotions."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from gladi.record.words import SHOP
from gladi.sandbox.refusal import Refused
from gladi.sandbox.shop.bodies import read
from gladi.sandbox.shop.pages import after, beginning, size
from gladi.sandbox.shop.refusals import INVALID_PARAMETER
from gladi.sandbox.shop.shops import held
from gladi.sandbox.world.ledger import Account

if TYPE_CHECKING:
    from gladi.sandbox.arrival import Arrival
    from gladi.sandbox.world.ledger import Post
    from gladi.sandbox.world.world import World

__all__ = ["activities", "statements"]

_MOST = 100


class ActivityFilter(msgspec.Struct, frozen=True):
    """The body of Search Activities, in which the paging stands too."""

    status: Literal["NOT_START", "ONGOING", "EXPIRED", "DEACTIVATED"] | None = None
    activity_title: str | None = None
    activity_type: str | None = None
    page_size: int = 20
    page_token: str = ""


_filter = msgspec.json.Decoder(ActivityFilter)


def statements(world: World, arrival: Arrival) -> dict[str, object]:
    """Get Statements: newest first unless asked otherwise; `sort_field` is required and can be `statement_time` alone."""
    shop = held(arrival)
    params = arrival.request.params
    direction = params.get("sort_order") or "DESC"
    status = params.get("payment_status") or "PAID"
    if params.get("sort_field") != "statement_time" or direction not in ("ASC", "DESC") or status not in ("PAID", "PROCESSING", "FAILED"):
        raise Refused(INVALID_PARAMETER.saying("Invalid 'sort_field', 'sort_order' or 'payment_status'"))
    since, until = (_seconds(arrival, name) for name in ("statement_time_ge", "statement_time_lt"))
    limit = size(arrival.request, default="20", instead=INVALID_PARAMETER.saying("Invalid 'page_size'; valid range: [1, 100]"), most=_MOST)
    bound = (shop.key, "statements", since, until, status, direction)
    last = beginning(arrival.request, *bound)
    arrival.assumes.append("shop.paid_at_delivery")
    found = list(world.ledger.posts(shop.key, SHOP, Account.PAYOUTS, since=since or 0, until=until)) if status == "PAID" else []
    rows = _behind(found if direction == "ASC" else found[::-1], last)
    return {
        "statements": [_statement(one) for one in rows[:limit]],
        "next_page_token": after(rows[limit - 1].key, *bound) if len(rows) > limit else "",
    }


def activities(world: World, arrival: Arrival) -> dict[str, object]:
    """Search Activities: the seller's promotions, newest first."""
    shop = held(arrival)
    wanted = read(arrival, world.settings, _filter)
    if not 1 <= wanted.page_size <= _MOST:
        raise Refused(INVALID_PARAMETER.saying("Invalid 'page_size'; valid range: [1, 100]"))
    now = world.clock.now
    every = world.ledger.posts(shop.key, SHOP, Account.PROMOTIONS)
    found = [
        one
        for one in every
        if (wanted.status is None or wanted.status == _standing(one, now))
        and (not wanted.activity_title or wanted.activity_title in one.title)
        and wanted.activity_type in (None, "DIRECT_DISCOUNT")
    ]
    rows = found[::-1]
    start = 0 if not wanted.page_token else 1 + next((at for at, one in enumerate(rows) if one.id == wanted.page_token), len(rows))
    page = list(islice(rows, start, start + wanted.page_size))
    arrival.assumes.append("shop.activity_page_token")
    return {
        "activities": [_activity(one, now) for one in page],
        "total_count": len(rows),
        "next_page_token": page[-1].id if len(rows) > start + wanted.page_size else "",
    }


def _behind(rows: list[Post], last: str | None) -> list[Post]:
    return rows if last is None else rows[1 + next((at for at, one in enumerate(rows) if one.key == last), len(rows)) :]


def _seconds(arrival: Arrival, name: str) -> int | None:
    text = arrival.request.params.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 12):  # noqa: PLR2004 - seconds of the next thirty thousand years
        raise Refused(INVALID_PARAMETER.saying(f"Invalid '{name}'"))
    return int(text) * 1000


def _standing(post: Post, now: int) -> str:
    return "ONGOING" if post.at <= now < post.ends_at else "EXPIRED"


def _statement(post: Post) -> dict[str, Any]:
    return {
        "id": post.id,
        "statement_time": post.at // 1000,
        "settlement_amount": str(post.amount),
        "currency": "IDR",
        "revenue_amount": str(post.amount),
        "fee_amount": "0",
        "adjustment_amount": "0",
        "payment_status": "PAID",
        "payment_id": post.id[::-1].lstrip("0"),
        "net_sales_amount": str(post.amount),
        "shipping_cost_amount": "0",
        "payment_time": post.at // 1000,
    }


def _activity(post: Post, now: int) -> dict[str, Any]:
    return {
        "id": post.id,
        "title": post.title,
        "activity_type": "DIRECT_DISCOUNT",
        "duration_type": "NORMAL",
        "product_level": "PRODUCT",
        "status": _standing(post, now),
        "begin_time": post.at // 1000,
        "end_time": post.ends_at // 1000,
        "create_time": post.at // 1000,
        "update_time": post.at // 1000,
    }
