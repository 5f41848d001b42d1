"""A recording in the making: a file to which each exchange is added as it comes, redacted, and which is folded into a HAR at the end.

1. A line is handed to the operating system before the system gets its answer, so that nothing is lost when we are killed.
2. Who starts in the same folder folds what others left behind; a file that is still being written is locked, and left alone.
3. A last line that was cut off is no exchange; how many there were is counted.
4. Until it is folded the file holds the salt, too, and only its owner may read it.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec.structs import replace

from gladi.platforms.recording import har, scan
from gladi.platforms.recording.recorder import ids_of, secrets_in
from gladi.platforms.recording.recording import HAR, Recording, RecordingError, lying
from gladi.platforms.recording.redaction import Redaction
from gladi.platforms.recording.sidecar import Sidecar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gladi.platforms.recording.har import Exchanged
    from gladi.record.wire import Request, Response

__all__ = ["PART", "Folded", "Part", "fold", "left_behind"]

PART = ".part.jsonl"
"""How the name of such a file ends."""


class _Line(msgspec.Struct):
    entry: msgspec.Raw
    redaction: dict[str, int] = {}


class Folded(NamedTuple):
    """What became of a part: the HAR, None where nothing was exchanged; how many exchanges it holds, and how many were cut off.

    `unanswered` is to how many of those that it holds nobody answered.
    """

    path: Path | None
    exchanges: int
    cut_off: int = 0
    unanswered: int = 0


class Part:
    """One recording in the making. `withheld` counts the exchanges that were not written because a secret stood in them."""

    def __init__(self, path: Path, about: Sidecar, *, secrets: Iterable[str] = ()) -> None:
        """Begin the file `path`; `secrets` must not stand in it, whatever is exchanged.

        Raises:
            RecordingError: the file or its recording is there already, or it cannot be written.
        """
        if (done := lying(_done(path))).exists():
            raise RecordingError(f"{done.name} is in {done.parent} already, and is not replaced; give the recording another name")
        self.path = path
        self.exchanges = 0
        self.withheld = 0
        self._secrets = set(secrets)
        self._redaction = Redaction(about.salt)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        except FileExistsError:
            raise RecordingError(f"{path.name} is being written already; give the recording another name") from None
        except OSError as error:
            raise RecordingError(f"cannot write {path.name} into {path.parent}: {error.strerror}") from None
        _locks(self._file)
        self._adds(msgspec.json.encode(about))

    def adds(self, request: Request, response: Response) -> Exchanged | None:
        """Add an exchange, redacted, and give it; it is withheld, and None given, where a secret would still stand in it.

        Raises:
            OSError: the disk is full.
        """
        self._secrets |= secrets_in([(request, response)])
        before = self._redaction.counts.copy()
        clean = self._redaction.exchange(request, response)
        entry = har.one(*clean)
        if scan.find(entry, self._secrets) is not None:
            self.withheld += 1
            return None
        counts = {str(why): number for why, number in (self._redaction.counts - before).items()}
        self._adds(msgspec.json.encode(_Line(msgspec.Raw(entry), counts)))
        self.exchanges += 1
        return clean

    def folds(self) -> Folded:
        """Make the recording of it, and take the file away.

        Raises:
            RecordingError: a secret stands in what would be written, or the folder cannot be written; the file then stays.
        """
        folded = _folded(self.path, secrets=self._secrets)
        os.close(self._file)
        self.path.unlink()
        return folded

    def _adds(self, line: bytes) -> None:
        rest = memoryview(line + b"\n")
        while rest:
            rest = rest[os.write(self._file, rest) :]


def left_behind(folder: Path) -> list[Path]:
    """Give the parts in a folder that nobody is writing any more."""
    return [path for path in sorted(folder.glob(f"*{PART}")) if _is_free(path)]


def fold(path: Path) -> Folded:
    """Make a recording of a part that was left behind, and take the part away.

    Raises:
        RecordingError: it is no part, or the recording cannot be written.
    """
    folded = _folded(path)
    path.unlink()
    return folded


def _folded(path: Path, *, secrets: Iterable[str] = ()) -> Folded:
    first, *lines = path.read_bytes().split(b"\n")
    try:
        about = msgspec.json.decode(first, type=Sidecar)
    except msgspec.MsgspecError:
        if not lines:
            return Folded(None, 0, cut_off=1)
        raise RecordingError(f"{path.name} is no recording in the making; move it away") from None
    exchanges: list[Exchanged] = []
    counts: Counter[str] = Counter()
    cut_off = 0
    for line in filter(None, lines):
        try:
            one = msgspec.json.decode(line, type=_Line)
            exchanges.append(har.one_read(bytes(one.entry)))
        except (msgspec.MsgspecError, har.HarError):
            cut_off += 1
        else:
            counts.update(one.redaction)
    if not exchanges:
        return Folded(None, 0, cut_off)
    done = _done(path)
    about = replace(about, ids=ids_of(exchanges), redaction=dict(sorted(counts.items())))
    Recording(about, tuple(exchanges)).write(done, secrets=secrets)
    return Folded(done, len(exchanges), cut_off, sum(one.response.lost is not None for one in exchanges))


def _done(part: Path) -> Path:
    return part.with_name(part.name.removesuffix(PART) + HAR)


def _locking() -> Any:  # noqa: ANN401 - a module that some systems do not have
    try:
        import fcntl  # noqa: PLC0415 - as above
    except ImportError:
        return None
    return fcntl


def _locks(file: int) -> None:
    if (locking := _locking()) is not None:
        locking.flock(file, locking.LOCK_EX)


def _is_free(path: Path) -> bool:
    """Tell whether nobody holds the lock of a file; where files have none, only who began it folds it."""
    locking = _locking()
    if locking is None:
        return False
    with path.open("rb") as file:
        try:
            locking.flock(file, locking.LOCK_SH | locking.LOCK_NB)
        except OSError:
            return False
    return True
