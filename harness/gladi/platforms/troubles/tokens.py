"""A token that ends before its time, so that a call under it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.platforms.troubles.aim import Aim
    from gladi.record.wire import Answers, Request, Response

__all__ = ["EndedToken"]


@dataclass(frozen=True, slots=True)
class EndedToken:
    """The access token in force ends just before the call, long before its time."""

    aim: Aim
    ends: Callable[[], None]
    """Ends every access token of the platform that the aim is about."""
    name: ClassVar[str] = "token ended early"
    legal: ClassVar[bool] = False

    @property
    def definite(self) -> bool:
        """Whether it surely did not happen: yes."""
        return True

    def befalls(self, platform: Answers, request: Request) -> Response:
        """End the token, then let the platform see what was sent under it."""
        self.ends()
        return platform(request)
