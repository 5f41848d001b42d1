"""The sealed package: one zip with all that a rehearsal leaves as evidence, and the check that nobody changed it since.

1. Nothing is sealed while anything is broken, incomplete or missing; the known gaps of a release do not count here.
2. The same evidence gives the same bytes: names in order, one date, one way of compressing.
3. Nothing secret or personal goes in: every line passes by the redaction, and a line that would be masked stops the sealing.
4. `SHA256SUMS` reads as `sha256sum --check` wants it. Its own sum is the seal's digest: who keeps that elsewhere sees even a seal
   that somebody made anew.
"""

from __future__ import annotations

import errno
import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from gladi.attempts.gate import Gate, Release, decide, rehearsed_commit
from gladi.attempts.suspicions import suspicion
from gladi.judge.bench import Outcome
from gladi.record.redact import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from gladi.attempts.doubts import Catalogue
    from gladi.attempts.events import Attestation
    from gladi.judge.verdict import ScenarioResult, Verdict

__all__ = ["MANIFEST", "Refusal", "Seal", "Verified", "evidence", "seal", "verify"]

MANIFEST = "SHA256SUMS"
_VERSION = 1
_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say; the real dates stand inside the verdict."""
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What zipfile raises of a damaged package: NotImplementedError where it seems of a later kind, RuntimeError where locked."""
_KEPT = ("developer", "number", "kind", "at", "by", "ordinal", "generation", "shop", "note", "check", "until", "quota", "digest")
"""What of an event is sealed: not its token, which only the ledger needs, and not the name of a machine."""


class Refusal(Exception):  # noqa: N818 - it is an answer
    """There is nothing that may be sealed; the text is one sentence, and `gate` says of which kind the trouble is."""

    def __init__(self, gate: Gate, text: str) -> None:
        """Refuse."""
        super().__init__(text)
        self.gate = gate


@dataclass(frozen=True, slots=True)
class Seal:
    """A package, ready to be written."""

    content: bytes
    digest: str
    """SHA-256 of its manifest, in hexadecimal."""
    files: int


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of a package since it was sealed; all is empty where nothing did."""

    digest: str
    files: int
    altered: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing was altered, added or taken out."""
        return not (self.altered or self.added or self.missing)


def evidence(  # noqa: PLR0913 - all that there is
    verdict: Verdict,
    *,
    kept: bytes,
    catalogue: Catalogue,
    journals: Path,
    events: Iterable[Mapping[str, Any]] | None = None,
    attestations: Sequence[Attestation] = (),
) -> dict[str, bytes]:
    """Gather the files of a package by their names: `kept` is the verdict as it lies on disk, `events` the extract of the ledger.

    Raises:
        Refusal: something is broken or incomplete, the verdict cannot be believed (`catalogue` is that of this Gladi), a journal is
            missing or of another run, or a line holds what looks like a secret.
    """
    _refuse_what_is_not_upheld(verdict, catalogue)
    files = {"verdict.json": kept, "ids.csv": _ids(verdict), "about.json": _json(_about(verdict))}
    files |= {f"journals/{name}": content for name, content in _journals(verdict, journals)}
    if events is not None:
        told = (msgspec.json.encode({name: _cleaned(name, event.get(name)) for name in _KEPT}) for event in events)
        files["ledger.jsonl"] = b"".join(line + b"\n" for line in told)
        files["attestations.json"] = _json(
            [
                {
                    "check": one.check,
                    "by": clean_text(one.by),
                    "at": one.at.isoformat(),
                    "until": one.until.isoformat(),
                    "note": clean_text(one.note),
                }
                for one in attestations
            ]
        )
    for name, content in files.items():
        _refuse_what_is_secret(name, content)
    return files


def seal(files: Mapping[str, bytes]) -> Seal:
    """Pack files and their manifest; the same files give the same bytes."""
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in (*sorted(files.items()), (MANIFEST, sums)):
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = 3  # Unix, wherever it is sealed
            info.external_attr = 0o644 << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED, 6)
    return Seal(packed.getvalue(), hashlib.sha256(sums).hexdigest(), len(files))


def verify(path: Path) -> Verified:
    """Compare each file of a package with its sum.

    Raises:
        OSError: there is no such file, or it cannot be read.
        Refusal: it is no sealed package, or so damaged that it cannot be told which of its files are whole.
    """
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            found = [info for info in archive.infolist() if not info.filename.endswith("/")]
            sums = {info.filename: _sum(archive, info) for info in found}
            if sums.get(MANIFEST) is None:
                raise Refusal(Gate.BROKEN, f"{path} holds no whole {MANIFEST}, so nothing in it can be trusted; ask for it again")
            listed = dict(_listed(archive.read(MANIFEST).decode(errors="replace")))
    except (*_DAMAGED, ValueError, OSError) as wrong:
        if isinstance(wrong, OSError) and wrong.errno != errno.EINVAL:  # EINVAL: it names a place before its own beginning
            raise
        raise Refusal(Gate.BROKEN, f"{path} is no zip, or was cut off on its way; ask for it again") from None
    names = [info.filename for info in found if info.filename != MANIFEST]
    # A name that stands twice is one file for one reader and another for the next.
    twice = {name for name in names if names.count(name) > 1}
    return Verified(
        digest=sums[MANIFEST] or "",
        files=len(listed),
        altered=tuple(sorted(name for name in set(names) & listed.keys() if name in twice or sums[name] != listed[name])),
        added=tuple(sorted(set(names) - listed.keys())),
        missing=tuple(sorted(listed.keys() - set(names))),
    )


