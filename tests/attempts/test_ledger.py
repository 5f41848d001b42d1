"""The ledger, on both databases: what counts, what gives back, and what never does."""

from __future__ import annotations

import ast
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import gladi
from gladi.attempts.events import Kind
from gladi.attempts.faults import MissingLedgerError, QuotaError, RefusedError, ReplacedLedgerError
from gladi.attempts.ledger import Ledger
from gladi.attempts.opened import OpenAttempt

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_an_attempt_is_spent_from_the_moment_it_is_opened(ledger: Ledger) -> None:
    opened = ledger.open("Toko Satu", by="ana", evidence="green since Monday")

    (attempt,) = ledger.attempts()
    assert (opened.developer, opened.ordinal, opened.shop, opened.opened_at) == ("acme", 1, "Toko Satu", NOON)
    assert (attempt.state, attempt.spent, attempt.open) == (Kind.OPENED, True, True)
    assert (attempt.events[0].by, attempt.events[0].note, attempt.events[0].host) == ("ana", "green since Monday", "desk")
    assert str(ledger.standing()) == "used 1 of 5"
    assert ledger.standing().open == (1,)


def test_what_one_process_opened_another_finds(ledger: Ledger, where: str | Path) -> None:
    ledger.open("Toko Satu", by="ana")

    with Ledger.at(where, developer=" ACME ") as other:
        found = other.standing()

    assert found == ledger.standing()


def test_a_sixth_attempt_is_refused(ledger: Ledger) -> None:
    for number in range(5):
        ledger.open(f"Toko {number}", by="ana")

    with pytest.raises(QuotaError) as refused:
        ledger.open("Toko Enam", by="ana")

    assert str(refused.value) == (
        "'acme' has used 5 of 5 attempts and none is left; nothing gives one back but `gladi attempts release`, "
        "for one that surely never reached the platform"
    )
    assert ledger.standing().used == 5


def test_developers_do_not_share_their_attempts(ledger: Ledger) -> None:
    for number in range(5):
        ledger.open(f"Toko {number}", by="ana")
    other = Ledger(ledger.store, developer="Other")

    opened = other.open("Toko Satu", by="budi")

    assert (opened.ordinal, other.standing().used, ledger.standing().used) == (1, 1, 5)


def test_a_lower_quota_holds_and_stays_recorded(ledger: Ledger) -> None:
    careful = Ledger(ledger.store, developer="acme", quota=1)
    careful.open("Toko Satu", by="ana")

    for quota in (1, 5):
        with pytest.raises(QuotaError, match="used 1 of 1 attempts"):
            Ledger(ledger.store, developer="acme", quota=quota).open("Toko Dua", by="ana")

    assert str(ledger.standing()) == "used 1 of 1"


def test_a_quota_that_is_lowered_later_holds_too(ledger: Ledger) -> None:
    ledger.open("Toko Satu", by="ana")
    Ledger(ledger.store, developer="acme", quota=2).open("Toko Dua", by="ana")

    with pytest.raises(QuotaError, match="used 2 of 2 attempts"):
        ledger.open("Toko Tiga", by="ana")

    assert str(ledger.standing()) == "used 2 of 2"


def test_a_lower_quota_is_raised_by_name_and_reason_alone(ledger: Ledger) -> None:
    Ledger(ledger.store, developer="acme", quota=1).open("Toko Satu", by="ana")

    ledger.raise_quota(2, "the board agreed", by="ana")

    assert ledger.open("Toko Dua", by="ana").ordinal == 2
    assert [(event["quota"], event["note"]) for event in ledger.extract() if event["kind"] == "quota"] == [(1, ""), (2, "the board agreed")]


@pytest.mark.parametrize("quota", [0, 6, -1])
def test_no_quota_but_one_to_five_can_be_configured(ledger: Ledger, quota: int) -> None:
    with pytest.raises(RefusedError, match=f"a quota of {quota} cannot be; a developer account has 5 attempts, ever"):
        Ledger(ledger.store, developer="acme", quota=quota)

    with pytest.raises(RefusedError):
        ledger.raise_quota(6, "we need more", by="ana")


def test_a_released_attempt_gives_its_ordinal_back_once(ledger: Ledger) -> None:
    ledger.open("Toko Satu", by="ana")
    ledger.open("Toko Dua", by="ana")

    ledger.release(1, "the browser never opened", by="budi")

    again = ledger.open("Toko Tiga", by="ana")
    assert (again.ordinal, again.generation) == (1, 2)
    assert [(one.ordinal, one.generation, one.state) for one in ledger.attempts()] == [
        (1, 1, Kind.RELEASED),
        (2, 1, Kind.OPENED),
        (1, 2, Kind.OPENED),
    ]
    assert ledger.attempts()[0].events[-1].note == "the browser never opened"
    assert ledger.standing().used == 2


def test_a_release_is_not_released_again(ledger: Ledger) -> None:
    ledger.open("Toko Satu", by="ana")
    ledger.release(1, "the browser never opened", by="ana")

    with pytest.raises(RefusedError, match=r"^attempt 1 is released, so it cannot become released$"):
        ledger.release(1, "once more", by="ana")

    assert ledger.standing().used == 0


