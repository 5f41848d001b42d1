"""The sidecar, for what a HAR has no place for: where, when and of what it was recorded, and what happened meanwhile."""

from __future__ import annotations

import msgspec

from gladi.platforms.recording import course
from gladi.platforms.recording.course import Course
from gladi.record.entries import Deed, Fact, Webhook

__all__ = ["SCHEMA", "Aside", "Sidecar", "SidecarError", "read", "target_of", "written"]

SCHEMA = 1
"""Rises when a reader would have to change; a file with another number is refused."""

Aside = Fact | Deed | Webhook
"""An entry of the journal that is no exchange: a fact, a person's deed, a webhook; their instants are virtual."""


class SidecarError(ValueError):
    """A file is no sidecar that can be read; the text is one sentence without the file's name."""


class Sidecar(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a recording."""

    schema: int = SCHEMA
    gladi: str
    """The version of Gladi that wrote it."""
    scenario: str = ""
    """The id of the scenario that was played; empty where none was, as behind `gladi record`."""
    catalogue_of_scenario: str = ""
    """SHA-256 of the source of the scenario's function: one that changed must be recorded anew."""
    cell: str = ""
    """The cell of the in-flight matrix, such as `both/shop`."""
    seed: int = 0
    target: str
    """Where it was recorded: `live`, `sandbox`, `documentation`, or `elsewhere` where nobody knows."""
    system: str = ""
    """The system that asked, as `module:Name`."""
    recorded_at: str
    """ISO 8601 with its zone: on the sandbox the instant at which its clock began, so that the same play gives the same bytes."""
    settings: dict[str, str] = {}
    """The switches of the sandbox that were given, as they are written."""
    salt: str = ""
    """With it pseudonyms are made. On the sandbox it is of the seed; of something real it is random, and never in this file (`salt`)."""
    salt_digest: str | msgspec.UnsetType = msgspec.UNSET
    """By what the salt that lies apart is known again (`salt.digest`); not there where none does, nor from before this was kept."""
    ids: dict[str, list[str]] = {}
    """The ids that were exchanged, by the name of their field, each once and in order of appearance."""
    entries: tuple[Aside, ...] = ()
    course: Course | msgspec.UnsetType = msgspec.UNSET
    """Of a live play, what its model took over from the platforms. Others have none, nor have those from before this was kept."""
    redaction: dict[str, int] = {}
    """How often each rule of the redaction found something."""
    har: str = ""
    """SHA-256 of the HAR that it stands beside."""


class _CourseVersion(msgspec.Struct):
    version: int


class _Version(msgspec.Struct):
    schema: int
    course: _CourseVersion | None = None


class _Target(msgspec.Struct):
    target: str


_decode = msgspec.json.Decoder(Sidecar).decode
_version = msgspec.json.Decoder(_Version).decode
_target = msgspec.json.Decoder(_Target).decode
_encode = msgspec.json.Encoder().encode


def written(sidecar: Sidecar, *, indented: bool = True) -> bytes:
    """Give the sidecar as JSON with a newline at its end: indented, or in one line."""
    content = _encode(sidecar)
    return (msgspec.json.format(content, indent=1) if indented else content) + b"\n"


def target_of(content: bytes) -> str:
    """Give where a recording was made, also out of a sidecar that this Gladi does not read; empty where it does not say so."""
    try:
        return _target(content).target
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""


def read(content: bytes) -> Sidecar:
    """Give the sidecar.

    Raises:
        SidecarError: it is no sidecar, or one of another schema.
    """
    try:
        found = _version(content)
        if found.schema != SCHEMA:
            what, number, reads = "schema", found.schema, SCHEMA
        elif found.course is not None and found.course.version != course.VERSION:
            what, number, reads = "a course of version", found.course.version, course.VERSION
        else:
            return _decode(content)
    except msgspec.ValidationError as error:
        raise SidecarError(f"is no sidecar of a recording ({error})") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise SidecarError("is no sidecar of a recording: it is no JSON, or was cut off") from None
    newer = "a newer Gladi wrote it; upgrade gladi" if number > reads else "record it again"
    raise SidecarError(f"has {what} {number}, and this Gladi reads {reads}: {newer}")
