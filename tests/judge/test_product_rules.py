"""The rules about product writes, each at its edge: the last lawful journal and the first unlawful one."""

from __future__ import annotations

import pytest

from gladi.judge.bench import Outcome
from gladi.record.journal import What
from gladi.record.operations import OPERATIONS
from gladi.record.wire import Lost, Notes, Request, Response
from gladi.record.words import SHOP, TOKOPEDIA, Stage
from tests.judge.test_invariants import Play

PROBES = "product_writes_before_the_confirmation_are_probes"
NAMES = "every_product_write_names_its_platforms"
DROPPED = "a_refused_change_is_never_dropped"
WHILE_MERGING = "only_price_and_stock_while_merging"
BOTH = ("TIKTOK_SHOP", "TOKOPEDIA")


def enters(play: Play, stage: Stage) -> None:
    play.journal.fact(What.STAGE, shop="shop-1", stage=stage)


def tells(play: Play, *about: str, product: str | None = None) -> None:
    known = {"product": product} if product else {}
    play.journal.showed("TellsSeller", tuple({"about": one, "text": "It waits."} | known for one in about))


@pytest.mark.parametrize(("minutes", "outcome"), [(59.9, Outcome.BROKEN), (60, Outcome.UPHELD)])
@pytest.mark.parametrize("second", ["shop.edit_product", "shop.create_product", "shop.activate_products"])
def test_before_the_confirmation_pages_are_probed_once_an_hour(second: str, minutes: float, outcome: Outcome) -> None:
    play = Play()
    play.calls("shop.partial_edit_product", refusal="locked_until_confirmed")
    play.passes(minutes)
    play.calls(second, refusal="locked_until_confirmed")

    assert play.outcome(PROBES) is outcome


def test_a_probe_that_comes_too_soon_is_told_with_both_calls() -> None:
    play = Play()
    for minutes in (5, 0):
        play.calls("shop.update_price", refusal="locked_until_confirmed", touches="BTK")
        play.passes(minutes)

    judged = play.judged(PROBES)

    assert [(one.text, one.entries, one.shop) for one in judged.violations] == [
        (
            "BTK was written on Tokopedia & Shop again 5 minutes after the platform had said that the product merge is not confirmed.",
            (1, 2),
            "shop-1",
        )
    ]


def test_the_refusal_of_a_page_says_nothing_of_prices() -> None:
    play = Play()
    play.calls("shop.partial_edit_product", refusal="locked_until_confirmed")
    play.calls("shop.update_price", refusal="locked_until_confirmed")

    assert play.outcome(PROBES) is Outcome.UPHELD


def test_another_fault_does_not_end_the_wait_and_a_write_does() -> None:
    faulty, written = Play(), Play()
    for play, between in ((faulty, {"refusal": "product_input_invalid"}), (written, {})):
        play.calls("shop.edit_product", refusal="locked_until_confirmed")
        play.calls("shop.edit_product", **between)
        play.calls("shop.edit_product", refusal="locked_until_confirmed")

    assert [play.outcome(PROBES) for play in (faulty, written)] == [Outcome.BROKEN, Outcome.UPHELD]


def test_a_refusal_that_was_never_heard_begins_no_wait() -> None:
    play = Play()
    play.calls("shop.edit_product", refusal="locked_until_confirmed", lost=Lost.LATE)
    play.calls("shop.edit_product", refusal="locked_until_confirmed")

    assert play.outcome(PROBES) is Outcome.UPHELD


@pytest.mark.parametrize("lock", ["locked_while_merging", "locked_by_the_merge"])
def test_a_lock_while_merging_is_no_wait_for_the_confirmation(lock: str) -> None:
    play = Play()
    play.calls("shop.edit_product", refusal=lock)
    play.calls("shop.create_product", refusal=lock)

    outcomes = {one.invariant.id: one.outcome for one in play.bench.settle(play.clock.now)}

    assert (outcomes[PROBES], outcomes[WHILE_MERGING]) == (Outcome.NOT_REHEARSED, Outcome.BROKEN)


@pytest.mark.parametrize(("listed_on", "outcome"), [((), Outcome.BROKEN), (BOTH, Outcome.UPHELD), (None, Outcome.NOT_REHEARSED)])
def test_once_told_a_product_write_names_its_platforms(listed_on: tuple[str, ...] | None, outcome: Outcome) -> None:
    play = Play()
    play.webhook()
    play.calls("shop.edit_product", listed_on=listed_on)

    assert play.outcome(NAMES) is outcome


def test_a_refused_write_has_to_name_its_platforms_too() -> None:
    play = Play()
    play.webhook()
    play.calls("shop.create_product", listed_on=(), refusal="locked_until_confirmed", touches="SCF")

    assert [(one.text, one.entries) for one in play.judged(NAMES).violations] == [
        ("SCF was written on Tokopedia & Shop without a word about the apps on which it is to be listed.", (2, 3))
    ]