@pytest.mark.parametrize("kinds", [[Kind.LINKED], [Kind.LINKED, Kind.MERGED], [Kind.LINKED, Kind.FAILED], [Kind.FAILED]])
def test_what_reached_the_platform_is_never_given_back(ledger: Ledger, kinds: list[Kind]) -> None:
    opened = ledger.open("Toko Satu", by="ana")
    for kind in kinds:
        ledger.record(opened, kind)

    with pytest.raises(RefusedError, match="it reached the platform, so it is spent for good"):
        ledger.release(1, "we would like it back", by="ana")

    assert ledger.standing().used == 1


def test_a_settled_attempt_stays_spent(ledger: Ledger) -> None:
    ledger.open("Toko Satu", by="ana")

    ledger.settle(1, "the console says it merged", by="budi")

    assert (ledger.standing().used, ledger.standing().open) == (1, ())
    with pytest.raises(RefusedError, match="attempt 1 is settled, so it cannot become released"):
        ledger.release(1, "we would like it back", by="ana")


def test_a_click_outside_spends_an_attempt_past_a_lower_quota_but_not_past_five(ledger: Ledger) -> None:
    careful = Ledger(ledger.store, developer="acme", quota=1)
    careful.open("Toko Satu", by="ana")

    for number in range(4):
        careful.outside(f"Toko Luar {number}", "somebody clicked", by="budi")

    assert str(careful.standing()) == "used 5 of 1"
    with pytest.raises(QuotaError):
        careful.outside("Toko Enam", "somebody clicked", by="budi")


def test_news_of_an_attempt_that_was_released_is_refused_with_what_to_do(ledger: Ledger) -> None:
    opened = ledger.open("Toko Satu", by="ana")
    ledger.release(1, "never clicked", by="budi")

    with pytest.raises(RefusedError) as refused:
        ledger.record(opened, Kind.LINKED)

    assert str(refused.value) == (
        "attempt 1 is released, so it cannot become linked; if the shops were linked all the same, "
        "record that with `gladi attempts record-outside`"
    )


def test_news_of_an_attempt_does_not_reach_the_one_that_took_its_place(ledger: Ledger) -> None:
    first = ledger.open("Toko Satu", by="ana")
    ledger.release(1, "never clicked", by="budi")
    ledger.open("Toko Dua", by="ana")

    with pytest.raises(RefusedError, match="released, and opened again since"):
        ledger.record(first, Kind.LINKED)

    assert ledger.attempts()[-1].state is Kind.OPENED


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_nothing_is_written_without_a_reason(ledger: Ledger, reason: str) -> None:
    ledger.open("Toko Satu", by="ana")
    before = ledger.standing()

    for writes in (ledger.settle, ledger.release):
        with pytest.raises(RefusedError, match="the reason is empty"):
            writes(1, reason, by="ana")

    assert ledger.standing() == before


def test_an_attempt_that_never_was_is_named_with_those_that_are(ledger: Ledger) -> None:
    ledger.open("Toko Satu", by="ana")

    with pytest.raises(RefusedError, match=r"^'acme' has no attempt 4; there are 1$"):
        ledger.settle(4, "it merged", by="ana")


def test_only_the_ledger_makes_an_open_attempt(ledger: Ledger) -> None:
    opened = ledger.open("Toko Satu", by="ana")

    with pytest.raises(TypeError, match=r"made by Ledger\.open alone"):
        OpenAttempt("acme", 2, 1, "Toko Dua", NOON, None)
    with pytest.raises((TypeError, ValueError)):
        replace(opened, ordinal=2)  # type: ignore[call-arg]
    with pytest.raises(FrozenInstanceError):
        opened.ordinal = 2  # type: ignore[misc]


def test_nobody_but_the_ledger_takes_what_makes_an_open_attempt() -> None:
    house = Path(gladi.__file__).parent

    takers = {
        path.relative_to(house).as_posix()
        for path in house.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "gladi.attempts.opened"
        and {alias.name for alias in node.names} - {"OpenAttempt"}
    }

    assert takers == {"attempts/ledger.py"}


def test_the_newest_attestation_of_a_check_is_the_one_that_is_given(ledger: Ledger) -> None:
    ledger.attest("target-market", "ana", date(2026, 3, 2), "seen")
    ledger.attest("target-market", "budi", date(2026, 4, 1), "seen again")
    ledger.attest("accounts-bound", "ana", date(2026, 5, 1))

    found = {one.check: (one.by, one.until, one.note, one.at) for one in ledger.attestations()}

    assert found == {
        "target-market": ("budi", date(2026, 4, 1), "seen again", NOON),
        "accounts-bound": ("ana", date(2026, 5, 1), "", NOON),
    }


def test_an_attestation_holds_to_the_end_of_its_day(ledger: Ledger) -> None:
    kept = ledger.attest("target-market", "ana", date(2026, 3, 2))

    assert kept.holds(datetime(2026, 3, 2, 23, 59, tzinfo=UTC))
    assert not kept.holds(datetime(2026, 3, 3, tzinfo=UTC))
    with pytest.raises(RefusedError, match="has run out already"):
        ledger.attest("target-market", "ana", date(2026, 3, 1))


