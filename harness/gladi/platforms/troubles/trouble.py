"""Trouble around a platform: what befalls the calls between it and a system, and the wrapper that lets it befall them.

1. A trouble is a value: its name, whether it is *definite* (what was asked surely did not happen) or *indefinite* (it may have), whether
   it is *legal* (no document promises otherwise), and its aim. It wraps the platform for the one call that it befalls, and is no flag
   inside the platform.
2. What the answer of a lost call would have told, nobody was told: its notes no longer say that it showed an order or a merge.
3. Beside the troubles that a scenario asks for there is the weather of a play, which nobody asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Protocol

from gladi.platforms.troubles.readings import Readings
from gladi.record.journal import What
from gladi.record.routing import router

if TYPE_CHECKING:
    from gladi.platforms.troubles.aim import Aim
    from gladi.record.journal import Journal
    from gladi.record.operations import Operation
    from gladi.record.wire import Answers, Request, Response

__all__ = ["Trouble", "Troubles", "Weather", "troubled"]


class Trouble(Protocol):
    """Something that goes wrong with a call, or makes its answer awkward."""

    name: ClassVar[str]
    legal: ClassVar[bool]
    """Whether the platform's documents allow it: such an answer is awkward, and no fault."""

    @property
    def definite(self) -> bool:
        """Whether the call that it befalls surely did not do what it asked for."""

    @property
    def aim(self) -> Aim:
        """Which calls it befalls."""

    def befalls(self, platform: Answers, request: Request) -> Response:
        """Answer in the platform's place; what the platform is asked, it is asked here.

        A legal trouble that finds nothing to change gives the platform's own answer, and has not struck.
        """


class Weather(Protocol):
    """What befalls the calls of a whole play without being asked for."""

    def sends(self, operation: Operation, request: Request) -> list[Trouble]:
        """Give the troubles that befall a call, the innermost in front; asked once a call."""


@dataclass(slots=True)
class _Waiting:
    trouble: Trouble
    calls: int = 0
    struck: bool = False

    def meets(self, platform: Answers, request: Request) -> tuple[Response, bool]:
        """Let it befall a call; give the answer, and whether it struck."""
        asked: list[Response] = []

        def asks(request: Request) -> Response:
            asked.append(platform(request))
            return asked[-1]

        response = self.trouble.befalls(asks, request)
        struck = not self.trouble.legal or not asked or response is not asked[-1]
        self.struck = self.struck or struck
        return response, struck


class Troubles:
    """The troubles of one play: those that wait for their call, those that have struck, and the weather."""

    def __init__(self) -> None:
        """Begin without any."""
        self.readings = Readings()
        """What the lists that are read page by page have given, for those who cut and shift their pages."""
        self._all: list[_Waiting] = []
        self._weather: Weather | None = None
        self._ever = False

    def add(self, trouble: Trouble) -> None:
        """Let a trouble wait for its call; calls are counted from now on."""
        self._all.append(_Waiting(trouble))
        self._ever = True

    def weathers(self, weather: Weather | None) -> None:
        """Have this weather from now on; with None it is calm, so that a play can come to rest."""
        self._weather = weather
        self._ever = self._ever or weather is not None

    def __bool__(self) -> bool:
        """Whether there was ever any, struck or not."""
        return self._ever

    @property
    def unmet(self) -> tuple[Trouble, ...]:
        """The troubles that were to strike and have not."""
        return tuple(one.trouble for one in self._all if not one.struck and one.trouble.aim.promised)

    def befalls(self, platform: Answers, operation: Operation, request: Request) -> tuple[Response, list[Trouble]]:
        """Have a call answered by what befalls it; give the answer, and which of them are to be told, the one made first in front."""
        befallen: Answers = partial(self.readings.kept, platform)
        told: list[Trouble] = []
        for trouble in self._weather.sends(operation, request) if self._weather is not None else ():
            # Half of all answers are awkward; told is only where something goes wrong.
            befallen = partial(trouble.befalls, befallen) if trouble.legal else _telling(_Waiting(trouble), befallen, told)
        for one in [one for one in self._all if _is_hit(one, operation, request)]:
            befallen = _telling(one, befallen, told)
        return befallen(request), told


def _is_hit(one: _Waiting, operation: Operation, request: Request) -> bool:
    if operation.name not in one.trouble.aim.operations:
        return False
    one.calls += 1
    return one.trouble.aim.hits(one.calls, request)


def _telling(one: _Waiting, platform: Answers, told: list[Trouble]) -> Answers:
    def answers(request: Request) -> Response:
        response, struck = one.meets(platform, request)
        if struck:
            told.append(one.trouble)
        return response

    return answers


def troubled(platform: Answers, troubles: Troubles, journal: Journal) -> Answers:
    """Wrap `platform`: each call meets the troubles that are aimed at it, and each that struck is noted behind what it let happen."""
    route = router().route

    def answers(request: Request) -> Response:
        operation = route(request).operation if troubles else None
        if operation is None:
            return platform(request)
        response, told = troubles.befalls(platform, operation, request)
        for trouble in told:
            journal.fact(What.TROUBLE, platform=operation.platform, shop=response.notes.shop, value=trouble.name)
        return response

    return answers
