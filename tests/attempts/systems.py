"""Small systems for the commands that ask one: each takes webhooks in its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from gladi.play.system import System

if TYPE_CHECKING:
    from datetime import datetime

    from gladi.play.system import Delivery, Venue


class Ready(System):
    """Takes every webhook."""

    version = "7.1"

    def __init__(self, venue: Venue) -> None:
        self.venue = venue

    def tick(self, now: datetime) -> datetime | None:  # noqa: ARG002 - the signature is the interface's
        return None

    def receive(self, delivery: Delivery) -> int:  # noqa: ARG002 - as above
        return 200


class Raising(Ready):
    """Falls over whatever it is asked."""

    def tick(self, now: datetime) -> datetime | None:
        raise RuntimeError(f"no clock says {now:%Y}")

    def receive(self, delivery: Delivery) -> int:
        raise KeyError(delivery.path)


class Async(Ready):
    """Does the same, asynchronously, and lives in its own context."""

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        self.lives = False

    async def __aenter__(self) -> Self:
        self.lives = True
        return self

    async def __aexit__(self, *error: object) -> None:
        self.lives = False

    async def receive(self, delivery: Delivery) -> int:  # type: ignore[override]  # plain or async
        return 202 if self.lives and delivery.headers["authorization-hmac"] else 500


class Unmade(Ready):
    """Cannot be made."""

    def __init__(self, venue: Venue) -> None:
        super().__init__(venue)
        raise RuntimeError("no disk for sari@example.com")


class Unentered(Ready):
    """Cannot begin to live."""

    async def __aenter__(self) -> Self:
        raise OSError("no port")

    async def __aexit__(self, *error: object) -> None:
        pass


def unmade(venue: Venue) -> Ready:  # noqa: ARG001 - as above
    """Make nothing."""
    raise RuntimeError("no disk")
