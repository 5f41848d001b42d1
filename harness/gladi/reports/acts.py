"""A rehearsal told in three acts, GIVEN, WHEN and THEN, line by line in virtual time, for whatever prints it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gladi.judge.bench import Outcome
from gladi.judge.story import line_of, rest
from gladi.record.clock import WIB, Instant, moment
from gladi.record.journal import Call, Fact, What
from gladi.record.redact import clean_text
from gladi.record.words import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gladi.judge.bench import Judgement
    from gladi.judge.identity import Identity
    from gladi.judge.requirements import Requirement
    from gladi.record.journal import Entry, Journal
    from gladi.record.words import Phase

__all__ = ["Act", "Line", "Performed", "acts", "away", "evidence", "merged_at"]

_MANY = 30
_SHOWN = 5
_BEGINNINGS = {
    Stage.PENDING: "the shops are not linked",
    Stage.MERGING: "the shops are merging",
    Stage.MERGED: "the shops have merged",
    Stage.CONFIRMED: "the product merge is confirmed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Performed:
    """One scenario as it was performed, or not: all that a report may know of it."""

    id: str
    title: str
    story: str
    """The docstring."""
    phase: Phase
    platform: str
    process: str
    begins: Stage
    requirements: tuple[Requirement, ...]
    mode: str
    """The target."""
    cell: str
    """The cell of the in-flight matrix."""
    cells: int = 1
    """In how many cells the scenario can be played."""
    face: str
    seed: int
    assumed: Mapping[str, str] = field(default_factory=dict)
    """The switches of the sandbox that were given, as they are written."""
    case: str = ""
    """The user's own parameters with which it was played, where it has some."""
    outcome: Outcome | None = None
    """None where nobody judged: the scenario was skipped, or its set-up failed."""
    stories: tuple[str, ...] = ()
    """The stories of the violations that fail it, each with its verdict in the first line."""
    error: BaseException | None = field(default=None, repr=False)
    """What the scenario's own body raised; its text may hold secrets."""
    raised: str = ""
    """The story of that error, where it is told as one; its first line says whose it is and where."""
    journal: Journal | None = None
    body: tuple[int, int] = (0, 0)
    """How many entries the journal had when the body began, and when it ended; zero where it never came to that."""
    judgements: tuple[Judgement, ...] = ()
    strict: bool = False
    identities: Mapping[str, Identity] = field(default_factory=dict)
    assumptions: tuple[str, ...] = ()
    scenario: str = ""
    """The file of a scenario in which a search has written down what it found broken."""

    @property
    def name(self) -> str:
        """The title, with what tells this play from the others of the same scenario."""
        told = (f"in flight {self.cell}" if self.cells > 1 else "", self.case)
        return f"{self.title} [{', '.join(one for one in told if one)}]" if any(told) else self.title

    @property
    def parts(self) -> tuple[int, int]:
        """How many entries are GIVEN, and how many there are with what was played; all of them where the body never began."""
        return self.body if self.body[1] else (len(self.entries), len(self.entries))

    @property
    def entries(self) -> Sequence[Entry]:
        """The journal's entries; none where nothing was performed."""
        return self.journal.entries if self.journal is not None else ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it says, when, which entry of the journal it is, and whether it speaks against the system."""

    text: str
    at: Instant
    entry: int | None = None
    outcome: Outcome = Outcome.UPHELD


@dataclass(frozen=True, slots=True)
class Act:
    """One of the three acts."""

    title: str
    began: Instant
    ended: Instant
    lines: tuple[Line, ...]

    @property
    def outcome(self) -> Outcome:
        """The worst that its lines say; a rule that was not rehearsed leaves it upheld."""
        said = {line.outcome for line in self.lines}
        return next((one for one in (Outcome.FAULT, Outcome.BROKEN) if one in said), Outcome.UPHELD)


def acts(performed: Performed) -> list[Act]:
    """Tell a performance in three acts; long stretches of calls are cut to their ends. None where nothing was performed."""
    entries = performed.entries
    if performed.journal is None or not entries:
        return []
    given, done = performed.parts
    merged, marks = merged_at(entries), frozenset(evidence(performed))
    began, ended = entries[0].at, entries[-1].at
    played = entries[given - 1].at if given else began
    settles = entries[done - 1].at if done else began
    told = [
        Act(_titled("GIVEN", began, merged, _BEGINNINGS[performed.begins]), began, played, _told(entries[:given], merged, marks)),
        Act(_titled("WHEN", played, merged, "the scenario is played"), played, settles, _told(entries[given:done], merged, marks)),
    ]
    judged = (*_told(entries[done:], merged, marks), *_judged(performed, ended))
    told.append(Act(_titled("THEN", settles, merged, "everything settles and is judged"), settles, ended, judged))
    return told


def evidence(performed: Performed) -> list[int]:
    """Number the entries that prove the violations by which the scenario fails, in order of time."""
    broken = (one for one in performed.judgements if one.fails or performed.strict)
    return sorted({n for one in broken for violation in one.violations for n in violation.entries})


def merged_at(entries: Iterable[Entry]) -> Instant | None:
    """Give the instant of the first merge; None where no shop merged."""
    return next((one.at for one in entries if isinstance(one, Fact) and one.what == What.STAGE and one.stage is Stage.MERGED), None)


def away(at: Instant, merged: Instant | None) -> str:
    """Give how many hours and minutes an instant lies from the merge, `T-00:30` or `T+02:00`; nothing where no shop merged."""
    if merged is None:
        return ""
    minutes = abs((at - merged) // 60_000)
    return f"T{'-' if at < merged else '+'}{minutes // 60:02}:{minutes % 60:02}"


def _told(entries: Iterable[Entry], merged: Instant | None, marks: frozenset[int]) -> tuple[Line, ...]:
    lines: list[Line] = []
    stretch: list[Call] = []
    for entry in entries:
        if isinstance(entry, Call):
            stretch.append(entry)
        elif line_of(entry) is not None:
            lines += _stretched(stretch, merged, marks)
            stretch.clear()
            lines.append(_line(entry, merged, marks))
    return (*lines, *_stretched(stretch, merged, marks))


def _stretched(calls: list[Call], merged: Instant | None, marks: frozenset[int]) -> Iterator[Line]:
    """Tell a stretch of calls: all of it, or its ends, its evidence, and how many lie between."""
    last = len(calls) - _SHOWN
    cut: list[Call] = []
    for at, call in enumerate(calls):
        if len(calls) > _MANY and _SHOWN <= at < last and call.n not in marks:
            cut.append(call)
            continue
        if cut:
            yield _between(cut, merged)
            cut = []
        yield _line(call, merged, marks)


def _between(cut: list[Call], merged: Instant | None) -> Line:
    return Line(f"{_stamp(cut[0].at, merged)}  {rest(cut, 'more ')}", cut[0].at)


def _line(entry: Entry, merged: Instant | None, marks: frozenset[int]) -> Line:
    outcome = Outcome.BROKEN if entry.n in marks else Outcome.UPHELD
    return Line(f"{_stamp(entry.at, merged)}  {clean_text(line_of(entry) or '')}", entry.at, entry.n, outcome)


def _judged(performed: Performed, at: Instant) -> Iterator[Line]:
    if performed.error is None:
        yield Line("the scenario's own assertion holds", at)
    elif performed.outcome is Outcome.UPHELD:
        yield Line("warned: the scenario's own assertion failed, on a requirement that is disputed", at)
    else:
        # A fault of the harness beside a violation is told, but the violation has the word.
        outcome = performed.outcome if performed.outcome in (Outcome.BROKEN, Outcome.FAULT) else Outcome.BROKEN
        text = clean_text(str(performed.error).strip().partition("\n")[0]) or type(performed.error).__name__
        said = performed.raised.partition("\n")[0] or f"the scenario itself failed: {text}"
        yield Line(said, at, outcome=outcome or Outcome.BROKEN)
    for one in performed.judgements:
        warned = one.outcome is Outcome.BROKEN and not (one.fails or performed.strict)
        chances = f"{one.chances} chance{'' if one.chances == 1 else 's'}"
        yield Line(
            f"{'warned' if warned else one.outcome}: {one.invariant.title()} ({chances})",
            at,
            outcome=Outcome.UPHELD if warned else one.outcome,
        )


def _titled(word: str, at: Instant, merged: Instant | None, text: str) -> str:
    return f"{word}  {_stamp(at, merged)}  {text}"


def _stamp(at: Instant, merged: Instant | None) -> str:
    """Give the time in WIB, and how far from the merge that is, where the merge came about: `Tue 02:03  T-00:30`."""
    when = f"{moment(at) + WIB:%a %H:%M}"
    return f"{when}  {away(at, merged)}" if merged is not None else when
