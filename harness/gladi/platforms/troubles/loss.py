"""What is lost between a system and a platform: a request on its way, an answer on its way, or an answer that comes too late."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace

from gladi.record.wire import Lost, Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.platforms.troubles.aim import Aim
    from gladi.record.wire import Answers, Request

__all__ = ["LateAnswer", "LostAnswer", "LostRequest", "patient", "unheard"]

PATIENCE = 30.0
"""Seconds of virtual time that a client waits for an answer, where nobody knows how long it does."""


def unheard(response: Response, lost: Lost) -> Response:
    """Give an answer that the system never learns: what it would have told, nobody was told."""
    notes = replace(response.notes, shows=(), tells_merged=(), expired=False)
    return replace(response, notes=notes, lost=lost)


@dataclass(frozen=True, slots=True)
class LostRequest:
    """The request never arrives: nothing happened, and nobody answers."""

    aim: Aim
    name: ClassVar[str] = "request lost"
    legal: ClassVar[bool] = False

    @property
    def definite(self) -> bool:
        """Whether it surely did not happen: yes."""
        return True

    def befalls(self, platform: Answers, request: Request) -> Response:  # noqa: ARG002 - the signature is the interface's
        """Ask nothing of the platform."""
        return Response(0, (), b"", lost=Lost.REQUEST)


@dataclass(frozen=True, slots=True)
class LostAnswer:
    """The platform does what it was asked for, and its answer is lost on the way."""

    aim: Aim
    name: ClassVar[str] = "answer lost"
    legal: ClassVar[bool] = False

    @property
    def definite(self) -> bool:
        """Whether it surely did not happen: no, it may have."""
        return False

    def befalls(self, platform: Answers, request: Request) -> Response:
        """Let it happen, and let nobody know."""
        return unheard(platform(request), Lost.ANSWER)


@dataclass(frozen=True, slots=True)
class LateAnswer:
    """The platform does what it was asked for, and answers when the client no longer waits."""

    aim: Aim
    name: ClassVar[str] = "answer too late"
    legal: ClassVar[bool] = False

    @property
    def definite(self) -> bool:
        """Whether it surely did not happen: no, it may have."""
        return False

    def befalls(self, platform: Answers, request: Request) -> Response:
        """Let it happen, and let nobody know."""
        return unheard(platform(request), Lost.LATE)


def patient(platform: Answers, passes: Callable[[int], None]) -> Answers:
    """Wrap `platform`: while a client waits in vain for an answer that comes too late, time passes, in milliseconds.

    It stands around the journal, so that the call is noted before whatever falls due meanwhile.
    """

    def answers(request: Request) -> Response:
        response = platform(request)
        if response.lost is Lost.LATE:
            passes(round((PATIENCE if request.patience is None else request.patience) * 1000))
        return response

    return answers
