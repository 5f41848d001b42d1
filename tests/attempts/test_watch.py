"""A watch polls every five minutes, hands on what came in its order, believes no forged webhook, and compares the ids."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec
import pytest

from gladi.attempts.events import Kind
from gladi.attempts.ledger import Ledger
from gladi.attempts.subscription import FICTITIOUS_SELLER, FICTITIOUS_SHOP
from gladi.attempts.watching.phase import stage_now
from gladi.attempts.watching.recording import Watched
from gladi.attempts.watching.watch import EVERY
from gladi.record.wire import Delivery, Response
from gladi.record.words import TOKOPEDIA, Phase
from tests.attempts.watching import Stand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gladi.record.wire import Answers, Request

FIVE_MINUTES = 300_000


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    """Give a watch that nobody's attempt hangs on."""
    stand = Stand(tmp_path)
    yield stand
    stand.ends()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Give a ledger with an attempt that was opened and linked."""
    with Ledger.at(tmp_path / "attempts.sqlite", developer="acme", create=True) as ledger:
        ledger.record(ledger.open("Toko Satu", by="ana"), Kind.LINKED)
        yield ledger


def slow(stand: Stand) -> Answers:
    """Give the sandbox, whose Get Shop Info takes ninety seconds."""

    def answers(request: Request) -> Response:
        if request.path.endswith("/shop-info"):
            stand.sandbox.clock.leap(stand.now() + 90_000)
        return stand.sandbox(request)

    return answers


def test_get_shop_info_is_asked_every_five_minutes(stand: Stand) -> None:
    stand.passes(hours=1)

    assert [after - before for before, after in pairwise(stand.polls())] == [FIVE_MINUTES] * 12
    assert stand.developer.asked.count("tokopedia.get_shop_info") == 13
    assert EVERY.total_seconds() * 1000 == FIVE_MINUTES


def test_a_watch_that_is_begun_again_asks_no_sooner(stand: Stand) -> None:
    stand.passes(minutes=7)

    for _ in range(10):
        stand.ends()
        stand.begins()
        stand.passes(seconds=20)

    assert [after - before for before, after in pairwise(stand.polls())] == [FIVE_MINUTES] * 2


def test_a_poll_that_a_kill_cut_short_counts_all_the_same(stand: Stand) -> None:
    stand.passes(minutes=2)
    stand.state.begins_poll(stand.now())
    stand.ends()

    stand.begins()
    stand.passes(minutes=5)

    assert stand.polls()[-1] - stand.polls()[-2] == FIVE_MINUTES


def test_the_next_poll_is_counted_from_the_answer_by_the_same_watch_and_by_the_next_one(stand: Stand) -> None:
    stand.developer.platform = slow(stand)
    stand.passes(minutes=15)
    stand.ends()

    stand.begins()
    stand.passes(minutes=15)

    polls = stand.state.polls()
    assert [poll.ended - poll.at for poll in polls[1:] if poll.ended is not None] == [90_000] * (len(polls) - 1)
    assert [after.at - before.ended for before, after in pairwise(polls) if before.ended is not None] == [FIVE_MINUTES] * (len(polls) - 1)


def test_a_clock_that_was_set_back_does_not_silence_the_watch(stand: Stand) -> None:
    stand.state.begins_poll(stand.now() + 100 * FIVE_MINUTES)
    stand.ends()

    stand.begins()

    assert stand.due - stand.now() == FIVE_MINUTES


def test_a_refused_poll_is_told_and_the_next_one_asks_for_another_token(stand: Stand) -> None:
    stand.sandbox.ends_tokens(TOKOPEDIA)
    stand.passes(minutes=5)

    stand.passes(minutes=5)

    assert any("no answer, for Get Shop Info was refused with" in line for line in stand.said)
    assert "no merge yet" in stand.said[-1]


def test_a_watch_that_was_told_nothing_yet_knows_no_stage(stand: Stand, tmp_path: Path) -> None:
    (tmp_path / "anew").mkdir()
    stand.ends()
    stand.said.clear()
    answers, stand.developer.platform = stand.developer.platform, lambda request: Response(429, (), b"")  # noqa: ARG005 - whatever is asked
    stand.begins(folder=tmp_path / "anew")
    refused = list(stand.said)

    stand.developer.platform = answers
    stand.passes(minutes=5)

    assert len(refused) == 1
    assert refused[0].startswith("2025-03-03 02:00:00 UTC  poll 1: no answer, for Get Token was refused with HTTP 429 (")
    assert "; stage not known yet; " in refused[0]
    assert "; stage pending; " in stand.said[-2]
    assert stand.said[-1].endswith("now rehearse before the merge: pytest --rehearse --rehearse-target live")


def test_the_merge_webhook_is_handed_on_raw_and_its_ids_are_compared(stand: Stand) -> None:
    stand.merges()

    kept = stand.state.merges()[0]
    handed = stand.handed[0].delivery
    assert (handed.body, handed.headers["authorization-hmac"]) == (kept.body, kept.headers["authorization-hmac"])
    assert (stand.watch.sight.agree, stand.watch.sight.shows) == (True, True)
    assert any(line.endswith("delivery 1 held against Get Shop Info: the ids agree") for line in stand.said)
    assert stand.said[-1].partition("poll ")[2].partition("(")[0].endswith("the shop has merged ")


def test_ids_that_differ_are_shouted_with_both_of_them(stand: Stand) -> None:
    stand.tells(stand.merge(seller="7499999999999999999"))

    stand.merges()

    assert stand.watch.sight.agree is False
    assert any("THE IDS DO NOT AGREE" in line for line in stand.said)
    assert any("7499999999999999999" in line and "different ids" in line for line in stand.said)


@pytest.mark.parametrize(("signature", "said"), [(None, "not signed"), ("00" * 32, "wrongly signed")])
def test_a_forged_webhook_is_flagged_handed_on_as_it_came_and_not_believed(stand: Stand, signature: str | None, said: str) -> None:
    stand.status = 401
    stand.tells(stand.merge(), signature=signature)

    stand.passes(minutes=5)

    assert any(f"delivery 1 says 'merge', {said}; it is not believed" in line for line in stand.said)
    assert (len(stand.handed), stand.state.counts().waiting, stand.state.counts().flagged) == (1, 0, 1)
    assert stand.handed[0].delivery.headers.get("authorization-hmac") == signature
    assert not stand.watch.sight.merged


def test_an_unsigned_webhook_that_get_shop_info_bears_out_is_said_to_be(stand: Stand) -> None:
    stand.sandbox.world.when_merged = lambda shop: None  # noqa: ARG005 - the platform's own webhook is lost
    stand.sandbox.world.link("shop-1")
    stand.tells(stand.merge(), signature=None)

    stand.passes(minutes=70)

    assert any(line.endswith("the ids agree; not signed, and borne out by Get Shop Info") for line in stand.said)
    assert stand.watch.sight.agree is None


def test_what_preflight_tries_the_url_with_is_no_merge(stand: Stand) -> None:
    stand.tells(msgspec.json.encode({"status": "merge", "tts_seller_id": FICTITIOUS_SELLER, "toko_shop_id": FICTITIOUS_SHOP}))

    stand.passes(minutes=5)

    assert not stand.watch.sight.told
    assert len(stand.handed) == 1


def test_what_the_system_does_not_take_is_tried_again_and_those_behind_it_wait(stand: Stand) -> None:
    stand.status = None
    for number in range(3):
        stand.tells(b'{"number":%d}' % number)
    stand.passes(minutes=10)
    tried = {outgoing.delivery.body for outgoing in stand.handed}

    stand.status = 204
    stand.passes(minutes=2)

    assert tried == {b'{"number":0}'}
    assert [outgoing.delivery.body for outgoing in stand.handed[-3:]] == [b'{"number":0}', b'{"number":1}', b'{"number":2}']
    assert 10 <= len(stand.handed) - 3 <= 16
    assert stand.state.counts().waiting == 0


@pytest.mark.parametrize("refused", [199, 300, 302, 400, 404, 499, 500])
def test_a_right_webhook_that_the_system_refuses_is_tried_again(stand: Stand, refused: int) -> None:
    stand.status = refused
    stand.tells(stand.merge())
    stand.passes(seconds=10)

    stand.status = 200
    stand.passes(minutes=1)

    assert [status for _, _, status in stand.state.forwards()][-2:] == [refused, 200]


def test_the_query_of_a_delivery_goes_on_with_it(stand: Stand) -> None:
    stand.arrives(Delivery("POST", "/merge?of=acme", {}, b"{}"))

    stand.passes(seconds=1)

    assert stand.handed[0].url.endswith("/merge?of=acme")


@pytest.mark.parametrize(
    ("system", "came", "goes_on"),
    [
        ("http://127.0.0.1:9", "/orders?of=acme", "http://127.0.0.1:9/orders?of=acme"),
        ("http://127.0.0.1:9?key=1", "/orders?of=acme", "http://127.0.0.1:9/orders?key=1&of=acme"),
        ("http://127.0.0.1:9", "//elsewhere.example/x", "http://127.0.0.1:9//elsewhere.example/x"),
        ("http://127.0.0.1:9", "@elsewhere.example/x", "http://127.0.0.1:9"),
        ("http://127.0.0.1:9/merge", "/orders", "http://127.0.0.1:9/merge"),
        ("http://127.0.0.1:9/", "/orders", "http://127.0.0.1:9/"),
    ],
)
def test_a_system_named_without_a_path_gets_each_delivery_under_its_own(tmp_path: Path, system: str, came: str, goes_on: str) -> None:
    stand = Stand(tmp_path, system=system)
    stand.arrives(Delivery("POST", came, {}, b"{}"))

    stand.passes(seconds=1)
    stand.ends()

    assert [outgoing.url for outgoing in stand.handed] == [goes_on]


def test_the_merge_is_recorded_once_in_the_ledger(tmp_path: Path, ledger: Ledger) -> None:
    stand = Stand(tmp_path, watched=Watched(ledger, 1))

    stand.merges()
    stand.ends()
    stand.begins()
    stand.passes(hours=1)

    (attempt,) = ledger.attempts()
    assert [event.kind for event in attempt.events] == [Kind.OPENED, Kind.LINKED, Kind.MERGED]
    assert attempt.events[-1].note.startswith("Get Shop Info showed it at 2025-03-")
    assert sum("recorded in the ledger: merged" in line for line in stand.said) == 1
    stand.ends()


def test_a_signed_unmerge_that_get_shop_info_bears_out_is_recorded_as_failed(tmp_path: Path, ledger: Ledger) -> None:
    stand = Stand(tmp_path, watched=Watched(ledger, 1))
    stand.tells(stand.merge(status="unmerge"))

    stand.passes(minutes=4)
    before = ledger.attempts()[0].state
    stand.passes(minutes=1)

    assert (before, ledger.attempts()[0].state) == (Kind.LINKED, Kind.FAILED)
    stand.ends()


def test_an_unsigned_unmerge_records_nothing(tmp_path: Path, ledger: Ledger) -> None:
    stand = Stand(tmp_path, watched=Watched(ledger, 1))
    stand.tells(stand.merge(status="unmerge"), signature=None)

    stand.passes(hours=1)

    assert ledger.attempts()[0].state is Kind.LINKED
    stand.ends()


def test_a_ledger_that_is_not_to_be_written_is_not(tmp_path: Path, ledger: Ledger) -> None:
    stand = Stand(tmp_path, watched=Watched(ledger, 1, writes=False))

    stand.merges()

    assert ledger.attempts()[0].state is Kind.LINKED
    assert stand.watch.stage == "merged"
    stand.ends()


def test_what_to_rehearse_is_said_when_the_stage_changes(tmp_path: Path, ledger: Ledger) -> None:
    stand = Stand(tmp_path, watched=Watched(ledger, 1))

    stand.merges()

    said = [line.partition("  ")[2] for line in stand.said if "now rehearse" in line]
    command = "pytest --rehearse --rehearse-target live"
    assert said == [f"now rehearse during the merge: {command}", f"now rehearse after the merge: {command}"]
    stand.ends()


def test_the_phase_follows_the_attempt_and_what_the_platform_told(ledger: Ledger) -> None:
    (linked,) = ledger.attempts()
    ledger.open("Toko Dua", by="ana")
    opened = ledger.attempts()[1]
    ledger.record(1, Kind.MERGED)
    merged = ledger.attempts()[0]
    ledger.record(2, Kind.FAILED)
    failed = ledger.attempts()[1]

    phases = [stage_now(one).phase for one in (None, opened, linked, merged, failed)]

    assert phases == [Phase.PRE_MERGE, Phase.PRE_MERGE, Phase.DURING_MERGE, Phase.POST_MERGE, Phase.PRE_MERGE]
    assert stage_now(linked, merged=True).phase is Phase.POST_MERGE
