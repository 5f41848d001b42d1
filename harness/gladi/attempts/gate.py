"""The release gate: one answer out of a verdict, the list of known gaps, and the version that is to be released.

1. The verdict alone says what was rehearsed; nothing is rehearsed, imported or asked of a platform here. What cannot be believed of it
   is a fault (`gladi.attempts.doubts`).
2. The list of known gaps works both ways: what it lists passes until its date, and what it lists and no longer fails breaks the gate.
3. A verdict about another system or version answers another question, so *stale* comes before *broken*.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from gladi.attempts.doubts import doubts
from gladi.judge.bench import Outcome
from gladi.judge.verdict import Overall
from gladi.record.redact import clean_text
from gladi.record.words import Target, TroubleLevel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from gladi.attempts.doubts import Catalogue
    from gladi.attempts.policy import KnownGap
    from gladi.judge.verdict import ScenarioResult, SearchResult, Verdict

__all__ = ["Answer", "Gate", "Reason", "Release", "UnknownScenarioError", "decide", "rehearsed_commit", "stale"]


class Gate(StrEnum):
    """The answers, in the order in which one goes before another."""

    FAULT = "harness fault"
    STALE = "stale"
    BROKEN = "broken"
    INCOMPLETE = "incomplete"
    YES = "yes"

    @property
    def status(self) -> int:
        """The exit status."""
        return {Gate.FAULT: 12, Gate.STALE: 13, Gate.BROKEN: 10, Gate.INCOMPLETE: 11, Gate.YES: 0}[self]


class UnknownScenarioError(ValueError):
    """The list of known gaps names a scenario that the verdict does not; the text is one sentence."""


@dataclass(frozen=True, slots=True)
class Release:
    """The system that is to be released and its version, as far as they are known."""

    version: str | None = None
    """What the system calls it."""
    commit: str | None = None
    """The commit, whole or its first seven digits and more."""
    changed: bool = False
    """Whether files of that checkout differ from the commit by now."""
    lost: bool = False
    """Whether it lies in a checkout of which git does not tell where it stands."""
    system: str | None = None
    """The adapter, as `rehearse_system` names it."""
    options: bool = True
    """Whether the version can be said by an option, and not by the adapter and its checkout alone."""


_NAMES_ITSELF = "give the adapter's class one, version = '...', and rehearse"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for the answer, or a note that speaks neither for nor against."""

    answer: Gate
    about: str
    """The id of a scenario, or what else it is about."""
    text: str

    @property
    def line(self) -> str:
        """The reason as one line says it."""
        return f"{self.about}: {self.text}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gate says."""

    answer: Gate
    reasons: tuple[Reason, ...]
    """All that speaks against the release, the gravest first; none where the answer is yes."""
    gaps: tuple[KnownGap, ...]
    """The known gaps that passed."""
    notes: tuple[Reason, ...]

    @property
    def status(self) -> int:
        """The exit status."""
        return self.answer.status

    def as_json(self) -> dict[str, Any]:
        """Give what a machine would read."""
        return {
            "gate": "yes" if self.answer is Gate.YES else "no",
            "answer": str(self.answer),
            "status": self.status,
            "reasons": [{"answer": str(one.answer), "about": one.about, "text": one.text} for one in self.reasons],
            "known_gaps": [
                {"scenario": gap.scenario, "reason": gap.reason, "owner": gap.owner, "until": gap.until.isoformat()} for gap in self.gaps
            ],
            "notes": [{"about": one.about, "text": one.text} for one in self.notes],
        }


def decide(verdict: Verdict, release: Release, *, catalogue: Catalogue, gaps: Sequence[KnownGap] = (), today: date) -> Answer:
    """Answer whether this version may be released; `catalogue` is that of the Gladi that is asked, `today` a day in UTC.

    Raises:
        UnknownScenarioError: `gaps` lists a scenario that the verdict does not know.
    """
    if verdict.verdict is Overall.UNFINISHED:
        return _answered([Reason(Gate.FAULT, "the run", "it did not end, so nothing is known; rehearse again")])
    listed = {gap.scenario: gap for gap in gaps}
    _check(listed, [one.id for one in verdict.scenarios])
    reasons = list(_faults(verdict, catalogue))
    if verdict.target != Target.SANDBOX:
        reasons.append(_is_stale(f"it was rehearsed on the {verdict.target}, and the gate asks for the {Target.SANDBOX}; rehearse there"))
    reasons += map(_is_stale, stale(verdict, release))
    passed: list[KnownGap] = []
    for one in verdict.scenarios:
        gap = listed.get(one.id)
        reason = _reason(one, gap, today)
        reasons += [reason] if reason else []
        if gap is not None and reason is None:
            passed.append(gap)
    reasons += [reason for one in verdict.searches if (reason := _of_a_search(one)) is not None]
    if verdict.verdict is Overall.NOTHING:
        reasons.append(Reason(Gate.INCOMPLETE, "the run", "nothing was rehearsed, so nothing is known"))
    return _answered(reasons, passed, list(_notes(verdict)))


def _answered(reasons: list[Reason], gaps: Iterable[KnownGap] = (), notes: Iterable[Reason] = ()) -> Answer:
    gravest = list(Gate)
    ordered = sorted(reasons, key=lambda one: gravest.index(one.answer))
    return Answer(ordered[0].answer if ordered else Gate.YES, tuple(ordered), tuple(gaps), tuple(notes))


def _check(listed: dict[str, KnownGap], known: list[str]) -> None:
    for name in listed:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3)
            meant = f"did you mean {' or '.join(near)}?" if near else "write an id as verdict.json has it, or take the entry out"
            raise UnknownScenarioError(f"gladi.toml: [[known-gaps]] lists {name!r}, and no scenario has that id; {meant}")


