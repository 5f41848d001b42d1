"""Each rule at its edge: the last lawful journal and the first unlawful one."""

from typing import Any

import pytest

from gladi.judge.bench import Bench, Judgement, Outcome
from gladi.record.clock import Clock
from gladi.record.journal import Journal, What
from gladi.record.operations import OPERATIONS
from gladi.record.wire import Lost, Notes, Request, Response
from gladi.record.words import SHOP, TOKOPEDIA, Level, Platform, Stage

_NAMED = {operation.name: operation for operation in OPERATIONS}
MINUTE = 60_000


class Play:
    """A journal written by hand."""

    def __init__(self) -> None:
        self.clock = Clock(0)
        self.journal = Journal(self.clock)
        self.bench = Bench(self.journal)

    def passes(self, minutes: float) -> None:
        self.clock.leap(self.clock.now + round(minutes * MINUTE))

    def calls(self, operation: str, **notes: Any) -> None:
        found = _NAMED[operation]
        request = Request(found.method, found.host, "/somewhere", self.clock.now)
        lost = notes.pop("lost", None)
        response = Response(200, (), b"", Notes(shop="shop-1", **notes), lost=lost)
        self.journal.call(request, response, found, Platform(operation.partition(".")[0]))

    def merges(self) -> None:
        self.journal.fact(What.STAGE, shop="shop-1", stage=Stage.MERGED)

    def webhook(self, status: int | None = 200) -> None:
        if status is not None:
            self.journal.fact(What.WEBHOOK_ARRIVED, shop="shop-1", platform=TOKOPEDIA, value="merge")
        self.journal.webhook(TOKOPEDIA, "merge", status, shop="shop-1", tells_merged=("shop-1",), lost=status is None)

    def judged(self, invariant: str) -> Judgement:
        return next(one for one in self.bench.settle(self.clock.now) if one.invariant.id == invariant)

    def outcome(self, invariant: str) -> Outcome:
        return self.judged(invariant).outcome


def test_the_same_order_leaving_twice_is_told_with_both_parcels() -> None:
    play = Play()
    for platform in (TOKOPEDIA, SHOP):
        play.journal.fact(What.PARCEL_LEFT, order="INV-001", shop="shop-1", platform=platform, parcel=platform)
        play.calls("shop.ship_package", touches="INV-001")

    judged = play.judged("an_order_leaves_once")

    assert [(one.text, one.entries) for one in judged.violations] == [("order INV-001 left 2 times.", (1, 3))]


def test_two_orders_leaving_once_each_are_no_breach() -> None:
    play = Play()
    for order in ("INV-001", "INV-002"):
        play.journal.fact(What.PARCEL_LEFT, order=order, shop="shop-1", platform=SHOP, parcel=order)

    assert play.outcome("an_order_leaves_once") is Outcome.UPHELD


@pytest.mark.parametrize(
    ("shown", "outcome"), [((), Outcome.BROKEN), (({"order": "INV-001"},), Outcome.UPHELD), (({"order_id": "99"},), Outcome.BROKEN)]
)
def test_a_paid_order_that_is_not_shown_is_lost(shown: tuple[dict[str, str], ...], outcome: Outcome) -> None:
    play = Play()
    play.journal.fact(What.ORDER_PAID, order="INV-001", shop="shop-1", platform=TOKOPEDIA)
    play.journal.showed("SeesOrders", shown)

    assert play.outcome("no_paid_order_is_lost") is outcome


@pytest.mark.parametrize(("ending", "outcome"), [(What.ORDER_EXPIRED, Outcome.BROKEN), (What.ORDER_CANCELLED, Outcome.UPHELD)])
def test_an_order_that_expired_without_being_shown_is_lost_and_one_that_was_cancelled_is_not(ending: str, outcome: Outcome) -> None:
    play = Play()
    play.journal.fact(What.ORDER_PAID, order="INV-001", shop="shop-1", platform=TOKOPEDIA)
    play.journal.fact(ending, order="INV-001", shop="shop-1", platform=TOKOPEDIA)
    play.journal.showed("SeesOrders", ())

    assert play.outcome("no_paid_order_is_lost") is outcome


