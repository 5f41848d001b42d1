"""Shows the types of message that it knew when it was written, and drops every other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from examples.careful.chats import ChatDesk
from examples.careful.system import Careful

if TYPE_CHECKING:
    from examples.careful.book import Chat

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_message_of_a_type_that_came_later_is_not_dropped",
    "a_message_of_each_type_is_shown",
}

_KNOWN = frozenset(("TEXT", "IMAGE", "PRODUCT_CARD", "ORDER_CARD"))


class KnowsFour(ChatDesk):
    """Skips what it cannot name."""

    def chats(self) -> list[Chat]:
        """Give every conversation, with holes in it."""
        return [replace(chat, said=tuple(one for one in chat.said if one.kind in _KNOWN)) for chat in super().chats()]


class DropsUnknownMessages(Careful):
    """Leaves a seller answering a question that he saw half of."""

    chat_desk = KnowsFour
