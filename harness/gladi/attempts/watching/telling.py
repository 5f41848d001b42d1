"""What a watch says: one line for each thing that happened, and what to rehearse now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.attempts.watching.arrival import Signed
from gladi.judge.identity import Identity
from gladi.record.clock import moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.attempts.events import Kind
    from gladi.attempts.watching.kept import Counts, Kept, Poll
    from gladi.attempts.watching.sight import Sight
    from gladi.record.clock import Instant
    from gladi.record.words import Phase, Stage

__all__ = ["forwarded", "now_rehearse", "polled", "recorded", "seen", "summary"]

COMMAND = "pytest --rehearse --rehearse-target live"
"""It picks its phase by the attempt's stage."""
UNTOLD = "not known yet"
"""The stage before Get Shop Info has shown the shop for the first time."""


def summary(at: Instant, began: Instant, stage: Stage | None, counts: Counts) -> str:
    """Sum up: how long, which stage (None where nothing tells yet), how many polls and deliveries."""
    minutes = max(0, at - began) // 60_000
    flagged = f", {counts.flagged} of them not rightly signed" if counts.flagged else ""
    waiting = f", {counts.waiting} not handed on yet" if counts.waiting else ""
    return (
        f"{minutes // 60} h {minutes % 60:02} min; stage {stage or UNTOLD}; {_many(counts.polls, 'poll')}; "
        f"{_many(counts.deliveries, 'delivery', 'deliveries')}{flagged}{waiting}"
    )


def now_rehearse(at: Instant, phase: Phase) -> str:
    """Say what to rehearse now, and how."""
    return f"{_at(at)}  now rehearse {phase.label[2:].lower()}: {COMMAND}"


def polled(poll: Poll, sight: Sight) -> str:
    """Say what a poll brought."""
    if poll.shops is None:
        said = f"no answer, for {poll.refusal}" if poll.refusal else "no answer"
    else:
        said = {True: "the shop has merged", False: "no merge yet", None: "this shop is not among those that the app serves"}[sight.shows]
    return f"{_at(poll.at)}  poll {poll.number}: {said}"


def seen(at: Instant, before: Sight, after: Sight) -> Iterator[str]:
    """Say what came since the last look: webhooks about the shop, and what Get Shop Info makes of them."""
    known = {one.number for one in before.told}
    for one in after.told:
        if one.number not in known:
            beware = "" if one.signed is Signed.RIGHTLY else "; it is not believed, and Get Shop Info is waited for"
            yield f"{_at(one.at)}  delivery {one.number} says {one.status!r}, {one.signed}{beware}"
    held = {kept.number for kept, _ in before.identities}
    for kept, identity in after.identities:
        if kept.number not in held:
            yield from _compared(at, kept, identity)


def forwarded(at: Instant, kept: Kept, status: int | None, *, taken: bool) -> str:
    """Say what became of handing a delivery on."""
    answer = "nobody answered" if status is None else f"the system answered {status}"
    return f"{_at(at)}  delivery {kept.number} handed on: {answer}{'' if taken else '; it is tried again, and those behind it wait'}"


def recorded(at: Instant, kind: Kind) -> str:
    """Say what was written into the ledger."""
    return f"{_at(at)}  recorded in the ledger: {kind}"


def _compared(at: Instant, kept: Kept, identity: Identity | str) -> Iterator[str]:
    if not isinstance(identity, Identity):
        yield f"{_at(at)}  delivery {kept.number} cannot be compared with Get Shop Info: {identity}"
        return
    doubted = kept.signed is not Signed.RIGHTLY
    agree = "the ids agree" if identity.agree else "THE IDS DO NOT AGREE"
    borne = f"; {kept.signed}, and {'borne out' if identity.agree else 'not borne out'} by Get Shop Info" if doubted else ""
    yield f"{_at(at)}  delivery {kept.number} held against Get Shop Info: {agree}{borne}"
    if not identity.agree:
        yield from (f"    {line}" for line in identity.table().splitlines() if line)


def _at(at: Instant) -> str:
    return f"{moment(at):%Y-%m-%d %H:%M:%S} UTC"


def _many(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or f'{one}s'}"
