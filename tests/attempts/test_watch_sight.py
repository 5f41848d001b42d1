"""A watch adds up what came: who is believed, what is recorded of it, and how it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from gladi.attempts.events import Kind
from gladi.attempts.ledger import Ledger
from gladi.attempts.watching import telling
from gladi.attempts.watching.kept import Counts
from gladi.attempts.watching.recording import Watched
from gladi.attempts.watching.told import told
from gladi.record.wire import Response
from gladi.record.words import Stage
from tests.attempts.watching import Stand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gladi.attempts.events import Event
    from gladi.record.wire import Request


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Give a ledger with an attempt that was opened and linked."""
    with Ledger.at(tmp_path / "attempts.sqlite", developer="acme", create=True) as ledger:
        ledger.record(ledger.open("Toko Satu", by="ana"), Kind.LINKED)
        yield ledger


@pytest.fixture
def stand(tmp_path: Path, ledger: Ledger) -> Iterator[Stand]:
    """Give a watch of that attempt."""
    stand = Stand(tmp_path, watched=Watched(ledger, 1))
    yield stand
    stand.ends()


def last(ledger: Ledger) -> Event:
    return ledger.attempts()[0].events[-1]


def shows(stand: Stand, *shops: dict[str, Any]) -> None:
    """Have Get Shop Info show these shops from now on."""
    body = msgspec.json.encode({"data": shops})

    def answers(request: Request) -> Response:
        return Response(200, (), body) if request.path.endswith("/shop-info") else stand.sandbox(request)

    stand.developer.platform = answers


def test_a_signed_merge_alone_changes_the_stage_and_is_not_recorded_before_get_shop_info_shows_it(stand: Stand, ledger: Ledger) -> None:
    stand.tells(stand.merge())

    stand.passes(minutes=4)

    assert (stand.watch.sight.merged, stand.watch.sight.shows, stand.watch.stage) == (True, False, Stage.MERGED)
    assert last(ledger).kind is Kind.LINKED


@pytest.mark.parametrize(
    ("seller", "ending"), [(None, "UTC; the ids agree"), ("7499999999999999999", "UTC; the ids do not agree")], ids=["same", "another"]
)
def test_the_ledger_says_whether_the_ids_agreed(stand: Stand, ledger: Ledger, seller: str | None, ending: str) -> None:
    stand.tells(stand.merge(seller=seller))

    stand.merges()

    assert (last(ledger).kind, last(ledger).note[-len(ending) :]) == (Kind.MERGED, ending)


def test_a_merge_that_no_webhook_told_is_recorded_without_a_word_on_the_ids(stand: Stand, ledger: Ledger) -> None:
    stand.sandbox.world.when_merged = lambda shop: None  # noqa: ARG005 - the platform's own webhook is lost

    stand.merges()

    assert (last(ledger).kind, last(ledger).note.partition("; ")[2]) == (Kind.MERGED, "no webhook to compare with yet")


@pytest.mark.parametrize(("first", "then", "merged"), [("merge", "unmerge", False), ("unmerge", "merge", True)])
def test_the_last_signed_word_wins(stand: Stand, ledger: Ledger, first: str, then: str, merged: bool) -> None:  # noqa: FBT001 - a case
    stand.tells(stand.merge(status=first))
    stand.tells(stand.merge(status=then))

    stand.passes(minutes=6)

    assert stand.watch.sight.merged is merged
    assert last(ledger).kind is (Kind.LINKED if merged else Kind.FAILED)


def test_a_signed_unmerge_is_not_borne_out_by_an_answer_that_does_not_show_the_shop(stand: Stand, ledger: Ledger) -> None:
    shows(stand, {"shop_id": 1, "shop_name": "Another"})
    stand.tells(stand.merge(status="unmerge"))

    stand.passes(minutes=6)

    assert stand.watch.sight.shows is None
    assert last(ledger).kind is Kind.LINKED
    assert any("this shop is not among those that the app serves" in line for line in stand.said)


def test_a_webhook_about_another_shop_of_the_app_is_handed_on_and_says_nothing_of_this_one(stand: Stand, ledger: Ledger) -> None:
    shows(stand, {"shop_id": int(stand.shop)}, {"shop_id": 1})
    stand.passes(minutes=5)
    for status in ("merge", "unmerge"):
        stand.tells(msgspec.json.encode({"status": status, "tts_seller_id": "749", "toko_shop_id": "1", "timestamp": 1}))

    stand.passes(minutes=6)

    assert (stand.watch.sight.told, stand.watch.sight.merged, len(stand.handed)) == ((), False, 2)
    assert last(ledger).kind is Kind.LINKED


def test_a_webhook_about_a_shop_that_nobody_has_is_held_against_this_one(stand: Stand) -> None:
    stand.tells(msgspec.json.encode({"status": "merge", "tts_seller_id": "749", "toko_shop_id": "999", "timestamp": 1}))

    stand.merges()

    assert stand.watch.sight.agree is False


def test_an_unsigned_webhook_with_other_ids_is_said_not_to_be_borne_out_and_does_not_count(stand: Stand) -> None:
    stand.tells(stand.merge(seller="7499999999999999999"), signature=None)

    stand.merges()

    assert any(line.endswith("THE IDS DO NOT AGREE; not signed, and not borne out by Get Shop Info") for line in stand.said)
    assert stand.watch.sight.agree is True


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (Counts(1, 0, 0, 0), "1 h 05 min; stage merging; 1 poll; 0 deliveries"),
        (Counts(2, 1, 0, 1), "1 h 05 min; stage merging; 2 polls; 1 delivery, 1 not handed on yet"),
        (Counts(2, 7, 3, 0), "1 h 05 min; stage merging; 2 polls; 7 deliveries, 3 of them not rightly signed"),
        (Counts(2, 7, 3, 2), "1 h 05 min; stage merging; 2 polls; 7 deliveries, 3 of them not rightly signed, 2 not handed on yet"),
    ],
)
def test_a_summary_counts_what_was_not_rightly_signed_and_what_waits(counts: Counts, said: str) -> None:
    assert telling.summary(65 * 60_000, 0, Stage.MERGING, counts) == said


def test_the_state_counts_what_was_not_rightly_signed_and_what_waits(stand: Stand) -> None:
    stand.status = None
    for signature in ("right", None, "00" * 32):
        stand.tells(b"{}", signature=signature)
    stand.passes(seconds=1)

    counts = stand.state.counts()

    assert (counts.deliveries, counts.flagged, counts.waiting) == (3, 2, 3)


def test_ids_alone_are_kept_of_get_shop_info_digit_by_digit() -> None:
    answer = (
        b'{"header":{"process_time":0.1},"data":[{"shop_id":9007199254740993,"shop_name":"Toko Ayu","user_id":5,"domain":"toko-ayu",'
        b'"tts_shop_id":"7494000000000000001","tts_integration_completed":{"tts_seller_id":"749","toko_shop_id":9007199254740993}},'
        b'{"shop_id":2,"shop_name":"Toko Budi","tts_shop_id":null}]}'
    )

    kept = told(answer)

    assert kept == (
        b'[{"shop_id":9007199254740993,"tts_integration_completed":{"tts_seller_id":"749","toko_shop_id":9007199254740993},'
        b'"tts_shop_id":"7494000000000000001"},{"shop_id":2}]'
    )
