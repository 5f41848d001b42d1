"""What is asked and answered of conversations, returns, money and promotions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.shape import BOOL, COUNT, EMPTY, INT, NUMBER, SECONDS, TEXT, Shaped, either, one_of
from gladi.sandbox.tokopedia.shapes.parts import DAY, DAYS, GIVEN, NUMBER_OF, OF_A_SHOP, pages

if TYPE_CHECKING:
    from gladi.sandbox.shape import Keys

__all__ = ["SHAPES"]

_CHAT: Keys = {
    "message_key": TEXT,
    "msg_id": NUMBER_OF,
    "attributes": {
        "contact": {"id": NUMBER_OF, "role": one_of("User"), "attributes": {"name": TEXT, "tag": TEXT, "thumbnail": TEXT}},
        "last_reply_msg": TEXT,
        "last_reply_time": SECONDS,
        "last_reply_at": GIVEN,
        "read_status": one_of(1, 2),
        "unreads": COUNT,
        "pin_status": COUNT,
    },
}
_TICKET: Keys = {
    "id": NUMBER_OF,
    "problem_type": TEXT,
    "status": TEXT,
    "open_date": DAY,
    "sla_date": DAY,
    "close_date": either(DAY, one_of("")),
    "invoice_number": TEXT,
    "solution": TEXT,
    "complaint_product": [{"id": NUMBER_OF, "Name": TEXT, "qty": COUNT, "price": COUNT, "final_price": COUNT, "image": TEXT}],
    "fault": TEXT,
    "shipping_amt": COUNT,
    "total_issued_amt": COUNT,
}
_PAID: Keys = {
    "deposit_id": NUMBER_OF,
    "type": COUNT,
    "type_description": TEXT,
    "class": one_of("credit"),
    "amount": INT,
    "note": TEXT,
    "create_time": GIVEN,
    "withdrawal_date": TEXT,
    "withdrawal_status": COUNT,
    "saldo": INT,
}
_SLASHED: Keys = {
    "slash_price_product_id": NUMBER_OF,
    "product_id": NUMBER_OF,
    "Name": TEXT,
    "price": {"min": COUNT, "min_formated": TEXT, "max": COUNT, "max_formated": TEXT},  # the platform's own spelling
    "stock": COUNT,
    "url": TEXT,
    "sku": TEXT,
    "discounted_price": NUMBER,
    "discounted_percentage": NUMBER,
    "max_order": COUNT,
    "start_date": GIVEN,
    "end_date": GIVEN,
    "warehouses": EMPTY,
    "slash_price_status_id": one_of(1, 2),
}

SHAPES: dict[str, Shaped] = {
    "list_chats": Shaped([_CHAT], {**OF_A_SHOP, "filter?": one_of("all", "read", "unread"), **pages(15)}),
    "list_tickets": Shaped(
        {
            "is_success": BOOL,
            "startdate": DAY,
            "enddate": DAY,
            "shops": [{"shop_id": NUMBER_OF, "shop_name": TEXT, "ticket": [_TICKET]}],
        },
        {**OF_A_SHOP, **DAYS},
    ),
    "get_saldo_history": Shaped(
        {"have_error": BOOL, "have_next_page": BOOL, "saldo_history": [_PAID]},
        {**DAYS, **pages(500)},
    ),
    "list_slash_prices": Shaped([_SLASHED], {**OF_A_SHOP, **pages(500)}),
}
"""By the operation's name, without the platform's."""