def test_an_order_that_has_left_need_not_be_shown_any_more() -> None:
    play = Play()
    play.journal.fact(What.ORDER_PAID, order="INV-001", shop="shop-1", platform=TOKOPEDIA)
    play.journal.fact(What.PARCEL_LEFT, order="INV-001", shop="shop-1", platform=TOKOPEDIA, parcel="TKP-1")
    play.journal.showed("SeesOrders", ())

    assert play.outcome("no_paid_order_is_lost") is Outcome.UPHELD


def test_an_order_that_was_shown_once_and_is_gone_from_the_last_list_is_lost() -> None:
    play = Play()
    play.journal.fact(What.ORDER_PAID, order="INV-001", shop="shop-1", platform=TOKOPEDIA)
    for rows in (({"order": "INV-001"},), (), ()):
        play.journal.showed("SeesOrders", rows)

    assert [(one.text, one.entries) for one in play.judged("no_paid_order_is_lost").violations] == [
        ("order INV-001 was paid on Tokopedia and is lost: the system showed it once, and does so no longer.", (1, 2, 4))
    ]


def test_an_order_that_is_shown_late_is_not_lost() -> None:
    play = Play()
    play.journal.fact(What.ORDER_PAID, order="INV-001", shop="shop-1", platform=TOKOPEDIA)
    for rows in ((), ({"order": "INV-001"},)):
        play.journal.showed("SeesOrders", rows)

    assert play.outcome("no_paid_order_is_lost") is Outcome.UPHELD


def test_a_system_that_cannot_be_asked_for_its_orders_is_not_judged_for_losing_them() -> None:
    play = Play()
    play.journal.fact(What.ORDER_PAID, order="INV-001", shop="shop-1", platform=TOKOPEDIA)

    assert play.outcome("no_paid_order_is_lost") is Outcome.NOT_REHEARSED


@pytest.mark.parametrize(("minutes", "outcome"), [(5, Outcome.UPHELD), (4.99, Outcome.BROKEN)])
def test_two_polls_are_five_minutes_apart(minutes: float, outcome: Outcome) -> None:
    play = Play()
    play.calls("tokopedia.get_shop_info", polls=("shop-1",))
    play.passes(minutes)
    play.calls("tokopedia.get_shop_info", polls=("shop-1",))

    assert play.outcome("shop_info_every_five_minutes") is outcome


def test_polling_too_often_warns_and_does_not_fail() -> None:
    play = Play()
    for _ in range(2):
        play.calls("tokopedia.get_shop_info", polls=("shop-1",))

    judged = play.judged("shop_info_every_five_minutes")

    assert ([one.level for one in judged.violations], judged.fails) == ([Level.WARNING], False)


@pytest.mark.parametrize(("confirmations", "outcome"), [(1, Outcome.UPHELD), (2, Outcome.BROKEN)])
def test_one_confirming_poll_after_a_webhook_is_free_and_a_second_is_not(confirmations: int, outcome: Outcome) -> None:
    play = Play()
    play.calls("tokopedia.get_shop_info", polls=("shop-1",))
    play.webhook()
    for _ in range(confirmations):
        play.passes(1)
        play.calls("tokopedia.get_shop_info", polls=("shop-1",))

    assert play.outcome("shop_info_every_five_minutes") is outcome


def test_a_webhook_that_was_lost_frees_no_poll() -> None:
    play = Play()
    play.calls("tokopedia.get_shop_info", polls=("shop-1",))
    play.webhook(None)
    play.calls("tokopedia.get_shop_info", polls=("shop-1",))

    assert play.outcome("shop_info_every_five_minutes") is Outcome.BROKEN


def test_polls_of_two_shops_are_counted_apart() -> None:
    play = Play()
    play.calls("tokopedia.get_shop_info", polls=("shop-1",))
    play.calls("tokopedia.get_shop_info", polls=("shop-2",))

    assert play.judged("shop_info_every_five_minutes").violations == ()


@pytest.mark.parametrize(("minutes", "outcome"), [(60, Outcome.UPHELD), (59, Outcome.BROKEN)])
def test_a_locked_shop_is_tried_again_after_an_hour(minutes: float, outcome: Outcome) -> None:
    play = Play()
    play.calls("shop.partial_edit_product", refusal="locked_while_merging", touches="SKU")
    play.passes(minutes)
    play.calls("shop.partial_edit_product", refusal="locked_while_merging", touches="SKU")

    assert play.outcome("only_price_and_stock_while_merging") is outcome


