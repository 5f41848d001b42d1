"""Recordings of others: a HAR of a browser or proxy, or a cassette of VCR, made one of ours; hosts that are no platform's are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gladi.platforms.recording import cassette, har, packed
from gladi.platforms.recording.recording import RecordingError
from gladi.record.wire import Host

if TYPE_CHECKING:
    from pathlib import Path

    from gladi.platforms.recording.har import Exchanged

__all__ = ["Imported", "imported"]

_MARK = b"\xef\xbb\xbf"
"""What some tools of Windows write before a text in UTF-8."""
_HOSTS = frozenset(str(host) for host in Host)


class Imported(NamedTuple):
    """The exchanges with the platforms, in their order and as they were: redact them; and how many with others were left out."""

    exchanges: tuple[Exchanged, ...]
    left_out: int


def imported(path: Path) -> Imported:
    """Read a file of others, whatever of the three forms it has: HAR, plain or packed, or a cassette in JSON or YAML.

    Raises:
        RecordingError: it cannot be read, or is none of these; the text is one sentence.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise RecordingError(f"cannot read {path.name}: {error.strerror}") from None
    try:
        content = (packed.unpacked(content) if path.name.endswith(packed.PACKED) else content).removeprefix(_MARK)
        found = cassette.read(content) if cassette.is_one(content) else har.read(content)
    except (har.HarError, cassette.CassetteError, packed.PackedError) as error:
        raise RecordingError(f"{path.name} {error}") from None
    ours = tuple(one for one in found if one.request.host in _HOSTS)
    return Imported(ours, len(found) - len(ours))
