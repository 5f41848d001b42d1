"""The rules about webhooks, registrations and tokens, each at its edge."""

from __future__ import annotations

import pytest

from gladi.judge.bench import Bench, Judgement, Outcome
from gladi.record.clock import Clock
from gladi.record.journal import Journal, What
from gladi.record.operations import OPERATIONS
from gladi.record.wire import Lost, Notes, Request, Response
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage

_NAMED = {operation.name: operation for operation in OPERATIONS}
ANSWERED, ONCE, FORGED, WIPED, EXPIRED, CHECKED = (
    "webhooks_are_answered",
    "webhooks_are_handled_once",
    "no_forged_webhook_is_believed",
    "a_registration_wipes_nothing",
    "an_expired_token_is_tried_at_most_twice",
    "a_separation_is_checked",
)
HOUR = 3_600_000
LINK = {"toko_shop_id": "6500001", "tts_seller_id": "7494000000000000001", "shop": "shop-1"}
OTHER = LINK | {"tts_seller_id": "7494000000000000002"}
NOTICE = {"about": "6500001", "text": "Shop 6500001 has merged."}
ROW = {"platform": "shop", "order_id": "576", "state": "to ship"}
NEWS = {"about": "INV-001", "text": "Order INV-001 is held."}


class Play:
    """A journal written by hand."""

    def __init__(self) -> None:
        self.journal = Journal(Clock(0))
        self.bench = Bench(self.journal)

    def calls(  # noqa: PLR0913 - what an answer is
        self,
        operation: str,
        *,
        lost: Lost | None = None,
        expired: bool = False,
        shop: str = "shop-1",
        status: int = 200,
        polls: tuple[str, ...] = (),
        at: int = 0,
    ) -> None:
        found = _NAMED[operation]
        notes = Notes(shop=shop, expired=expired, refusal="expired" if expired else None, polls=polls)
        response = Response(status, (), b"", notes, lost)
        self.journal.call(Request(found.method, found.host, "/somewhere", at), response, found, Platform(operation.partition(".")[0]))

    def webhook(self, status: int | None = 200, *, genuine: bool = True, again: bool = False, lost: bool = False) -> None:
        self.journal.webhook(TOKOPEDIA, "merge", status, shop="shop-1", genuine=genuine, again=again, lost=lost)

    def tells(self, notification: str = "1", status: int | None = 200, *, again: bool = False) -> None:
        self.journal.webhook(SHOP, "ORDER_STATUS_CHANGE", status, shop="shop-1", again=again, notification=notification)

    def separates(self, status: int | None = 200, *, genuine: bool = True, again: bool = False, shop: str = "shop-1") -> None:
        self.journal.webhook(TOKOPEDIA, "unmerge", status, shop=shop, genuine=genuine, again=again)

    def shows(self, capability: str, *rows: dict[str, str]) -> None:
        self.journal.showed(capability, rows)

    def judged(self, invariant: str) -> Judgement:
        return next(one for one in self.bench.settle(0) if one.invariant.id == invariant)

    def outcome(self, invariant: str) -> Outcome:
        return self.judged(invariant).outcome


@pytest.mark.parametrize(
    ("status", "outcome"), [(200, Outcome.UPHELD), (204, Outcome.UPHELD), (302, Outcome.BROKEN), (500, Outcome.BROKEN)]
)
def test_a_webhook_that_arrived_is_answered_2xx(status: int, outcome: Outcome) -> None:
    play = Play()
    play.webhook(status)

    assert play.outcome(ANSWERED) is outcome


@pytest.mark.parametrize("shown", [True, False])
def test_a_webhook_that_never_came_again_or_could_not_be_seen_to_change_anything_says_nothing_of_once(shown: bool) -> None:  # noqa: FBT001 - a parameter
    play = Play()
    play.webhook()
    if shown:
        play.shows("LinksShops", LINK)
    else:
        play.webhook(again=True)

    outcomes = {one.invariant.id: (one.outcome, one.chances) for one in play.bench.settle(0)}

    assert outcomes[ANSWERED] == (Outcome.UPHELD, 1 if shown else 2)
    assert outcomes[ONCE] == (Outcome.NOT_REHEARSED, 0)


def test_a_webhook_that_met_nobody_or_was_lost_or_forged_asks_for_no_2xx() -> None:
    play = Play()
    play.webhook(None)
    play.webhook(None, lost=True)
    play.webhook(401, genuine=False)

    assert play.outcome(ANSWERED) is Outcome.NOT_REHEARSED


