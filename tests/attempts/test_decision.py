"""May this developer rehearse now: one thing that speaks against it is enough for no, and every reason is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from gladi.attempts.adapted import Rehearsed, recorded, rehearsed
from gladi.attempts.case import Readiness, missing, ready
from gladi.attempts.decision import may_rehearse
from gladi.attempts.events import Standing
from gladi.attempts.gate import Release
from gladi.attempts.policy import KnownGap
from gladi.judge.bench import Outcome
from gladi.judge.verdict import Overall
from gladi.record.checkout import Checkout
from tests.attempts.developer import NOW, UNTIL, Developer
from tests.attempts.verdicts import CATALOGUE, COMMIT, result, verdict

if TYPE_CHECKING:
    from gladi.attempts.decision import Decision, Ground
    from gladi.judge.verdict import Verdict

GREEN = Rehearsed(ready("version 7.1 of the system is green on the sandbox"), NOW - timedelta(days=1))
STANDING = Standing("acme", 1, 5, (), 3, "d1")
CLEAN = Checkout(COMMIT, dirty=False, changed=False)


@pytest.fixture(scope="module")
def known() -> dict[str, Any]:
    """All that speaks for an attempt."""
    return {"standing": STANDING, "preflight": Developer().preflight(), "rehearsed": GREEN, "here": CLEAN, "now": NOW}


def ground(decision: Decision, about: str) -> Ground:
    return next(one for one in decision.grounds if one.about == about)


def test_where_nothing_speaks_against_it_the_answer_is_yes(known: dict[str, Any]) -> None:
    decision = may_rehearse(**known)

    assert decision.yes
    assert decision.table().splitlines() == [
        "yes, as far as the sandbox can tell",
        "",
        "  ledger        acme has used 1 of 5",
        "  open attempt  none is open",
        "  preflight     9 of 9 are ready",
        "  verdict       version 7.1 of the system is green on the sandbox",
        "  evidence      the rehearsal is 1 day old; at most 7 count",
        "  work tree     clean at 0123456789ab",
        "  platform      Tokopedia's Open API is to stop on 2025-09-20 and to end on 2025-09-30",
    ]


@pytest.mark.parametrize(
    ("about", "otherwise", "said"),
    [
        ("ledger", {"standing": replace(STANDING, used=5)}, "acme has used 5 of 5"),
        ("ledger", {"standing": replace(STANDING, used=2, quota=2)}, "acme has used 2 of 2"),
        ("ledger", {"standing": "the file is corrupt"}, "the file is corrupt"),
        ("open attempt", {"standing": replace(STANDING, open=(1,))}, "attempt 1 is open, and nobody has said what became of it"),
        ("verdict", {"rehearsed": replace(GREEN, answer=missing("broken: it ships twice", "mend it"))}, "broken: it ships twice"),
        ("evidence", {"rehearsed": replace(GREEN, at=None)}, "there is no finished rehearsal"),
        ("evidence", {"rehearsed": replace(GREEN, at=NOW - timedelta(days=7, minutes=1))}, "the rehearsal is 7 days old; at most 7 count"),
        (
            "evidence",
            {"rehearsed": replace(GREEN, at=NOW + timedelta(hours=2))},
            "the rehearsal was finished in the future, on 2025-03-04 11:00 UTC",
        ),
        ("work tree", {"here": Checkout(COMMIT, dirty=True, changed=True)}, "dirty: files differ from the commit 0123456789ab"),
        ("work tree", {"here": Checkout(COMMIT, dirty=True, changed=False)}, "dirty: files are unknown to the commit 0123456789ab"),
        (
            "work tree",
            {"here": Checkout(COMMIT, refused=True)},
            "git does not answer here, so nobody knows what differs from the commit",
        ),
        ("work tree", {"rehearsed": replace(GREEN, dirty=True)}, "clean now, but it was dirty when it was rehearsed"),
    ],
)
def test_one_thing_that_speaks_against_it_makes_it_no(known: dict[str, Any], about: str, otherwise: dict[str, Any], said: str) -> None:
    decision = may_rehearse(**known | otherwise)

    assert not decision.yes
    assert [one.about for one in decision.against] == [about]
    assert ground(decision, about).said == said


def test_a_preparation_that_is_left_out_is_named(known: dict[str, Any]) -> None:
    decision = may_rehearse(**known | {"preflight": Developer(lacks=["test-app"]).preflight(attestations=())})

    assert [one.about for one in decision.against] == ["preflight"]
    assert decision.against[0].said == (
        "5 of 9 are ready, 1 missing, 3 to ask a person (test-app, shop-options-off, accounts-bound, business-process)"
    )


@pytest.mark.parametrize(
    ("when", "yes", "said"),
    [
        (datetime(2025, 9, 19, 23, 59, tzinfo=UTC), True, "is to stop on 2025-09-20"),
        (datetime(2025, 9, 20, tzinfo=UTC), False, "takes no registrations any more, and its test shops ended on 2025-09-20"),
        (datetime(2025, 9, 29, 23, 59, tzinfo=UTC), False, "takes no registrations any more"),
        (datetime(2025, 9, 30, tzinfo=UTC), False, "ended altogether on 2025-09-30, as was announced"),
    ],
)
def test_the_platform_closes_on_the_days_that_were_announced(known: dict[str, Any], when: datetime, said: str, *, yes: bool) -> None:
    decision = may_rehearse(**known | {"now": when, "rehearsed": replace(GREEN, at=when)})

    assert decision.yes is yes
    assert said in ground(decision, "platform").said


@pytest.mark.parametrize(
    ("age", "yes"), [(timedelta(days=7), True), (timedelta(days=7, seconds=1), False), (timedelta(hours=-1), True), (timedelta(), True)]
)
def test_a_rehearsal_counts_for_a_week_and_clocks_may_differ_by_an_hour(known: dict[str, Any], age: timedelta, *, yes: bool) -> None:
    decision = may_rehearse(**known | {"rehearsed": replace(GREEN, at=NOW - age)})

    assert decision.yes is yes


def test_outside_git_the_work_tree_speaks_neither_for_nor_against(known: dict[str, Any]) -> None:
    decision = may_rehearse(**known | {"here": Checkout()})

    assert decision.yes
    assert "not under git" in ground(decision, "work tree").said


def test_the_json_gives_the_answer_and_every_reason(known: dict[str, Any]) -> None:
    said = may_rehearse(**known | {"standing": "there is no ledger"}).as_json()

    assert (said["answer"], said["target"], len(said["reasons"])) == ("no", "sandbox", 6)
    assert said["reasons"][0] == {"about": "ledger", "speaks_for": False, "said": "there is no ledger", "todo": ""}


# -- what a verdict says for it ----------------------------------------------------------------------------------------

RELEASE = Release(version="7.1", system="a:B")
ASKED: dict[str, Any] = {"catalogue": CATALOGUE, "now": NOW}


def test_a_green_rehearsal_of_this_version_is_an_adapted_system() -> None:
    found = rehearsed(verdict(result("one")), RELEASE, **ASKED)

    assert found.answer == ready("version 7.1 of the system is green on the sandbox")
    assert (found.at, found.dirty) == (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), False)


def test_a_known_gap_that_passes_the_gate_passes_here_and_is_told() -> None:
    gap = KnownGap("two", "waits for the carrier", "Ayu", UNTIL)

    found = rehearsed(verdict(result("one"), result("two", Outcome.BROKEN)), RELEASE, gaps=[gap], **ASKED)

    assert found.answer.said == "version 7.1 of the system is green on the sandbox, with 1 known gap"


@pytest.mark.parametrize(
    ("more", "release", "said"),
    [
        ({}, Release("7.2"), "stale: the system: version 7.1 was rehearsed, and 7.2 is to be released; rehearse that one"),
        (
            {"target": "live"},
            RELEASE,
            "stale: the system: it was rehearsed on the live, and the gate asks for the sandbox; rehearse there",
        ),
        (
            {"system": {"adapter": "c:D", "version": "7.1"}},
            RELEASE,
            "stale: the system: c:D was rehearsed, and a:B is to be released; rehearse that one",
        ),
        (
            {"catalogue": "1"},
            RELEASE,
            "harness fault: verdict.json: it is over another catalogue (1) than this Gladi's (0); rehearse again",
        ),
    ],
)
def test_another_rehearsal_than_this_versions_on_the_sandbox_is_none(more: dict[str, Any], release: Release, said: str) -> None:
    found = rehearsed(verdict(result("one"), **more), release, **ASKED)

    assert (found.answer.readiness, found.answer.said) == (Readiness.MISSING, said)


def test_a_broken_rehearsal_names_the_first_breach_and_counts_the_others() -> None:
    broken = [result(name, Outcome.BROKEN, why=f"{name} broke\nat length") for name in ("one", "two", "three")]

    found = rehearsed(verdict(*broken, result("four", Outcome.NOT_REHEARSED)), RELEASE, **ASKED)

    assert found.answer.said == "broken: one: one broke, and 2 more"


def test_a_rehearsal_out_of_a_dirty_work_tree_is_known_as_one() -> None:
    ours = rehearsed(verdict(result("one"), commit={"id": COMMIT, "dirty": True}), RELEASE, **ASKED)
    theirs = {"adapter": "a:B", "version": "7.1", "commit": {"id": COMMIT, "dirty": True}}
    systems = rehearsed(verdict(result("one"), system=theirs), RELEASE, **ASKED)

    assert (ours.dirty, systems.dirty) == (True, True)


@pytest.mark.parametrize("finished_at", [None, "yesterday"])
def test_a_verdict_without_an_instant_has_no_age(finished_at: str | None) -> None:
    found = rehearsed(verdict(result("one"), finished_at=finished_at), RELEASE, **ASKED)

    assert found.at is None


LIVE: dict[str, Any] = {"target": "live", "finished_at": "2025-03-01T09:00:00+00:00"}


def test_a_recorded_run_of_this_version_counts() -> None:
    found = recorded(verdict(result("one"), **LIVE), RELEASE, **ASKED)

    assert found == ready("a run on the live is green, finished 2025-03-01T09:00:00+00:00")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (verdict(result("one")), "the run that was named is one on the sandbox"),
        (verdict(result("one", Outcome.BROKEN), **LIVE), "the run on the live is broken"),
        (
            verdict(result("one", Outcome.BROKEN), **LIVE, verdict=Overall.UPHELD),
            "the run on the live cannot be believed: it says upheld and its scenarios say broken, so somebody wrote in it; rehearse again",
        ),
        (
            verdict(result("one"), **LIVE, system={"adapter": "some:Other", "version": "7.1"}),
            "the run on the live is of something else: some:Other was rehearsed, and a:B is to be released; rehearse that one",
        ),
        (
            verdict(result("one"), **LIVE, system={"adapter": "a:B", "version": "7.0"}),
            "the run on the live is of something else: version 7.0 was rehearsed, and 7.1 is to be released; rehearse that one",
        ),
        (
            verdict(result("one"), **LIVE | {"finished_at": "2019-03-01T09:00:00+00:00"}),
            "the run on the live is 2195 days old; at most 7 count",
        ),
        (
            verdict(result("one"), **LIVE | {"finished_at": "2026-03-01T09:00:00+00:00"}),
            "the run on the live was finished in the future, on 2026-03-01 09:00 UTC",
        ),
        (verdict(result("one"), **LIVE | {"finished_at": None}), "the run on the live does not say when it was finished"),
    ],
)
def test_a_recorded_run_that_is_another_an_old_or_no_green_one_is_none(given: Verdict, said: str) -> None:
    found = recorded(given, RELEASE, **ASKED)

    assert (found.readiness, found.said) == (Readiness.MISSING, said)
