"""A crash: the process that made a call is gone before it can know what came of it, and nothing that it still asks is heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace

from gladi.platforms.troubles.loss import unheard
from gladi.record.wire import Lost, Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.platforms.troubles.aim import Aim
    from gladi.record.wire import Answers, Request

__all__ = ["Crash", "mortal"]

_NOBODY = Response(0, (), b"", lost=Lost.CRASHED)


@dataclass(frozen=True, slots=True)
class Crash:
    """The process goes in the middle of the call: `before` the platform heard it, or once it has done what it was asked for."""

    aim: Aim
    dies: Callable[[], None]
    """Takes the process away, and whatever lies on its disk stays as it lies in that moment."""
    before: bool = False
    name: ClassVar[str] = "system crashed"
    legal: ClassVar[bool] = False

    @property
    def definite(self) -> bool:
        """Whether the call surely did not do what it asked for."""
        return self.before

    def befalls(self, platform: Answers, request: Request) -> Response:
        """Let it happen or not, and take the process away."""
        response = Response(0, (), b"", lost=Lost.REQUEST) if self.before else unheard(platform(request), Lost.ANSWER)
        self.dies()
        return response


def mortal(platform: Answers, is_gone: Callable[[], bool]) -> Answers:
    """Wrap `platform`: what a process asks that `is_gone` is neither heard nor noted, and no answer reaches it.

    It stands around the journal, which holds what became of the call in which the process went.
    """

    def answers(request: Request) -> Response:
        if is_gone():
            return _NOBODY
        response = platform(request)
        return replace(response, lost=Lost.CRASHED) if is_gone() else response

    return answers
