"""The plays of the guide: what is shipped of each, and how the careful system replays one."""

from __future__ import annotations

import sys
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from gladi.judge.bench import Outcome
from gladi.platforms.recording.packed import PACKED
from gladi.platforms.recording.recording import HAR, Recording
from gladi.platforms.recording.redaction import Redaction
from gladi.platforms.recording.replay import DIFFERS, UNASKED, Replay
from gladi.play.adapter import load
from gladi.play.catalogue import catalogue
from gladi.play.rehearsal import Plan, Rehearsal
from gladi.record.journal import Finding
from gladi.record.words import Face, Target
from gladi.sandbox.settings import Settings
from gladi.session.cells import file_name, played_in
from tests.recorded.main_line import CELL, FOLDER, MAIN_LINE, ROOT
from tests.rogues.company import LONG, functions

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.faces.server import Served
    from gladi.play.scenario import Scenario
    from gladi.sandbox.merge import InFlight

__all__ = ["Play", "guide", "replays", "wrong"]


_REFUSED_AGAIN = frozenset(("a_stock_that_met_too_many_requests_is_set_nevertheless",))
"""What trouble refused is recorded as a refusal of the platform, so that in a replay the system meets it twice: notes, and no miss."""


class Play(NamedTuple):
    """One play of a scenario of the guide."""

    scenario: Scenario
    cell: InFlight

    @property
    def name(self) -> str:
        """The name of its recording, without an ending."""
        return file_name(self.scenario, self.cell)

    @property
    def file(self) -> str:
        """The name of its HAR: plain in the main line, which people open, and packed elsewhere."""
        return f"{self.name}{HAR if self.scenario.id in MAIN_LINE else PACKED}"


@lru_cache(maxsize=1)
def guide() -> tuple[Play, ...]:
    """Give the plays that are shipped: of each scenario that rehearses the guide, in the sandbox's own cell or in those that it names.

    What exchanges as much as half of all the others together is left out.
    """
    scenarios = (one for one in catalogue() if one.id not in LONG and any(it.id.startswith("guide.") for it in one.rehearses))
    return tuple(Play(one, cell) for one in scenarios for cell in played_in(one, CELL) or (CELL,))


@lru_cache(maxsize=1)
def _functions() -> dict[str, Callable[[Rehearsal], None]]:
    return {scenario.id: cast("Callable[[Rehearsal], None]", function) for function, scenario in functions()}


def replays(play: Play, storage: Path, server: Served | None = None) -> tuple[Replay, Rehearsal]:
    """Replay the shipped recording of a play with the careful system, in process or over HTTP."""
    recording = Recording.read(FOLDER / play.file)
    replay = Replay(recording, Redaction(recording.sidecar.salt))
    scenario = play.scenario
    rehearsal = Rehearsal(
        Plan(
            adapter=load("examples.careful:Careful", root=ROOT),
            settings=Settings(in_flight=play.cell),
            storage=storage,
            face=Face.SERVED if server else Face.INPROCESS,
            server=server,
            seed=recording.sidecar.seed,
            begins=scenario.begins,
            shops=scenario.shops,
            without_grant=scenario.without_grant,
            solely_on_shop=scenario.solely_on_shop,
            new_here=scenario.new_here,
            target=Target.RECORDED,
            answered_by=lambda model: replay.over(model, rehearsal.journal),
        )
    )
    _functions()[scenario.id](rehearsal)
    replay.settle(rehearsal.journal)
    return replay, rehearsal


def wrong(play: Play, replay: Replay, rehearsal: Rehearsal) -> list[str]:
    """Say what went otherwise than when it was recorded: misses, answers that the sandbox gives no more, calls that nobody made."""
    noted = [entry.text for entry in rehearsal.journal.entries if isinstance(entry, Finding) and entry.about in (DIFFERS, UNASKED)]
    broken = [f"{one.invariant.id} is broken" for one in rehearsal.judgements if one.outcome is Outcome.BROKEN]
    return [*map(str, replay.misses), *broken, *(noted if play.scenario.id not in _REFUSED_AGAIN else ())]


def main() -> int:
    """Replay every shipped play, say which of them went otherwise, and give 1 where one did."""
    others = 0
    for play in guide():
        with tempfile.TemporaryDirectory() as folder:
            try:
                found = wrong(play, *replays(play, Path(folder)))
            except AssertionError as error:
                found = [str(error)]
        others += bool(found)
        sys.stdout.write("".join(f"{play.name}: {one}\n" for one in found))
    sys.stdout.write(f"{len(guide())} plays replayed, {others} otherwise than they were recorded\n")
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main())
