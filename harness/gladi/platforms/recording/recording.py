"""One recording: a HAR and its sidecar, read whole and written whole. What is written here was redacted before and is scanned once more."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Self

from msgspec import UNSET
from msgspec.structs import replace

from gladi.platforms.recording import har, packed, salt, scan, sidecar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gladi.platforms.recording.har import Exchanged
    from gladi.platforms.recording.sidecar import Sidecar

__all__ = ["HAR", "SIDECAR", "NoSidecarError", "Recording", "RecordingError", "in_folder", "lying", "sidecar_of", "target_of"]

HAR, SIDECAR = ".har", ".sidecar.json"
"""How the names of the two files end; before it stands the scenario and, where there are several, its cell."""


class RecordingError(ValueError):
    """A recording cannot be read, or must not be written; the text is one sentence."""


class NoSidecarError(RecordingError):
    """A HAR has no sidecar beside it; what can be done about it hangs on what it is wanted for."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The exchanges of one play in their order, and what is known of them."""

    sidecar: Sidecar
    exchanges: tuple[Exchanged, ...]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the recording whose HAR is `path`, plain or packed; its sidecar lies beside it, and of something real its salt, too.

        Raises:
            NoSidecarError: the HAR is there, and its sidecar is not.
            RecordingError: a file is missing, broken, foreign or newer, is there twice, or the two do not belong together.
        """
        path = lying(path)
        beside = sidecar_of(path)
        try:
            content = path.read_bytes()
            if path.name.endswith(packed.PACKED):
                content = packed.unpacked(content)
            about = sidecar.read(beside.read_bytes())
        except packed.PackedError as error:
            raise RecordingError(f"{path.name} {error}") from None
        except sidecar.SidecarError as error:
            raise RecordingError(f"{beside.name} {error}") from None
        except FileNotFoundError as error:
            if Path(error.filename) == beside:
                raise NoSidecarError(f"{path.name} has no {beside.name} beside it") from None
            raise RecordingError(f"there is no {path.name} in {path.parent}") from None
        except OSError as error:
            raise RecordingError(f"cannot read {path.name}: {error.strerror}") from None
        if about.har not in ("", sha256(content).hexdigest()):
            # We write no such line end; a body's own is escaped.
            why = ", because its line ends were changed: write `*.har -text` into .gitattributes" if b"\r\n" in content else ""
            raise RecordingError(f"{path.name} is not the file that {beside.name} speaks of{why}; record it again")
        if not about.salt:
            about = replace(about, salt=_salt(path, about))
        try:
            return cls(about, tuple(har.read(content)))
        except har.HarError as error:
            raise RecordingError(f"{path.name} {error}") from None

    def write(self, path: Path, *, secrets: Iterable[str] = ()) -> None:
        """Write both files, whole or not at all; `path` is where the HAR goes, packed where its name says so. The folder is made.

        A HAR of the other form that lay there goes, and the salt of something real goes into a file of its own.

        Raises:
            RecordingError: one of `secrets` stands in what would be written, or the folder cannot be written.
        """
        packs = path.name.endswith(packed.PACKED)
        content = har.written(self.exchanges, version=self.sidecar.gladi, once=packs)
        apart = self.sidecar.salt if self.sidecar.target in salt.REAL else ""
        told = replace(
            self.sidecar,
            har=sha256(content).hexdigest(),
            salt="" if apart else self.sidecar.salt,
            salt_digest=salt.digest(apart) if apart else UNSET,
        )
        about = sidecar.written(told, indented=not packs)
        known = (*secrets, apart)
        for name, finished in ((path.name, content), (sidecar_of(path).name, about)):
            if (found := scan.find(finished, known)) is not None:
                msg = f"{name} was not written: {found} stands in it; please report which field it came from, without the value"
                raise RecordingError(msg)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if apart:
                salt.keeps(path, apart)
            _replace((sidecar_of(path), about), (path, packed.packed(content) if packs else content))
            _other(path).unlink(missing_ok=True)
        except OSError as error:
            raise RecordingError(f"cannot write {path.name} into {path.parent}: {error.strerror}") from None


def sidecar_of(path: Path) -> Path:
    """Give the sidecar's place beside a HAR, plain or packed."""
    return path.with_name(_bare(path) + SIDECAR)


def lying(path: Path) -> Path:
    """Give the HAR that is there: `path`, or the same packed or unpacked; `path` where neither is.

    Raises:
        RecordingError: both are there, and the sidecar can be of one alone.
    """
    other = _other(path)
    if not other.is_file():
        return path
    if path.is_file():
        plain, gzipped = sorted((path.name, other.name))
        raise RecordingError(f"{plain} and {gzipped} are both there; take one of them away")
    return other


def target_of(path: Path) -> str:
    """Tell where the recording whose HAR is `path` was made, as far as its sidecar can be asked; empty where nobody can know."""
    try:
        return sidecar.target_of(sidecar_of(path).read_bytes())
    except OSError:
        return ""


def in_folder(folder: Path) -> list[Path]:
    """Give the HARs in a folder and those in it, plain and packed, by their names."""
    return sorted(path for ending in (HAR, packed.PACKED) for path in folder.rglob(f"*{ending}"))


def _bare(path: Path) -> str:
    return path.name.removesuffix(packed.PACKED).removesuffix(HAR)


def _other(path: Path) -> Path:
    return path.with_name(_bare(path) + (HAR if path.name.endswith(packed.PACKED) else packed.PACKED))


def _salt(path: Path, about: Sidecar) -> str:
    where = salt.salt_beside(path).name
    try:
        found = salt.read(path)
    except OSError:
        found = ""
    if not found:
        raise RecordingError(f"{path.name} has no {where} beside it, the salt of its pseudonyms; copy it from where it was recorded")
    if about.salt_digest not in (UNSET, salt.digest(found)):
        raise RecordingError(f"{where} beside {path.name} is the salt of another recording; copy its own from where it was recorded")
    return found


def _replace(*files: tuple[Path, bytes]) -> None:
    """Replace files in their order once each of them lies whole beside its place: a disk that is full leaves all of them as they were."""
    with ExitStack() as left:
        ready: list[tuple[Path, Path]] = []
        for path, content in files:
            with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}.", delete=False) as out:
                part = Path(out.name)
                left.callback(part.unlink, missing_ok=True)
                out.write(content)
            part.chmod(0o644)
            ready.append((part, path))
        for part, path in ready:
            part.replace(path)