def test_a_missing_ledger_is_not_made_by_looking(where: str | Path) -> None:
    for _ in range(2):
        with pytest.raises(MissingLedgerError, match="gladi attempts create"):
            Ledger.at(where, developer="acme")

    assert not isinstance(where, Path) or not where.exists()


def test_a_ledger_is_made_once_and_never_anew(where: str | Path) -> None:
    with Ledger.at(where, developer="acme", create=True) as first:
        first.open("Toko Satu", by="ana")
        identity = first.store.identity

    with Ledger.at(where, developer="acme", create=True) as again:
        found = (again.store.identity, again.standing().used)

    assert found == (identity, 1)


def test_a_ledger_that_is_another_one_is_noticed(ledger: Ledger) -> None:
    ledger.open("Toko Satu", by="ana")
    ledger.open("Toko Dua", by="ana")
    then = ledger.standing()
    ledger.settle(1, "it merged", by="ana")

    ledger.continues(then)

    for other in (replace(then, digest="0" * 64), replace(then, events=9)):
        with pytest.raises(ReplacedLedgerError, match="is not the one of an earlier report, which saw used 2 of 5 in"):
            ledger.continues(other)


def test_two_machines_with_clocks_a_day_apart_share_one_order(ledger: Ledger, where: str | Path) -> None:
    late = NOON + timedelta(days=1)
    with Ledger.at(where, developer="acme", now=lambda: late, host="far") as other:
        ledger.open("Toko 1", by="ana")
        other.open("Toko 2", by="budi")
        ledger.open("Toko 3", by="ana")
        other.open("Toko 4", by="budi")
        ledger.open("Toko 5", by="ana")
        for one in (ledger, other):
            with pytest.raises(QuotaError):
                one.open("Toko 6", by="ana")

        assert [attempt.shop for attempt in other.attempts()] == [f"Toko {number}" for number in range(1, 6)]
        assert [attempt.ordinal for attempt in other.attempts()] == [1, 2, 3, 4, 5]
        assert ledger.standing() == other.standing()
    assert any("is dated before event" in caution and "the numbers tell the order" in caution for caution in ledger.cautions)


def test_a_file_that_another_machine_wrote_is_cautioned_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with Ledger.at(tmp_path / "a.sqlite", developer="acme", create=True, now=lambda: NOON, host="far") as far:
        far.open("Toko Satu", by="ana")
        quiet = far.cautions

    with Ledger.at(tmp_path / "a.sqlite", developer="acme", host="desk") as near:
        (caution,) = near.cautions

    assert quiet == ()
    assert caution.startswith("the ledger is a SQLite file and was written on far too, not on desk alone;")


def test_a_second_machine_stays_seen_when_this_one_writes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    for host in ("far", "farther", "desk"):
        with Ledger.at(tmp_path / "a.sqlite", developer="acme", create=True, now=lambda: NOON, host=host) as ledger:
            ledger.open(f"Toko {host}", by="ana")
            cautions = ledger.cautions

    assert [caution.partition(",")[0] for caution in cautions] == [
        "the ledger is a SQLite file and was written on farther and on 1 more too"
    ]


def test_a_developer_without_attempts_in_a_ledger_of_others_is_cautioned_about(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    ledger.open("Toko Satu", by="ana")
    renamed = Ledger(ledger.store, developer="acme ltd", host="desk", now=lambda: NOON)
    renamed.attest("target-market", "ana", date.max)

    before = renamed.cautions
    renamed.open("Toko Satu", by="ana")

    caution = (
        "the ledger knows 'acme' and no attempt of 'acme ltd'; where both are one account its five are one count, "
        "so write the old name as `developer` in gladi.toml"
    )
    said = (*ledger.store.cautions, caution)
    assert (before, renamed.cautions, ledger.cautions) == (said, ledger.store.cautions, ledger.store.cautions)


def test_a_decision_opens_an_attempt_on_the_record_that_it_was_taken_on(ledger: Ledger) -> None:
    ledger.attest("target-market", "ana", date.max)

    opened = ledger.open("Toko Satu", by="ana", decided_on=ledger.standing())

    assert opened.ordinal == 1


def test_a_decision_on_a_record_that_was_written_since_opens_nothing(ledger: Ledger) -> None:
    decided_on = ledger.standing()
    ledger.open("Toko Satu", by="budi")

    with pytest.raises(RefusedError) as refused:
        ledger.open("Toko Satu", by="ana", decided_on=decided_on)

    assert str(refused.value) == (
        f"the ledger {ledger.store.shown} was written since you decided: it said used 0 of 5 in 0 events, and says used 1 of 5 in 2; "
        "see `gladi attempts`, and decide again; nothing is spent"
    )
    assert [attempt.events[0].by for attempt in ledger.attempts()] == ["budi"]


def test_a_file_in_ci_is_cautioned_about_and_a_server_is_not(ledger: Ledger, where: str | Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")

    found = [caution for caution in ledger.cautions if caution.startswith("this looks like CI")]

    assert len(found) == (1 if isinstance(where, Path) else 0)