def test_who_was_not_told_of_the_merge_has_one_app_only() -> None:
    play = Play()
    play.merges()
    play.calls("shop.edit_product", listed_on=())
    play.calls("tokopedia.get_shop_info", tells_merged=("shop-1",))

    assert play.outcome(NAMES) is Outcome.NOT_REHEARSED


def test_a_refused_change_that_nobody_heard_of_again_is_dropped() -> None:
    play = Play()
    play.calls("tokopedia.edit_products", refusal="locked_by_the_merge", touches="BTK")
    tells(play, "KFT")

    assert [(one.text, one.entries) for one in play.judged(DROPPED).violations] == [
        (
            "the product page of BTK was refused on Tokopedia because of the merge; it was never written afterwards, and nobody was told.",
            (1,),
        )
    ]


def test_a_change_that_is_refused_again_and_again_is_one_change() -> None:
    play = Play()
    for _ in range(3):
        play.calls("shop.update_price", refusal="locked_until_confirmed", touches="BTK")
    tells(play)

    judged = play.judged(DROPPED)

    assert (judged.chances, [one.entries for one in judged.violations]) == (1, [(1,)])


@pytest.mark.parametrize(("about", "product"), [("BTK", None), ("BTK-M", "BTK")])
def test_a_refused_change_of_which_the_seller_was_told_is_not_dropped(about: str, product: str | None) -> None:
    play = Play()
    play.calls("shop.edit_product", refusal="locked_while_merging", touches="BTK")
    tells(play, about, product=product)

    assert play.outcome(DROPPED) is Outcome.UPHELD


@pytest.mark.parametrize(
    ("later", "notes", "outcome"),
    [
        ("shop.partial_edit_product", {"touches": "BTK", "changes": ("title",)}, Outcome.UPHELD),
        ("shop.edit_product", {"touches": "BTK", "changes": ("title", "description")}, Outcome.UPHELD),
        ("tokopedia.edit_products", {"touches": "BTK", "changes": ("title",)}, Outcome.UPHELD),
        ("shop.partial_edit_product", {"touches": "BTK", "changes": ("description",)}, Outcome.BROKEN),
        ("shop.deactivate_products", {"touches": "BTK"}, Outcome.BROKEN),
        ("shop.partial_edit_product", {"touches": "KFT", "changes": ("title",)}, Outcome.BROKEN),
        ("shop.update_price", {"touches": "BTK"}, Outcome.BROKEN),
        ("shop.partial_edit_product", {"touches": "BTK", "changes": ("title",), "refusal": "product_input_invalid"}, Outcome.BROKEN),
    ],
)
def test_a_refused_title_is_made_good_by_a_title_alone(later: str, notes: dict[str, object], outcome: Outcome) -> None:
    play = Play()
    enters(play, Stage.MERGED)
    play.calls("tokopedia.edit_products", refusal="locked_by_the_merge", touches="BTK", changes=("title",))
    play.calls(later, **notes)
    tells(play)

    assert play.outcome(DROPPED) is outcome


@pytest.mark.parametrize(
    ("refused", "stage", "written", "outcome"),
    [
        ("tokopedia.update_stock", Stage.MERGED, "shop.update_inventory", Outcome.UPHELD),
        ("tokopedia.update_stock", Stage.MERGING, "shop.update_inventory", Outcome.BROKEN),
        ("shop.update_inventory", Stage.MERGED, "tokopedia.update_stock", Outcome.BROKEN),
        ("tokopedia.update_price", Stage.MERGED, "shop.update_price", Outcome.UPHELD),
        ("tokopedia.update_stock", Stage.MERGED, "shop.update_price", Outcome.BROKEN),
        ("tokopedia.update_price", Stage.MERGED, "shop.update_inventory", Outcome.BROKEN),
    ],
)
def test_what_tokopedia_refused_is_written_on_the_shop_once_the_shops_have_merged(
    refused: str, stage: Stage, written: str, outcome: Outcome
) -> None:
    play = Play()
    enters(play, stage)
    play.calls(refused, refusal="locked_until_confirmed", touches="BTK")
    play.calls(written, touches="BTK")
    tells(play)

    assert play.outcome(DROPPED) is outcome


def test_a_merge_that_failed_gives_tokopedia_its_own_changes_back() -> None:
    play = Play()
    enters(play, Stage.MERGED)
    enters(play, Stage.PENDING)
    play.calls("tokopedia.update_stock", refusal="locked_by_the_merge", touches="BTK")
    play.calls("shop.update_inventory", touches="BTK")
    tells(play)

    assert [one.text.partition(" of BTK")[0] for one in play.judged(DROPPED).violations] == ["the stock"]


