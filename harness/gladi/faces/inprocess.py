"""The face in process: while it is entered, httpx clients that call a platform's host are answered without a network.

1. What is replaced is the method of httpx's own network transports, so that a client's wrappers around them (retries,
   logging) stay in play. A client whose transport never reaches them is not seen here; the guard sees it.
2. Any other host passes through untouched.
3. No call is kept: the journal is the record, and respx would hold some kilobytes of each call.
"""

from __future__ import annotations

from abc import ABCMeta
from contextlib import ExitStack
from functools import wraps
from inspect import iscoroutinefunction
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from respx import MockRouter
from respx.mocks import Mocker

from gladi.faces.door import HOSTS, Door
from gladi.faces.libraries import libraries

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from types import ModuleType, TracebackType

    from gladi.record.clock import Instant
    from gladi.record.wire import Answers

__all__ = ["InProcess"]


class _Transports(Mocker):
    """Sits on a library's network transports. It has no name, so that respx registers only what `_mocker` makes of it."""

    target_methods = ["handle_request", "handle_async_request"]  # noqa: RUF012 - respx declares it so

    @classmethod
    def mock(cls, spec: Any) -> Any:  # noqa: ANN401 - a method of httpx or of httpx2
        """Give what stands in for the transport's method `spec`; of nested routers the innermost answers."""
        if iscoroutinefunction(spec):

            @wraps(spec)
            async def handle_async_request(transport: Any, request: Any) -> Any:  # noqa: ANN401
                if request.url.host in HOSTS and cls.routers:
                    return await cls.routers[-1].async_handler(request)
                return await spec(transport, request)

            return handle_async_request

        @wraps(spec)
        def handle_request(transport: Any, request: Any) -> Any:  # noqa: ANN401
            if request.url.host in HOSTS and cls.routers:
                return cls.routers[-1].handler(request)
            return spec(transport, request)

        return handle_request


def _mocker(library: ModuleType) -> str:
    """Register the mocker of a library, once a process, and give its name: `gladi-httpx`."""
    name = f"gladi-{library.__name__}"
    if name not in Mocker.registry:
        targets = [f"{library.__name__}.HTTPTransport", f"{library.__name__}.AsyncHTTPTransport"]
        ABCMeta(f"Transports of {library.__name__}", (_Transports,), {"name": name, "targets": targets})
    return name


class _Router(MockRouter):
    """A router without routes: every request goes straight to the platform."""

    def __init__(self, door: Door, *, using: str) -> None:
        super().__init__(assert_all_called=False, using=using)
        self._door = door

    def handler(self, request: Any) -> Any:  # noqa: ANN401 - httpx's or httpx2's own
        """Answer a sync client."""
        return self._door.answer(request)

    async def async_handler(self, request: Any) -> Any:  # noqa: ANN401 - the same
        """Answer an async client."""
        return await self._door.answer_async(request)


class InProcess:
    """Puts a platform in front of every httpx client of this process while it is entered. It may be nested, and entered again."""

    def __init__(self, platform: Answers, *, now: Callable[[], Instant], lock: AbstractContextManager[Any] | None = None) -> None:
        """Stand before `platform`. `now` is the virtual clock; give the `lock` of a served face before the same platform."""
        shared = lock if lock is not None else Lock()
        self._doors = [(library, Door(library, platform, now=now, lock=shared)) for library in libraries()]
        self._entered: list[ExitStack] = []

    @property
    def faults(self) -> list[Exception]:
        """Errors that the platform raised: faults of the harness, which the system may have swallowed."""
        return [fault for _, door in self._doors for fault in door.faults]

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            for library, door in self._doors:
                stack.enter_context(_Router(door, using=_mocker(library)))
            self._entered.append(stack.pop_all())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._entered.pop().close()
