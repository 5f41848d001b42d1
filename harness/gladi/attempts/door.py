"""The door through which a run on the platforms goes: an attempt that is open, or a shop that has merged, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.attempts.cues import links_the_shops
from gladi.attempts.decision import is_of
from gladi.attempts.events import Kind
from gladi.attempts.spendable import UnspendableError, spendable
from gladi.attempts.watching.phase import stage_now
from gladi.record.words import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime

    from gladi.attempts.cues import Cue
    from gladi.attempts.events import Attempt
    from gladi.attempts.ledger import Ledger
    from gladi.attempts.policy import Policy, TestShop

__all__ = ["Door", "through"]

_ALIVE = (Kind.OPENED, Kind.LINKED, Kind.MERGED)
_RECORDED = {Stage.MERGING: Kind.LINKED, Stage.MERGED: Kind.MERGED}


class Door:
    """One shop and its attempt, as the ledger knows them; it is asked and written anew each time."""

    def __init__(self, ledger: Callable[[], AbstractContextManager[Ledger]], shop: TestShop, ordinal: int) -> None:
        """Stand for attempt `ordinal` with `shop`; `ledger` opens the ledger."""
        self._ledger = ledger
        self.shop = shop
        self.ordinal = ordinal
        self._confirmed = False

    def stage(self) -> Stage:
        """Give where the merge stands, as far as it is recorded; that the products were merged is remembered in this run alone."""
        with self._ledger() as ledger:
            stage = stage_now(_of(ledger, self.ordinal))
        return Stage.CONFIRMED if self._confirmed and stage is Stage.MERGED else stage

    def linking(self) -> tuple[Cue, ...]:
        """Give the guide's six steps; none where the attempt is not one that is opened and nothing more."""
        with self._ledger() as ledger:
            attempt = ledger.resume(self.ordinal)
        return () if attempt is None else links_the_shops(attempt)

    def records(self, stage: Stage) -> None:
        """Record that the shops were linked, or have merged.

        Raises:
            LedgerError: it cannot be recorded.
        """
        if stage is Stage.CONFIRMED:
            self._confirmed = True
            return
        with self._ledger() as ledger:
            ledger.record(self.ordinal, _RECORDED[stage], note="seen by a rehearsal on the live target")


def through(policy: Policy, ledger: Callable[[], AbstractContextManager[Ledger]], *, now: datetime) -> Door:
    """Find the one shop of which an attempt is open, or else the one that merged last.

    Raises:
        UnspendableError: there is none, or several attempts are open.
        LedgerError: the ledger cannot be asked.
    """
    with ledger() as opened:
        attempts, attested = opened.attempts(), opened.attestations()
    shops = spendable(policy, attested, now=now)
    pairs = [(one, shop) for one in attempts if one.state in _ALIVE for shop in shops if is_of(one, shop)]
    current = [pair for pair in pairs if pair[0].open] or [pair for pair in pairs if pair[0].state is Kind.MERGED][-1:]
    if not current:
        raise UnspendableError(
            "no attempt is open with a test shop that a person vouches for, and none has merged; see `gladi attempts`, "
            "and open one with: gladi attempts open --target live --shop NAME"
        )
    if len(current) > 1:
        names = " and ".join(f"{one.ordinal} ({shop.name})" for one, shop in current)
        raise UnspendableError(f"attempts {names} are open, and a run is about one shop; say first what became of the others")
    attempt, shop = current[0]
    return Door(ledger, shop, attempt.ordinal)


def _of(ledger: Ledger, ordinal: int) -> Attempt | None:
    return next((one for one in reversed(ledger.attempts()) if one.ordinal == ordinal), None)
