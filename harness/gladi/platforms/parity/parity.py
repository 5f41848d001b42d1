"""Parity: the requests of a recording asked of a model once more, and every operation judged by how its answers compare."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gladi.platforms.parity.differences import differences
from gladi.platforms.parity.values import References
from gladi.record.routing import router
from gladi.record.wire import Lost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gladi.platforms.parity.accepted import Accepted
    from gladi.platforms.parity.differences import Difference
    from gladi.platforms.parity.translation import Translation
    from gladi.record.wire import Answers, Request, Response

__all__ = ["Parity", "compare", "summed"]

_LOST = "an answer that was lost, so that there is nothing to compare with"
_WITHHELD = "a body that the recording withheld"


@dataclass(slots=True)
class Parity:
    """What came of it."""

    exchanges: dict[str, int] = field(default_factory=dict[str, int])
    """How many exchanges of each operation were compared."""
    found: list[Difference] = field(default_factory=list)
    """Each difference once, in order of appearance."""
    passed_over: dict[str, int] = field(default_factory=dict[str, int])
    """Exchanges that could not be asked again, by reason."""

    def unaccepted(self, given: Sequence[Accepted]) -> list[Difference]:
        """Give the differences that nobody accepted."""
        return [one for one in self.found if not any(it.covers(one) for it in given)]

    def gone(self, given: Sequence[Accepted]) -> list[Accepted]:
        """Give what was accepted and occurs no more, of operations that were compared."""
        return [it for it in given if it.operation in self.exchanges and not any(it.covers(one) for one in self.found)]

    @property
    def confirmed(self) -> list[str]:
        """The operations that were compared and differ in nothing, accepted or not."""
        differing = {one.operation for one in self.found}
        return sorted(name for name in self.exchanges if name not in differing)


def compare(
    exchanges: Iterable[tuple[Request, Response]],
    model: Answers,
    *,
    translation: Translation,
    redacts: Callable[[Response], Response],
    readies: Callable[[Request], Request | None],
) -> Parity:
    """Ask a model what a recording was asked, in its order.

    `redacts` treats an answer as those of the recording were, so that a pseudonym meets a pseudonym.
    `readies` lets the model's time pass up to a request and authorizes it; None where it cannot be asked again.
    """
    parity, references = Parity(), References()
    for request, recorded in exchanges:
        operation = router().route(request).operation
        why = _why_not(operation is not None, request, recorded)
        ready = None if why else readies(translation.request(request))
        if ready is None or operation is None:
            why = why or _WITHHELD
            parity.passed_over[why] = parity.passed_over.get(why, 0) + 1
            continue
        answered = model(ready)
        if recorded.lost is not None:
            parity.passed_over[_LOST] = parity.passed_over.get(_LOST, 0) + 1
            continue
        parity.exchanges[operation.name] = parity.exchanges.get(operation.name, 0) + 1
        for one in differences(operation.name, recorded, redacts(answered), references):
            if not any((one.differs_in, one.place, one.operation) == (it.differs_in, it.place, it.operation) for it in parity.found):
                parity.found.append(one)
        translation.learns(recorded, answered)
    return parity


def summed(several: Iterable[Parity]) -> Parity:
    """Add up what came of several recordings; each difference is told once."""
    whole = Parity()
    for one in several:
        for name, count in one.exchanges.items():
            whole.exchanges[name] = whole.exchanges.get(name, 0) + count
        for why, count in one.passed_over.items():
            whole.passed_over[why] = whole.passed_over.get(why, 0) + count
        known = {(it.operation, it.differs_in, it.place) for it in whole.found}
        whole.found += [it for it in one.found if (it.operation, it.differs_in, it.place) not in known]
    return whole


def _why_not(known: bool, request: Request, recorded: Response) -> str:  # noqa: FBT001 - of this module alone
    if not known:
        return "an operation that the sandbox does not know"
    if recorded.lost is Lost.REQUEST:
        return "a request that never arrived"
    if request.body and request.body.lstrip()[:1] not in (b"{", b"["):
        return _WITHHELD
    return ""
