"""`gladi parity`: whether the sandbox answers as recordings of the platforms do, operation by operation."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction
    from collections.abc import Iterator, Sequence

    from gladi.platforms.parity.accepted import Accepted
    from gladi.platforms.parity.parity import Parity
    from gladi.platforms.recording.recording import Recording
    from gladi.platforms.recording.sidecar import Sidecar

__all__ = ["add", "run"]

_YES, _USAGE, _DIFFERS, _NOTHING = 0, 2, 10, 11
_DEEDLESS = (
    "holds no deeds: what people did meanwhile, in a console or at a control port, is not in it, so that here the sandbox stands as at "
    "its beginning, and what differs above may come of that alone"
)


_OWN_SHOP = "shop-1"
"""What the sandbox calls the only shop that it has unless told otherwise."""
_OTHER_SHOPS = "exchanges with several shops, or with one that is not as the sandbox's own, which alone is here"


class _BadInputError(Exception):
    """What was given cannot be compared; the text is one sentence."""


def add(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the parser of `gladi`."""
    parser = subparsers.add_parser(
        "parity",
        help="does the sandbox answer as a recording does?",
        description="Ask a fresh sandbox what was asked in recordings, and say, operation by operation, where status, code, shape or "
        "behaviour differ. Ids are compared by their order of appearance; instants and page tokens are not compared.",
        epilog="Exit status: 0 nothing differs but what is accepted, 10 something does, 11 nothing could be compared, 2 usage.",
    )
    parser.add_argument("fixtures", nargs="+", type=Path, metavar="FIXTURES", help="recordings, or folders of them")
    parser.add_argument("--accept", type=Path, metavar="FILE", help="TOML with the differences that are accepted, each with its reason")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write what recordings of the live platforms confirm, as JSON")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Compare, print, and give the exit status; what cannot be read is one sentence on standard error."""
    from gladi.platforms.parity.accepted import AcceptedError, accepted  # noqa: PLC0415 - `gladi --help` does without
    from gladi.platforms.parity.parity import summed  # noqa: PLC0415
    from gladi.platforms.recording.recording import RecordingError  # noqa: PLC0415

    try:
        given = accepted(args.accept) if args.accept else ()
        files = _files(args.fixtures)
        compared = [_compared(path) for path in files]
        live = summed(one for target, one in compared if target == "live")
        whole = summed(one for _, one in compared)
        if args.write:
            _write(args.write, live)
    except (_BadInputError, AcceptedError, RecordingError) as wrong:
        sys.stderr.write(f"gladi parity: {wrong}\n")
        return _USAGE
    for line in _lines(whole, given, targets=sorted({target for target, _ in compared})):
        sys.stdout.write(f"{line}\n")
    for path in files:
        if (cell := _cell(path)) is not None:
            sys.stdout.write(f"{path.name} shows the cell {cell} of the in-flight matrix\n")
    for path in files:
        if _is_deedless(path):
            sys.stdout.write(f"{path.name} {_DEEDLESS}\n")
    if not whole.exchanges:
        return _NOTHING
    return _DIFFERS if whole.unaccepted(given) else _YES


def _files(given: Sequence[Path]) -> list[Path]:
    from gladi.platforms.recording.recording import HAR, in_folder  # noqa: PLC0415 - as above

    found: list[Path] = []
    for path in given:
        here = in_folder(path) if path.is_dir() else [path]
        if not here:
            raise _BadInputError(f"there is no recording in {path}; name a folder with {HAR} or {HAR}.gz files, or one such file")
        found += here
    return found


def _compared(path: Path) -> tuple[str, Parity]:
    """Compare a recording; of the two orders in which people act at the instant of a request, the one in which more agrees is taken."""
    from gladi.platforms.parity.parity import Parity  # noqa: PLC0415 - as above
    from gladi.platforms.recording.recording import NoSidecarError, Recording  # noqa: PLC0415

    try:
        recording = Recording.read(path)
    except NoSidecarError as wrong:
        raise _BadInputError(f"{wrong}; `gladi record --import {path.name} --to DIR` makes a recording of it") from None
    if _is_of_other_shops(recording.sidecar):
        return recording.sidecar.target, Parity(passed_over={_OTHER_SHOPS: len(recording.exchanges)})
    both = [_asked(path, recording, people_first=first) for first in (True, False)]
    return recording.sidecar.target, min(both, key=lambda one: len(one.found))


