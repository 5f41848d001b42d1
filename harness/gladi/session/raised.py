"""What was raised in a scenario: whose fault it is, where, and the story of it, without a line of Gladi's or of a library's source.

An assertion of the scenario's own is none of this: pytest tells it best. A fault of the harness in a shipped scenario keeps its
traceback, because it is to be reported.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import gladi
from gladi.judge.story import line_of, timeline
from gladi.play.catalogue import scenarios_folder
from gladi.play.faults import HarnessFault, RehearsalError, SystemFault, UnseenClientError
from gladi.play.frames import Frame, own_frames, root_of
from gladi.record.clock import WIB, ClockError, moment
from gladi.record.journal import Call
from gladi.record.redact import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from gladi.play.rehearsal import Rehearsal
    from gladi.play.scenario import Scenario

__all__ = ["Raised", "beside", "first_line", "is_ours", "raised_in", "theirs"]

_HOUSE = Path(gladi.__file__).parent
_FACES = _HOUSE / "faces"
_MOST_FRAMES = 12
_FAULT_OF_GLADI = "If the line is right, Gladi is wrong: --full-trace shows where it raised this; please report it."


@dataclass(frozen=True, slots=True)
class Raised:
    """An error that is told as a story: what it was, whose, and the frames of its author, outermost first."""

    error: BaseException
    whose: str
    frames: tuple[Frame, ...]

    @property
    def sentence(self) -> str:
        """Say what was raised and where: `the system raised KeyError: 'data' (mine.py, line 40, in ship)`."""
        return clean_text(f"{self.whose} {first_line(root_of(self.error))} ({self.frames[-1]})")

    def brief(self, rehearsal: Rehearsal) -> str:
        """Say it with its places and the platform's last answer, for where another story tells the time."""
        return "\n".join((self.sentence, "", *self.places(source=True), "", _last_answer(_last_call(rehearsal))))

    def places(self, *, source: bool) -> Iterator[str]:
        """Give a line for each frame, and beneath it the line of source where that is wanted."""
        if len(self.frames) > _MOST_FRAMES:
            yield f"    … {len(self.frames) - _MOST_FRAMES} places before"
        for frame in self.frames[-_MOST_FRAMES:]:
            yield f"    {frame.shown}:{frame.line} in {frame.function}"
            if source and frame.source:
                yield f"        {clean_text(frame.source)}"
        error = root_of(self.error)
        # httpx says the words of the library beneath it again.
        if (cause := error.__cause__) is not None and str(cause) != str(error):
            yield f"    because of {clean_text(first_line(cause))}"

    def tell(self, rehearsal: Rehearsal, closing: tuple[str, ...], *, source: bool = True) -> str:
        """Tell it as a small report read top to bottom: what and where, the platform's last answer, the time until then, what to type.

        A report that is passed on has no use for `source`, which may tell too much.
        """
        until, last = _until(rehearsal), _last_call(rehearsal)
        hint = (_FAULT_OF_GLADI,) if is_ours(self.error) and not isinstance(self.error, RehearsalError) else ()
        told = timeline(rehearsal.journal, marked=() if last is None else (last.n,), until=until)
        time = (*told, "") if told else ()
        return "\n".join((self.sentence, "", *self.places(source=source), "", _last_answer(last), "", *time, *hint, *closing))


def _until(rehearsal: Rehearsal) -> int:
    """How many entries of the journal lie before what was raised."""
    return rehearsal.raised_at or len(rehearsal.journal.entries)


def _last_call(rehearsal: Rehearsal) -> Call | None:
    return next((entry for entry in reversed(rehearsal.journal.entries[: _until(rehearsal)]) if isinstance(entry, Call)), None)


def _last_answer(call: Call | None) -> str:
    if call is None:
        return "The platform was not asked anything before."
    return f"The platform's last answer: {moment(call.at) + WIB:%a %H:%M}  {call.operation}, {line_of(call)}"


def raised_in(error: BaseException | None, scenario: Scenario) -> Raised | None:
    """Say whose an error is and where, if it is to be told as a story."""
    if error is None or isinstance(error, AssertionError) or not (frames := own_frames(error)):
        return None
    entry = next(frame for frame in reversed(frames) if frame.entered or frame is frames[0])
    of_scenario = entry.file == scenario.path and entry.function == f"test_{scenario.id}"
    if is_ours(error):
        wrong = "the scenario asks for what cannot be:" if isinstance(error, RehearsalError) else "the scenario is written wrongly:"
        return Raised(error, wrong, frames) if of_scenario else None
    return Raised(error, "the scenario raised" if of_scenario else "the system raised", frames)


def first_line(error: BaseException) -> str:
    """Give the first line of what an exception says, and its name unless it is an assertion; for one that says nothing, its source."""
    text = str(error).strip().partition("\n")[0]
    if isinstance(error, AssertionError):
        return text or _unsaid(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _unsaid(error: BaseException) -> str:
    frame = next(iter(reversed(traceback.extract_tb(error.__traceback__))), None)
    return "an assertion failed" if frame is None else f"{frame.line or 'assert'} ({Path(frame.filename).name}, line {frame.lineno})"


def beside(error: BaseException) -> str:
    """Say what went wrong in a scenario beside the story that is told."""
    text = clean_text(first_line(error))
    if isinstance(error, SystemFault | UnseenClientError):
        return f"The system broke its contract with the harness too:\n{text}"
    if isinstance(error, AssertionError):
        return f"The scenario's own assertion failed too:\n{text}"
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"And this was raised, in {Path(frame.filename).name}, line {frame.lineno}:\n{text}"


def theirs(error: BaseException) -> TracebackType | None:
    """Give the part of a traceback that its reader can act on: what lies behind our own frames and the event loop's."""
    trace = error.__traceback__
    while trace is not None and _is_between(str(trace.tb_frame.f_globals.get("__name__", ""))):
        trace = trace.tb_next
    return trace or error.__traceback__


def _is_between(module: str) -> bool:
    return module.partition(".")[0] in {"gladi", "asyncio", "contextlib", "pluggy", "_pytest"} and not module.startswith("gladi.scenarios")


def is_ours(error: BaseException) -> bool:
    """Tell a fault of the harness from one of the system: by the error's family, else by where it was raised.

    What a face raises in the name of a client library is what a network does, a lost answer or a host that is not there.
    """
    if isinstance(error, AssertionError):
        return False
    if isinstance(error, RehearsalError | ClockError | HarnessFault):
        return True
    last = ""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        last = frame.f_code.co_filename
    if Path(last).is_relative_to(_FACES) and type(error).__module__.partition(".")[0] in {"httpx", "httpx2"}:
        return False
    return any(Path(last).is_relative_to(house) for house in (_HOUSE, scenarios_folder()))
