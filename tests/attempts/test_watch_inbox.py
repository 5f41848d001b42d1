"""The inbox answers 200 when a delivery is on the disk and not before, those that come together with one commit, and 503 when it is not."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from gladi.attempts.watching.inbox import Inbox
from gladi.attempts.watching.state import State
from gladi.record.wire import Delivery

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    """Give an empty state."""
    with State(tmp_path / "watch.sqlite", shop="1", now=1) as state:
        yield state


def delivery(number: int, *, size: int = 0) -> Delivery:
    return Delivery("POST", "/merge", {"host": "ours"}, b"%d" % number + b" " * size)


def together(inbox: Inbox, *deliveries: Delivery) -> list[int]:
    async def all_at_once() -> list[int]:
        return list(await asyncio.gather(*(inbox.takes(one) for one in deliveries)))

    return asyncio.run(all_at_once())


def test_what_was_answered_200_is_in_the_state_in_its_order(state: State) -> None:
    arrived: list[int] = []
    inbox = Inbox(state, secret="s", now=lambda: 7, arrives=lambda: arrived.append(1), says=print)
    statuses = together(inbox, *(delivery(number) for number in range(50)))

    bodies = [body for (body,) in state._rows("SELECT body FROM deliveries ORDER BY number")]
    assert statuses == [200] * 50
    assert bodies == [b"%d" % number for number in range(50)]
    assert 1 <= len(arrived) < 50


def test_what_cannot_be_kept_is_answered_503_and_said(state: State) -> None:
    state._rows("PRAGMA max_page_count = 20")
    said: list[str] = []
    inbox = Inbox(state, secret="s", now=lambda: 7, arrives=lambda: None, says=said.append)
    refused = together(inbox, delivery(1, size=500_000))
    taken = together(inbox, delivery(2))

    assert (refused, taken) == ([503], [200])
    assert said[0].endswith("until then no webhook is confirmed; what came was answered 503, so that it comes again")


def test_a_fault_leaves_nobody_without_an_answer(state: State) -> None:
    said: list[str] = []

    def broken() -> int:
        raise ZeroDivisionError

    inbox = Inbox(state, secret="s", now=broken, arrives=lambda: None, says=said.append)
    statuses = together(inbox, delivery(1))

    assert statuses == [503]
    assert said == ["the inbox raised ZeroDivisionError; what came was answered 503, so that it comes again"]
