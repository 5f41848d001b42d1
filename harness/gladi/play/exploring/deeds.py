"""What people do in a play of a search: buyer, clerk, seller, courier, and the platform's own staff."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from gladi.play.exploring.machine import PlayMachine, one_of
from gladi.play.exploring.steps import Bought, step
from gladi.play.system import (
    AnswersCancellations,
    EditsProducts,
    ListsProducts,
    SeesOrders,
    SetsPrices,
    SetsStock,
    ShipsOrders,
)
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage

__all__ = ["Deeds"]

_MOST_ORDERS = 6
_TITLES = ("Batik Shirt Parang, stamped by hand in Solo", "Linen Kaftan in the colours of the dry season")


class Deeds(PlayMachine):
    """The rules of the people. Each is as lawful as its precondition says; what the system makes of it is what is searched for."""

    # -- the buyer -----------------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.play.orders) < _MOST_ORDERS)
    @rule(on=st.sampled_from(Platform))
    def a_buyer_orders(self, on: Platform) -> None:
        """Somebody buys in one of the two apps."""
        self.take(step("buyer.orders", on=on, gives=self.next_order))

    @precondition(lambda self: len(self.play.orders) < _MOST_ORDERS)
    @rule()
    def a_buyer_gets_an_order_that_is_held_back(self) -> None:
        """Somebody buys in the app of Tokopedia & Shop, and the platform holds the order back for an hour."""
        self.take(step("buyer.orders", on=SHOP, on_hold=True, gives=self.next_order))

    @precondition(lambda self: self.moves.to_cancel())
    @rule(order=one_of(lambda machine: machine.moves.to_cancel()))
    def a_buyer_cancels(self, order: Bought) -> None:
        """He takes his order back, or asks whether he may."""
        self.take(step("buyer.cancels", order))

    # -- the clerk -----------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.play.orders and self.can(ShipsOrders))
    @rule(order=one_of(lambda machine: machine.moves.orders()))
    def the_clerk_ships(self, order: Bought) -> None:
        """He presses *ship* on what the system shows, at whatever moment."""
        self.take(step("clerk.ships", order, needs=ShipsOrders))

    @precondition(lambda self: self.can(SeesOrders) and self.moves.to_hand_over())
    @rule(order=one_of(lambda machine: machine.moves.to_hand_over()))
    def the_clerk_hands_over(self, order: Bought) -> None:
        """The courier is at the door."""
        self.take(step("clerk.hands_over", order, needs=SeesOrders))

    # -- the seller ----------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.moves.stage is Stage.PENDING)
    @rule(takes=st.sampled_from((3, 5, 24)))
    def the_seller_links_the_shops(self, takes: int) -> None:
        """The integration begins, and lasts so many hours."""
        self.take(step("seller.links_the_shops", takes=takes))

    @precondition(lambda self: self.moves.stage is Stage.MERGED)
    @rule()
    def the_seller_confirms_the_product_merge(self) -> None:
        """He does so in Seller Center, where no system hears of it."""
        self.take(step("seller.confirms_the_product_merge"))

    @precondition(lambda self: self.can(SetsPrices))
    @rule(sku=one_of(lambda machine: machine.moves.skus()), thousands=st.integers(10, 400))
    def the_seller_sets_a_price(self, sku: str, thousands: int) -> None:
        """He does so in the system."""
        self.take(step("seller.sets_the_price", sku, to=thousands * 1000, needs=SetsPrices))

    @precondition(lambda self: self.can(SetsStock))
    @rule(sku=one_of(lambda machine: machine.moves.skus()), units=st.integers(0, 40))
    def the_seller_sets_the_stock(self, sku: str, units: int) -> None:
        """He does so in the system."""
        self.take(step("seller.sets_the_stock", sku, to=units, needs=SetsStock))

    @precondition(lambda self: self.can(EditsProducts))
    @rule(sku=one_of(lambda machine: machine.moves.skus()), title=st.sampled_from(_TITLES))
    def the_seller_edits_a_product(self, sku: str, title: str) -> None:
        """He changes its title in the system, whether or not the merge lets anybody."""
        self.take(step("seller.edits", sku, title=title, needs=EditsProducts))

    @precondition(lambda self: self.can(ListsProducts) and self.launches < 2)  # noqa: PLR2004 - one more would show no more
    @rule()
    def the_seller_launches_a_product(self) -> None:
        """He lists something new in the system, for both apps."""
        self.launches += 1
        self.take(step("seller.launches", f"NEW-{self.launches}", needs=ListsProducts))

    @precondition(lambda self: self.moves.skus_now(TOKOPEDIA if self.moves.stage is Stage.PENDING else SHOP))
    @rule(units=st.integers(1, 40), data=st.data())
    def the_seller_changes_stock_by_hand(self, units: int, data: st.DataObject) -> None:
        """He does so in the platform's own console, past the system."""
        on = TOKOPEDIA if self.moves.stage is Stage.PENDING else SHOP
        sku = data.draw(st.sampled_from(self.moves.skus_now(on)))
        self.take(step("seller.changes_stock_by_hand", sku, to=units, on=on))

    @precondition(lambda self: self.moves.to_ship_by_hand(TOKOPEDIA))
    @rule(order=one_of(lambda machine: machine.moves.to_ship_by_hand(TOKOPEDIA)))
    def the_seller_ships_by_hand_on_tokopedia(self, order: Bought) -> None:
        """He does so in the console, and the system has to see it."""
        self.take(step("seller.ships_by_hand", order, on=TOKOPEDIA))

    @precondition(lambda self: self.moves.to_ship_by_hand(SHOP))
    @rule(order=one_of(lambda machine: machine.moves.to_ship_by_hand(SHOP)))
    def the_seller_ships_by_hand_on_the_shop(self, order: Bought) -> None:
        """He does so in the console, and the system has to see it."""
        self.take(step("seller.ships_by_hand", order, on=SHOP))

    @precondition(lambda self: self.moves.to_accept_by_hand())
    @rule(order=one_of(lambda machine: machine.moves.to_accept_by_hand()))
    def the_seller_accepts_by_hand(self, order: Bought) -> None:
        """He accepts it in the console of Tokopedia and leaves it unshipped."""
        self.take(step("seller.accepts_by_hand", order))

    @precondition(lambda self: self.can(AnswersCancellations) and self.moves.to_answer())
    @rule(order=one_of(lambda machine: machine.moves.to_answer()), agrees=st.booleans())
    def the_seller_answers_a_cancellation(self, order: Bought, agrees: bool) -> None:  # noqa: FBT001 - Hypothesis draws it
        """He lets the buyer cancel, or has the order shipped all the same."""
        does = "seller.agrees_to_cancel" if agrees else "seller.refuses_to_cancel"
        self.take(step(does, order, needs=AnswersCancellations))

    # -- courier and platform ------------------------------------------------------------------------------------------

    @precondition(lambda self: self.play.orders)
    @rule(order=one_of(lambda machine: machine.moves.orders()), hours=st.integers(1, 6))
    def the_courier_has_another_time(self, order: Bought, hours: int) -> None:
        """Until then nobody can have the order shipped on Tokopedia & Shop."""
        self.take(step("courier.misses", order, hours=hours))

    @precondition(lambda self: self.moves.can_be_mirrored)
    @rule()
    def the_platform_mirrors_the_shop(self) -> None:
        """It shows the listings on the Tokopedia storefront, which is no merge."""
        self.take(step("platform.mirrors_the_shop"))

    @property
    def next_order(self) -> str:
        """The name that the next order's variable bears."""
        return f"order_{len(self.play.orders) + 1}"