@pytest.mark.parametrize(
    ("capability", "before", "after", "outcome"),
    [
        ("LinksShops", [LINK], [LINK], Outcome.UPHELD),
        ("LinksShops", [LINK], [LINK, LINK], Outcome.BROKEN),
        ("LinksShops", [LINK], [OTHER], Outcome.BROKEN),
        ("TellsSeller", [NOTICE], [NOTICE], Outcome.UPHELD),
        ("TellsSeller", [NOTICE], [NOTICE, NEWS], Outcome.UPHELD),
        ("TellsSeller", [NOTICE], [NOTICE, NOTICE], Outcome.BROKEN),
    ],
)
def test_a_webhook_that_comes_again_changes_nothing_that_is_shown(
    capability: str, before: list[dict[str, str]], after: list[dict[str, str]], outcome: Outcome
) -> None:
    play = Play()
    play.webhook()
    play.shows(capability, *before)
    play.webhook(again=True)
    play.shows(capability, *after)

    judged = play.judged(ONCE)

    assert (judged.outcome, judged.chances) == (outcome, 1)
    assert [one.entries for one in judged.violations] == ([(1, 3, 4)] if outcome is Outcome.BROKEN else [])


def test_a_webhook_that_was_refused_at_first_may_be_handled_when_it_comes_again() -> None:
    play = Play()
    play.webhook(500)
    play.shows("LinksShops")
    play.webhook(again=True)
    play.shows("LinksShops", LINK)

    outcomes = {one.invariant.id: one.outcome for one in play.bench.settle(0)}

    assert (outcomes[ANSWERED], outcomes[ONCE]) == (Outcome.BROKEN, Outcome.NOT_REHEARSED)


def test_what_is_told_long_after_it_came_again_is_not_blamed_on_it() -> None:
    play = Play()
    play.webhook()
    play.shows("TellsSeller", NOTICE)
    play.webhook(again=True)
    play.shows("TellsSeller", NOTICE)
    play.shows("TellsSeller", NOTICE, NOTICE)

    assert play.outcome(ONCE) is Outcome.UPHELD


@pytest.mark.parametrize(("status", "outcome"), [(401, Outcome.UPHELD), (403, Outcome.UPHELD), (200, Outcome.BROKEN)])
def test_a_forged_webhook_is_not_taken(status: int, outcome: Outcome) -> None:
    play = Play()
    play.webhook(status, genuine=False)

    assert play.outcome(FORGED) is outcome


@pytest.mark.parametrize("merged", [True, False])
def test_a_link_is_shown_only_of_a_shop_that_has_merged(merged: bool) -> None:  # noqa: FBT001 - a parameter
    play = Play()
    play.webhook(401, genuine=False)
    if merged:
        play.journal.fact(What.STAGE, shop="shop-1", stage=Stage.MERGED)
    play.shows("LinksShops", LINK)
    play.shows("LinksShops", LINK)

    judged = play.judged(FORGED)

    assert [one.text for one in judged.violations] == (
        [] if merged else ["the system shows a link of Tokopedia shop 6500001, which has not merged."]
    )


@pytest.mark.parametrize(("wiped", "outcome"), [("", Outcome.UPHELD), ("order_status_url", Outcome.BROKEN), (None, Outcome.NOT_REHEARSED)])
def test_a_registration_wipes_no_url(wiped: str | None, outcome: Outcome) -> None:
    play = Play()
    play.journal.fact(What.WEBHOOKS_REGISTERED, platform=TOKOPEDIA, value=wiped)

    assert play.outcome(WIPED) is outcome


@pytest.mark.parametrize(("tries", "outcome"), [(1, Outcome.UPHELD), (2, Outcome.UPHELD), (3, Outcome.BROKEN)])
def test_an_expired_token_is_tried_once_more_and_no_third_time(tries: int, outcome: Outcome) -> None:
    play = Play()
    for _ in range(tries):
        play.calls("shop.search_orders", expired=True, status=401)

    assert play.outcome(EXPIRED) is outcome


@pytest.mark.parametrize(("status", "lost", "breaches"), [(200, None, 0), (401, None, 1), (200, Lost.ANSWER, 1)])
def test_a_new_token_begins_the_count_anew_if_it_was_given(status: int, lost: Lost | None, breaches: int) -> None:
    play = Play()
    for _ in range(2):
        play.calls("shop.search_orders", expired=True, status=401)
    play.calls("shop.refresh_token", status=status, lost=lost)
    for _ in range(2):
        play.calls("shop.search_orders", expired=True, status=401)

    assert len(play.judged(EXPIRED).violations) == breaches


def test_the_tokens_of_two_sellers_are_counted_apart() -> None:
    play = Play()
    for shop in ("shop-1", "shop-2", "shop-1", "shop-2"):
        play.calls("shop.search_orders", expired=True, status=401, shop=shop)

    judged = play.judged(EXPIRED)

    assert (judged.outcome, judged.chances) == (Outcome.UPHELD, 2)


@pytest.mark.parametrize(("status", "outcome"), [(200, Outcome.UPHELD), (204, Outcome.BROKEN), (500, Outcome.BROKEN)])
def test_a_webhook_of_the_shop_is_answered_200_and_nothing_else(status: int, outcome: Outcome) -> None:
    play = Play()
    play.tells(status=status)

    assert play.outcome(ANSWERED) is outcome


