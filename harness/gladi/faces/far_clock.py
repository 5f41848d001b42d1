"""The clock of a served sandbox, asked at its control port: for whoever practises before a stand-in and goes by its time."""

from __future__ import annotations

import http.client
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from gladi.faces.postman import is_here
from gladi.record.clock import instant

if TYPE_CHECKING:
    from gladi.record.clock import Instant

__all__ = ["FarClock", "FarClockError"]

_PATIENCE = 10.0


class FarClockError(Exception):
    """The control port does not tell the time; the text is one sentence."""


class _Stage(msgspec.Struct):
    now: datetime


class FarClock:
    """Gives the time of the sandbox whose control port is at a URL of this machine."""

    def __init__(self, control: str) -> None:
        """Ask `control`, such as http://127.0.0.1:8480.

        Raises:
            FarClockError: it is no http URL of this machine.
        """
        url = urlsplit(control)
        if url.scheme != "http" or not is_here(url.hostname or ""):
            raise FarClockError("the control port of a stand-in is no http URL of this machine; write one such as http://127.0.0.1:8480")
        self._place = (url.hostname or "", url.port)

    def __call__(self) -> Instant:
        """Give the time.

        Raises:
            FarClockError: nobody tells it.
        """
        connection = http.client.HTTPConnection(*self._place, timeout=_PATIENCE)
        try:
            connection.request("GET", "/stage")
            return instant(msgspec.json.decode(connection.getresponse().read(), type=_Stage).now)
        except (OSError, http.client.HTTPException, msgspec.MsgspecError) as error:
            raise FarClockError(
                f"the control port of the stand-in does not tell the time ({type(error).__name__}); is it served?"
            ) from None
        finally:
            connection.close()
