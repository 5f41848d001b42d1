"""The process in which a system lives: it may be gone from one moment to the next, and begin again on what it left on disk.

1. What lies in the storage in the moment of the crash is copied at once, and the next instance is given the copy: whatever the old one
   still writes, while its own exception goes through it, it writes where nobody looks.
2. An instance is known by its context, which its tasks inherit. Once it is dead they are cancelled, and what they still ask is not heard.
3. No instance is said goodbye to before the play is over, and what a dead one says then is of no account.
"""

from __future__ import annotations

import asyncio
import inspect
from contextlib import AsyncExitStack, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakSet

from gladi.play.faults import SystemFault
from gladi.record.wire import Crashed

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from types import TracebackType

    from gladi.play.system import Factory, System
    from gladi.play.venue import Venue

__all__ = ["GONE", "Process"]

GONE: Final = object()
"""What came of asking a system whose process went before it answered."""

_MOMENT = 1.0
"""Seconds of real time that cancelled tasks of a dead instance have for coming to their end."""


@dataclass(slots=True, eq=False)
class _Instance:
    tasks: WeakSet[asyncio.Task[Any]] = field(default_factory=WeakSet["asyncio.Task[Any]"])


_INSIDE: ContextVar[_Instance | None] = ContextVar("gladi: the instance of the system that runs", default=None)


class Process:
    """Makes a system from its venue, takes it away, and makes it again."""

    def __init__(self, factory: Factory, venue: Venue) -> None:
        """Make systems with `factory`; the first one's venue is `venue`."""
        self._factory = factory
        self._venue = venue
        self._instance = _Instance()
        self._instances = AsyncExitStack()
        self._copies: TemporaryDirectory[str] | None = None
        self._crashes = 0
        self.is_gone = False
        """Whether nobody lives here now."""

    def is_dead(self) -> bool:
        """Tell whether whoever asks right now belongs to a process that is gone; on a served face nobody but the living one asks."""
        asks = _INSIDE.get()
        return self.is_gone or (asks is not None and asks is not self._instance)

    async def begins(self) -> System | None:
        """Make the first instance; None when its process went before it was made.

        Raises:
            Exception: whatever the factory raised.
        """
        _notes_tasks(asyncio.get_running_loop())
        return await self._made()

    def dies(self) -> None:
        """Be gone from this moment on; the storage is kept as it lies."""
        self.is_gone = True
        self._crashes += 1
        self._copies = self._copies or TemporaryDirectory(prefix="gladi-crash-", ignore_cleanup_errors=True)
        copy = Path(self._copies.name, str(self._crashes))
        copytree(self._venue.storage, copy)
        self._venue = replace(self._venue, storage=copy)

    async def begins_again(self) -> System | None:
        """Make the next instance on what the last one left, once nothing of the last one runs on; None when it went again at once.

        Raises:
            SystemFault: the factory could not begin again on it.
        """
        tasks = [task for task in self._instance.tasks if not task.done()]
        for task in tasks:
            task.cancel()
        if tasks:
            done, _ = await asyncio.wait(tasks, timeout=_MOMENT)
            for task in done:
                # Looked at, or the loop complains of what nobody looked at.
                _ = task.cancelled() or task.exception()
        self._instance = _Instance()
        self.is_gone = False
        try:
            return await self._made()
        except Exception as error:
            raise SystemFault(
                f"the factory raised {type(error).__name__} when it was called again after a crash: {error}; a system that declares "
                "Restarts begins again on whatever lies in venue.storage"
            ) from error

    async def does(self, act: Callable[[], Any]) -> Any:  # noqa: ANN401 - the adapter's own types are pinned by its protocols
        """Have the living instance do something, plain or async, and give its answer; GONE when its process went meanwhile."""
        answer: Any = GONE
        try:
            with self._inside():
                answer = act()
                answer = await answer if inspect.isawaitable(answer) else answer
        except KeyboardInterrupt:
            raise
        except BaseException:
            if not self.is_gone:
                raise
        return GONE if self.is_gone else answer

    async def ends(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Say goodbye to every instance, the last one first; one that is dead is only let go of."""
        try:
            await self._instances.__aexit__(kind, error, trace)
        finally:
            if self._copies is not None:
                self._copies.cleanup()

    @contextmanager
    def _inside(self) -> Generator[None]:
        token = _INSIDE.set(self._instance)
        try:
            yield
        finally:
            _INSIDE.reset(token)

    async def _made(self) -> System | None:
        made = await self.does(lambda: _entered(self._factory(self._venue)))
        if made is GONE:
            return None
        system, leaves = made
        if leaves is not None:
            instance = self._instance

            async def goes(kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
                if instance is self._instance and not self.is_gone:
                    with self._inside():
                        await leaves(kind, error, trace)
                    return
                token = _INSIDE.set(instance)
                with suppress(Exception, Crashed):
                    await leaves(None, None, None)
                _INSIDE.reset(token)

            self._instances.push_async_exit(goes)
        return system  # type: ignore[no-any-return]  # checked by whoever takes it


async def _entered(made: Any) -> tuple[Any, Any]:  # noqa: ANN401 - a system, or an async context manager that gives one
    return (await made.__aenter__(), made.__aexit__) if hasattr(made, "__aenter__") else (made, None)


def _notes_tasks(loop: asyncio.AbstractEventLoop) -> None:
    """Have the loop note with each instance the tasks that it makes."""
    makes = loop.get_task_factory()
    if getattr(makes, "notes_instances", False):
        return

    def made(loop: asyncio.AbstractEventLoop, coroutine: Any, **named: Any) -> Any:  # noqa: ANN401 - asyncio's own
        task: Any = asyncio.Task(coroutine, loop=loop, **named) if makes is None else makes(loop, coroutine, **named)
        if (instance := _INSIDE.get()) is not None:
            instance.tasks.add(task)
        return task

    made.notes_instances = True  # type: ignore[attr-defined]  # how it is known again
    loop.set_task_factory(made)
