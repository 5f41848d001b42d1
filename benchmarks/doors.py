"""The contenders in process: the floor under every httpx call, both of Gladi's doors, and a static route of respx."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import cycle, islice
from typing import TYPE_CHECKING, Literal

import httpx
import respx

from benchmarks.caller import Ask, Caller
from gladi.faces.inprocess import InProcess
from gladi.faces.transport import PlatformTransport
from gladi.platforms.journalled import journalled
from gladi.record.journal import Call
from gladi.sandbox.sandbox import Sandbox

if TYPE_CHECKING:
    from benchmarks.paired import Contender, Run
    from gladi.record.wire import Answers

__all__ = ["Asks", "Kind", "calls", "floor", "gladi", "opened", "static"]

Kind = Literal["sync", "async"]
Asks = Callable[[Caller], Sequence[Ask]]
"""What is asked, in turn and over again."""


@contextmanager
def opened() -> Iterator[tuple[Caller, Answers]]:
    """Open a fresh, journalled sandbox, and see at the end that it said no to nothing."""
    sandbox = Sandbox()
    platform = journalled(sandbox, sandbox.journal)
    yield Caller(sandbox, platform), platform
    refused = next((entry for entry in sandbox.journal.entries if isinstance(entry, Call) and entry.refused), None)
    assert refused is None, f"what was measured was a refusal: {refused}"


@contextmanager
def calls(kind: Kind, url: str, asks: Sequence[Ask], transport: PlatformTransport | httpx.MockTransport | None = None) -> Iterator[Run]:
    """Open an httpx client and give what makes its calls; without a `transport` it is a client as anybody would build it."""
    whole = [(ask.method, f"{url}{ask.target}", ask.headers, ask.body or None) for ask in asks]
    if kind == "sync":
        with httpx.Client(transport=transport) as client:

            def run(count: int) -> None:
                for method, target, headers, body in islice(cycle(whole), count):
                    client.request(method, target, headers=headers, content=body)

            yield run
        return
    with asyncio.Runner() as runner:
        other = httpx.AsyncClient(transport=transport)

        async def many(count: int) -> None:
            for method, target, headers, body in islice(cycle(whole), count):
                await other.request(method, target, headers=headers, content=body)

        yield lambda count: runner.run(many(count))
        runner.run(other.aclose())


def floor(kind: Kind, url: str, asks: Asks) -> Contender:
    """Httpx with a transport that does nothing, asked the very same."""

    @contextmanager
    def contender() -> Iterator[Run]:
        with opened() as (caller, _), calls(kind, url, asks(caller), httpx.MockTransport(lambda _: httpx.Response(200))) as run:
            yield run

    return contender


def gladi(kind: Kind, url: str, asks: Asks, *, through: Literal["respx", "transport"]) -> Contender:
    """The sandbox, stateful and journalled, behind one of its two doors."""

    @contextmanager
    def contender() -> Iterator[Run]:
        with (
            opened() as (caller, platform),
            _door(platform, caller, through) as transport,
            calls(kind, url, asks(caller), transport) as run,
        ):
            yield run

    return contender


@contextmanager
def _door(platform: Answers, caller: Caller, through: str) -> Iterator[PlatformTransport | None]:
    clock = caller.sandbox.clock
    if through == "transport":
        yield PlatformTransport(platform, now=lambda: clock.now)
        return
    with InProcess(platform, now=lambda: clock.now):
        yield None


def static(kind: Kind, url: str, asks: Asks, *, signed: bool) -> Contender:
    """One static route of respx in its default settings. Unsigned, its URL is shorter and its client has less to do."""

    @contextmanager
    def contender() -> Iterator[Run]:
        with opened() as (caller, _):
            wanted = asks(caller)
        bare = [ask if signed else Ask(ask.method, ask.path, "", {}, ask.body) for ask in wanted]
        with _routed(url, bare[0]), calls(kind, url, bare) as run:
            yield run

    return contender


def _routed(url: str, ask: Ask) -> AbstractContextManager[object]:
    router = respx.mock()
    router.route(method=ask.method, url=f"{url}{ask.path}").mock(return_value=httpx.Response(200, json={"code": 0, "data": {}}))
    return router