TOKOPEDIA_ALONE, SHOP_ALONE = ("TOKOPEDIA",), ("TIKTOK_SHOP",)


@pytest.mark.parametrize(
    ("refused", "listed_on", "written", "then_on", "left"),
    [
        ("tokopedia.create_products", None, "shop.create_product", BOTH, []),
        ("tokopedia.create_products", None, "shop.create_product", SHOP_ALONE, ["launch"]),
        ("shop.create_product", (), "shop.create_product", SHOP_ALONE, []),
        ("shop.create_product", BOTH, "shop.create_product", SHOP_ALONE, ["launch"]),
        ("shop.create_product", BOTH, "shop.partial_edit_product", BOTH, []),
        ("shop.create_product", SHOP_ALONE, "shop.partial_edit_product", (), ["launch"]),
        ("tokopedia.activate_products", None, "shop.activate_products", TOKOPEDIA_ALONE, []),
        ("tokopedia.activate_products", None, "shop.deactivate_products", TOKOPEDIA_ALONE, ["listing"]),
        ("tokopedia.deactivate_products", None, "shop.deactivate_products", TOKOPEDIA_ALONE, []),
        ("tokopedia.deactivate_products", None, "shop.deactivate_products", (), ["delisting"]),
        ("tokopedia.deactivate_products", None, "shop.activate_products", TOKOPEDIA_ALONE, ["delisting"]),
        ("tokopedia.deactivate_products", None, "shop.partial_edit_product", SHOP_ALONE, []),
        ("tokopedia.deactivate_products", None, "shop.partial_edit_product", BOTH, ["delisting"]),
        ("shop.partial_edit_product", BOTH, "shop.partial_edit_product", SHOP_ALONE, ["listing"]),
        ("shop.partial_edit_product", (), "shop.partial_edit_product", (), []),
    ],
)
def test_what_was_refused_of_the_shelves_is_made_good_for_the_same_buyers(
    refused: str, listed_on: tuple[str, ...] | None, written: str, then_on: tuple[str, ...], left: list[str]
) -> None:
    play = Play()
    enters(play, Stage.MERGED)
    play.calls(refused, refusal="locked_until_confirmed", touches="BTK", listed_on=listed_on)
    play.calls(written, touches="BTK", listed_on=then_on)
    tells(play)

    assert [one.text.partition(" of BTK")[0].removeprefix("the ") for one in play.judged(DROPPED).violations] == left


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        (["BTK"], ["BTK"], Outcome.BROKEN),
        (["BTK"], ["BTK", "BTK"], Outcome.UPHELD),
        (["BTK"], ["BTK", "KFT"], Outcome.BROKEN),
        ([], ["BTK"], Outcome.UPHELD),
    ],
)
def test_what_the_seller_was_told_before_is_no_word_about_what_was_refused_since(
    before: list[str], after: list[str], outcome: Outcome
) -> None:
    play = Play()
    tells(play, *before)
    play.calls("shop.edit_product", refusal="locked_while_merging", touches="BTK")
    tells(play, *after)

    assert play.outcome(DROPPED) is outcome


@pytest.mark.parametrize(
    ("who", "did", "sku", "outcome"),
    [
        ("the seller", "set the price of BTK to Rp9.000", "BTK", Outcome.UPHELD),
        ("the seller", "set the stock of BTK to 9", "BTK", Outcome.BROKEN),
        ("the seller", "set the title of BTK to Batik", "BTK", Outcome.BROKEN),
        ("the seller", "set the price of KFT to Rp9.000", "KFT", Outcome.BROKEN),
        ("the seller", "set the price of BTK to Rp9.000 by hand, in the console of Tokopedia", "BTK", Outcome.BROKEN),
        ("the seller", "set the price of everything", None, Outcome.BROKEN),
        ("the buyer", "asked for the price of BTK", "BTK", Outcome.BROKEN),
    ],
)
def test_a_notice_may_come_before_the_refusal_when_the_seller_had_just_asked_for_that_part(
    who: str, did: str, sku: str | None, outcome: Outcome
) -> None:
    play = Play()
    play.journal.deed(who, did, sku=sku)
    tells(play)
    tells(play, "BTK")
    play.calls("shop.update_price", refusal="locked_until_confirmed", touches="BTK")
    tells(play, "BTK")

    assert play.outcome(DROPPED) is outcome


def test_what_the_seller_was_told_before_he_asked_is_no_word_about_what_he_asked_for() -> None:
    play = Play()
    tells(play, "BTK")
    play.journal.deed("the seller", "set the price of BTK to Rp9.000", sku="BTK")
    tells(play, "BTK")
    play.calls("shop.update_price", refusal="locked_until_confirmed", touches="BTK")
    tells(play, "BTK")

    assert play.outcome(DROPPED) is Outcome.BROKEN