def _is_of_other_shops(sidecar: Sidecar) -> bool:
    """Tell whether a recording is of several shops, or of one that is not as the sandbox's: without a store, or without a consent."""
    from gladi.record.entries import Fact, What  # noqa: PLC0415 - as above

    facts = [entry for entry in sidecar.entries if isinstance(entry, Fact)]
    return any(fact.shop not in (None, _OWN_SHOP) for fact in facts) or any(
        fact.what in (What.NOT_AUTHORIZED, What.NO_TOKOPEDIA_STORE) for fact in facts
    )


def _cell(path: Path) -> str | None:
    from gladi.platforms.parity.cell import shown  # noqa: PLC0415 - as above
    from gladi.platforms.recording.recording import Recording  # noqa: PLC0415
    from gladi.record.entries import Fact  # noqa: PLC0415
    from gladi.record.words import Stage  # noqa: PLC0415

    recording = Recording.read(path)
    merged = [entry.at for entry in recording.sidecar.entries if isinstance(entry, Fact) and entry.stage is Stage.MERGED]
    return shown(recording.exchanges, merged[0]) if merged else None


def _is_deedless(path: Path) -> bool:
    """Tell whether a recording is of no scenario, and so of unknown people: what `gladi record` wrote or imported."""
    from gladi.platforms.recording.recording import Recording  # noqa: PLC0415 - as above
    from gladi.record.entries import Deed  # noqa: PLC0415

    sidecar = Recording.read(path).sidecar
    return not sidecar.scenario and not any(isinstance(entry, Deed) for entry in sidecar.entries)


def _asked(path: Path, recording: Recording, *, people_first: bool) -> Parity:
    from gladi.cli.model import Model  # noqa: PLC0415 - as above
    from gladi.platforms.parity.parity import compare  # noqa: PLC0415
    from gladi.platforms.parity.translation import Translation  # noqa: PLC0415
    from gladi.platforms.recording.redaction import Redaction  # noqa: PLC0415

    try:
        model = Model(recording.sidecar, people_first=people_first)
    except ValueError as wrong:
        raise _BadInputError(f"the sidecar of {path.name} is of another Gladi: {wrong}; record it again") from None
    redaction = Redaction(recording.sidecar.salt)
    translation = Translation(model.known(recording.sidecar.ids))
    parity = compare(recording.exchanges, model, translation=translation, redacts=redaction.response, readies=model.readies)
    for words in model.undone:
        why = f"after this, which cannot be done again: {words}"
        parity.passed_over[why] = parity.passed_over.get(why, 0)
    return parity


def _lines(parity: Parity, given: Sequence[Accepted], *, targets: Sequence[str]) -> Iterator[str]:
    unaccepted = parity.unaccepted(given)
    differing = {one.operation: 0 for one in parity.found}
    for one in parity.found:
        differing[one.operation] += 1
    yield f"recorded from: {', '.join(targets)}"
    for name, count in sorted(parity.exchanges.items()):
        yield f"{name}: {count} exchange{'' if count == 1 else 's'}, {_verdict(differing.get(name, 0))}"
    yield from (f"differs: {one}" for one in unaccepted)
    for it in given:
        if any(it.covers(one) for one in parity.found):
            yield f"accepted: {it.operation}: {it.differs_in}{f' at {it.place}' if it.place else ''}: {it.reason}"
    for it in parity.gone(given):
        yield f"accepted, but it occurs no more, so take it out: {it.operation}: {it.differs_in}{f' at {it.place}' if it.place else ''}"
    yield from (f"passed over: {f'{count} of ' if count else ''}{why}" for why, count in parity.passed_over.items())
    yield f"{len(parity.exchanges)} operations compared, {len(parity.confirmed)} confirmed, {len(unaccepted)} differences not accepted"


def _verdict(differences: int) -> str:
    return "the same" if not differences else f"{differences} difference{'' if differences == 1 else 's'}"


def _write(path: Path, live: Parity) -> None:
    if not live.exchanges:
        raise _BadInputError("none of these was recorded from the live platforms, so they confirm nothing about them; leave --write out")
    found = {"schema": 1, "operations": {name: live.exchanges[name] for name in live.confirmed}}
    try:
        path.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    except OSError as wrong:
        raise _BadInputError(f"cannot write {path.name} ({wrong.strerror}); name another with --write") from None