def test_another_fault_does_not_end_the_wait_for_the_lock_and_a_write_does() -> None:
    faulty, written = Play(), Play()
    for play, between in ((faulty, {"refusal": "product_input_invalid"}), (written, {})):
        play.calls("shop.partial_edit_product", refusal="locked_while_merging")
        play.calls("shop.partial_edit_product", **between)
        play.calls("shop.partial_edit_product", refusal="locked_while_merging")

    assert [play.outcome("only_price_and_stock_while_merging") for play in (faulty, written)] == [Outcome.BROKEN, Outcome.UPHELD]


def test_a_refusal_that_was_never_heard_begins_no_wait() -> None:
    play = Play()
    play.calls("shop.partial_edit_product", refusal="locked_while_merging", lost=Lost.UNREADABLE)
    play.calls("shop.partial_edit_product", refusal="locked_while_merging")

    judged = play.judged("only_price_and_stock_while_merging")

    assert (judged.outcome, judged.chances) == (Outcome.UPHELD, 1)


def test_the_first_refusal_on_each_platform_is_how_a_system_learns_of_the_lock() -> None:
    play = Play()
    play.calls("tokopedia.edit_products", refusal="locked_by_the_merge", touches="SKU")
    play.calls("shop.partial_edit_product", refusal="locked_while_merging", touches="SKU")

    judged = play.judged("only_price_and_stock_while_merging")

    assert (judged.outcome, judged.chances) == (Outcome.UPHELD, 2)


@pytest.mark.parametrize("read", [True, False])
def test_a_new_order_is_read_from_the_shop_once_the_system_was_told(read: bool) -> None:  # noqa: FBT001 - a parameter
    play = Play()
    play.merges()
    play.webhook()
    play.journal.fact(What.ORDER_PLACED, order="INV-001", shop="shop-1", platform=SHOP)
    play.calls("shop.search_orders" if read else "tokopedia.list_orders", shows=("INV-001",))

    assert play.outcome("new_orders_are_read_from_the_shop") is (Outcome.UPHELD if read else Outcome.BROKEN)


@pytest.mark.parametrize("status", [None, 500])
def test_a_webhook_that_was_lost_or_refused_tells_nothing(status: int | None) -> None:
    play = Play()
    play.merges()
    play.webhook(status)
    play.journal.fact(What.ORDER_PLACED, order="INV-001", shop="shop-1", platform=SHOP)
    play.passes(120)

    assert play.outcome("new_orders_are_read_from_the_shop") is Outcome.NOT_REHEARSED
    assert play.outcome("the_merge_is_noticed") is Outcome.BROKEN


@pytest.mark.parametrize(("minutes", "outcome"), [(60, Outcome.UPHELD), (61, Outcome.BROKEN)])
def test_a_merge_is_noticed_within_the_hour(minutes: float, outcome: Outcome) -> None:
    play = Play()
    play.merges()
    play.passes(minutes)
    play.calls("tokopedia.get_shop_info", polls=("shop-1",), tells_merged=("shop-1",))

    assert play.outcome("the_merge_is_noticed") is outcome


@pytest.mark.parametrize(
    ("before", "down", "after", "outcome"), [(10, 120, 50, Outcome.UPHELD), (10, 120, 51, Outcome.BROKEN), (0, 600, 1, Outcome.UPHELD)]
)
@pytest.mark.parametrize("is_told", [True, False])
def test_a_system_that_is_down_need_not_notice_a_merge_before_it_is_back(
    before: int, down: int, after: int, outcome: Outcome, *, is_told: bool
) -> None:
    play = Play()
    play.merges()
    play.passes(before)
    play.journal.fact(What.SYSTEM_DOWN)
    play.passes(down)
    play.journal.fact(What.SYSTEM_BACK)
    play.passes(after)
    if is_told:
        play.calls("tokopedia.get_shop_info", polls=("shop-1",), tells_merged=("shop-1",))

    # An hour to the minute is in time for who was told, and over for who was not.
    never = Outcome.NOT_REHEARSED if after == 1 else Outcome.BROKEN
    assert play.outcome("the_merge_is_noticed") is (outcome if is_told else never)


