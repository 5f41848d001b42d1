"""The recordings of a run that replays: which play is answered by which, and why one is not."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import pytest

import gladi
from gladi.platforms.recording.course import Course
from gladi.platforms.recording.recording import HAR, Recording, RecordingError, lying, target_of
from gladi.platforms.recording.redaction import Redaction
from gladi.platforms.recording.replay import Replay
from gladi.platforms.recording.salt import REAL
from gladi.record.words import Target
from gladi.session.cells import file_name
from gladi.session.results import UNRECORDED, UNREPLAYED

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.platforms.recording.sidecar import Sidecar
    from gladi.play.plan import Plan
    from gladi.play.rehearsal import Rehearsal
    from gladi.play.scenario import Scenario
    from gladi.record.journal import Journal
    from gladi.record.wire import Answers
    from gladi.sandbox.merge import InFlight
    from gladi.session.options import Options

__all__ = ["UnreplayedError", "missed", "replayed", "retraced", "shipped_recordings", "unmade"]

_REPLAY = pytest.StashKey[tuple[Replay, str]]()
"""The replay of an item, and what to do where it misses something."""
_RETRACED = pytest.StashKey["Callable[[Plan], Rehearsal]"]()
"""What makes the rehearsal of an item that goes through a live play once more."""
_ELSEWHERE = ("recordings", "sandbox-recordings")
"""Where a recording is suggested to be written, when that which there is must stay: in the first that is not replayed."""


class UnreplayedError(Exception):
    """A play cannot be replayed; the text is why it is *not rehearsed*."""


def shipped_recordings() -> Path:
    """Give the folder of the shipped recordings: inside the package, or in the checkout that an editable install points to."""
    package = Path(gladi.__file__).parent
    inside = package / "fixtures"
    return (inside if inside.is_dir() else package.parent.parent / "fixtures") / "recorded"


def replayed(
    item: pytest.Item, scenario: Scenario, cell: InFlight, options: Options, journal: Callable[[], Journal]
) -> Callable[[Answers], Answers]:
    """Give what makes, of the model, a platform that answers out of the recording of a play, and remember it at its item.

    Raises:
        UnreplayedError: there is no recording of it, it cannot be read, or is of another play than this.
    """
    recording, remedy = _recording(scenario, cell, options)
    redaction = Redaction(recording.sidecar.salt)
    if isinstance(course := recording.sidecar.course, Course):
        from gladi.play.live.past import pseudonyms_of  # noqa: PLC0415 - only a replay of a live play pays
        from gladi.play.live.retraced import RetracedRehearsal  # noqa: PLC0415 - as above

        makes: Callable[[Plan], Rehearsal] = partial(RetracedRehearsal, course=course, behind=redaction.pseudonyms.originals)
        item.stash[_RETRACED] = makes
        for value, pseudonym in pseudonyms_of(course, seed=options.seed).items():
            redaction.pseudonyms.learns(value, pseudonym)
    replay, _ = item.stash[_REPLAY] = Replay(recording, redaction), remedy
    return lambda model: replay.over(model, journal())


def retraced(item: pytest.Item) -> Callable[[Plan], Rehearsal] | None:
    """Give what makes the rehearsal of an item that goes through a live play once more; None where it does not."""
    return item.stash.get(_RETRACED, None)


def missed(item: pytest.Item, rehearsal: Rehearsal) -> str:
    """Close the replay of an item, if there was one: note what was never asked for, and give why the play is *not rehearsed*.

    That is the first request that nothing recorded answers, and what to type; empty where there was none.
    """
    found = item.stash.get(_REPLAY, None)
    if found is None:
        return ""
    replay, remedy = found
    replay.settle(rehearsal.journal)
    if not replay.missed:
        return ""
    more = f" (and {replay.missed - 1} more)" if replay.missed > 1 else ""
    return f"{UNREPLAYED}{replay.misses[0]}{more}; {remedy}"


def unmade(item: pytest.Item) -> str:
    """Give why a play that nothing broke is *not rehearsed* all the same: the recording shows what came of writes that were not made."""
    found = item.stash.get(_REPLAY, None)
    if found is None or (left := found[0].unmade()) is None:
        return ""
    return f"{UNREPLAYED}{left}; {found[1]}"


def _recording(scenario: Scenario, cell: InFlight, options: Options) -> tuple[Recording, str]:
    folder = options.fixtures or shipped_recordings()
    path = folder / f"{file_name(scenario, cell)}{HAR}"
    try:
        if not (path := lying(path)).is_file():
            raise UnreplayedError(UNRECORDED)
        recording = Recording.read(path)
    except RecordingError as error:
        told = target_of(path)
        # Over what may be of real shops nothing is written.
        remedy = _renewed(folder, scenario, cell, options) if told and told not in REAL else _kept(scenario, cell, options)
        raise UnreplayedError(f"{UNREPLAYED}{error}; {remedy}") from None
    sidecar = recording.sidecar
    if sidecar.target in REAL:
        serves = f"it serves gladi parity {path.name}; " if not sidecar.scenario else ""
        remedy = f"{serves}{_kept(scenario, cell, options)}"
    else:
        remedy = _renewed(folder, scenario, cell, options)
    if other := _other(sidecar, scenario, cell, options):
        raise UnreplayedError(f"{UNREPLAYED}{path.name} {other}; {remedy}")
    return recording, remedy


def _other(sidecar: Sidecar, scenario: Scenario, cell: InFlight, options: Options) -> str:
    """Say of what other play a recording is; empty where it is of this one."""
    if sidecar.scenario != scenario.id:
        return f"is a recording of {sidecar.scenario or 'no scenario'}"
    if sidecar.catalogue_of_scenario != scenario.source:
        return "was recorded before the scenario was changed"
    if sidecar.seed != options.seed:
        return f"was recorded with seed {sidecar.seed}, and this run has seed {options.seed}"
    if dict(sidecar.settings) != dict(options.assumed):
        then = ", ".join(f"{name}={value}" for name, value in sidecar.settings.items())
        return f"was recorded under {then or 'no switch'}, and this run is under {options.switched or 'none'}"
    if sidecar.cell not in ("", str(cell)):
        return f"was recorded in the cell {sidecar.cell}, and this play is in {cell}"
    return ""


def _renewed(folder: Path, scenario: Scenario, cell: InFlight, options: Options) -> str:
    """Say what to type to have a recording of the sandbox written anew, under the seed and the switches of this run."""
    if options.fixtures is None:  # the shipped ones are of the careful example, and nobody's to write
        return _kept(scenario, cell, options)
    here, there = Path.cwd(), folder.resolve()
    shown = there.relative_to(here) if there.is_relative_to(here) else folder
    return f"renew it with {_recorded(scenario, cell, options, into=shown)}"


def _kept(scenario: Scenario, cell: InFlight, options: Options) -> str:
    """Say what to type to have a recording of the sandbox, where the one that there is must stay as it is."""
    replayed_from = None if options.fixtures is None else options.fixtures.resolve()
    elsewhere = next(one for one in _ELSEWHERE if Path(one).resolve() != replayed_from)
    command = _recorded(scenario, cell, options, into=Path(elsewhere))
    return f"record one of your own with {command} and replay it with --rehearse-fixtures={elsewhere}"


def _recorded(scenario: Scenario, cell: InFlight, options: Options, *, into: Path) -> str:
    command = replace(options, target=Target.SANDBOX).command_in(cell if len(scenario.cells) > 1 else options.cell)
    return f"{command} --rehearse-record={quote(str(into))} -k {scenario.id}"
