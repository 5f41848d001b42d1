"""A packed recording: its HAR as gzip, for a repository that keeps many. Nothing is packed that was not redacted and looked through before.

1. The same HAR gives the same bytes: no instant, no name, one level. Another zlib may give others; the sidecar digests what is inside.
2. What `gzip` made of a HAR by hand is read as well, whatever its level, and whether or not a name and an instant stand in it.
3. A small file can hold more than a memory: no more than `MOST` bytes come out of one.
"""

from __future__ import annotations

from gzip import BadGzipFile, GzipFile
from io import BytesIO
from zlib import error as ZlibError  # noqa: N812 - the library calls its exception `error`

__all__ = ["MOST", "PACKED", "PackedError", "packed", "unpacked"]

PACKED = ".har.gz"
"""How the name of a packed HAR ends."""

MOST = 256 * 2**20
"""Bytes: some thirty thousand exchanges, and several times what the longest shipped scenario exchanges."""

_PIECE = 2**20


class PackedError(ValueError):
    """A file is no packed HAR that can be unpacked; the text is one sentence without the file's name."""


def packed(content: bytes) -> bytes:
    """Give a HAR as gzip."""
    out = BytesIO()
    with GzipFile(filename="", mode="wb", compresslevel=9, fileobj=out, mtime=0) as file:
        file.write(content)
    return out.getvalue()


def unpacked(content: bytes) -> bytes:
    """Give what was packed.

    Raises:
        PackedError: it is no gzip, was cut off or changed, or holds more than `MOST` bytes.
    """
    found = bytearray()
    try:
        with GzipFile(fileobj=BytesIO(content)) as file:
            while piece := file.read(_PIECE):
                found += piece
                if len(found) > MOST:
                    raise PackedError(f"holds more than {MOST // 2**20} MB, and is unpacked no further; unpack it yourself if you trust it")
    except (BadGzipFile, EOFError, ZlibError):
        raise PackedError("is no gzip, or was cut off") from None
    return bytes(found)
