"""How the platforms themselves are reached: under which credentials, by which clock, and with the newest consents."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gladi.platforms.consents import Consents, renewing
from gladi.platforms.live import ForeignHostError, Live
from gladi.platforms.walltime import StandInTime, WallTime

if TYPE_CHECKING:
    from collections.abc import Generator

    from gladi.platforms.credentials import Credentials
    from gladi.platforms.walltime import Time
    from gladi.record.wire import Answers

__all__ = ["Reach", "reach"]


@dataclass(frozen=True, slots=True)
class Reach:
    """The platforms, or a stand-in for them, ready to be called."""

    live: Live
    ours: Answers
    """For our own calls: what is safe to repeat is repeated."""
    theirs: Answers
    """For a system's calls: each is sent once, and what it came to is passed on."""
    time: Time
    credentials: Credentials

    @property
    def stands_in(self) -> bool:
        """Whether a stand-in on this machine answers, and nothing real is at stake."""
        return self.live.stands_in


@contextmanager
def reach(credentials: Credentials) -> Generator[Reach]:
    """Open the way to the platforms, or to the stand-in that the credentials name; nothing is called yet.

    Raises:
        ForeignHostError: a base URL or the control port is none of this machine, or the platforms are named beside a control port.
        ConsentsError: the newest tokens cannot be kept.
    """
    if credentials.control and not credentials.base_urls:
        raise ForeignHostError(
            "the credentials name a control port and no stand-in; name all four base URLs in urls, or leave control away"
        )
    time: Time = StandInTime(credentials.control) if credentials.control else WallTime()
    with Live(credentials.base_urls, now=time.now, wait=time.wait) as live:
        consents = Consents(credentials.consents)
        yield Reach(live, renewing(live, consents), renewing(live.once, consents), time, credentials)
