"""A recording as a platform: it answers what was recorded, and the sandbox, asked the same, goes along as a model.

1. The answer is the recorded one. What was taken out before it was written is put back from the model's, and so is nothing else.
2. What the harness knows of the exchange comes from the model. Where the two disagree in status or code the recording is believed,
   and that they do is a finding: the sandbox is not what it stands for, or the recording is not of this play.
3. A request that was not recorded is a miss. The model answers it, so that the play comes to its end, and the play is *not rehearsed*.
4. With a course the model bears what was seen on the platforms. A recorded write that nobody makes again would be taken for made there,
   so a play that nothing else broke is *not rehearsed* either.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gladi.platforms.recording.codes import code_of, refuses, said
from gladi.platforms.recording.course import Course
from gladi.platforms.recording.index import Index
from gladi.platforms.recording.matching import asked
from gladi.platforms.recording.restoring import restored
from gladi.record.clock import wall_time
from gladi.record.journal import Deed
from gladi.record.redact import fingerprint
from gladi.record.routing import router
from gladi.record.words import Level, Target

if TYPE_CHECKING:
    from gladi.platforms.recording.recording import Recording
    from gladi.platforms.recording.redaction import Redaction
    from gladi.record.journal import Journal
    from gladi.record.wire import Answers, Request, Response

__all__ = ["DIFFERS", "UNASKED", "Miss", "Replay", "Unmade"]

DIFFERS, UNASKED = "replay-differs", "replay-unasked"
"""What findings of a replay are about."""

_EXPLAINED = 3
"""So many misses are explained; the first says why, and the others mostly follow from it."""
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Miss:
    """A request that the recording does not answer."""

    what: str
    """Method, host and path."""
    at: str
    """The hour and minute, in WIB."""
    nearest: str
    """The recorded exchange that is most like it and the first difference, as the end of a sentence."""
    step: str
    """The last deed before it."""
    refused: str = ""
    """The first success of the recording that the model refused before it; empty where there was none."""

    def __str__(self) -> str:
        # A cipher or a token that the model did not give is still the pseudonym, and whoever sends it asks what nobody recorded.
        because = f"; before it {self.refused}, so what was taken out of that answer could not be put back" if self.refused else ""
        return f"{self.what} at {self.at} was not recorded{self.nearest}; {self.step}{because}"


@dataclass(frozen=True, slots=True)
class Unmade:
    """The writes of a recording that nobody has made again, though the recording shows what came of them."""

    what: str
    """Method, host and path of the first."""
    at: str
    """The hour and minute at which it was recorded, in WIB."""
    count: int

    def __str__(self) -> str:
        more = f" (and {self.count - 1} more)" if self.count > 1 else ""
        return (
            f"{self.what}, which was recorded at {self.at}, was never asked for{more}, and what the recording shows behind it "
            "came of the write that was made then, not of this system"
        )


class Replay:
    """One recording, replayed once."""

    def __init__(self, recording: Recording, redaction: Redaction) -> None:
        """Replay `recording`; `redaction` is the one of its salt."""
        self._redaction = redaction
        about = recording.sidecar
        self._bears_the_course = isinstance(about.course, Course)
        self._timed = about.target in (Target.SANDBOX, Target.RECORDED) or self._bears_the_course
        """Whether its instants are those of the replay: it was recorded in virtual time, or its course is gone through once more."""
        self._index = Index(recording.exchanges, timed=self._timed)
        self.misses: list[Miss] = []
        """The first of them; `missed` counts them all."""
        self.missed = 0
        self._differences: Counter[str] = Counter()
        self._refused = ""

    def over(self, model: Answers, journal: Journal) -> Answers:
        """Give the platform that answers out of the recording; findings and misses are told by `journal`'s last deed."""
        find, redaction = self._index.find, self._redaction

        def answers(request: Request) -> Response:
            expected = model(request)
            # Most requests hold nothing private; to look for one as it came is twenty times cheaper than to redact it.
            found = find(asked(request, redacted=False), request.at) or find(asked(redaction.request(request)), request.at)
            if found is None:
                self.missed += 1
                if len(self.misses) < _EXPLAINED:
                    self.misses.append(self._miss(request, journal))
                return expected
            recorded = found.exchange.response
            body = restored(recorded, expected, redaction)
            notes = expected.notes
            if recorded.status != expected.status or (body is not expected.body and code_of(recorded) != code_of(expected)):
                self._differs(request, recorded, expected, journal)
                if refuses(recorded):
                    notes = replace(notes, code=code_of(recorded), refusal=notes.refusal or "recorded", shows=(), polls=(), tells_merged=())
                else:
                    notes = replace(notes, code=None, refusal=None, expired=False)
            return replace(recorded, body=body, notes=notes, lost=None)

        return answers

    def unmade(self) -> Unmade | None:
        """Give the writes that were never asked for, where the recording tells what came of them: the model bears what a course shows."""
        if not self._bears_the_course:
            return None
        left = [one for one in self._index.unasked if one.writes and not refuses(one.exchange.response)]
        if not left:
            return None
        first = left[0]
        return Unmade(f"{first.asked.method} {first.asked.host}{first.asked.path}", wall_time(first.at), len(left))

    def settle(self, journal: Journal) -> None:
        """Note what was recorded and never asked for."""
        left = self._index.unasked
        if left:
            named = [f"{one.asked.method} {one.asked.host}{one.asked.path}" for one in left]
            shown = list(dict.fromkeys(named))
            more = ", …" if len(shown) > _NAMED else ""
            text = f"{len(left)} of {len(self._index)} recorded exchanges were never asked for: {', '.join(shown[:_NAMED])}{more}"
            journal.finding(Level.NOTE, UNASKED, text)

    def _miss(self, request: Request, journal: Journal) -> Miss:
        one = asked(self._redaction.request(request))
        near = self._index.nearest(one)
        if near is None:
            nearest = ", nor anything like it"
        else:
            found, differs = near
            when = f" of {wall_time(found.at)}" if self._timed else f" number {found.number + 1}"
            nearest = f"; nearest is {found.asked.method} {found.asked.path}{when}: {differs}"
        deed = next((entry for entry in reversed(journal.entries) if isinstance(entry, Deed)), None)
        step = "nobody had done anything yet" if deed is None else f"it came after {deed.who} {deed.did} at {wall_time(deed.at)}"
        return Miss(f"{one.method} {one.host}{one.path}", wall_time(request.at), nearest, step, self._refused)

    def _differs(self, request: Request, recorded: Response, expected: Response, journal: Journal) -> None:
        operation = router().route(request).operation
        name = fingerprint(request) if operation is None else operation.name
        text = f"{name} was answered {said(recorded)} when it was recorded, and the sandbox answers {said(expected)}"
        if refuses(expected) and not refuses(recorded):
            self._refused = self._refused or text
        if not self._differences[text]:
            journal.finding(Level.NOTE, DIFFERS, text)
        self._differences[text] += 1
