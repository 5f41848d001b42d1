"""What a scenario does to a call a client meets alike in process and over HTTP, and the journal tells both the same way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from gladi import Face, Rehearsal
from gladi.faces.server import Served
from gladi.play.faults import RehearsalError
from gladi.play.rehearsal import Plan
from gladi.record.journal import Call, Fact, What
from gladi.record.wire import Response
from gladi.sandbox.settings import Settings
from tests.play.stage import Quiet, adapter_of, perform

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

HOOKS = "tokopedia.list_webhooks"
HUNG_UP = "Server disconnected without sending a response."


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with Served(lambda request: Response(503, (), b""), now=lambda: 0) as served:  # noqa: ARG005 - nobody asks in between
        yield served


def play(face: Face, server: Served, folder: Path, body: Callable[[Rehearsal], Awaitable[None]], kind: Any = Quiet) -> Rehearsal:
    served = server if face is Face.SERVED else None
    rehearsal = Rehearsal(Plan(adapter_of(kind), Settings(), folder, face=face, server=served))
    with asyncio.Runner() as runner:
        runner.run(rehearsal.perform(lambda: body(rehearsal)))
    return rehearsal


async def lists_its_webhooks(rehearsal: Rehearsal) -> str:
    """Ask once, and give what the client sees: a status and whether it is JSON with data, or what it raises."""
    venue = rehearsal.system.venue  # type: ignore[attr-defined]  # a small system of this stage
    keys = venue.tokopedia
    async with httpx.AsyncClient() as client:
        token = (
            await client.post(f"{venue.tokopedia_token_url}/token?grant_type=client_credentials", auth=(keys.client_id, keys.client_secret))
        ).json()["access_token"]
        try:
            response = await client.get(f"{venue.tokopedia_url}/v1/fs/{keys.fs_id}", headers={"authorization": f"Bearer {token}"})
            said = response.json()
        except httpx.TransportError as error:
            return f"{type(error).__name__}: {error}"
        except ValueError:
            return f"{response.status_code} no JSON"
        return f"{response.status_code} {'data' if said['data'] else 'no data'}{', and more' if 'added_later' in said else ''}"


MEETS = {
    "loses_the_answer": f"RemoteProtocolError: {HUNG_UP}",
    "loses_the_request": f"RemoteProtocolError: {HUNG_UP}",
    "has_too_many_requests": "429 no data",
    "breaks_down": "500 no data",
    "cuts_the_answer_short": "200 no JSON",
    "spoils_the_answer": "200 no JSON",
    "adds_unknown_fields": "200 data, and more",
}


@pytest.mark.parametrize("face", Face)
@pytest.mark.parametrize("trouble", MEETS)
def test_a_client_meets_what_was_asked_for_and_then_no_more(face: Face, trouble: str, server: Served, tmp_path: Path) -> None:
    said: list[str] = []

    async def body(rehearsal: Rehearsal) -> None:
        getattr(rehearsal.trouble, trouble)(to=HOOKS)
        said.extend([await lists_its_webhooks(rehearsal) for _ in range(2)])

    rehearsal = play(face, server, tmp_path, body)

    assert said == [MEETS[trouble], "200 data"]
    assert sum(isinstance(one, Fact) and one.what == What.TROUBLE for one in rehearsal.journal.entries) == 1


@pytest.mark.parametrize(
    ("face", "says", "seconds"),
    [(Face.INPROCESS, "ReadTimeout: The read operation timed out", 5), (Face.SERVED, f"RemoteProtocolError: {HUNG_UP}", 30)],
)
def test_an_answer_that_comes_too_late_costs_time(face: Face, says: str, seconds: int, server: Served, tmp_path: Path) -> None:
    said: list[object] = []

    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.trouble.answers_too_late(to=HOOKS)
        before = rehearsal.now
        said.extend((await lists_its_webhooks(rehearsal), (rehearsal.now - before).total_seconds()))

    rehearsal = play(face, server, tmp_path, body)

    assert said == [says, seconds]
    instants = [one.at for one in rehearsal.journal.entries]
    assert instants == sorted(instants)


def test_time_may_pass_a_client_by_beyond_what_a_scenario_waits_for(tmp_path: Path, server: Served) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.trouble.answers_too_late(to=HOOKS)
        rehearsal.backstage.wake = rehearsal.backstage.sandbox.clock.now + 1000
        await rehearsal.passes(seconds=2)
        assert rehearsal.now == rehearsal.system.woken_at  # type: ignore[attr-defined]  # a small system of this stage

    play(Face.INPROCESS, server, tmp_path, body, WaitsInVain)


class WaitsInVain(Quiet):
    """Asks for its webhooks at its second tick, and notes when it had stopped waiting."""

    ticks = 0
    woken_at: object = None

    async def tick(self, now: object) -> None:
        del now
        self.ticks += 1
        if self.ticks > 1 and self.woken_at is None:
            keys = self.venue.tokopedia
            async with httpx.AsyncClient() as client:
                auth = (keys.client_id, keys.client_secret)
                token = (await client.post(f"{self.venue.tokopedia_token_url}/token?grant_type=client_credentials", auth=auth)).json()
                headers = {"authorization": f"Bearer {token['access_token']}"}
                with pytest.raises(httpx.ReadTimeout):
                    await client.get(f"{self.venue.tokopedia_url}/v1/fs/{keys.fs_id}", headers=headers)
            self.woken_at = self.venue.now()


def test_what_comes_by_chance_is_decided_by_the_seed(tmp_path: Path) -> None:
    seen: list[list[object]] = []

    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.trouble.loses_the_request(to=HOOKS, chance=0.4)
        for _ in range(12):
            await lists_its_webhooks(rehearsal)
        seen.append([one.lost for one in rehearsal.journal.entries if isinstance(one, Call) and one.operation == HOOKS])

    for seed, folder in ((3, "a"), (3, "b"), (4, "c")):
        perform(Quiet, tmp_path / folder, body, seed=seed)

    assert seen[0] == seen[1] != seen[2]
    assert {len(set(one)) for one in seen} == {2}


@pytest.mark.parametrize("when", [{"chance": 1.5}, {"chance": 0.5, "nth": 2}, {"chance": 0.5, "minutes": 3}])
def test_what_is_no_chance_is_told_in_a_sentence(when: dict[str, Any], tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        rehearsal.trouble.loses_the_request(to=HOOKS, **when)

    with pytest.raises(RehearsalError, match="is no chance; write a number from 0 to 1, without nth and without minutes"):
        perform(Quiet, tmp_path, body)


@pytest.mark.parametrize("awkward", ["shifts_the_pages", "cuts_the_pages", "reorders_the_lists"])
def test_an_awkward_answer_that_found_nothing_to_change_is_told(awkward: str, tmp_path: Path) -> None:
    async def body(rehearsal: Rehearsal) -> None:
        getattr(rehearsal.trouble, awkward)(of=HOOKS)
        await lists_its_webhooks(rehearsal)

    with pytest.raises(RehearsalError, match="no such call in which there was anything to change before it ended"):
        perform(Quiet, tmp_path, body)
