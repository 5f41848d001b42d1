"""Turns every answer into plain words, because the chat that it had on Tokopedia knew nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from examples.careful.system import Careful

if TYPE_CHECKING:
    from gladi.play.system import Message

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_card_that_does_not_fit_the_buyers_app_is_told_to_the_seller",
    "a_message_of_each_sendable_type_arrives_once",
    "a_message_that_cannot_be_sent_is_told_to_the_seller",
}


class AnswersInTextOnly(Careful):
    """Sends a buyer the name of a card in place of the card."""

    async def send(self, conversation_id: str, message: Message) -> None:
        """Answer a buyer, in words."""
        text = message.text or message.sku or message.order_id or "[picture]"
        await super().send(conversation_id, replace(message, kind="TEXT", text=text))
