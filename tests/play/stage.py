"""A bare stage: a tiny system is rehearsed with a body of the test's own, in this process, without pytest in between."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx

from gladi import Delivery, Face, Rehearsal, Stage, System, Venue
from gladi.play.adapter import Adapter, load
from gladi.play.rehearsal import Plan
from gladi.sandbox.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime
    from pathlib import Path

    from gladi import InFlight


class Quiet(System):
    """Does nothing, and takes every webhook."""

    def __init__(self, venue: Venue) -> None:
        self.venue = venue

    def tick(self, now: datetime) -> Any:  # noqa: ARG002 - the interface's
        return None

    def receive(self, delivery: Delivery) -> Any:  # noqa: ARG002 - the interface's
        return 200


class Receives(Quiet):
    """Registers for the merge webhook, and answers it with what a test puts here."""

    answer: Any = 200
    got: list[Delivery]

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        type(self).got = []
        keys = venue.tokopedia
        token = httpx.post(
            f"{venue.tokopedia_token_url}/token?grant_type=client_credentials", auth=(keys.client_id, keys.client_secret)
        ).json()["access_token"]
        bearer, app = {"authorization": f"Bearer {token}"}, f"{venue.tokopedia_url}/v1/fs/{keys.fs_id}"
        # What is left out becomes empty, so all that is registered is sent again.
        hooks = {**httpx.get(app, headers=bearer).json()["data"], "shop_merge_notification_url": f"{venue.webhook_url}/merge"}
        httpx.post(f"{app}/register", json=hooks, headers=bearer).raise_for_status()

    def receive(self, delivery: Delivery) -> Any:
        self.got.append(delivery)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def adapter_of(factory: Any) -> Adapter:
    """Check a class or factory of a test module as the plugin checks a user's."""
    return load(f"{factory.__module__}:{factory.__qualname__}")


async def nothing(rehearsal: Rehearsal) -> None:
    """A body in which nothing is done."""


def perform(  # noqa: PLR0913 - a play is what it is played with
    factory: Any,
    folder: Path,
    body: Callable[[Rehearsal], Awaitable[None]] = nothing,
    *,
    begins: Stage = Stage.PENDING,
    in_flight: InFlight | None = None,
    seed: int = 0,
) -> Rehearsal:
    """Play a scenario with a system, and give the rehearsal as it is when all has settled."""
    settings = Settings() if in_flight is None else Settings(in_flight=in_flight)
    rehearsal = Rehearsal(Plan(adapter_of(factory), settings, folder, face=Face.INPROCESS, seed=seed, begins=begins))
    with asyncio.Runner() as runner:
        runner.run(rehearsal.perform(lambda: body(rehearsal)))
    return rehearsal
