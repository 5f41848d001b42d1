"""The post: the way of a webhook from the platform to the system, and what befalls it on that way.

A mishap waits for the next webhook that the platform sends. One that no webhook met is not forgotten: `unmet` names it, because a
scenario whose trouble never struck has rehearsed nothing. What comes by chance nobody waits for.
"""

from __future__ import annotations

import hmac
from collections import deque
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from gladi.record.journal import What
from gladi.record.wire import Outgoing
from gladi.record.words import SHOP, TOKOPEDIA, Platform

if TYPE_CHECKING:
    from collections.abc import Callable

    from gladi.record.wire import Delivery
    from gladi.sandbox.sandbox import Sandbox

__all__ = ["SIGNATURE", "Letter", "Mishap", "Post", "Woe", "signature", "wrongly_signed"]

SIGNATURE = {TOKOPEDIA: "authorization-hmac", SHOP: "authorization"}
"""The header that holds a webhook's signature (tokopedia-api.md 7.2, tiktok-shop-api.md 14)."""


def signature(key: str, body: bytes) -> str:
    """Sign a webhook as Tokopedia does: HMAC-SHA256 over the raw body, in lower-case hex (tokopedia-api.md 7.2)."""
    return hmac.new(key.encode(), body, sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Letter:
    """A webhook on its way. It is not `genuine` when the platform never sent it, or its signature is wrong."""

    outgoing: Outgoing
    genuine: bool = True
    lost: bool = False
    taken_by_another: bool = False
    """Something in front of the system answered 200 and lost it, so the platform does not send it again."""


class Woe(StrEnum):
    """What may befall a webhook."""

    LOST = "webhook lost"
    SWALLOWED = "webhook swallowed"
    LATE = "webhook late"
    DOUBLED = "webhook doubled"
    REORDERED = "webhooks in another order"
    WRONGLY_SIGNED = "webhook wrongly signed"
    FORGED = "webhook forged"
    """Somebody else sends it first, under a key that is not the app's."""
    UNHEARD = "receiver dead"


@dataclass(frozen=True, slots=True)
class Mishap:
    """A woe that waits for a webhook of its platform: how late it makes it, or how many it waits for before it reverses their order.

    One that comes `by_chance` reverses it with the next one, or gives up after a while, and lets the receiver live again after as long.
    """

    woe: Woe
    platform: Platform = TOKOPEDIA
    by: timedelta = timedelta()
    count: int = 1
    by_chance: bool = False


class Post:
    """Takes webhooks as they fall due, and hands out what is to be delivered now."""

    def __init__(self, sandbox: Sandbox) -> None:
        """Carry the webhooks of a sandbox."""
        self.sent: list[Outgoing] = []
        """Every webhook that the platform sent, whatever became of it."""
        self._sandbox = sandbox
        self._coming: deque[Mishap] = deque()
        self._ready: deque[Letter] = deque()
        self._held: list[Letter] = []
        self._overtaken: list[Letter] = []
        self._draws: Callable[[Outgoing], Mishap | None] | None = None
        self._late: list[Mishap] = []
        self._delivered: set[tuple[object, ...]] = set()
        self._missed: int | None = None
        self._quiet_deaths: list[Mishap] = []
        self._awaited: Platform = TOKOPEDIA

    def expects(self, mishap: Mishap) -> None:
        """Let a mishap wait for the next webhook that no other one waits for."""
        self._coming.append(mishap)

    def suffers(self, draws: Callable[[Outgoing], Mishap | None] | None) -> None:
        """Let each webhook for which no mishap waits suffer what `draws` gives for it; None ends that."""
        self._draws = draws

    def brings(self, letter: Letter) -> None:
        """Bring a letter that the platform did not send."""
        self._ready.append(letter)

    @property
    def is_heard(self) -> bool:
        """Whether the receiver lives."""
        return self._missed is None

    def dies(self, awaited: Platform = TOKOPEDIA) -> None:
        """Let the receiver die: whatever is delivered from now on meets nobody, and something `awaited` should."""
        self._missed = self._missed or 0
        self._awaited = awaited

    def lives_again(self) -> None:
        """Let the receiver live."""
        self._quiet_deaths += [Mishap(Woe.UNHEARD, self._awaited)] * (self._missed == 0)
        self._missed = None

    def meets_nobody(self) -> None:
        """Note that a webhook came to a dead receiver."""
        self._missed = (self._missed or 0) + 1

    def next(self) -> Letter | None:
        """Give what is to be delivered now, or None."""
        while self._sandbox.outbox:
            self._takes(self._sandbox.outbox.popleft())
        return self._ready.popleft() if self._ready else None

    def is_known(self, delivery: Delivery) -> bool:
        """Tell whether the same bytes were delivered before; from now on they were."""
        signed = next((delivery.headers[name] for name in SIGNATURE.values() if name in delivery.headers), None)
        bytes_of_it = (delivery.path, signed, delivery.body)
        known = bytes_of_it in self._delivered
        self._delivered.add(bytes_of_it)
        return known

    @property
    def unmet(self) -> tuple[Mishap, ...]:
        """What waits for a webhook that has not come, or has not come again; a dead receiver waits for those of both platforms."""
        still_dead = [Mishap(Woe.UNHEARD, self._awaited)] * (self._missed == 0)
        return (*self._coming, *self._late, *self._quiet_deaths, *still_dead)

    # -- what befalls it -----------------------------------------------------------------------------------------------

    def _takes(self, outgoing: Outgoing) -> None:
        self.sent.append(outgoing)
        letter = Letter(outgoing)
        overtaken = [one for one in self._overtaken if one.outgoing.platform == outgoing.platform]
        mishap = next((one for one in self._coming if one.platform == outgoing.platform), None)
        if mishap is not None:
            self._coming.remove(mishap)
        elif self._draws is not None:
            mishap = self._draws(outgoing)
        if mishap is None:
            self._ready.append(letter)
        else:
            self._befalls(letter, mishap)
        for one in overtaken:
            self._notes(Woe.REORDERED, one)
            self._overtaken.remove(one)
            self._ready.append(one)

    def _befalls(self, letter: Letter, mishap: Mishap) -> None:
        match mishap.woe:
            case Woe.REORDERED if mishap.by_chance:
                self._waits_to_be_overtaken(letter, mishap)
            case Woe.UNHEARD:
                self._finds_nobody(letter, mishap)
            case Woe.FORGED:
                self._ready += (_forged(letter), letter)
            case Woe.LATE:
                self._is_late(letter, mishap)
            case Woe.DOUBLED:
                self._ready += (letter, letter)
            case Woe.REORDERED:
                self._holds(letter, mishap)
            case Woe.WRONGLY_SIGNED:
                self._ready.append(wrongly_signed(letter))
            case Woe.SWALLOWED:
                self._ready.append(replace(letter, lost=True, taken_by_another=True))
            case _:
                self._ready.append(replace(letter, lost=True))

    def _is_late(self, letter: Letter, mishap: Mishap) -> None:
        self._notes(Woe.LATE, letter)
        if not mishap.by_chance:
            self._late.append(mishap)

        def comes() -> None:
            if not mishap.by_chance:
                self._late.remove(mishap)
            self._ready.append(letter)

        self._sandbox.clock.after(mishap.by, comes, name=f"webhook {letter.outgoing.event!r} of {letter.outgoing.shop}, late")

    def _waits_to_be_overtaken(self, letter: Letter, mishap: Mishap) -> None:
        self._overtaken.append(letter)

        def gives_up() -> None:
            if letter in self._overtaken:
                self._overtaken.remove(letter)
                self._ready.append(letter)

        self._sandbox.clock.after(
            mishap.by, gives_up, name=f"webhook {letter.outgoing.event!r} of {letter.outgoing.shop}, overtaken by none"
        )

    def _finds_nobody(self, letter: Letter, mishap: Mishap) -> None:
        self._ready.append(letter)
        if self.is_heard:
            self._notes(Woe.UNHEARD, letter)
            self.dies(mishap.platform)
            self._sandbox.clock.after(mishap.by, self.lives_again, name="the receiver lives again")

    def _holds(self, letter: Letter, mishap: Mishap) -> None:
        self._held.append(letter)
        if len(self._held) < mishap.count:
            self._coming.appendleft(mishap)
            return
        self._notes(Woe.REORDERED, letter)
        self._ready += reversed(self._held)
        self._held.clear()

    def _notes(self, woe: Woe, letter: Letter) -> None:
        self._sandbox.journal.fact(What.TROUBLE, platform=Platform(letter.outgoing.platform), shop=letter.outgoing.shop, value=woe.value)


def _forged(letter: Letter) -> Letter:
    """Give what somebody else sends, who never hears how it was answered."""
    known = letter.outgoing
    outgoing = Outgoing(known.url, known.platform, known.event, known.delivery, known.shop, known.notification)
    return wrongly_signed(Letter(outgoing))


def wrongly_signed(letter: Letter) -> Letter:
    """Sign a letter under a key that is not the app's."""
    outgoing = letter.outgoing
    header = SIGNATURE[Platform(outgoing.platform)]
    headers = {**outgoing.delivery.headers, header: signature("a key that is not the app's", outgoing.delivery.body)}
    return replace(letter, outgoing=replace(outgoing, delivery=replace(outgoing.delivery, headers=headers)), genuine=False)
