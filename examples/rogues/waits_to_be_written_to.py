"""Looks for the buyer of an order among the conversations that there are, and never begins one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examples.careful.system import Careful

if TYPE_CHECKING:
    from gladi.play.system import Message, SeenOrder

BREAKS: dict[str, set[str]] = {}
FAILS = {"the_seller_writes_first_to_the_buyer_of_an_order"}


class WaitsToBeWrittenTo(Careful):
    """Cannot ask a buyer anything before he has asked himself."""

    async def begin_chat(self, order: SeenOrder, message: Message) -> None:
        """Find no conversation, and give up without a word."""
        del order, message
