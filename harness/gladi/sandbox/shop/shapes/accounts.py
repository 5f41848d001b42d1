"""What is asked and answered of money, promotions, and an affiliate creator's links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.shape import ID, MONEY, SECONDS, TEXT, Shaped, as_text, one_of
from gladi.sandbox.shop.accounts import ActivityFilter
from gladi.sandbox.shop.affiliate import General, Tagged
from gladi.sandbox.shop.shapes.parts import DIRECTION, IDR, NEXT, TOTAL, error, paged

if TYPE_CHECKING:
    from gladi.sandbox.shape import Keys

__all__ = ["SHAPES"]

_STATEMENT: Keys = {
    "id": ID,
    "statement_time": SECONDS,
    "currency": IDR,
    **dict.fromkeys(
        ("settlement_amount", "revenue_amount", "fee_amount", "adjustment_amount", "net_sales_amount", "shipping_cost_amount"), MONEY
    ),
    "payment_status": one_of("PAID", "PROCESSING", "FAILED"),
    "payment_id": as_text("[1-9][0-9]{0,18}"),
    "payment_time": SECONDS,
}
_ACTIVITY: Keys = {
    "id": ID,
    "title": TEXT,
    "activity_type": one_of("DIRECT_DISCOUNT"),
    "duration_type": one_of("NORMAL"),
    "product_level": one_of("PRODUCT"),
    "status": one_of("NOT_START", "ONGOING", "EXPIRED", "DEACTIVATED"),
    **dict.fromkeys(("begin_time", "end_time", "create_time", "update_time"), SECONDS),
}

SHAPES: dict[str, Shaped] = {
    "get_statements": Shaped(
        {"statements": [_STATEMENT], **NEXT},
        {
            "sort_field": one_of("statement_time"),
            "sort_order?": DIRECTION,
            "payment_status?": one_of("PAID", "PROCESSING", "FAILED"),
            "statement_time_ge?": SECONDS,
            "statement_time_lt?": SECONDS,
            **paged(1, 100),
        },
    ),
    "search_activities": Shaped({"activities": [_ACTIVITY], **TOTAL}, body=ActivityFilter),
    "generate_sharing_links": Shaped(
        {
            "affiliate_sharing_links": [{"tag": TEXT, "affiliate_sharing_link": TEXT}],
            "errors": [error({"tag": TEXT, "fail_reason": TEXT})],
        },
        body=Tagged,
    ),
    "generate_general_sharing_links": Shaped(
        {
            "sharing_links": [{"material_id": TEXT, "sharing_link": TEXT, "deep_link?": TEXT, "one_link?": TEXT}],
            "failed_materials": [{"material_id": TEXT, "fail_reason": TEXT}],
        },
        body=General,
    ),
}
"""By the operation's name, without the platform's."""
