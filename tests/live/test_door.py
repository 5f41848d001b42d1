"""The door of a run on the live target: which shop it is about, and what speaks against it before anything is called."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest

from gladi.attempts.door import Door, through
from gladi.attempts.events import Kind
from gladi.attempts.ledger import Ledger
from gladi.attempts.policy import Policy
from gladi.attempts.spendable import UnspendableError
from gladi.record.words import Stage
from tests.attempts.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2025, 3, 4, tzinfo=UTC)
MELATI, KENANGA = "Toko Melati (6500001)", "Toko Kenanga (6500002)"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with two test shops, both vouched for."""
    found = Repository(tmp_path)
    with found.ledger() as ledger:
        for shop in ("6500001", "6500002"):
            ledger.attest(f"test-shop-{shop}", "Ayu", date.max)
    return found


def door(repository: Repository, *, now: datetime = NOW) -> Door:
    policy = Policy.read(repository.root)
    return through(policy, partial(Ledger.at, policy.ledger, developer="acme", now=lambda: NOW), now=now)


def test_an_open_attempt_says_which_shop_it_is_about(repository: Repository) -> None:
    with repository.ledger() as ledger:
        ledger.open(MELATI, by="Ayu")

    found = door(repository)

    assert (found.shop.name, found.ordinal, found.stage()) == ("Toko Melati", 1, Stage.PENDING)


def test_a_shop_that_merged_may_be_rehearsed_on_for_good(repository: Repository) -> None:
    with repository.ledger() as ledger:
        attempt = ledger.open(MELATI, by="Ayu")
        ledger.record(attempt, Kind.LINKED)
        ledger.record(attempt, Kind.MERGED)

    assert door(repository).stage() is Stage.MERGED


def test_an_open_attempt_comes_before_a_shop_that_merged(repository: Repository) -> None:
    with repository.ledger() as ledger:
        for kind in (Kind.LINKED, Kind.MERGED):
            ledger.record(ledger.open(MELATI, by="Ayu") if kind is Kind.LINKED else 1, kind)
        ledger.open(KENANGA, by="Ayu")

    assert door(repository).shop.name == "Toko Kenanga"


def test_without_an_attempt_there_is_no_way_in(repository: Repository) -> None:
    with pytest.raises(UnspendableError, match=r"^no attempt is open with a test shop that a person vouches for, and none has merged;"):
        door(repository)


@pytest.mark.parametrize("ends", [Kind.RELEASED, Kind.FAILED, Kind.SETTLED])
def test_an_attempt_that_ended_otherwise_is_no_way_in(repository: Repository, ends: Kind) -> None:
    with repository.ledger() as ledger:
        attempt = ledger.open(MELATI, by="Ayu")
        if ends is Kind.FAILED:
            ledger.record(attempt, ends)
        else:
            getattr(ledger, "release" if ends is Kind.RELEASED else "settle")(1, "nobody clicked")

    with pytest.raises(UnspendableError, match=r"^no attempt is open"):
        door(repository)


def test_two_open_attempts_are_one_too_many(repository: Repository) -> None:
    with repository.ledger() as ledger:
        ledger.open(MELATI, by="Ayu")
        ledger.open(KENANGA, by="Ayu")

    with pytest.raises(UnspendableError, match=r"^attempts 1 \(Toko Melati\) and 2 \(Toko Kenanga\) are open"):
        door(repository)


def test_an_attempt_with_a_shop_of_others_is_no_way_in(repository: Repository) -> None:
    with repository.ledger() as ledger:
        ledger.open("Toko Lain (77)", by="Ayu")

    with pytest.raises(UnspendableError, match=r"^no attempt is open with a test shop"):
        door(repository)


def test_a_word_that_ran_out_vouches_for_nothing(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    with repository.ledger() as ledger:
        ledger.open(MELATI, by="Ayu")
        ledger.attest("test-shop-6500001", "Ayu", NOW.date())

    with pytest.raises(UnspendableError, match=r"^nobody vouches that Toko Melati \(6500001\) is a test shop"):
        door(repository, now=datetime(2025, 3, 6, tzinfo=UTC))


def test_steps_are_there_for_an_attempt_that_is_opened_and_nothing_more(repository: Repository) -> None:
    with repository.ledger() as ledger:
        ledger.open(MELATI, by="Ayu")
    found = door(repository)

    before = [cue.irreversible for cue in found.linking()]
    found.records(Stage.MERGING)

    assert before == [False] * 5 + [True]
    assert (found.linking(), found.stage()) == ((), Stage.MERGING)


def test_what_is_seen_is_recorded_in_the_ledgers_words(repository: Repository) -> None:
    with repository.ledger() as ledger:
        ledger.open(MELATI, by="Ayu")
    found = door(repository)

    for stage in (Stage.MERGING, Stage.MERGED, Stage.CONFIRMED):
        found.records(stage)

    assert (repository.events, found.stage()) == ([Kind.OPENED, Kind.LINKED, Kind.MERGED], Stage.CONFIRMED)
