"""What is asked and answered in the customer service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.sandbox.shape import BOOL, COUNT, DIGITS, ID, SECONDS, TEXT, Kind, Shaped, one_of
from gladi.sandbox.shop.conversations import Beginning, Sending
from gladi.sandbox.shop.messages import LATER, RECEIVABLE
from gladi.sandbox.shop.shapes.parts import APP, DIRECTION, NEXT, NOTHING, paged

if TYPE_CHECKING:
    from gladi.sandbox.shape import Keys

__all__ = ["SHAPES"]

_PERSON: Keys = {"im_user_id": ID, "nickname": TEXT, "avatar": TEXT}
_MESSAGE: Keys = {
    "id": ID,
    "type": one_of(*RECEIVABLE, *LATER),
    "content": TEXT,
    "create_time": SECONDS,
    "is_visible": BOOL,
    "sender": {**_PERSON, "role": one_of("BUYER", "SHOP", "SYSTEM")},
    "index": DIGITS,
}
_CONVERSATION: Keys = {
    "id": ID,
    "participant_count": COUNT,
    "can_send_message": BOOL,
    "unread_count": COUNT,
    "create_time": SECONDS,
    "participants": [{**_PERSON, "user_id": ID, "role": one_of("BUYER", "SHOP"), "buyer_platform?": APP}],
    "latest_message?": _MESSAGE,
}

SHAPES: dict[str, Shaped] = {
    "get_conversations": Shaped({"conversations": [_CONVERSATION], **NEXT}, paged(1, 20, must=True)),
    "create_conversation": Shaped({"conversation_id": ID}, body=Beginning),
    "get_messages": Shaped(
        {"messages": [_MESSAGE], **NEXT, "unsupported_msg_tips": TEXT},
        {**paged(1, 10, must=True), "sort_order?": DIRECTION, "sort_field?": one_of("create_time", "index")},
    ),
    "send_message": Shaped({"message_id": ID}, body=Sending),
    "read_messages": Shaped(NOTHING),
    "upload_chat_image": Shaped(
        {"url": TEXT, "width": COUNT, "height": COUNT}, form={"data": Kind({"type": "string", "format": "binary"})}
    ),
}
"""By the operation's name, without the platform's."""
