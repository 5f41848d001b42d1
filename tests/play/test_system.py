"""The seam to the system: what its two questions may answer, how it is made, and that it is always closed."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import AsyncIterator  # noqa: TC003 - read at run time, as a user's would be
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

import pytest

from gladi import LinksShops, Rehearsal, SeenOrder, SeesOrders, ShopLink, Stage, Venue
from gladi.play.faults import SystemFault, UnseenClientError
from gladi.record.words import TOKOPEDIA
from tests.play.stage import Quiet, Receives, perform

if TYPE_CHECKING:
    from pathlib import Path

    from gladi import Delivery

AWARE = "return an aware datetime, such as now + timedelta(minutes=5), or None"


class Wakes(Quiet):
    answer: Any = None
    ticks: list[datetime]

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        type(self).ticks = []

    def tick(self, now: datetime) -> Any:
        self.ticks.append(now)
        return self.answer(now) if callable(self.answer) else self.answer


async def an_hour(rehearsal: Rehearsal) -> None:
    await rehearsal.passes(hours=1)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (datetime(2030, 1, 1), f"tick returned datetime.datetime(2030, 1, 1, 0, 0); {AWARE}"),  # noqa: DTZ001 - the mistake itself
        (300, f"tick returned 300; {AWARE}"),
        (timedelta(minutes=5), f"tick returned datetime.timedelta(seconds=300); {AWARE}"),
        (lambda now: now, "tick(02:00:00) asked 1000 times to be woken at once; return a time in the future or None"),
        (
            datetime(2000, 1, 1, tzinfo=UTC),
            "tick(02:00:00) asked 1000 times to be woken at once; return a time in the future or None",
        ),
    ],
)
def test_a_wake_up_that_cannot_be_is_one_sentence(answer: Any, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Wakes, "answer", staticmethod(answer) if callable(answer) else answer)

    with pytest.raises(SystemFault) as caught:
        perform(Wakes, tmp_path, an_hour)

    assert str(caught.value) == sentence


def test_a_system_is_woken_when_it_asked_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Wakes, "answer", staticmethod(lambda now: now + timedelta(minutes=25)))

    rehearsal = perform(Wakes, tmp_path, an_hour)

    minutes = [(at - Wakes.ticks[0]).total_seconds() / 60 for at in Wakes.ticks]
    assert minutes == [0, 25, 50, 75, 100], "an hour of the body, and an hour in which all settles"
    assert rehearsal.now - Wakes.ticks[0] == timedelta(hours=2)


@pytest.mark.parametrize("answer", [None, True, "200", 0, 700])
def test_an_answer_that_is_no_status_is_one_sentence(answer: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Receives, "answer", answer)

    with pytest.raises(SystemFault) as caught:
        perform(Receives, tmp_path, begins=Stage.MERGED)

    assert str(caught.value) == f"receive answered {answer!r}; return the HTTP status as an int, such as 200"


def test_a_receiver_that_raises_is_a_server_that_answers_500(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Receives, "answer", ValueError("no such row"))

    rehearsal = perform(Receives, tmp_path, begins=Stage.MERGED)

    assert rehearsal.webhooks.answers == [500]
    assert re.search(
        r"receive raised ValueError: no such row \(stage\.py, line \d+, in receive\); counted as status 500",
        bytes(rehearsal.journal).decode(),
    )


def test_a_webhook_is_given_as_it_would_arrive(tmp_path: Path) -> None:
    rehearsal = perform(Receives, tmp_path, begins=Stage.MERGED)

    (delivery,) = Receives.got
    assert (delivery.method, delivery.path) == ("POST", "/webhooks/merge")
    assert isinstance(delivery.body, bytes)
    assert rehearsal.webhooks.answers == [200]


class Awaits(Quiet):
    async def tick(self, now: datetime) -> datetime | None:
        return now + timedelta(minutes=20)

    async def receive(self, delivery: Delivery) -> int:  # noqa: ARG002 - the interface's
        return 200


class Opened(Quiet):
    closed = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        type(self).closed += 1


class Raises(Opened):
    def tick(self, now: datetime) -> Any:  # noqa: ARG002 - the interface's
        raise ValueError("no such row")


def made(venue: Venue) -> Quiet:
    return Quiet(venue)


CLOSED: list[str] = []


@asynccontextmanager
async def managed(venue: Venue) -> AsyncIterator[Quiet]:
    try:
        yield Quiet(venue)
    finally:
        CLOSED.append("managed")


@pytest.mark.parametrize("factory", [Quiet, Awaits, Opened, made, managed])
def test_a_system_is_made_in_every_promised_way(factory: Any, tmp_path: Path) -> None:
    rehearsal = perform(factory, tmp_path, begins=Stage.MERGED)

    assert rehearsal.stage is Stage.MERGED
    assert isinstance(rehearsal.system, Quiet)


async def failing(rehearsal: Rehearsal) -> None:
    raise AssertionError(f"{rehearsal.now:%H:%M}")


def test_a_system_is_closed_once_however_it_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Opened, "closed", 0)
    monkeypatch.setattr(Raises, "closed", 0)

    perform(Opened, tmp_path)
    with pytest.raises(AssertionError, match="02:00"):
        perform(Opened, tmp_path, failing)
    with pytest.raises(ValueError, match="no such row"):
        perform(Raises, tmp_path)

    assert (Opened.closed, Raises.closed) == (2, 1)


def test_a_context_manager_is_left_also_after_a_failure(tmp_path: Path) -> None:
    CLOSED.clear()

    perform(managed, tmp_path)
    with pytest.raises(AssertionError):
        perform(managed, tmp_path, failing)

    assert CLOSED == ["managed", "managed"]


def makes_nothing(venue: Venue) -> Quiet:  # noqa: ARG001 - the interface's
    return None  # type: ignore[return-value]


def test_a_factory_that_makes_no_system_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SystemFault) as caught:
        perform(makes_nothing, tmp_path)

    assert str(caught.value) == "the factory made None, which has no tick and no receive; return the adapter"


class Shows(Quiet, SeesOrders):
    rows: Any = ()

    def orders(self) -> Any:
        return self.rows


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (None, "orders answered None; return a list of gladi.SeenOrder"),
        ([{"id": 1}], "orders answered a list that holds {'id': 1}; return a list of gladi.SeenOrder"),
        (
            [SeenOrder(TOKOPEDIA, 5)],  # type: ignore[arg-type]
            (
                "orders answered SeenOrder(platform=TOKOPEDIA, order_id=5, state=<OrderState.TO_SHIP: 'to ship'>); "
                "an id is text, digit for digit as the platform wrote it"
            ),
        ),
    ],
)
def test_rows_that_are_no_orders_are_one_sentence(rows: Any, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Shows, "rows", rows)

    with pytest.raises(SystemFault) as caught:
        perform(Shows, tmp_path)

    assert str(caught.value) == sentence


class Links(Quiet, LinksShops):
    def shop_links(self) -> Any:
        return {"1": ShopLink("1", "2")}


def test_links_that_are_no_list_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SystemFault) as caught:
        perform(Links, tmp_path)

    assert str(caught.value) == "shop_links answered a list that holds '1'; return a list of gladi.ShopLink"


class Unseen(Quiet):
    def tick(self, now: datetime) -> Any:  # noqa: ARG002 - the interface's
        try:
            urllib.request.urlopen("https://fs.tokopedia.net/v1/shop", timeout=5)
        except OSError:
            return None
        raise AssertionError("it was answered")


def test_a_call_past_the_face_fails_the_rehearsal_though_the_system_swallowed_the_error(tmp_path: Path) -> None:
    with pytest.raises(UnseenClientError) as caught:
        perform(Unseen, tmp_path)

    assert str(caught.value) == (
        "fs.tokopedia.net was called by a client that Gladi does not intercept; point that client at the served face: "
        "pytest --rehearse --rehearse-face served, and take the base URLs from the Venue"
    )
