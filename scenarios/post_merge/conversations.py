"""After the merge, buyers on Tokopedia are spoken with through Tokopedia & Shop, in messages of every type."""

from gladi import SHOP, TOKOPEDIA, BeginsChats, Chats, Message, Rehearsal, Stage, TellsSeller, scenario


@scenario(rehearses="guide.merged.conversations", begins=Stage.MERGED, needs=Chats, on=SHOP)
async def test_a_tokopedia_buyers_conversation_is_found_on_the_shop(rehearsal: Rehearsal) -> None:
    """A conversation that a buyer begins on Tokopedia after the merge is shown, and shown as one from Tokopedia."""
    conversation = await rehearsal.buyer.writes(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)

    assert await rehearsal.seller.reads(conversation) == ["TEXT"]
    assert [shown.buyer_platform for shown in await rehearsal.seller.sees_the_conversations()] == [TOKOPEDIA]


@scenario(rehearses="guide.merged.conversations", begins=Stage.PENDING, needs=Chats, on=SHOP)
async def test_a_conversation_from_before_the_merge_goes_on_after_it(rehearsal: Rehearsal) -> None:
    """A buyer who wrote on Tokopedia before the merge writes again after it: that is a new conversation, and it is answered."""
    conversation = await rehearsal.buyer.writes(on=TOKOPEDIA)
    await rehearsal.seller.links_the_shops()
    await rehearsal.until(Stage.MERGED)
    conversation = await rehearsal.buyer.writes("And after the wash?", to=conversation)
    await rehearsal.passes(minutes=15)
    answer = Message("TEXT", "Still the same.", from_buyer=False)
    await rehearsal.seller.answers(conversation, answer)
    await rehearsal.passes(minutes=15)

    assert conversation.received == [answer]


@scenario(rehearses="guide.merged.conversations", begins=Stage.MERGED, needs=Chats, on=SHOP)
async def test_conversations_keep_their_ids_digit_for_digit(rehearsal: Rehearsal) -> None:
    """Of several conversations each is shown under its very id of 19 digits."""
    first = await rehearsal.buyer.writes(on=TOKOPEDIA)
    second = await rehearsal.buyer.writes(on=SHOP)
    await rehearsal.passes(minutes=15)

    assert {shown.conversation_id for shown in await rehearsal.seller.sees_the_conversations()} == {first.id, second.id}


@scenario(rehearses="guide.merged.message-types", begins=Stage.MERGED, needs=Chats, on=SHOP)
async def test_a_message_of_each_type_is_shown(rehearsal: Rehearsal) -> None:
    """Whatever type of message arrives, it is shown in words that a person reads, in the order in which it came."""
    conversation = await rehearsal.buyer.writes_one_of_each(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)

    assert await rehearsal.seller.reads(conversation) == conversation.written


@scenario(rehearses="guide.merged.message-types", begins=Stage.MERGED, needs=Chats, on=SHOP)
async def test_a_message_of_a_type_that_came_later_is_not_dropped(rehearsal: Rehearsal) -> None:
    """A message of a type that joined the platform later is shown as one that has to be read elsewhere, and not dropped."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    conversation = await rehearsal.buyer.writes(on=TOKOPEDIA, about=order)
    conversation = await rehearsal.buyer.writes(kind="LOGISTICS_CARD", to=conversation)
    await rehearsal.passes(minutes=15)

    assert await rehearsal.seller.reads(conversation) == ["TEXT", "LOGISTICS_CARD"]


@scenario(rehearses="guide.merged.message-types", begins=Stage.CONFIRMED, needs=Chats, on=SHOP)
async def test_a_message_of_each_sendable_type_arrives_once(rehearsal: Rehearsal) -> None:
    """A buyer on Tokopedia receives one message of each type that can be sent, each once and about what it should be."""
    conversation = await rehearsal.buyer.writes_one_of_each(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    answers = await rehearsal.seller.answers_with_one_of_each(conversation)
    await rehearsal.passes(minutes=15)

    assert conversation.received == answers


@scenario(rehearses="guide.merged.message-types", begins=Stage.MERGED, needs=(Chats, TellsSeller), on=SHOP)
async def test_a_message_that_cannot_be_sent_is_told_to_the_seller(rehearsal: Rehearsal) -> None:
    """The seller is told that a message of a type that only arrives cannot be sent; what he says in words goes out all the same."""
    conversation = await rehearsal.buyer.writes(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    await rehearsal.seller.answers(conversation, Message("EMOTICONS", ":)"), Message("TEXT", "With pleasure."))
    await rehearsal.passes(minutes=15)

    assert [message.kind for message in conversation.received] == ["TEXT"]
    assert conversation.id in [notice.about for notice in await rehearsal.seller.reads_the_notices()]


@scenario(rehearses="guide.merged.conversations", begins=Stage.MERGED, needs=BeginsChats, on=SHOP)
async def test_the_seller_writes_first_to_the_buyer_of_an_order(rehearsal: Rehearsal) -> None:
    """The seller begins a conversation with a buyer who ordered on Tokopedia and has not written; it arrives once."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    question = Message("TEXT", "Which colour would you like?", from_buyer=False)
    conversation = await rehearsal.seller.writes_to_the_buyer(order, question)
    await rehearsal.passes(minutes=15)

    assert conversation.received == [question]
