"""The watch: polls Get Shop Info, hands deliveries on, records what became of the attempt, and says what it sees.

1. `step` does all that is due at an instant and says when to come again; it reads no clock and waits for nothing.
2. All that it knows it asks of the state, so that one which was killed and begun again goes on where the other was.
3. Polls come every five minutes and never faster, whoever was killed in between.
4. Deliveries are handed on one by one in the order of arrival, the next only when the one before it was taken. What is not rightly
   signed goes on as it came, too, and any answer at all is then enough: a system that refuses it does right.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from gladi.attempts.calls import Calls, UnansweredError
from gladi.attempts.watching import telling
from gladi.attempts.watching.arrival import Signed, handed_to
from gladi.attempts.watching.phase import stage_now
from gladi.attempts.watching.sight import looks
from gladi.attempts.watching.told import told
from gladi.record.wire import Delivery, Outgoing
from gladi.record.words import Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.attempts.account import Account
    from gladi.attempts.watching.kept import Kept
    from gladi.attempts.watching.recording import Watched
    from gladi.attempts.watching.sight import Sight
    from gladi.attempts.watching.state import State
    from gladi.record.clock import Instant
    from gladi.record.wire import Answers

__all__ = ["EVERY", "Watch"]

EVERY = timedelta(minutes=5)
"""How often Get Shop Info is asked: the changelog's advice (tokopedia-api.md 10, row 19)."""

_EVERY = round(EVERY.total_seconds() * 1000)
_FIRST_WAIT, _LONGEST_WAIT = 1_000, 60_000
"""Milliseconds before a delivery is handed on again: twice as long each time, up to a minute."""


class Watch:
    """Watches the merge of one shop; `shop` is its id on Tokopedia."""

    def __init__(  # noqa: PLR0913 - what it stands between
        self,
        state: State,
        *,
        shop: str,
        target: Answers,
        account: Account,
        system: str,
        delivers: Callable[[Outgoing], int | None],
        now: Callable[[], Instant],
        says: Callable[[str], object],
        watched: Watched | None = None,
    ) -> None:
        """Stand between a target and the `system`'s own URL; `target` is asked each request once, and repeats none by itself."""
        self._state = state
        self._shop = shop
        self._account = account
        self._target = target
        self._calls = Calls(target, account, now=now)
        self._system = system
        self._delivers = delivers
        self._now = now
        self._says = says
        self._watched = watched
        self._sight = looks(state, shop)
        self._stage: Stage | None = None
        last = state.last_poll()
        # One whose end nobody saw may have come as late as now; and a clock that was set back must not silence the watch for so long.
        self._next_poll = now() if last is None else min(now() if last.ended is None else last.ended, now()) + _EVERY

    @property
    def sight(self) -> Sight:
        """What is seen, as of the last step."""
        return self._sight

    @property
    def stage(self) -> Stage | None:
        """Where the merge stands, by the ledger and by what the platform told; None where neither tells yet."""
        return self._stage_of(self._sight)

    def step(self) -> Instant:
        """Do what is due, and give the instant at which to come again.

        Raises:
            StateError: the state cannot be written, so nothing more can be promised.
            LedgerError: the ledger refuses or cannot be used.
        """
        if self._now() >= self._next_poll:
            self._polls()
        self._looks()
        waits_until = self._forwards()
        return self._next_poll if waits_until is None else min(self._next_poll, waits_until)

    # -- Get Shop Info ---------------------------------------------------------------------------------------------

    def _polls(self) -> None:
        number = self._state.begins_poll(self._now())
        try:
            shops = told(self._calls.shop_info_answer())
            self._state.ends_poll(number, self._now(), shops=shops)
        except UnansweredError as no:
            self._state.ends_poll(number, self._now(), refusal=str(no))
            # A token may have ended; the next poll asks for another.
            self._calls = Calls(self._target, self._account, now=self._now)
        # Counted from the answer: nobody knows when on its way the question arrived.
        self._next_poll = self._now() + _EVERY
        sight = looks(self._state, self._shop)
        if (poll := self._state.last_poll()) is not None:
            progress = telling.summary(self._now(), self._state.began, self._stage_of(sight), self._state.counts())
            self._says(f"{telling.polled(poll, sight)} ({progress})")

    # -- webhooks --------------------------------------------------------------------------------------------------

    def _forwards(self) -> Instant | None:
        """Hand on what waits, in order; give the instant at which to try again where the system does not take one."""
        while (kept := self._state.next()) is not None:
            again = (kept.tried_at or 0) + _wait(kept.tries)
            if self._now() < again:
                return again
            status = self._delivers(self._outgoing(kept))
            taken = status is not None and (200 <= status < 300 or kept.signed is not Signed.RIGHTLY)  # noqa: PLR2004 - HTTP
            self._state.forwarded(kept, self._now(), status, done=taken)
            self._says(telling.forwarded(self._now(), kept, status, taken=taken))
        return None

    def _outgoing(self, kept: Kept) -> Outgoing:
        delivery = Delivery("POST", kept.target, kept.headers, kept.body)
        return Outgoing(url=handed_to(self._system, kept.target), platform="tokopedia", event=kept.status or "other", delivery=delivery)

    # -- what it comes to ------------------------------------------------------------------------------------------

    def _looks(self) -> None:
        before, self._sight = self._sight, looks(self._state, self._shop)
        for line in telling.seen(self._now(), before, self._sight):
            self._says(line)
        if self._watched is not None and (kind := self._watched.records(self._sight)) is not None:
            self._says(telling.recorded(self._now(), kind))
        if (stage := self.stage) is not None and stage is not self._stage:
            self._stage = stage
            self._says(telling.now_rehearse(self._now(), stage.phase))

    def _stage_of(self, sight: Sight) -> Stage | None:
        attempt = self._watched.attempt() if self._watched is not None else None
        stage = stage_now(attempt, merged=sight.merged)
        # That nothing happened is known only from an answer about the shop.
        return None if stage is Stage.PENDING and sight.shows is None else stage


def _wait(tries: int) -> int:
    return min(_FIRST_WAIT * 2 ** (tries - 1), _LONGEST_WAIT) if tries else 0
