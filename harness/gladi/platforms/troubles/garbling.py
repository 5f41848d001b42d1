"""What makes an answer unreadable on its way: the platform did what it was asked for, and nobody can read that it did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace

from gladi.platforms.troubles.body import is_json
from gladi.platforms.troubles.loss import unheard
from gladi.record.wire import Lost, Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.platforms.troubles.aim import Aim
    from gladi.record.wire import Answers, Request

__all__ = ["CutAnswer", "MalformedAnswer"]


@dataclass(frozen=True, slots=True)
class CutAnswer:
    """The body of an answer ends in the middle."""

    aim: Aim
    name: ClassVar[str] = "answer cut short"
    legal: ClassVar[bool] = False

    @property
    def definite(self) -> bool:
        """Whether it surely did not happen: no, it may have."""
        return False

    def befalls(self, platform: Answers, request: Request) -> Response:
        """Cut a body of JSON; a refusal and a page of HTML stay whole."""
        return _garbled(platform(request), lambda body: body[: len(body) // 2])


@dataclass(frozen=True, slots=True)
class MalformedAnswer:
    """The body of an answer is no JSON, though it says that it is."""

    aim: Aim
    name: ClassVar[str] = "answer malformed"
    legal: ClassVar[bool] = False

    @property
    def definite(self) -> bool:
        """Whether it surely did not happen: no, it may have."""
        return False

    def befalls(self, platform: Answers, request: Request) -> Response:
        """Spoil a body of JSON; a refusal and a page of HTML stay as they are."""
        return _garbled(platform(request), lambda body: body[:1] + b"," + body[1:])


def _garbled(response: Response, spoils: Callable[[bytes], bytes]) -> Response:
    return replace(unheard(response, Lost.UNREADABLE), body=spoils(response.body)) if is_json(response) else response
