"""Pages of a list that are shorter than asked for, or shift while they are being read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from random import Random

    from gladi.platforms.troubles.aim import Aim
    from gladi.platforms.troubles.readings import Readings
    from gladi.record.wire import Answers, Request, Response

__all__ = ["ShiftedPages", "ShortPages"]


@dataclass(frozen=True, slots=True)
class ShortPages:
    """A page holds fewer rows than were asked for, and its token leads to the others.

    Only of lists that go on by a token: a reader who counts pages has to take a short one for the last (tiktok-shop-api.md 2.1).
    """

    aim: Aim
    readings: Readings
    random: Random = field(repr=False)
    name: ClassVar[str] = "short page"
    legal: ClassVar[bool] = True

    @property
    def definite(self) -> bool:
        """Whether it surely did not happen: no, it may have."""
        return False

    def befalls(self, platform: Answers, request: Request) -> Response:
        """Cut the page."""
        return self.readings.cut(platform(request), request, self.random)


@dataclass(frozen=True, slots=True)
class ShiftedPages:
    """A row came in while the list was read: a page begins with the last row of the one before, so one row is there twice."""

    aim: Aim
    readings: Readings
    name: ClassVar[str] = "shifted pages"
    legal: ClassVar[bool] = True

    @property
    def definite(self) -> bool:
        """Whether it surely did not happen: no, it may have."""
        return False

    def befalls(self, platform: Answers, request: Request) -> Response:
        """Shift the page, if it is not the first."""
        return self.readings.shift(platform(request), request)
