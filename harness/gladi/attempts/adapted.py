"""What verdicts say for an attempt: whether this version of the system was rehearsed and is green, and tested beyond the sandbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from gladi.attempts.case import Answer, missing, ready
from gladi.attempts.doubts import doubts
from gladi.attempts.gate import Gate, decide, stale
from gladi.judge.verdict import Overall
from gladi.record.words import Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gladi.attempts.doubts import Catalogue
    from gladi.attempts.gate import Release
    from gladi.attempts.policy import KnownGap
    from gladi.judge.verdict import Verdict

__all__ = ["FRESH", "Age", "Rehearsed", "age", "recorded", "rehearsed"]

FRESH = timedelta(days=7)
"""How old a run may be to speak for an attempt: our own measure, which no document sets."""

_CLOCKS = timedelta(hours=1)
"""By how much the clocks of two machines may differ."""
_AGAIN = "rehearse this version of the system: pytest --rehearse"


@dataclass(frozen=True, slots=True)
class Age:
    """How old a run is, and whether it still counts."""

    said: str
    """What follows the name of the run in a sentence."""
    counts: bool
    in_future: bool = False


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What there is to say of the last rehearsal."""

    answer: Answer
    at: datetime | None = None
    """When it was finished, aware; None where it never was."""
    dirty: bool = False
    """Whether the work tree was dirty then, so that its commit does not tell all that was rehearsed."""


def rehearsed(verdict: Verdict | str, release: Release, *, catalogue: Catalogue, gaps: Sequence[KnownGap] = (), now: datetime) -> Rehearsed:
    """Ask the gate about the last verdict, or take the sentence that says why there is none; `now` is aware.

    Raises:
        UnknownScenarioError: `gaps` lists a scenario that the verdict does not know.
    """
    if isinstance(verdict, str):
        return Rehearsed(missing(verdict, _AGAIN))
    at = _moment(verdict.finished_at)
    at_commit = verdict.system.get("commit")
    dirty = bool(verdict.commit.get("dirty") or (isinstance(at_commit, dict) and at_commit.get("dirty")))
    said = decide(verdict, release, catalogue=catalogue, gaps=gaps, today=now.astimezone(UTC).date())
    if said.answer is not Gate.YES:
        gravest = [one for one in said.reasons if one.answer is said.answer]
        more = f", and {len(gravest) - 1} more" if len(gravest) > 1 else ""
        return Rehearsed(missing(f"{said.answer}: {gravest[0].line}{more}", _AGAIN), at, dirty)
    of = f"version {release.version}" if release.version else f"commit {(release.commit or '')[:12]}"
    passed = f", with {len(said.gaps)} known gap{'' if len(said.gaps) == 1 else 's'}" if said.gaps else ""
    return Rehearsed(ready(f"{of} of the system is green on the {verdict.target}{passed}"), at, dirty)


def recorded(verdict: Verdict, release: Release, *, catalogue: Catalogue, now: datetime) -> Answer:
    """Judge the verdict of a run that was made against a development shop, or of a recording of one; `now` is aware."""
    again = "run this version against the development shop again, or have a person attest it"
    if verdict.target == Target.SANDBOX:
        return missing("the run that was named is one on the sandbox", "name the verdict of a run against the development shop")
    if doubt := next(doubts(verdict, catalogue), None):
        return missing(f"the run on the {verdict.target} cannot be believed: {doubt}", again)
    if verdict.verdict is not Overall.UPHELD:
        return missing(f"the run on the {verdict.target} is {verdict.verdict}", "mend what it says, and run it again")
    if other := next(stale(verdict, release), None):
        return missing(f"the run on the {verdict.target} is of something else: {other}", again)
    at = _moment(verdict.finished_at)
    old = Age("does not say when it was finished", counts=False) if at is None else age(at, now)
    if not old.counts:
        return missing(f"the run on the {verdict.target} {old.said}", again)
    return ready(f"a run on the {verdict.target} is green, finished {verdict.finished_at}")


def age(at: datetime, now: datetime, fresh: timedelta = FRESH) -> Age:
    """Say how old a run is that was finished at an instant; one from the future counts as little as one that is too old."""
    old = now - at
    if old < -_CLOCKS:
        return Age(f"was finished in the future, on {at.astimezone(UTC):%Y-%m-%d %H:%M} UTC", counts=False, in_future=True)
    days = f"{old.days} day{'' if old.days == 1 else 's'}" if old >= timedelta(days=1) else "less than a day"
    return Age(f"is {days} old; at most {fresh.days} count", counts=old <= fresh)


def _moment(finished_at: str | None) -> datetime | None:
    """Read the instant of a verdict; None where it has none that can be read."""
    try:
        at = datetime.fromisoformat(finished_at or "")
    except ValueError:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
