"""The last look at finished bytes: does a secret that the run knows stand in them, in any of the forms in which it could travel?"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["SHORTEST", "find", "forms"]

SHORTEST = 6
"""Characters; anything shorter stands in any text by chance, and is no secret."""


_SIGNATURE = re.compile(r"[0-9a-f]{64}")
_DIGESTS = re.compile(rb"[0-9a-fA-F]{64,}")


def find(content: bytes, secrets: Iterable[str]) -> str | None:
    """Describe, without showing it, the first of `secrets` that stands in `content`; None where none does."""
    # Every call has a signature of its own, and there are thousands: they are looked for only where anything like one stands.
    digests = b" ".join(_DIGESTS.findall(content))
    for secret in secrets:
        if _SIGNATURE.fullmatch(secret):
            if secret.encode() in digests:
                return "a signature of this run"
            continue
        for form, how in forms(secret):
            if form in content:
                return f"a secret of this run ({len(secret)} characters{how})"
    return None


def forms(secret: str) -> Iterator[tuple[bytes, str]]:
    """Give the forms of a secret: as it is, percent-encoded, as JSON escapes it, in base64 wherever in a text it begins."""
    if len(secret) < SHORTEST:
        return
    raw = secret.encode()
    yield raw, ""
    for encoded in {quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1]} - {secret}:
        yield encoded.encode(), ", encoded"
    for before in range(3):
        # What lies before and behind it changes the first and the last of its characters; those between are its own.
        coded = b64encode(b"\0" * before + raw).rstrip(b"=")
        inner = coded[-(-before * 8 // 6) : len(coded) - 1]
        if len(inner) >= SHORTEST + 2:
            yield inner, ", in base64"
