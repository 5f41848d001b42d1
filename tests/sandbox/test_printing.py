"""Bodies of answers: what is printed, and how much memory it holds for as long as a journal keeps it."""

import sys
import tracemalloc

import msgspec

from gladi.sandbox.printing import printed

A_PAGE = {"code": 0, "data": {"orders": [{"id": f"57646{number:014d}", "status": "UNPAID"} for number in range(50)]}}


def test_a_value_is_printed_as_json() -> None:
    body = printed(A_PAGE)

    assert msgspec.json.decode(body) == A_PAGE
    assert body.startswith(b'{"code":0,"data":{"orders":[{"id":"57646')


def test_a_body_holds_no_more_memory_than_its_bytes() -> None:
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()

    bodies = [printed(A_PAGE) for _ in range(100)]

    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert held <= sum(map(sys.getsizeof, bodies)) * 1.1
