"""The time of the live target: the wall's, which passes by itself, or that of a stand-in, which passes when its control port is told."""

from __future__ import annotations

import time
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import msgspec

from gladi.platforms.live import ForeignHostError, is_here, wall
from gladi.record.clock import instant

if TYPE_CHECKING:
    from gladi.record.clock import Instant

__all__ = ["StandInGoneError", "StandInTime", "Time", "WallTime"]

_PATIENCE = 60.0
_OK = 200


class StandInGoneError(ForeignHostError):
    """Nobody, or somebody else, is at the control port of a stand-in; the text is one sentence."""


class Time(Protocol):
    """A clock, and somebody who waits by it."""

    @property
    def longest(self) -> float:
        """How many seconds are to be waited at once at most, so that whoever waits can be interrupted."""

    def now(self) -> Instant:
        """Give the time, in milliseconds since the epoch."""

    def wait(self, seconds: float) -> None:
        """Return when so many seconds have passed."""


class WallTime:
    """The wall clock."""

    longest = 2.0

    def now(self) -> Instant:
        """Give the time."""
        return wall()

    def wait(self, seconds: float) -> None:
        """Sleep."""
        time.sleep(seconds)


class _Stage(msgspec.Struct, frozen=True):
    now: datetime


class StandInTime:
    """The virtual clock of a stand-in that `gladi serve` serves; waiting moves it, and delivers what falls due on the way.

    Whatever is asked of it raises a `StandInGoneError` where nobody serves it any more.
    """

    longest = float("inf")

    def __init__(self, control: str) -> None:
        """Stand before the control port `control`, a URL of this machine.

        Raises:
            ForeignHostError: it is one of another machine, or no URL.
        """
        parts = urlsplit(control)
        if parts.scheme != "http" or not is_here(parts.hostname or "") or parts.port is None:
            raise ForeignHostError(f"the control port of a stand-in is {control}, not one of this machine; write http://127.0.0.1:8480")
        self._host, self._port = parts.hostname or "", parts.port

    def now(self) -> Instant:
        """Give the stand-in's time."""
        said = self._asks("GET", "/stage")
        try:
            return instant(msgspec.json.decode(said, type=_Stage).now)
        except msgspec.MsgspecError:
            raise self._gone("something else answers") from None

    def wait(self, seconds: float) -> None:
        """Let that much of the stand-in's time pass at once."""
        self._asks("POST", "/clock", {"advance": seconds})

    def _asks(self, method: str, path: str, body: Any = None) -> bytes:  # noqa: ANN401 - JSON
        connection = HTTPConnection(self._host, self._port, timeout=_PATIENCE)
        try:
            connection.request(method, path, body=None if body is None else msgspec.json.encode(body))
            answer = connection.getresponse()
            said = answer.read()
        except (OSError, HTTPException) as wrong:
            raise self._gone("nobody answers" if isinstance(wrong, OSError) else "something else answers") from None
        finally:
            connection.close()
        if answer.status != _OK:
            raise StandInGoneError(f"the control port of the stand-in answered {answer.status} to {method} {path}; is it `gladi serve`?")
        return said

    def _gone(self, who: str) -> StandInGoneError:
        return StandInGoneError(
            f"{who} at the control port of the stand-in, {self._host} port {self._port}; "
            "serve it anew with `gladi serve --credentials FILE`"
        )
