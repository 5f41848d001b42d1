"""Hands conversation ids to its pages as JavaScript numbers, where 19 digits do not fit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from examples.careful.system import Careful

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.play.system import Conversation, Message

BREAKS: dict[str, set[str]] = {}
FAILS = {
    "a_card_that_does_not_fit_the_buyers_app_is_told_to_the_seller",
    "a_conversation_from_before_the_merge_goes_on_after_it",
    "a_message_is_known_by_webhook_before_it_is_asked_for",
    "a_message_of_a_type_that_came_later_is_not_dropped",
    "a_message_of_each_sendable_type_arrives_once",
    "a_message_of_each_type_is_shown",
    "a_message_that_cannot_be_sent_is_told_to_the_seller",
    "a_tokopedia_buyers_conversation_is_found_on_the_shop",
    "conversations_keep_their_ids_digit_for_digit",
}


class RoundsConversationIds(Careful):
    """Answers in conversations that do not exist."""

    def conversations(self) -> Sequence[Conversation]:
        """Give every conversation under a number that is nearly its id."""
        return [replace(one, conversation_id=_rounded(one.conversation_id)) for one in super().conversations()]

    async def send(self, conversation_id: str, message: Message) -> None:
        """Answer nobody."""
        await super().send(_rounded(conversation_id), message)


def _rounded(number: str) -> str:
    return str(int(float(number)))