@pytest.mark.parametrize(("minutes", "outcome"), [(60, Outcome.UPHELD), (61, Outcome.BROKEN)])
def test_what_was_down_before_the_merge_neither_excuses_nor_accuses_who_slept_after_it(minutes: int, outcome: Outcome) -> None:
    play = Play()
    play.journal.fact(What.SYSTEM_DOWN)
    play.passes(120)
    play.journal.fact(What.SYSTEM_BACK)
    play.passes(30)
    play.merges()
    play.passes(minutes)
    play.calls("tokopedia.get_shop_info", polls=("shop-1",), tells_merged=("shop-1",))

    assert play.outcome("the_merge_is_noticed") is outcome


@pytest.mark.parametrize(
    ("course", "outcome"),
    [
        ("up 30, down 60, up 20, down 60, up 10, told", Outcome.UPHELD),
        ("up 30, down 60, up 20, down 60, up 11, told", Outcome.BROKEN),
        ("up 61, told, down 60", Outcome.BROKEN),
        ("up 61, told, down 60, up 1", Outcome.BROKEN),
        ("up 59, down 60", Outcome.NOT_REHEARSED),
        ("up 60, down 60", Outcome.BROKEN),
        ("up 10, down 30, up 20, closed, up 300", Outcome.NOT_REHEARSED),
        ("up 10, down 30, up 50, closed, up 300", Outcome.BROKEN),
    ],
)
def test_only_time_in_which_the_system_could_be_told_counts(course: str, outcome: Outcome) -> None:
    play = Play()
    play.merges()
    for word, minutes in (part.partition(" ")[::2] for part in course.split(", ")):
        if word == "told":
            play.calls("tokopedia.get_shop_info", polls=("shop-1",), tells_merged=("shop-1",))
        elif word == "closed":
            play.journal.fact(What.TOKOPEDIA_CLOSED, value="closed")
        else:
            if word == "down":
                play.journal.fact(What.SYSTEM_DOWN)
            play.passes(int(minutes))
            if word == "down" and not course.endswith(f"{word} {minutes}"):
                play.journal.fact(What.SYSTEM_BACK)

    assert play.outcome("the_merge_is_noticed") is outcome


def test_a_merge_of_a_moment_ago_need_not_be_noticed_yet() -> None:
    play = Play()
    play.merges()
    play.passes(30)

    assert play.outcome("the_merge_is_noticed") is Outcome.NOT_REHEARSED


@pytest.mark.parametrize(
    ("between", "agree", "outcome", "chances"),
    [
        ("webhook and the system's link", True, Outcome.UPHELD, 1),
        ("webhook and the system's link", False, Outcome.BROKEN, 1),
        ("webhook and Get Shop Info", True, Outcome.NOT_REHEARSED, 0),
        ("webhook and Get Shop Info", False, Outcome.BROKEN, 0),
    ],
)
def test_ids_that_disagree_are_a_breach_and_the_systems_alone_a_chance(
    between: str,
    agree: bool,  # noqa: FBT001 - a parameter
    outcome: Outcome,
    chances: int,
) -> None:
    play = Play()
    play.journal.compared("shop-1", between, agree=agree, why="tts_seller_id: rounded")

    judged = play.judged("ids_agree")

    assert (judged.outcome, judged.chances) == (outcome, chances)


@pytest.mark.parametrize(("authorized", "outcome"), [(True, Outcome.BROKEN), (False, Outcome.NOT_REHEARSED)])
@pytest.mark.parametrize("invariant", ["no_paid_order_is_lost", "new_orders_are_read_from_the_shop"])
def test_what_lives_in_a_shop_without_authorization_is_nobodys_to_show(invariant: str, authorized: bool, outcome: Outcome) -> None:  # noqa: FBT001 - a parameter
    play = Play()
    if not authorized:
        play.journal.fact(What.NOT_AUTHORIZED, shop="shop-1", platform=SHOP)
    play.merges()
    play.webhook()
    for what in (What.ORDER_PLACED, What.ORDER_PAID):
        play.journal.fact(what, order="INV-001", shop="shop-1", platform=SHOP)
    play.journal.showed("SeesOrders", ())

    assert play.outcome(invariant) is outcome