@pytest.mark.parametrize("written", [False, True])
def test_one_who_asks_again_for_what_still_waits_need_not_be_told_again(written: bool) -> None:  # noqa: FBT001 - a parameter
    play = Play()
    play.journal.deed("the seller", "set the price of BTK to Rp9.000", sku="BTK")
    tells(play)
    tells(play, "BTK")
    if written:
        play.calls("shop.update_price", touches="BTK")
    play.journal.deed("the seller", "set the price of BTK to Rp8.000", sku="BTK")
    tells(play, "BTK")
    play.calls("shop.update_price", refusal="locked_until_confirmed", touches="BTK")
    tells(play, "BTK")

    assert play.outcome(DROPPED) is (Outcome.BROKEN if written else Outcome.UPHELD)


def test_a_notice_that_was_shown_once_was_told() -> None:
    play = Play()
    play.calls("shop.edit_product", refusal="locked_while_merging", touches="BTK")
    tells(play, "BTK")
    tells(play)

    assert play.outcome(DROPPED) is Outcome.UPHELD


@pytest.mark.parametrize(("second", "outcome"), [("shop.edit_product", Outcome.UPHELD), ("shop.update_price", Outcome.BROKEN)])
def test_one_notice_speaks_for_all_that_waits_of_a_page_and_not_for_its_price(second: str, outcome: Outcome) -> None:
    play = Play()
    play.calls("shop.edit_product", refusal="locked_until_confirmed", touches="BTK", changes=("title",))
    tells(play, "BTK")
    play.calls(second, refusal="locked_until_confirmed", touches="BTK", changes=("description",) if "edit" in second else ())
    tells(play, "BTK")

    assert play.outcome(DROPPED) is outcome


def test_what_was_told_of_a_change_that_was_written_is_no_word_about_the_next() -> None:
    play = Play()
    play.calls("shop.update_price", refusal="locked_until_confirmed", touches="BTK")
    tells(play, "BTK")
    play.calls("shop.update_price", touches="BTK")
    play.calls("shop.update_price", refusal="locked_until_confirmed", touches="BTK")
    tells(play, "BTK")

    assert play.outcome(DROPPED) is Outcome.BROKEN


@pytest.mark.parametrize(("minutes", "outcome"), [(119.9, Outcome.NOT_REHEARSED), (120, Outcome.BROKEN)])
@pytest.mark.parametrize("stage", [Stage.PENDING, Stage.CONFIRMED])
def test_a_system_that_tells_nobody_anything_has_two_hours_once_it_became_lawful(stage: Stage, minutes: float, outcome: Outcome) -> None:
    play = Play()
    enters(play, Stage.MERGING)
    play.calls("shop.update_price", refusal="locked_until_confirmed", touches="BTK")
    play.passes(600)
    enters(play, stage)
    play.passes(minutes)

    assert play.outcome(DROPPED) is outcome


def test_a_change_that_never_became_lawful_need_not_have_been_written() -> None:
    play = Play()
    enters(play, Stage.PENDING)
    enters(play, Stage.MERGING)
    play.calls("shop.edit_product", refusal="locked_while_merging", touches="BTK")
    enters(play, Stage.MERGED)
    play.passes(6000)

    assert play.outcome(DROPPED) is Outcome.NOT_REHEARSED


@pytest.mark.parametrize(
    ("notes", "lost", "outcome"),
    [
        (Notes(shop="shop-1", touches="BTK"), Lost.ANSWER, Outcome.UPHELD),
        (Notes(shop="shop-1", touches="BTK"), Lost.REQUEST, Outcome.BROKEN),
        (Notes(shop="shop-1", touches="KFT", refusal="locked_while_merging"), Lost.ANSWER, Outcome.BROKEN),
    ],
)
def test_what_was_lost_counts_for_what_it_did_and_not_for_what_nobody_heard(notes: Notes, lost: Lost, outcome: Outcome) -> None:
    play = Play()
    play.calls("shop.edit_product", refusal="locked_while_merging", touches="BTK")
    operation = next(one for one in OPERATIONS if one.name == "shop.edit_product")
    play.journal.call(Request("PUT", operation.host, "/somewhere", 0), Response(200, (), b"", notes, lost=lost), operation, SHOP)
    tells(play)

    judged = play.judged(DROPPED)

    assert judged.outcome is outcome
    assert {one.entries for one in judged.violations} <= {(1,)}, "a refusal whose answer was lost is none"


@pytest.mark.parametrize("platform", [TOKOPEDIA, SHOP])
def test_a_refusal_for_another_reason_is_the_sellers_own_affair(platform: str) -> None:
    play = Play()
    play.calls(f"{platform}.update_price", refusal="price_invalid", touches="BTK")
    tells(play)

    assert play.outcome(DROPPED) is Outcome.NOT_REHEARSED
