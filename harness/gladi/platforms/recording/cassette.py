"""The cassettes of VCR, in which many Python tests keep exchanges: version 1, in JSON or in YAML, read and never written."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as NotBase64Error
from datetime import UTC, datetime
from typing import Any

import msgspec

from gladi.platforms.recording.har import Exchanged, parts_of
from gladi.record.wire import Request, Response

__all__ = ["CassetteError", "is_one", "read"]

_YAML = re.compile(rb"(?:^|\n)interactions:|^\s*\{.*?\"interactions\"\s*:", re.DOTALL)
_HAR = re.compile(rb"^\s*\{\s*\"log\"\s*:")
_VERSION = 1


class CassetteError(ValueError):
    """A file is no cassette that can be read; the text is one sentence without the file's name."""


class _Asked(msgspec.Struct):
    method: str
    uri: str
    body: Any = None
    headers: dict[str, Any] = {}


class _Answered(msgspec.Struct):
    status: Any
    body: Any = None
    headers: dict[str, Any] = {}


class _Interaction(msgspec.Struct):
    request: _Asked
    response: _Answered
    recorded_at: Any = None


class _Cassette(msgspec.Struct):
    interactions: list[_Interaction]
    version: int = _VERSION


def is_one(content: bytes) -> bool:
    """Tell whether a file looks like a cassette."""
    return _HAR.match(content) is None and _YAML.search(content[:100_000]) is not None


def read(content: bytes) -> list[Exchanged]:
    """Give the exchanges of a cassette in its order.

    Raises:
        CassetteError: it is none, of another version, or in YAML while nothing is installed that reads it.
    """
    try:
        found = msgspec.convert(_values(content), _Cassette)
    except msgspec.ValidationError as error:
        raise CassetteError(f"is no cassette of VCR ({error})") from None
    if found.version != _VERSION:
        raise CassetteError(f"is a cassette of version {found.version}, and only {_VERSION} is read")
    return [_exchanged(one, number) for number, one in enumerate(found.interactions, 1)]


def _values(content: bytes) -> Any:  # noqa: ANN401 - JSON or YAML
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        return msgspec.yaml.decode(content)
    except ImportError:
        raise CassetteError('is a cassette in YAML, which needs PyYAML; pip install "gladi[vcr]"') from None
    except (msgspec.DecodeError, RecursionError):
        raise CassetteError("is no cassette of VCR: it is neither JSON nor YAML, or was cut off") from None


def _exchanged(one: _Interaction, number: int) -> Exchanged:
    asked, answered = one.request, one.response
    status = answered.status.get("code") if isinstance(answered.status, dict) else answered.status
    try:
        host, path, query = parts_of(asked.uri)
        sent, got = _bytes(asked.body), _bytes(answered.body)
    except ValueError as error:
        raise CassetteError(f"is no cassette of VCR: interaction {number} has {error}") from None
    if not isinstance(status, int):
        raise CassetteError(f"is no cassette of VCR: interaction {number} has a status that is no number")
    headers = {name.lower(): ", ".join(values) for name, values in _headers(asked.headers)}
    answers = tuple((name.lower(), value) for name, values in _headers(answered.headers) for value in values)
    return Exchanged(
        Request(asked.method.upper(), host, path, _instant(one.recorded_at), query, headers, sent), Response(status, answers, got)
    )


def _headers(given: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(name, [str(one) for one in (values if isinstance(values, list) else [values])]) for name, values in given.items()]


def _bytes(body: Any) -> bytes:  # noqa: ANN401 - text, bytes, nothing, or a dictionary of one of them, by the version of VCR
    if isinstance(body, dict):
        coded = body.get("base64_string")
        if coded is None:
            return _bytes(body.get("string"))
        try:
            return b64decode(coded)
        except (NotBase64Error, TypeError):
            raise ValueError("a body that is no base64") from None
    if body is None:
        return b""
    if isinstance(body, str | bytes):
        return body.encode() if isinstance(body, str) else body
    raise ValueError("a body that is no text")


def _instant(recorded_at: object) -> int:
    if isinstance(recorded_at, str):
        try:
            recorded_at = datetime.fromisoformat(recorded_at)
        except ValueError:
            return 0
    if not isinstance(recorded_at, datetime):
        return 0
    return round((recorded_at if recorded_at.tzinfo is not None else recorded_at.replace(tzinfo=UTC)).timestamp() * 1000)
