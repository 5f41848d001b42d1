"""The weather of a play: what befalls its calls, by the level of trouble and a seed.

1. What is awkward and legal befalls calls often, and tells nobody. What goes wrong is seldom, one thing a call, and never befalls the same
   call twice in a row: a system that tries again gets through.
2. The draws depend on nothing but the seed and the calls, so the same play has the same weather on every face.
"""

from __future__ import annotations

from functools import partial
from random import Random
from typing import TYPE_CHECKING

from gladi.platforms.troubles.aim import Chance
from gladi.platforms.troubles.garbling import CutAnswer, MalformedAnswer
from gladi.platforms.troubles.loss import LateAnswer, LostAnswer, LostRequest
from gladi.platforms.troubles.pages import ShiftedPages, ShortPages
from gladi.platforms.troubles.refusal import ServerFault, TooManyRequests
from gladi.platforms.troubles.tokens import EndedToken
from gladi.platforms.troubles.wording import NumericIds, ReorderedLists, UnknownFields
from gladi.record.operations import OPERATIONS, Does
from gladi.record.words import Platform, TroubleLevel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gladi.platforms.troubles.readings import Readings
    from gladi.platforms.troubles.trouble import Trouble
    from gladi.record.operations import Operation
    from gladi.record.wire import Request

__all__ = ["Seldom", "troubles_of"]

ALL = frozenset(one.name for one in OPERATIONS)
UNDER_A_TOKEN = frozenset(one.name for one in OPERATIONS if one.does is not Does.AUTHORIZES)
_OFTEN, _NOW_AND_THEN, _SELDOM, _RARELY = 0.5, 0.25, 0.01, 0.005


class Seldom:
    """The weather: each of the `legal` troubles by its own chance, and of the others at most one a call."""

    def __init__(self, legal: Sequence[Trouble], wrong: Sequence[Trouble]) -> None:
        """Send these; the aim of each is a chance."""
        self._legal = legal
        self._wrong = wrong
        self._spared: set[tuple[str, str, str]] = set()

    def sends(self, operation: Operation, request: Request) -> list[Trouble]:
        """Draw for a call."""
        found = [one for one in self._legal if _hits(one, operation, request)]
        call = (request.host, request.method, request.path)
        if call in self._spared:
            self._spared.discard(call)
            return found
        wrong = next((one for one in self._wrong if _hits(one, operation, request)), None)
        if wrong is None:
            return found
        self._spared.add(call)
        return [*found, wrong]


def troubles_of(level: TroubleLevel, seed: int, *, ends: Callable[[Platform], None], readings: Readings) -> Seldom | None:
    """Give the weather of a play at a level; None where it is off. `ends` ends every access token of a platform."""
    if level is TroubleLevel.OFF:
        return None
    draws = Random(f"weather {seed}")
    return Seldom(_legal(draws, readings), _wrong(draws, ends) if level is TroubleLevel.HARSH else ())


def _legal(draws: Random, readings: Readings) -> tuple[Trouble, ...]:
    def chance(probability: float) -> Chance:
        return Chance(UNDER_A_TOKEN, probability, draws)

    # Pages come before the order of what is on them: the last row of a page is the last one that the platform gave.
    return (
        ShiftedPages(chance(_NOW_AND_THEN), readings),
        ShortPages(chance(_NOW_AND_THEN), readings, draws),
        ReorderedLists(chance(_OFTEN), draws),
        UnknownFields(chance(_OFTEN)),
    )


def _wrong(draws: Random, ends: Callable[[Platform], None]) -> tuple[Trouble, ...]:
    def seldom(operations: frozenset[str] = UNDER_A_TOKEN, probability: float = _SELDOM) -> Chance:
        return Chance(operations, probability, draws)

    tokens = [
        EndedToken(seldom(frozenset(name for name in UNDER_A_TOKEN if name.startswith(f"{one}.")), _RARELY), partial(ends, one))
        for one in Platform
    ]
    return (
        LostRequest(seldom(ALL)),
        LostAnswer(seldom(ALL)),
        LateAnswer(seldom(ALL)),
        TooManyRequests(seldom()),
        ServerFault(seldom()),
        ServerFault(seldom(), happened=True),
        CutAnswer(seldom(probability=_RARELY)),
        MalformedAnswer(seldom(probability=_RARELY)),
        NumericIds(seldom()),
        *tokens,
    )


def _hits(trouble: Trouble, operation: Operation, request: Request) -> bool:
    return operation.name in trouble.aim.operations and trouble.aim.hits(1, request)
