"""The control port: stage, clock, deeds, journal and reset over HTTP, for whoever rehearses a system from outside Python.

It stands on a port of its own, so that no path of a platform is taken, and knows no sandbox: it is given functions.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from gladi.faces.server import answer, body_of
from gladi.record.wire import Response

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

__all__ = ["DEEDS", "Control", "Controls", "Refused"]

DEEDS = ("link_shops", "confirm_product_merge", "place_order", "set_stock")
"""What people do and a platform's console would offer."""

_LONGEST = timedelta(days=3660)


class Refused(Exception):  # noqa: N818 - not an error of ours: the sentence is the answer
    """What was asked cannot be done; the text is one sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Controls:
    """What the control port can do. Each runs on a thread of its own, takes the locks it needs, and may raise `Refused`."""

    stage: Callable[[], Mapping[str, Any]]
    """Where the merge of each shop stands, and what time it is."""
    advance: Callable[[timedelta], Mapping[str, Any]]
    """Let virtual time pass, delivering what falls due."""
    deed: Callable[[str, Mapping[str, Any]], Mapping[str, Any]]
    """Have a person do one of `DEEDS`, with its particulars."""
    journal: Callable[[], Iterable[bytes]]
    """The journal's lines."""
    reset: Callable[[], Mapping[str, Any]]
    """Begin again with the same seed."""


class Control:
    """The ASGI app of the control port. Every error is one clear sentence: `{"error": ...}`."""

    def __init__(self, controls: Controls) -> None:
        """Take the functions that do the work."""
        self._controls = controls
        self._endpoints: dict[str, tuple[str, Callable[[bytes], Response]]] = {
            "/healthz": ("GET", lambda _: _json(200, {"ok": True})),
            "/stage": ("GET", lambda _: _json(200, controls.stage())),
            "/clock": ("POST", self._clock),
            "/deeds": ("POST", self._deeds),
            "/journal": ("GET", self._journal),
            "/reset": ("POST", lambda _: _json(200, controls.reset())),
        }

    async def __call__(self, scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
        """Answer one request."""
        try:
            body = await body_of(receive)
        except ConnectionError:
            return
        if body is None:
            await answer(send, _error(413, "the body is larger than 8 MiB"))
        else:
            await answer(send, await asyncio.to_thread(self._answer, scope["method"], scope["path"], body))

    def _answer(self, method: str, path: str, body: bytes) -> Response:
        known = self._endpoints.get(path)
        if known is None:
            endpoints = ", ".join(f"{verb} {name}" for name, (verb, _) in self._endpoints.items())
            return _error(404, f"there is no {path} here; the control port has {endpoints}")
        verb, act = known
        if method != verb:
            return _error(405, f"{path} wants {verb}, not {method}", ("allow", verb))
        try:
            return act(body)
        except Refused as refused:
            return _error(400, str(refused))
        except Exception as fault:  # noqa: BLE001 - the port stays open
            return _error(500, f"{path} raised {type(fault).__name__}: {fault}; this is a fault of Gladi")

    def _clock(self, body: bytes) -> Response:
        seconds = _object(body, '{"advance": 3600}').get("advance")
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 <= seconds <= _LONGEST.total_seconds():
            msg = f'"advance" is {_shown(seconds)}; write the seconds that shall pass, from 0 to ten years, such as {{"advance": 3600}}'
            raise Refused(msg)
        return _json(200, self._controls.advance(timedelta(seconds=seconds)))

    def _deeds(self, body: bytes) -> Response:
        particulars = _object(body, '{"deed": "link_shops"}')
        deed = particulars.pop("deed", None)
        if deed not in DEEDS:
            msg = f'"deed" is {_shown(deed)}; write one of {", ".join(DEEDS)}'
            raise Refused(msg)
        return _json(200, self._controls.deed(deed, particulars))

    def _journal(self, _: bytes) -> Response:
        lines = b"".join(line + b"\n" for line in self._controls.journal())
        return Response(200, (("content-type", "application/jsonl"),), lines)


def _object(body: bytes, example: str) -> dict[str, Any]:
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        value = None
    if not isinstance(value, dict):
        msg = f"the body is no JSON object; write one, such as {example}"
        raise Refused(msg)
    return value


def _shown(value: object) -> str:
    text = msgspec.json.encode(value).decode()
    return text if len(text) <= 40 else f"{text[:40]}..."  # noqa: PLR2004 - enough to know it again


def _json(status: int, value: object, *headers: tuple[str, str]) -> Response:
    return Response(status, (("content-type", "application/json"), *headers), msgspec.json.encode(value) + b"\n")


def _error(status: int, sentence: str, *headers: tuple[str, str]) -> Response:
    return _json(status, {"error": sentence}, *headers)
