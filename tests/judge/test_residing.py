"""The rules about where data is asked for, and in which version, at their edges; and the rules that give way when Tokopedia closes."""

from __future__ import annotations

import pytest

from gladi.judge.bench import Bench, Judgement, Outcome
from gladi.record.clock import Clock
from gladi.record.journal import Journal, What
from gladi.record.operations import OPERATIONS
from gladi.record.wire import Notes, Request, Response
from gladi.record.words import SHOP, TOKOPEDIA, Platform, Stage

_NAMED = {operation.name: operation for operation in OPERATIONS}
PLACE = "data_is_asked_where_it_lives"
VERSION = "calls_use_a_current_version"
HISTORY = "historical_orders_are_asked_of_tokopedia"
NOTICED = "the_merge_is_noticed"
HOUR = 3_600_000


class Play:
    """A journal written by hand."""

    def __init__(self) -> None:
        self.clock = Clock(0)
        self.journal = Journal(self.clock)
        self.bench = Bench(self.journal)

    def calls(self, operation: str, path: str = "/somewhere", *, query: str = "", **notes: object) -> None:
        found = _NAMED[operation]
        request = Request(found.method, found.host, path, self.clock.now, query)
        response = Response(200, (), b"", Notes(shop="shop-1", **notes))  # type: ignore[arg-type]
        self.journal.call(request, response, found, Platform(operation.partition(".")[0]))

    def is_told(self) -> None:
        self.calls("tokopedia.get_shop_info", polls=("shop-1",), tells_merged=("shop-1",))

    def closes(self, regime: str = "closed") -> None:
        self.journal.fact(What.TOKOPEDIA_CLOSED, platform=TOKOPEDIA, value=regime)

    def judged(self, invariant: str) -> Judgement:
        return next(one for one in self.bench.settle(self.clock.now) if one.invariant.id == invariant)


def test_data_asked_for_in_the_wrong_place_is_told_once_with_how_the_system_knew() -> None:
    play = Play()
    play.is_told()
    for _ in range(2):
        play.calls("shop.search_returns", misplaced="returns of order OLD-001")

    judged = play.judged(PLACE)

    assert [(one.text, one.entries) for one in judged.violations] == [
        ("returns of order OLD-001 was asked of Tokopedia & Shop; Tokopedia alone holds that.", (1, 2))
    ]


@pytest.mark.parametrize(
    ("operation", "notes", "what"),
    [
        ("shop.search_returns", {"misplaced": "returns of order OLD-001"}, "returns of order OLD-001"),
        ("shop.get_product", {"misplaced": "product SKU-1"}, "product SKU-1"),
        ("shop.update_price", {"misplaced": "product SKU-1"}, "product SKU-1"),
        ("shop.get_orders", {"misses": ("OLD-001",), "placed": True}, "order OLD-001"),
    ],
)
def test_of_a_pending_seller_the_shop_is_not_asked_for_what_tokopedia_holds(operation: str, notes: dict[str, object], what: str) -> None:
    play = Play()

    play.calls(operation, **notes)  # type: ignore[arg-type]

    assert [(one.text, one.entries) for one in play.judged(PLACE).violations] == [
        (f"{what} was asked of Tokopedia & Shop; Tokopedia alone holds that.", (1,))
    ]


def test_from_the_merge_until_the_system_is_told_it_may_ask_where_it_likes() -> None:
    play = Play()
    play.journal.fact(What.STAGE, shop="shop-1", stage=Stage.MERGED)

    play.calls("tokopedia.list_orders", misplaced="orders placed after the merge")

    assert play.judged(PLACE).outcome is Outcome.NOT_REHEARSED


def test_once_told_an_order_that_is_asked_for_by_its_id_is_left_to_the_rule_of_its_own() -> None:
    play = Play()
    play.is_told()

    play.calls("shop.get_orders", misses=("OLD-001",), placed=True)

    assert play.judged(PLACE).outcome is Outcome.NOT_REHEARSED


