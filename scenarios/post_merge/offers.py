"""After the merge buyers of two apps are spoken with in one place, and each can be shown only what his own app has."""

from gladi import SHOP, TOKOPEDIA, Chats, Message, OffersInChats, Rehearsal, Stage, TellsSeller, scenario


@scenario(rehearses="changelog.chats.buyer-platform", begins=Stage.CONFIRMED, needs=OffersInChats, on=SHOP)
async def test_what_is_offered_in_a_dialogue_is_of_the_buyers_app(rehearsal: Rehearsal) -> None:
    """Beside the conversation with a buyer on Tokopedia the seller finds its products and orders, and none of the other app."""
    order = await rehearsal.buyer.orders(on=TOKOPEDIA)
    await rehearsal.buyer.orders(on=SHOP)
    conversation = await rehearsal.buyer.writes(on=TOKOPEDIA, about=order)
    await rehearsal.passes(minutes=15)
    offered = await rehearsal.seller.sees_what_to_offer(conversation)

    assert offered.misfits == ()
    assert order.id_on(SHOP) in offered.order_ids
    assert rehearsal.shelves.sku_that_came_over() in offered.skus


@scenario(rehearses="changelog.chats.buyer-platform", begins=Stage.CONFIRMED, needs=(Chats, TellsSeller), on=SHOP)
async def test_a_card_that_does_not_fit_the_buyers_app_is_told_to_the_seller(rehearsal: Rehearsal) -> None:
    """A buyer on Tokopedia cannot be shown a product that is not listed there: the seller is told, and the buyer receives nothing."""
    conversation = await rehearsal.buyer.writes(on=TOKOPEDIA)
    await rehearsal.passes(minutes=15)
    before, sku = await rehearsal.seller.reads_the_notices(), rehearsal.shelves.sku_in_the_app_of(SHOP)
    await rehearsal.seller.answers(conversation, Message("PRODUCT_CARD", "", sku=sku))
    await rehearsal.passes(minutes=15)

    told = await rehearsal.seller.was_told(conversation.id, (sku, "card", "product"), ("not", "cannot", "refused", "failed"), after=before)
    assert (conversation.received, told) == ([], True)
