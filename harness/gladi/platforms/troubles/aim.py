"""An aim: which calls a trouble befalls.

1. It counts the calls of named operations from the moment at which the trouble was made, names a window of virtual time, or draws from a
   seeded generator. So the same play meets the same trouble on every face.
2. What comes by chance spares the call that is made again: a system that tries again gets through.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from random import Random

    from gladi.record.clock import Instant
    from gladi.record.wire import Request

__all__ = ["Aim", "Chance", "NthCall", "Window"]


class Aim(Protocol):
    """Which calls a trouble befalls."""

    promised: ClassVar[bool]
    """Whether a play in which it hit no call has rehearsed nothing."""

    @property
    def operations(self) -> frozenset[str]:
        """The operations that it is aimed at, by name."""

    def hits(self, nth: int, request: Request) -> bool:
        """Tell whether it befalls `request`, the `nth` such call, counted from 1; it is asked once a call."""


@dataclass(frozen=True, slots=True)
class NthCall:
    """The n-th call of any of these operations, counted from 1."""

    operations: frozenset[str]
    nth: int = 1
    promised: ClassVar[bool] = True

    def hits(self, nth: int, request: Request) -> bool:  # noqa: ARG002 - the signature is the interface's
        """Tell whether it is that call."""
        return nth == self.nth


@dataclass(frozen=True, slots=True)
class Window:
    """Every call of these operations from `begins` on and before `ends`, both virtual instants."""

    operations: frozenset[str]
    begins: Instant
    ends: Instant
    promised: ClassVar[bool] = True

    def hits(self, nth: int, request: Request) -> bool:  # noqa: ARG002 - the signature is the interface's
        """Tell whether the call lies in the window."""
        return self.begins <= request.at < self.ends


@dataclass(frozen=True, slots=True)
class Chance:
    """Some calls of these operations, each with a probability from 0 to 1; the same call is never hit twice in a row."""

    operations: frozenset[str]
    probability: float
    random: Random = field(repr=False)
    _spared: set[tuple[str, str, str]] = field(default_factory=set[tuple[str, str, str]], init=False, repr=False)
    promised: ClassVar[bool] = False

    def hits(self, nth: int, request: Request) -> bool:  # noqa: ARG002 - the signature is the interface's
        """Draw, unless the call is made again after it was hit."""
        call = (request.host, request.method, request.path)
        if call in self._spared:
            self._spared.discard(call)
            return False
        hit = self.random.random() < self.probability
        if hit:
            self._spared.add(call)
        return hit