def test_of_a_seller_without_a_tokopedia_store_tokopedia_is_never_asked() -> None:
    play = Play()
    play.journal.fact(What.NO_TOKOPEDIA_STORE, shop="shop-1", platform=SHOP)

    play.calls("tokopedia.get_order", misplaced="order INV-001")

    assert [one.text for one in play.judged(PLACE).violations] == [
        "order INV-001 was asked of Tokopedia; Tokopedia & Shop alone holds that."
    ]


@pytest.mark.parametrize("operation", ["shop.update_price", "shop.get_statements", "shop.search_products"])
def test_of_a_seller_without_a_tokopedia_store_all_data_is_on_the_shop(operation: str) -> None:
    play = Play()
    play.journal.fact(What.NO_TOKOPEDIA_STORE, shop="shop-1", platform=SHOP)

    play.calls(operation)

    assert (play.judged(PLACE).outcome, play.judged(PLACE).chances) == (Outcome.UPHELD, 1)


def test_data_asked_for_where_it_lives_is_no_breach() -> None:
    play = Play()
    play.is_told()

    play.calls("tokopedia.get_order", placed=True)

    assert (play.judged(PLACE).outcome, play.judged(PLACE).chances) == (Outcome.UPHELD, 1)


def test_a_list_that_either_platform_may_have_something_of_is_no_chance() -> None:
    play = Play()
    play.is_told()

    play.calls("shop.get_statements")

    assert play.judged(PLACE).outcome is Outcome.NOT_REHEARSED


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/order/202309/orders/search", Outcome.UPHELD),
        ("/order/202507/orders/search", Outcome.UPHELD),
        ("/order/202308/orders/search", Outcome.BROKEN),
        ("/order/202212/orders/search", Outcome.BROKEN),
        ("/api/v2/token/get", Outcome.NOT_REHEARSED),
    ],
)
def test_a_version_older_than_the_changelogs_is_a_breach(path: str, outcome: Outcome) -> None:
    play = Play()

    play.calls("shop.search_orders", path)

    assert play.judged(VERSION).outcome is outcome


@pytest.mark.parametrize(
    ("path", "query", "outcome"),
    [
        ("/api/orders/search", "version=202212", Outcome.BROKEN),
        ("/api/orders/search", "app_key=1&version=202309", Outcome.UPHELD),
        ("/order/202309/orders/search", "version=202212", Outcome.UPHELD),
        ("/api/orders/search", "version=next", Outcome.NOT_REHEARSED),
        ("/api/orders/search", "category_version=v1", Outcome.NOT_REHEARSED),
    ],
)
def test_a_version_in_the_query_counts_where_the_path_has_none(path: str, query: str, outcome: Outcome) -> None:
    play = Play()

    play.calls("shop.search_orders", path, query=query)

    assert play.judged(VERSION).outcome is outcome


def test_an_old_version_is_told_once_for_each_operation() -> None:
    play = Play()
    for _ in range(3):
        play.calls("shop.search_orders", "/order/202212/orders/search")

    judged = play.judged(VERSION)

    assert [one.text for one in judged.violations] == [
        "search orders was called in version 202212 of the TikTok Shop Open API; write 202309 or later."
    ]


@pytest.mark.parametrize(("regime", "outcome"), [("read only", Outcome.BROKEN), ("closed", Outcome.NOT_REHEARSED)])
def test_history_is_asked_of_tokopedia_as_long_as_it_reads(regime: str, outcome: Outcome) -> None:
    play = Play()
    play.is_told()
    play.closes(regime)

    play.calls("shop.get_orders", misses=("OLD-001",))

    assert play.judged(HISTORY).outcome is outcome


@pytest.mark.parametrize(("after", "outcome"), [(HOUR - 1, Outcome.NOT_REHEARSED), (HOUR, Outcome.BROKEN)])
def test_a_merge_need_not_be_noticed_when_nobody_could_tell_for_an_hour(after: int, outcome: Outcome) -> None:
    play = Play()
    play.journal.fact(What.STAGE, shop="shop-1", stage=Stage.MERGED)
    play.clock.leap(after)
    play.closes()
    play.clock.leap(5 * HOUR)

    judged = play.judged(NOTICED)

    assert judged.outcome is outcome