def _sum(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str | None:
    """Give the sum of a file; None where it cannot be read to its end."""
    summed = hashlib.sha256()
    try:
        with archive.open(info) as file:
            while block := file.read(1 << 20):
                summed.update(block)
    except _DAMAGED:
        return None
    return summed.hexdigest()


def _listed(manifest: str) -> Iterator[tuple[str, str]]:
    for line in manifest.splitlines():
        total, _, name = line.partition("  ")
        yield name, total


def _refuse_what_is_not_upheld(verdict: Verdict, catalogue: Catalogue) -> None:
    release = Release(verdict.system.get("version"), rehearsed_commit(verdict))  # what was rehearsed, whatever stands here by now
    against = [one for one in decide(verdict, release, catalogue=catalogue, today=date.max).reasons if one.answer is not Gate.STALE]
    if against:
        more = f" (and {len(against) - 1} more; `gladi gate --json` names all)" if len(against) > 1 else ""
        gravest = against[0]
        when = "" if gravest.answer is Gate.FAULT else f" while anything is {gravest.answer}"
        raise Refusal(gravest.answer, f"nothing is sealed{when}: {gravest.line}{more}")


def _journals(verdict: Verdict, folder: Path) -> Iterator[tuple[str, bytes]]:
    expected = {name: one for one in verdict.scenarios for name in _names(one)}
    if expected and not any(one.journals for one in verdict.scenarios):
        why = "verdict.json holds no sums of its journals, so an older version of Gladi wrote it"
        raise Refusal(Gate.FAULT, f"{why}; rehearse again with this version")
    for path in sorted(folder.glob("*.jsonl")):
        if path.name not in expected:
            raise Refusal(Gate.FAULT, f"{path.name} among the journals is of no scenario of this verdict; rehearse again")
    for name, scenario in expected.items():
        try:
            content = (folder / name).read_bytes()
        except OSError as wrong:
            why = f"the journal {name} of {scenario.id} cannot be read ({wrong.strerror})"
            raise Refusal(Gate.INCOMPLETE, f"{why}, and a verdict without its journals is no evidence; rehearse again") from None
        if f"{hashlib.sha256(content).hexdigest()}  {name}" not in scenario.journals:
            why = f"the journal {name} of {scenario.id} is not the one that this verdict was read from"
            raise Refusal(Gate.FAULT, f"{why}, so it is of another run, or somebody wrote in it; rehearse again")
        yield name, content


def _names(one: ScenarioResult) -> list[str]:
    """Give the names of a scenario's journals: one, or one a cell where it was played in several."""
    played = [cell for cell, outcome in one.cells.items() if outcome is not Outcome.NOT_REHEARSED]
    return [f"{one.id}[{cell.replace('/', '-')}].jsonl" for cell in played] if len(one.cells) > 1 else [f"{one.id}.jsonl"]


def _ids(verdict: Verdict) -> bytes:
    rows = ["scenario,shop,field,verdict,why"]
    rows += [
        ",".join(
            f'"{str(value).replace(chr(34), chr(34) * 2)}"' for value in (one.id, row["shop"], row["field"], row["verdict"], row["why"])
        )
        for one in verdict.scenarios
        for row in one.ids
    ]
    return "".join(f"{row}\n" for row in rows).encode()


def _about(verdict: Verdict) -> dict[str, Any]:
    said = {"seal": _VERSION, "gladi": verdict.gladi, "verdict": str(verdict.verdict), "target": verdict.target}
    return said | {"system": verdict.system, "finished_at": verdict.finished_at, "attempts": verdict.attempts}


def _json(value: Any) -> bytes:  # noqa: ANN401 - JSON
    return msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=2) + b"\n"


def _cleaned(name: str, value: Any) -> Any:  # noqa: ANN401 - a column of the ledger
    return clean_text(value) if isinstance(value, str) and name != "digest" else value


def _refuse_what_is_secret(name: str, content: bytes) -> None:
    where = suspicion(name, content)
    if where is not None:
        why = f"{where} holds what looks like a secret or personal data, so nothing was sealed"
        raise Refusal(Gate.FAULT, f"{why}; keep it out of what your system says, and rehearse again")
