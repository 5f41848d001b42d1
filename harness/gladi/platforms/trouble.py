"""Trouble around a platform: what can go wrong between a system and a platform that did nothing wrong itself.

1. A trouble is a value: its name, whether it is *definite* (what was asked surely did not happen) or *indefinite* (it may have),
   and its aim. It wraps the platform for the one call that it befalls, and is no flag inside the platform.
2. An aim counts the calls of named operations from the moment at which the trouble was made, or names a window of virtual time. So
   the same play meets the same trouble on every face.
3. What the answer of a lost call would have told, nobody was told: its notes no longer say that it showed an order or a merge.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Protocol

from msgspec.structs import replace

from gladi.record.journal import What
from gladi.record.routing import router
from gladi.record.wire import Lost, Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.record.clock import Instant
    from gladi.record.journal import Journal
    from gladi.record.wire import Answers, Request

__all__ = ["Aim", "EndedToken", "LostAnswer", "LostRequest", "NthCall", "Trouble", "Troubles", "Window", "troubled"]


# -- at which calls it is aimed ----------------------------------------------------------------------------------------


class Aim(Protocol):
    """Which calls a trouble befalls."""

    @property
    def operations(self) -> frozenset[str]:
        """The operations that it is aimed at, by name."""

    def hits(self, nth: int, at: Instant) -> bool:
        """Tell whether it befalls the `nth` such call, counted from 1, which arrives at `at`."""


@dataclass(frozen=True, slots=True)
class NthCall:
    """The n-th call of any of these operations, counted from 1."""

    operations: frozenset[str]
    nth: int = 1

    def hits(self, nth: int, at: Instant) -> bool:  # noqa: ARG002 - the signature is the interface's
        """Tell whether it is that call."""
        return nth == self.nth


@dataclass(frozen=True, slots=True)
class Window:
    """Every call of these operations from `begins` on and before `ends`, both virtual instants."""

    operations: frozenset[str]
    begins: Instant
    ends: Instant

    def hits(self, nth: int, at: Instant) -> bool:  # noqa: ARG002 - the signature is the interface's
        """Tell whether the call lies in the window."""
        return self.begins <= at < self.ends


# -- what goes wrong ---------------------------------------------------------------------------------------------------


class Trouble(Protocol):
    """Something that goes wrong with a call."""

    name: ClassVar[str]
    definite: ClassVar[bool]
    """Whether the call that it befalls surely did not do what it asked for."""

    @property
    def aim(self) -> Aim:
        """Which calls it befalls."""

    def befalls(self, platform: Answers, request: Request) -> Response:
        """Answer in the platform's place; what the platform is asked, it is asked here."""


@dataclass(frozen=True, slots=True)
class LostRequest:
    """The request never arrives: nothing happened, and nobody answers."""

    aim: Aim
    name: ClassVar[str] = "request lost"
    definite: ClassVar[bool] = True

    def befalls(self, platform: Answers, request: Request) -> Response:  # noqa: ARG002 - the signature is the interface's
        """Ask nothing of the platform."""
        return Response(0, (), b"", lost=Lost.REQUEST)


@dataclass(frozen=True, slots=True)
class LostAnswer:
    """The platform does what it was asked for, and its answer is lost on the way."""

    aim: Aim
    name: ClassVar[str] = "answer lost"
    definite: ClassVar[bool] = False

    def befalls(self, platform: Answers, request: Request) -> Response:
        """Let it happen, and let nobody know."""
        response = platform(request)
        notes = replace(response.notes, shows=(), tells_merged=(), expired=False)
        return replace(response, notes=notes, lost=Lost.ANSWER)


@dataclass(frozen=True, slots=True)
class EndedToken:
    """The access token in force ends just before the call, long before its time."""

    aim: Aim
    ends: Callable[[], None]
    """Ends every access token of the platform that the aim is about."""
    name: ClassVar[str] = "token ended early"
    definite: ClassVar[bool] = True

    def befalls(self, platform: Answers, request: Request) -> Response:
        """End the token, then let the platform see what was sent under it."""
        self.ends()
        return platform(request)


# -- the wrapper -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Waiting:
    trouble: Trouble
    calls: int = 0
    struck: bool = False


class Troubles:
    """The troubles of one play: those that wait for their call, and those that have struck."""

    def __init__(self) -> None:
        """Begin without any."""
        self._all: list[_Waiting] = []

    def add(self, trouble: Trouble) -> None:
        """Let a trouble wait for its call; calls are counted from now on."""
        self._all.append(_Waiting(trouble))

    def __bool__(self) -> bool:
        """Whether there is any, struck or not."""
        return bool(self._all)

    @property
    def unmet(self) -> tuple[Trouble, ...]:
        """The troubles that no call has met."""
        return tuple(one.trouble for one in self._all if not one.struck)

    def strikes(self, operation: str, at: Instant) -> list[Trouble]:
        """Count a call, and give the troubles that befall it, the one made first in front."""
        found: list[Trouble] = []
        for one in self._all:
            if operation not in one.trouble.aim.operations:
                continue
            one.calls += 1
            if one.trouble.aim.hits(one.calls, at):
                one.struck = True
                found.append(one.trouble)
        return found


def troubled(platform: Answers, troubles: Troubles, journal: Journal) -> Answers:
    """Wrap `platform`: each call meets the troubles that are aimed at it, and each that struck is noted behind what it let happen."""
    route = router().route

    def answers(request: Request) -> Response:
        operation = route(request).operation if troubles else None
        found = troubles.strikes(operation.name, request.at) if operation is not None else []
        if operation is None or not found:
            return platform(request)
        befallen = platform
        for trouble in found:
            befallen = partial(trouble.befalls, befallen)
        response = befallen(request)
        for trouble in found:
            journal.fact(What.TROUBLE, platform=operation.platform, shop=response.notes.shop, value=trouble.name)
        return response

    return answers
