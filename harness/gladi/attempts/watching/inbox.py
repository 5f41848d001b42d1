"""The inbox: every delivery is verified and kept on the disk before it is answered, those that come together in one commit.

It commits on the server's own loop, which waits for the disk meanwhile: what comes in that time is the next commit. A thread
for it would hand every delivery over twice, and the interpreter makes each handing over wait.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from gladi.attempts.watching.arrival import Arrival, onward, signed
from gladi.attempts.watching.faults import StateError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gladi.attempts.watching.state import State
    from gladi.record.clock import Instant
    from gladi.record.wire import Delivery

__all__ = ["Inbox"]

_KEPT, _NOT_KEPT = 200, 503


class Inbox:
    """Keeps what `takes` is given; all calls come from one loop."""

    def __init__(
        self, state: State, *, secret: str, now: Callable[[], Instant], arrives: Callable[[], object], says: Callable[[str], object]
    ) -> None:
        """Verify by `secret`; `arrives` is called after each commit, and `says` hears why something could not be kept."""
        self._state = state
        self._secret = secret
        self._now = now
        self._arrives = arrives
        self._says = says
        self._waiting: list[tuple[Delivery, asyncio.Future[int]]] = []

    async def takes(self, delivery: Delivery) -> int:
        """Keep one delivery and give the status of its answer: 200 when it is on the disk, 503 when it is not.

        One whose signature is wrong is kept and answered 200 too: it may be the platform's all the same, and it is not believed.
        """
        loop = asyncio.get_running_loop()
        kept: asyncio.Future[int] = loop.create_future()
        if not self._waiting:
            loop.call_soon(self._keeps, 0)
        self._waiting.append((delivery, kept))
        return await kept

    def _keeps(self, before: int) -> None:
        """Keep what waits, once a turn of the loop brought nothing more: a commit costs as much for one as for a hundred."""
        if len(self._waiting) > before:
            asyncio.get_running_loop().call_soon(self._keeps, len(self._waiting))
            return
        together, self._waiting = self._waiting, []
        status = self._kept([delivery for delivery, _ in together])
        for _, kept in together:
            if not kept.done():  # whoever sent it may be gone
                kept.set_result(status)

    def _kept(self, deliveries: Sequence[Delivery]) -> int:
        try:
            at = self._now()
            self._state.takes([self._arrival(at, one) for one in deliveries])
        except Exception as wrong:  # noqa: BLE001 - whatever it is, nobody who sent one shall wait for ever, or take it for kept
            why = str(wrong) if isinstance(wrong, StateError) else f"the inbox raised {type(wrong).__name__}"
            self._says(f"{why}; what came was answered {_NOT_KEPT}, so that it comes again")
            return _NOT_KEPT
        self._arrives()
        return _KEPT

    def _arrival(self, at: Instant, one: Delivery) -> Arrival:
        return Arrival(at, one.path, onward(one.headers), one.body, signed(self._secret, one.headers, one.body))
