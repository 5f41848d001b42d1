"""A play that is told step by step: its body waits for the next step, and everything around it is an ordinary performance.

1. One task performs the rehearsal from beginning to end; whoever tells it steps runs the loop until that task waits again.
2. Nothing sleeps: the task waits for a step, and the teller for the task.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from gladi.play.exploring.breach import Broken
from gladi.play.faults import HarnessFault, RehearsalError, SystemFault
from gladi.play.rehearsal import Rehearsal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gladi.judge.bench import Judgement
    from gladi.play.exploring.opening import Ground, Opening
    from gladi.play.exploring.steps import Step
    from gladi.play.placed_order import PlacedOrder

__all__ = ["ToldPlay", "replay"]


class ToldPlay:
    """One rehearsal, open between two steps; close it in any case."""

    def __init__(self, ground: Ground, opening: Opening) -> None:
        """Open a fresh world; nobody has done anything yet."""
        self.opening = opening
        self.steps: list[Step] = []
        """What was done; what the world did not allow is not among it."""
        self.refused: list[tuple[Step, str]] = []
        """What the world did not allow, with its reason: a rule of the search that should have known better."""
        self.orders: dict[str, PlacedOrder] = {}
        self._storage = TemporaryDirectory(prefix="gladi-search-")
        self.rehearsal = Rehearsal(ground.plan(opening, Path(self._storage.name)))
        self._runner = asyncio.Runner()
        self._coming: asyncio.Queue[Step | None] = asyncio.Queue()
        self._is_waiting: asyncio.Queue[None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Bring the world to where the play begins, with the system living through it.

        Raises:
            Exception: what the system raised meanwhile, unchanged.
            HarnessFault: the sandbox raised.
        """
        self._runs_until_it_waits()

    @property
    def broken(self) -> Broken | None:
        """What is broken by now: the first breach that the judges have seen, whether the play goes on or has settled."""
        if (judgement := _failing(self.rehearsal)) is not None:
            return self._broken(judgement)
        return None

    def take(self, step: Step) -> bool:
        """Do a step, and tell whether the world allowed it.

        Raises:
            Exception: what the system raised, unchanged.
            HarnessFault: the sandbox raised.
        """
        before = len(self.refused)
        self.steps.append(step)  # what it breaks, it breaks as the last of them
        self._coming.put_nowait(step)
        self._runs_until_it_waits()
        return len(self.refused) == before

    def settle(self) -> None:
        """Let everything settle, and have the judges speak.

        Raises:
            Exception: what the system raised meanwhile, unchanged.
            HarnessFault: the sandbox raised.
        """
        self._coming.put_nowait(None)
        try:
            self._runs_until_it_waits()
        except (RehearsalError, SystemFault):
            # A trouble that struck nothing is nobody's fault in a search; it complains only behind the judges' last word.
            if not self.rehearsal.judgements or self.rehearsal.raised_at:
                raise

    def raised(self, error: BaseException) -> Broken:
        """Say that the system raised `error` in this play."""
        return self._broken(None, error)

    def close(self) -> None:
        """Leave the stage: the face, the system and its storage."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
        self._runner.close()
        self._storage.cleanup()

    def _broken(self, judgement: Judgement | None, error: BaseException | None = None) -> Broken:
        return Broken(self.opening, tuple(self.steps), tuple(self.orders.values()), self.rehearsal, judgement, error)

    def _runs_until_it_waits(self) -> None:
        self._runner.run(self._until_it_waits())

    async def _until_it_waits(self) -> None:
        if self._task is None:
            self._task = asyncio.ensure_future(self.rehearsal.perform(self._body))
        waiting = asyncio.ensure_future(self._is_waiting.get())
        await asyncio.wait({waiting, self._task}, return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            waiting.cancel()
            self._task.result()

    async def _body(self) -> None:
        while True:
            self._is_waiting.put_nowait(None)
            step = await self._coming.get()
            if step is None:
                return
            try:
                await step.take(self.rehearsal, self.orders)
            except RehearsalError as error:
                self.steps.pop()
                self.refused.append((step, str(error)))


def replay(ground: Ground, opening: Opening, steps: Iterable[Step]) -> Broken | None:
    """Play steps again from the beginning to the last word of the judges, without the search around them; give what broke."""
    play = ToldPlay(ground, opening)
    try:
        play.open()
        for step in steps:
            if not step.uses <= play.orders.keys() or not play.take(step):
                return None
        play.settle()
    except HarnessFault:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a system may raise
        return play.broken or play.raised(error)
    finally:
        play.close()
    return play.broken


def _failing(rehearsal: Rehearsal) -> Judgement | None:
    judgements = rehearsal.judgements or rehearsal.bench.so_far()
    return next((one for one in judgements if one.fails), None)
