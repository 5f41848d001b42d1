"""P5: a virtual day of five-minute polling, next to the same 288 calls with no time between them."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import httpx

from benchmarks.caller import TOKOPEDIA_URL, Ask, Caller
from benchmarks.paired import Contender, Pace, Run, paired
from benchmarks.target import Options, Result, Row
from gladi.faces.inprocess import InProcess
from gladi.faces.tls import SharedTls
from gladi.judge.bench import Bench
from gladi.platforms.journalled import journalled
from gladi.play.backstage import Backstage
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.record.wire import Delivery

__all__ = ["measure"]

_EVERY = timedelta(minutes=5)
_POLLS = 288
_DAY = _EVERY * _POLLS
_UNLIMITED = Settings(tokopedia_rate=100_000)
"""The calls alone come at one instant of virtual time; the rate limit must not answer them."""


class Poller:
    """The least of a system: it asks Get Shop Info every five minutes."""

    def __init__(self, client: httpx.AsyncClient, ask: Ask) -> None:
        """Begin with nothing asked."""
        self._client = client
        self._method, self._url, self._headers = ask.method, f"{TOKOPEDIA_URL}{ask.target}", ask.headers
        self.polls = 0

    async def poll(self) -> None:
        """Ask once."""
        answer = await self._client.request(self._method, self._url, headers=self._headers)
        assert answer.status_code == 200
        self.polls += 1

    async def tick(self, now: datetime) -> datetime:
        """Ask, and be woken five minutes later."""
        await self.poll()
        return now + _EVERY

    def receive(self, delivery: Delivery) -> int:
        """Take a webhook."""
        return 200 if delivery.body else 400


@contextmanager
def _opened() -> Iterator[tuple[Sandbox, Poller, asyncio.Runner]]:
    sandbox = Sandbox(settings=_UNLIMITED)
    platform = journalled(sandbox, sandbox.journal)
    ask = Caller(sandbox, platform).polls()
    with InProcess(platform, now=lambda: sandbox.clock.now), asyncio.Runner() as runner:
        client = httpx.AsyncClient()
        yield sandbox, Poller(client, ask), runner
        runner.run(client.aclose())


def _day(*, judged: bool) -> Contender:
    @contextmanager
    def contender() -> Iterator[Run]:
        with _opened() as (sandbox, poller, runner):
            if judged:
                Bench(sandbox.journal)
            backstage = Backstage(sandbox, frozenset())
            backstage.system = poller

            def run(days: int) -> None:
                asked = poller.polls
                for _ in range(days):
                    runner.run(backstage.passes(_DAY))
                assert poller.polls - asked in (days * _POLLS, days * _POLLS + 1), f"{poller.polls - asked} polls in {days} days"

            yield run

    return contender


@contextmanager
def _alone() -> Iterator[Run]:
    with _opened() as (_, poller, runner):

        async def many(days: int) -> None:
            for _ in range(days * _POLLS):
                await poller.poll()

        yield lambda days: runner.run(many(days))


def measure(options: Options) -> Result:
    """Measure the day with the judges watching, as in a rehearsal, and without them."""
    contenders = {"alone": _alone, "day": _day(judged=False), "judged day": _day(judged=True)}
    with SharedTls():
        rounds = paired(contenders, Pace(7 if options.quick else 41, 1, 1))
    judged, bare = (rounds.ratio((name,), ("alone",)) for name in ("judged day", "day"))
    rows = (
        Row("the day with every invariant watching, next to the calls alone", judged.median, bound=1.2),
        Row("the day with nobody watching", bare.median, bound=1.2),
        Row("what time and judges add to a poll, on this machine", (judged.median - 1) * rounds.microseconds("alone") / _POLLS, unit="us"),
    )
    return Result("P5", "a virtual day of five-minute polling", rows, {"seconds": dict(rounds.seconds)})
