"""From what was exchanged to a recording: redacted, its ids gathered, and what the run must keep secret known to the last look."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64Error
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from gladi.platforms.recording.course import Course
from gladi.platforms.recording.recording import Recording
from gladi.platforms.recording.redaction import Redaction
from gladi.platforms.recording.sidecar import Aside
from gladi.record.names import is_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gladi.platforms.recording.sidecar import Sidecar
    from gladi.record.journal import Entry, Exchange, Journal
    from gladi.record.wire import Request, Response

__all__ = ["exchanges_of", "ids_of", "recorded", "salt_of", "secrets_in"]

_SECRET = re.compile(r"access_token|refresh_token|secret|password|signature|auth_code|^sign$|cipher$", re.IGNORECASE)
_CARRIES = ("authorization", "x-tts-access-token", "authorization-hmac", "cookie", "set-cookie")


def salt_of(seed: int) -> str:
    """Give the salt of a recording of the sandbox: its secrets are nobody's, and the same play is to give the same bytes."""
    return sha256(f"the sandbox of seed {seed}".encode()).hexdigest()[:32]


def exchanges_of(journal: Journal) -> Iterator[Exchange]:
    """Give the exchanges of a journal in their order, as they were."""
    for entry in journal.entries:
        exchange = journal.exchange(entry.n)
        if exchange is not None:
            yield exchange


def recorded(sidecar: Sidecar, exchanges: Iterable[tuple[Request, Response]], entries: Iterable[Entry] = ()) -> Recording:
    """Redact exchanges and the entries around them with the salt of `sidecar`, and give the recording, its sidecar filled in."""
    redaction = Redaction(sidecar.salt)
    clean = tuple(redaction.exchange(request, response) for request, response in exchanges)
    asides = tuple(redaction.entry(entry) for entry in entries if isinstance(entry, Aside))
    course = sidecar.course.redacted(redaction) if isinstance(sidecar.course, Course) else sidecar.course
    counts = {str(why): redaction.counts[why] for why in sorted(redaction.counts)}
    return Recording(replace(sidecar, ids=ids_of(clean), entries=asides, course=course, redaction=counts), clean)


def ids_of(exchanges: Iterable[tuple[Request, Response]]) -> dict[str, list[str]]:
    """Gather the ids that were exchanged, by the name of their field."""
    found: dict[str, dict[str, None]] = {}

    def notes(name: str, value: object) -> None:
        if is_id(name) and isinstance(value, int | str) and not isinstance(value, bool) and value:
            found.setdefault(name, {})[str(value)] = None

    for request, response in exchanges:
        for name, value in request.pairs:
            notes(name, value)
        for body in (request.body, response.body):
            for name, value in _leaves(body):
                notes(name, value)
    return {name: list(values) for name, values in sorted(found.items())}


def secrets_in(exchanges: Iterable[tuple[Request, Response]]) -> frozenset[str]:
    """Gather every secret that was exchanged: what headers carry, and what parameters and fields of bodies are called secrets."""
    found: set[str] = set()
    for request, response in exchanges:
        for name, value in (*request.headers.items(), *response.headers):
            if name.lower() in _CARRIES:
                found.update(_carried(value))
        leaves = [*request.pairs, *_leaves(request.body), *_leaves(response.body)]
        found.update(value for name, value in leaves if isinstance(value, str) and _SECRET.search(name))
    return frozenset(found)


def _carried(value: str) -> Iterator[str]:
    """Give what a header carries, without the name of its scheme, and both halves of a user's name and password."""
    scheme, _, credentials = value.rpartition(" ")
    yield credentials
    if scheme.lower() == "basic":
        try:
            yield b64decode(credentials, validate=True).decode().partition(":")[2]
        except (NotBase64Error, UnicodeDecodeError):
            return


def _leaves(body: bytes) -> Iterator[tuple[str, Any]]:
    """Give each name of a body of JSON with each value under it that holds no other."""
    try:
        found: list[tuple[str, Any]] = [("", msgspec.json.decode(body))] if body else []
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return
    while found:
        name, value = found.pop()
        if isinstance(value, dict):
            found += reversed(value.items())
        elif isinstance(value, list):
            found += [(name, item) for item in reversed(value)]
        else:
            yield name, value
