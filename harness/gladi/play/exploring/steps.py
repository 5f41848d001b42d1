"""A step of a search: what somebody does, as a call on a rehearsal and as a line of a scenario."""

from __future__ import annotations

import json
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias

from gladi.record.words import Platform, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gladi.play.placed_order import PlacedOrder
    from gladi.play.rehearsal import Rehearsal

__all__ = ["Bought", "Step", "Value", "literal", "step"]


@dataclass(frozen=True, slots=True)
class Bought:
    """An order of the play, by the name that its variable bears in a scenario: `order_1`."""

    name: str


Value: TypeAlias = Bought | Platform | Stage | str | int | float
"""What a step may be given; all of it can be written down as a literal."""

_AT_ONCE = ("trouble.", "webhooks.", "lets_")
_AWAITED = frozenset(("webhooks.forges", "webhooks.forges_a_cancellation", "webhooks.announces_a_separation"))


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody does: `buyer.orders`, with what it is given, and the name of the order that it gives."""

    does: str
    """The way to a method of `Rehearsal`."""
    given: tuple[Value, ...] = ()
    named: tuple[tuple[str, Value], ...] = ()
    gives: str = ""
    needs: tuple[type, ...] = ()
    """The capabilities without which nobody could do it."""

    @property
    def is_awaited(self) -> bool:
        """Whether it takes time on the live platform; what is only set up for later does not."""
        return self.does in _AWAITED or not self.does.startswith(_AT_ONCE)

    @property
    def line(self) -> str:
        """The step as a line of a scenario: `order_1 = await rehearsal.buyer.orders(on=TOKOPEDIA)`."""
        words = (*map(literal, self.given), *(f"{name}={literal(value)}" for name, value in self.named))
        call = f"rehearsal.{self.does}({', '.join(words)})"
        return f"{f'{self.gives} = ' if self.gives else ''}{'await ' if self.is_awaited else ''}{call}"

    @property
    def uses(self) -> frozenset[str]:
        """The names of the orders that it needs."""
        return frozenset(one.name for one in (*self.given, *(value for _, value in self.named)) if isinstance(one, Bought))

    async def take(self, rehearsal: Rehearsal, orders: dict[str, PlacedOrder]) -> None:
        """Do it, and keep the order that it gives among `orders`.

        Raises:
            RehearsalError: the world does not allow it now.
        """
        method: Any = attrgetter(self.does)(rehearsal)
        answer = method(*(_meant(one, orders) for one in self.given), **{name: _meant(value, orders) for name, value in self.named})
        if self.is_awaited:
            answer = await answer
        if self.gives:
            orders[self.gives] = answer


def step(does: str, /, *given: Value, gives: str = "", needs: type | tuple[type, ...] = (), **named: Value) -> Step:
    """Make a step as one would write the call."""
    return Step(does, given, tuple(named.items()), gives, needs if isinstance(needs, tuple) else (needs,))


def literal(value: Value) -> str:
    """Write a value as a scenario does."""
    match value:
        case Bought():
            return value.name
        case Stage():
            return f"Stage.{value.name}"
        case Platform():
            return value.name
        case str():
            return json.dumps(value, ensure_ascii=False)
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return repr(value)


def _meant(value: Value, orders: Mapping[str, PlacedOrder]) -> object:
    return orders[value.name] if isinstance(value, Bought) else value