@pytest.mark.parametrize(
    ("after", "outcome"),
    [([ROW], Outcome.UPHELD), ([ROW | {"state": "shipped"}], Outcome.UPHELD), ([ROW, ROW], Outcome.BROKEN)],
)
def test_a_webhook_of_the_shop_that_comes_again_shows_no_order_once_more(after: list[dict[str, str]], outcome: Outcome) -> None:
    play = Play()
    play.tells()
    play.shows("SeesOrders", ROW)
    play.tells(again=True)
    play.shows("SeesOrders", *after)

    assert play.outcome(ONCE) is outcome


def test_a_webhook_that_failed_before_is_no_repetition_of_another_one() -> None:
    play = Play()
    play.tells("1")
    play.tells("2", 500)
    play.shows("TellsSeller", NOTICE)
    play.tells("2", again=True)
    play.shows("TellsSeller", NOTICE, NOTICE)

    assert play.outcome(ONCE) is Outcome.NOT_REHEARSED


def test_orders_shown_after_a_doubled_webhook_of_tokopedia_are_not_blamed_on_it() -> None:
    play = Play()
    play.shows("SeesOrders", ROW)
    play.webhook()
    play.webhook(again=True)
    play.shows("SeesOrders", ROW, ROW)

    assert play.outcome(ONCE) is Outcome.NOT_REHEARSED


@pytest.mark.parametrize(
    ("asked_after", "outcome"), [(None, Outcome.BROKEN), (0, Outcome.UPHELD), (HOUR, Outcome.UPHELD), (HOUR + 1, Outcome.BROKEN)]
)
def test_a_separation_is_checked_within_the_hour(asked_after: int | None, outcome: Outcome) -> None:
    play = Play()
    play.separates()
    if asked_after is not None:
        play.calls("tokopedia.get_shop_info", polls=("shop-1",), at=asked_after)

    judged = next(one for one in play.bench.settle(2 * HOUR) if one.invariant.id == CHECKED)

    assert (judged.outcome, judged.chances) == (outcome, 1)


@pytest.mark.parametrize(("status", "genuine"), [(401, False), (500, True), (None, True)])
def test_a_separation_that_nobody_took_is_not_to_be_checked(status: int | None, genuine: bool) -> None:  # noqa: FBT001 - a parameter
    play = Play()
    play.separates(status, genuine=genuine)

    outcomes = {one.invariant.id: one.outcome for one in play.bench.settle(2 * HOUR)}

    assert outcomes[CHECKED] is Outcome.NOT_REHEARSED


@pytest.mark.parametrize(("again", "outcome", "chances"), [(True, Outcome.UPHELD, 1), (False, Outcome.BROKEN, 2)])
def test_a_separation_that_comes_again_as_it_was_asks_for_no_second_check(again: bool, outcome: Outcome, chances: int) -> None:  # noqa: FBT001 - a parameter
    play = Play()
    play.separates()
    play.calls("tokopedia.get_shop_info", polls=("shop-1",))
    play.separates(again=again)

    judged = next(one for one in play.bench.settle(2 * HOUR) if one.invariant.id == CHECKED)

    assert (judged.outcome, judged.chances) == (outcome, chances)


@pytest.mark.parametrize(("status", "shop"), [(500, "shop-1"), (None, "shop-1"), (200, "shop-2")])
def test_a_separation_that_was_not_taken_at_first_is_checked_when_it_comes_again(status: int | None, shop: str) -> None:
    play = Play()
    play.separates(status, shop=shop)
    play.calls("tokopedia.get_shop_info", polls=(shop,))
    play.separates(again=True)

    violations = next(one for one in play.bench.settle(2 * HOUR) if one.invariant.id == CHECKED).violations

    assert [one.entries for one in violations] == [(3,)]


def test_a_separation_is_checked_by_an_answer_that_came_and_of_the_shop_that_it_is_about() -> None:
    play = Play()
    play.separates()
    play.calls("tokopedia.get_shop_info", polls=("shop-1",), lost=Lost.ANSWER)
    play.calls("tokopedia.get_shop_info", polls=("shop-2",))

    outcomes = {one.invariant.id: one.outcome for one in play.bench.settle(HOUR)}

    assert outcomes[CHECKED] is Outcome.BROKEN


@pytest.mark.parametrize(("platform", "outcome"), [(TOKOPEDIA, Outcome.UPHELD), (SHOP, Outcome.BROKEN)])
def test_a_webhook_of_the_shop_makes_no_poll_of_tokopedia_free(platform: Platform, outcome: Outcome) -> None:
    play = Play()
    play.calls("tokopedia.get_shop_info", polls=("shop-1",))
    play.journal.fact(What.WEBHOOK_ARRIVED, shop="shop-1", platform=platform, value="an event")
    play.calls("tokopedia.get_shop_info", polls=("shop-1",), at=1000)

    assert play.outcome("shop_info_every_five_minutes") is outcome