def _faults(verdict: Verdict, catalogue: Catalogue) -> Iterator[Reason]:
    if verdict.verdict is Overall.FAULT:
        yield Reason(Gate.FAULT, "the run", "the harness failed, which says nothing about the system; its terminal says where")
    for doubt in doubts(verdict, catalogue):
        yield Reason(Gate.FAULT, "verdict.json", doubt)


def _reason(one: ScenarioResult, gap: KnownGap | None, today: date) -> Reason | None:
    """Give what a scenario has against the release.

    A gap covers whatever falls short of *upheld*: what may be broken may be left out as well.
    """
    left_out = one.outcome is Outcome.NOT_REHEARSED or Outcome.NOT_REHEARSED in one.cells.values()
    if one.outcome is Outcome.FAULT:
        return Reason(Gate.FAULT, one.id, one.why)
    if one.outcome is Outcome.UPHELD and not left_out:
        if gap is None:
            return None
        again = f"it no longer fails, and gladi.toml lists it as a known gap of {gap.owner}; take the entry out"
        return Reason(Gate.BROKEN, one.id, again)
    why = _why(one)
    if gap is not None and today <= gap.until:
        return None
    if gap is not None:
        why = f"{why} (a known gap of {gap.owner} until {gap.until}, and that day has passed)"
    return Reason(Gate.BROKEN if one.outcome is Outcome.BROKEN else Gate.INCOMPLETE, one.id, why)


def _of_a_search(one: SearchResult) -> Reason | None:
    """Give what a search has against the release: no known gap covers what nobody knew."""
    if one.outcome is Outcome.UPHELD:
        return None
    answer = {Outcome.FAULT: Gate.FAULT, Outcome.BROKEN: Gate.BROKEN}.get(one.outcome, Gate.INCOMPLETE)
    return Reason(answer, one.id, clean_text(one.why.partition("\n")[0]) or str(one.outcome))


def _why(one: ScenarioResult) -> str:
    if one.outcome is not Outcome.UPHELD:
        return clean_text(one.why.partition("\n")[0]) or str(one.outcome)
    cells = sum(said is Outcome.NOT_REHEARSED for said in one.cells.values())
    return f"not rehearsed in {cells} of {len(one.cells)} cells of the in-flight matrix"


def stale(verdict: Verdict, release: Release) -> Iterator[str]:
    """Say what differs between the rehearsed and what is to be released: the system, its own version, the commit that it lies in."""
    if release.system is not None and release.system != (adapter := verdict.system.get("adapter")):
        yield f"{adapter} was rehearsed, and {release.system} is to be released; rehearse that one"
    if release.version is not None:
        rehearsed = verdict.system.get("version")
        if rehearsed is None:
            yield f"the rehearsed adapter names no version of its system, so {_NAMES_ITSELF}"
        elif rehearsed != release.version:
            yield f"version {rehearsed} was rehearsed, and {release.version} is to be released; rehearse that one"
    if release.lost:
        yield "git does not tell where its checkout stands by now; type git status there, and mend what it says"
    if release.commit is not None:
        yield from _moved(verdict, release, release.commit)
    if release.version is None and release.commit is None and not release.lost:
        says = "pass --system-version or --commit" if release.options else _NAMES_ITSELF
        yield f"nothing says which version is to be released; {says}"


def _moved(verdict: Verdict, release: Release, commit: str) -> Iterator[str]:
    at = rehearsed_commit(verdict)
    if at is None:
        says = "commit it and rehearse, or pass --system-version" if release.options else _NAMES_ITSELF
        yield f"the system was rehearsed outside of any commit; {says}"
    elif not at.startswith(commit.lower()):
        yield f"commit {at[:12]} was rehearsed, and {commit[:12]} is to be released; rehearse that one"
    elif release.changed and _dirty(verdict):
        yield "files differ from the commit, and nothing tells whether they did when it was rehearsed; commit them and rehearse"
    elif release.changed:
        yield f"files have changed since commit {at[:12]} was rehearsed, and are not committed; commit them and rehearse"


def rehearsed_commit(verdict: Verdict) -> str | None:
    """Give the commit of the system that was rehearsed; None where it lay in none, or was installed."""
    at = verdict.system.get("commit", verdict.commit)
    found = at.get("id") if isinstance(at, dict) else None
    return found if isinstance(found, str) else None


def _is_stale(text: str) -> Reason:
    return Reason(Gate.STALE, "the system", text)


def _dirty(verdict: Verdict) -> bool:
    at = verdict.system.get("commit", verdict.commit)
    return bool(verdict.commit.get("dirty") or (isinstance(at, dict) and at.get("dirty")))


def _notes(verdict: Verdict) -> Iterator[Reason]:
    def note(about: str, text: str) -> Reason:
        return Reason(Gate.YES, about, text)

    if _dirty(verdict):
        yield note("the work tree", "it was dirty when it was rehearsed, so the commit does not tell all that was")
    if verdict.assumed:
        yield note("the sandbox", f"it was switched: {', '.join(f'{name}={value}' for name, value in verdict.assumed.items())}")
    if verdict.trouble != TroubleLevel.OFF:
        yield note("the run", f"it was rehearsed with trouble at {verdict.trouble}")
    for one in verdict.scenarios:
        if one.reruns:
            yield note(one.id, f"it was rerun {one.reruns} times; what fails now and then fails")
        if one.outcome is Outcome.UPHELD and not one.asserted:
            yield note(one.id, "its own assertion failed on what the documents dispute, which only warns")
