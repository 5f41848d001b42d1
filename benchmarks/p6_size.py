"""P6: what a seller's size costs: a call, a page, a fresh world, and memory, at 10 and at 100,000 orders more."""

from __future__ import annotations

import gc
import sys
import tracemalloc
from contextlib import contextmanager
from itertools import cycle, islice
from random import Random
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from msgspec import Struct

from benchmarks.caller import Ask, Caller
from benchmarks.paired import Contender, Pace, Run, paired
from benchmarks.target import Options, Result, Row
from gladi.platforms.journalled import journalled
from gladi.record.journal import Call
from gladi.record.wire import Host
from gladi.record.words import SHOP
from gladi.sandbox.sandbox import Sandbox
from gladi.sandbox.seed import seller

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gladi.sandbox.world.world import Seeded

__all__ = ["measure"]

_FEW, _MANY = 10, 100_000
_PAGES = 100
"""A seller of ten more orders has no page of 50; the small seller of that row has as many as fill one."""
_KEPT = 4_096
"""More orders than this are asked in turn, so that nothing which was printed before is given again at the large seller."""


def _one(caller: Caller) -> list[Ask]:
    ids = caller.order_ids(SHOP)
    return [caller.gets_order(ids[len(ids) // 2])]


def _all(caller: Caller) -> list[Ask]:
    ids = caller.order_ids(SHOP)
    return [caller.gets_order(one) for one in Random(0).sample(ids, min(len(ids), 2 * _KEPT))]


def _page(caller: Caller) -> list[Ask]:
    return [caller.lists_orders(50)]


def _price(caller: Caller) -> list[Ask]:
    return [caller.sets_price(price) for price in (150_000, 151_000)]


class Engine:
    """The sandbox itself, journalled, without a client: its calls are too short to be seen beside httpx's own."""

    def __init__(self, seeded: Seeded) -> None:
        """Make the requests of each kind once for a seller; every run opens a fresh world over him."""
        caller = Caller(sandbox := Sandbox(seeded=seeded), sandbox)
        self._seeded = seeded
        self._asks: dict[str, Sequence[Ask]] = {
            "the same order": _one(caller),
            "any order": _all(caller),
            "a page of 50": _page(caller),
            "a price": _price(caller),
        }

    def calls(self, what: str) -> Contender:
        """Give a contender that makes calls of a kind."""

        @contextmanager
        def contender() -> Iterator[Run]:
            sandbox = Sandbox(seeded=self._seeded)
            platform = journalled(sandbox, sandbox.journal)
            Caller(sandbox, platform)
            asks = cycle(self._asks[what])

            def run(count: int) -> None:
                for ask in islice(asks, count):
                    platform(ask.request(Host.SHOP_API, sandbox.clock.now))

            yield run
            refused = next((entry for entry in sandbox.journal.entries if isinstance(entry, Call) and entry.refused), None)
            assert refused is None, f"what was measured was a refusal: {refused}"

        return contender


def _fresh(seeded: Seeded, times: int) -> float:
    """Give the microseconds of CPU that opening a world takes."""
    gc.collect()
    gc.disable()
    begins = process_time()
    for _ in range(times):
        Sandbox(seeded=seeded)
    taken = process_time() - begins
    gc.enable()
    return taken / times * 1e6


def _strings(record: object, seen: dict[int, int]) -> None:
    if isinstance(record, str):
        seen[id(record)] = sys.getsizeof(record)
    elif isinstance(record, tuple):
        for item in record:
            _strings(item, seen)
    elif isinstance(record, Struct):
        for name in record.__struct_fields__:
            _strings(getattr(record, name), seen)


def _bytes_per_order() -> dict[str, float]:
    """Build a large seller under tracemalloc; give the bytes of an order, its indexes included, and those of its strings."""
    build = seller.__wrapped__
    small = build(1, orders=_FEW)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    large = build(1, orders=_MANY)
    gc.collect()
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    seen: dict[int, int] = {}
    for order in large.orders.records.values():
        _strings(order, seen)
    orders = len(large.orders.records) - len(small.orders.records) + _FEW
    return {"held": held / orders, "strings": sum(seen.values()) / orders}


def measure(options: Options) -> Result:
    """Measure the engine over both sellers, then a fresh world and memory."""
    sizes = {"few": seller(0, orders=_FEW), "pages": seller(0, orders=_PAGES), "many": seller(0, orders=_MANY)}
    small = {"the same order": "few", "any order": "few", "a price": "few", "a page of 50": "pages"}
    engines = {size: Engine(seeded) for size, seeded in sizes.items()}
    contenders = {f"{what}, {size}": engines[size].calls(what) for what in small for size in (small[what], "many")}
    rounds = paired(contenders, Pace(7, 200, 20) if options.quick else Pace(41, 500, 50))
    bounds = {"a page of 50": 1.3}
    rows = [
        Row(
            f"{what}: at {_MANY:,} orders next to {_PAGES if few == 'pages' else _FEW}",
            rounds.ratio((f"{what}, many",), (f"{what}, {few}",)).median,
            bound=bounds.get(what, 1.05),
            note=f"{rounds.microseconds(f'{what}, {few}'):.1f} us and {rounds.microseconds(f'{what}, many'):.1f} us on this machine",
        )
        for what, few in small.items()
    ]
    fresh = {size: median(_fresh(sizes[size], 200) for _ in range(9)) for size in ("few", "many")}
    rows += [Row(f"a fresh world over {name}", fresh[size], "us", 50) for size, name in (("few", f"{_FEW}"), ("many", f"{_MANY:,}"))]
    memory = _bytes_per_order()
    rows.append(
        Row(
            "bytes of an order beyond its strings",
            memory["held"] - memory["strings"],
            "B",
            1024,
            note=f"its strings: {memory['strings']:.0f} B",
        )
    )
    return Result("P6", "the size of the seller", tuple(rows), {"seconds": dict(rounds.seconds), "fresh_us": fresh, "bytes": memory})
