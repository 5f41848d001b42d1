"""P10: a call that a recording answers, next to the floor, at 50, 1,000 and 10,000 exchanges; and how long a recording takes to be read.

What is measured against the target is the replay: matching, the index, the answer. The model beside it answers the same at no cost, for
what the sandbox costs stands in P2. What both cost together, with the redaction that compares their answers, is told for orientation.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

import httpx
import msgspec

from benchmarks.caller import TOKOPEDIA_URL, Ask
from benchmarks.doors import Kind, calls, opened
from benchmarks.paired import Contender, Pace, Run, paired
from benchmarks.target import Options, Result, Row
from gladi.faces.transport import PlatformTransport
from gladi.platforms.recording.index import Index
from gladi.platforms.recording.recording import Recording
from gladi.platforms.recording.redaction import Redaction
from gladi.platforms.recording.replay import Replay
from gladi.platforms.recording.sidecar import Sidecar
from gladi.record.clock import Clock
from gladi.record.journal import Journal
from gladi.record.wire import Host, Request, Response
from gladi.record.words import TOKOPEDIA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["measure"]

_SIZES = (50, 1_000, 10_000)
_LOADED = 1_000
_ASKED = 40
"""So many of the recorded requests are asked in turn, from the first to the last."""
_KINDS: tuple[Kind, ...] = ("sync", "async")
_SALT = "p10"
_JSON = (("content-type", "application/json"),)


def _recording(requests: Sequence[Request], answers: Sequence[Response]) -> Recording:
    redaction = Redaction(_SALT)
    about = Sidecar(gladi="0", target="sandbox", recorded_at="2025-03-03T02:00:00+00:00", salt=_SALT)
    return Recording(about, tuple(redaction.exchange(*one) for one in zip(requests, answers, strict=True)))


def _orders(size: int) -> list[Ask]:
    return [Ask("GET", "/v2/fs/13004/order", f"order_id={number}") for number in range(1, size + 1)]


def _order(number: int) -> Response:
    row = {"order_id": number, "shop_id": 6_500_001, "order_status": 400, "products": [{"id": number, "quantity": 1, "price": 150_000}]}
    return Response(200, _JSON, msgspec.json.encode({"header": {"process_time": 0.018}, "data": row}, order="sorted"))


def _big(size: int) -> Recording:
    asks = _orders(size)
    return _recording([ask.request(Host.TOKOPEDIA_API, 0) for ask in asks], [_order(number) for number in range(1, size + 1)])


def _some(asks: list[Ask]) -> list[Ask]:
    return [asks[at * (len(asks) - 1) // (_ASKED - 1)] for at in range(_ASKED)]


def _floor(kind: Kind, size: int) -> Contender:
    @contextmanager
    def contender() -> Iterator[Run]:
        with calls(kind, TOKOPEDIA_URL, _some(_orders(size)), httpx.MockTransport(lambda _: httpx.Response(200))) as run:
            yield run

    return contender


def _replayed(kind: Kind, size: int, recording: Recording) -> Contender:
    answers = {one.request.query: one.response for one in recording.exchanges}

    @contextmanager
    def contender() -> Iterator[Run]:
        replay = Replay(recording, Redaction(_SALT))
        platform = replay.over(lambda request: answers[request.query], Journal(Clock(0)))
        with calls(kind, TOKOPEDIA_URL, _some(_orders(size)), PlatformTransport(platform, now=lambda: 0)) as run:
            yield run
        assert replay.missed == 0

    return contender


def _door(kind: Kind, size: int, recording: Recording) -> Contender:
    answers = {one.request.query: one.response for one in recording.exchanges}

    @contextmanager
    def contender() -> Iterator[Run]:
        door = PlatformTransport(lambda request: answers[request.query], now=lambda: 0)
        with calls(kind, TOKOPEDIA_URL, _some(_orders(size)), door) as run:
            yield run

    return contender


def _beside_the_sandbox(kind: Kind) -> Contender:
    """A recording of the sandbox's own answers, whole orders with their buyers, and the sandbox as the model."""

    @contextmanager
    def contender() -> Iterator[Run]:
        with opened() as (caller, platform):
            asks = [caller.gets_tokopedia_order(one) for one in caller.order_ids(TOKOPEDIA)[:3]]
            requests = [ask.request(Host.TOKOPEDIA_API, caller.sandbox.clock.now) for ask in asks]
            replay = Replay(_recording(requests, [platform(one) for one in requests]), Redaction(_SALT))
            clock = caller.sandbox.clock
            door = PlatformTransport(replay.over(caller.sandbox, caller.sandbox.journal), now=lambda: clock.now)
            with calls(kind, TOKOPEDIA_URL, asks, door) as run:
                yield run
            assert replay.missed == 0

    return contender


def measure(options: Options) -> Result:
    """Measure calls to a client's own transport, as P2 does, and the reading of a file."""
    contenders: dict[str, Contender] = {f"beside the sandbox {kind}": _beside_the_sandbox(kind) for kind in _KINDS}
    for size in _SIZES:
        recording = _big(size)
        for kind in _KINDS:
            contenders[f"floor {size} {kind}"] = _floor(kind, size)
            contenders[f"replay {size} {kind}"] = _replayed(kind, size, recording)
            contenders[f"door {size} {kind}"] = _door(kind, size, recording)
    rounds = paired(contenders, Pace(5, 150) if options.quick else Pace(31, 300))

    def named(who: str) -> tuple[str, ...]:
        return tuple(f"{who} {kind}" for kind in _KINDS)

    rows = []
    for size in _SIZES:
        ratio = rounds.ratio(named(f"replay {size}"), named(f"floor {size}"))
        note = f"quartiles {ratio.low:.2f}, {ratio.high:.2f}"
        rows.append(Row(f"a replayed call at {size:,} exchanges, next to the floor", ratio.median, bound=1.15, note=note))
        alone = rounds.ratio(named(f"replay {size}"), named(f"door {size}"))
        rows.append(Row("of which the replay, next to the same door without it", alone.median))
    seconds = _load(20 if options.quick else 100)
    rows += [
        Row(f"{_LOADED:,} exchanges read and indexed", median(seconds) * 1e3, "ms", 25.0),
        Row(
            "with the sandbox as model and whole orders redacted",
            rounds.ratio(named("beside the sandbox"), named("floor 50")).median,
            note="no target: the model's own call and the comparison on top",
        ),
    ]
    return Result("P10", "a call that a recording answers", tuple(rows), {"seconds": dict(rounds.seconds), "loading_s": seconds})


def _load(times: int) -> list[float]:
    found = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p10.har"
        _big(_LOADED).write(path)
        for _ in range(times):
            begins = process_time()
            index = Index(Recording.read(path).exchanges, timed=True)
            found.append(process_time() - begins)
            assert len(index) == _LOADED
    return found
