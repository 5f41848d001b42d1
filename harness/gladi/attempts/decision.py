"""May this developer rehearse now? Yes or no, and each reason for it, before one of five attempts is spent.

1. Every ground is looked at, and every one is told; a single one that speaks against it makes the answer no.
2. Nothing here reads a clock, a file or a ledger: what is known is handed in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

from gladi.attempts.adapted import FRESH, age
from gladi.attempts.case import Readiness
from gladi.attempts.events import known_as
from gladi.attempts.preflight import asked_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from gladi.attempts.adapted import Rehearsed
    from gladi.attempts.events import Attempt, Standing
    from gladi.attempts.policy import TestShop
    from gladi.attempts.preflight import Preflight
    from gladi.record.checkout import Checkout

__all__ = ["CLOSED", "STOPPING", "Decision", "Ground", "is_of", "may_rehearse", "unspent"]

STOPPING = date(2025, 9, 20)
"""Tokopedia's Open API stopped to take POST and PATCH; webhook registration, console and sandbox ended (tiktok-shop-api.md 1)."""
CLOSED = date(2025, 9, 30)
"""Tokopedia's Open API ended altogether: GET, webhooks and authorization (tiktok-shop-api.md 1)."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that speaks for an attempt or against it, and what to do about it."""

    about: str
    said: str
    todo: str = ""
    speaks_for: bool = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer and all its grounds."""

    target: str
    grounds: tuple[Ground, ...]

    @property
    def yes(self) -> bool:
        """Whether nothing speaks against it."""
        return all(ground.speaks_for for ground in self.grounds)

    @property
    def against(self) -> tuple[Ground, ...]:
        """The grounds that make it no."""
        return tuple(ground for ground in self.grounds if not ground.speaks_for)

    def also(self, ground: Ground) -> Decision:
        """Give the decision with one more ground."""
        return replace(self, grounds=(*self.grounds, ground))

    def table(self) -> str:
        """Give the answer for a person: it first, then a line for each ground."""
        width = max(len(ground.about) for ground in self.grounds)
        lines = [f"{'yes' if self.yes else 'no'}, as far as the {asked_of(self.target)} can tell", ""]
        for ground in self.grounds:
            lines.append(f"{'  ' if ground.speaks_for else '→ '}{ground.about:<{width}}  {ground.said}")
            if ground.todo:
                lines.append(f"{' ' * (width + 4)}{ground.todo}")
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """Give it for a machine."""
        grounds = [{"about": one.about, "speaks_for": one.speaks_for, "said": one.said, "todo": one.todo} for one in self.grounds]
        return {"answer": "yes" if self.yes else "no", "target": self.target, "reasons": grounds}


def may_rehearse(  # noqa: PLR0913 - all that is known
    *,
    standing: Standing | str,
    preflight: Preflight,
    rehearsed: Rehearsed,
    here: Checkout,
    now: datetime,
    fresh: timedelta = FRESH,
) -> Decision:
    """Decide from what is known.

    `standing` is the ledger's, or the sentence that says why it has none; `here` is the checkout of the system; `now` is aware, UTC.
    """
    answer = rehearsed.answer
    return Decision(
        preflight.target,
        (
            *_ledger(standing),
            _preparations(preflight),
            Ground("verdict", answer.said, answer.todo, speaks_for=answer.readiness is Readiness.READY),
            _age(rehearsed.at, now, fresh),
            _tidy(here, rehearsed),
            _platform(now.astimezone(UTC).date()),
        ),
    )


def unspent(shop: TestShop, attempts: Iterable[Attempt]) -> Ground:
    """Say whether a shop is still to be spent: a merge cannot be undone, so a second attempt with one is most likely a slip."""
    found = next((attempt for attempt in attempts if attempt.spent and is_of(attempt, shop)), None)
    if found is None:
        return Ground("shop", f"{shop.name} has no attempt yet", speaks_for=True)
    said = f"{shop.name} has attempt {found.ordinal} already, which is {found.state}"
    return Ground("shop", said, "name a shop of [[test-shops]] that was never linked", speaks_for=False)


def is_of(attempt: Attempt, shop: TestShop) -> bool:
    """Tell whether an attempt was with a shop, by its id where the record holds one: what was recorded by hand may be a name alone."""
    ids = re.findall(r"[0-9]+", attempt.shop)
    named = known_as(attempt.shop) == known_as(shop.name)
    return named or str(shop.tokopedia_shop_id) in ids or shop.shop_id in ids


def _ledger(standing: Standing | str) -> tuple[Ground, ...]:
    if isinstance(standing, str):
        return (Ground("ledger", standing, speaks_for=False),)
    left = standing.left > 0
    gone = "no attempt is left, and nothing resets the count; the sandbox rehearses as often as you like"
    attempts = Ground("ledger", f"{standing.developer} has {standing}", "" if left else gone, speaks_for=left)
    if not standing.open:
        return attempts, Ground("open attempt", "none is open", speaks_for=True)
    names = " and ".join(str(ordinal) for ordinal in standing.open)
    said = f"attempt {names} is open, and nobody has said what became of it"
    first = standing.open[0]
    todo = f"look in Partner Center, then: gladi attempts record {first} merged (or failed)"
    todo = f"{todo}; only where nobody can tell: gladi attempts settle {first} --reason TEXT"
    return attempts, Ground("open attempt", said, todo, speaks_for=False)


def _preparations(preflight: Preflight) -> Ground:
    left = [*preflight.those(Readiness.MISSING), *preflight.those(Readiness.ASK)]
    names = f" ({', '.join(finding.check.id for finding in left)})" if left else ""
    todo = "gladi preflight says what to do" if left else ""
    return Ground("preflight", preflight.summary + names, todo, speaks_for=preflight.ready)


def _age(rehearsed_at: datetime | None, now: datetime, fresh: timedelta) -> Ground:
    again = "rehearse again: pytest --rehearse"
    if rehearsed_at is None:
        return Ground("evidence", "there is no finished rehearsal", again, speaks_for=False)
    found = age(rehearsed_at, now, fresh)
    todo = "set the clock of the machine that is wrong" if found.in_future else again
    return Ground("evidence", f"the rehearsal {found.said}", "" if found.counts else todo, speaks_for=found.counts)


def _tidy(here: Checkout, rehearsed: Rehearsed) -> Ground:
    if here.refused:
        said = "git does not answer here, so nobody knows what differs from the commit"
        return Ground("work tree", said, "type git status, mend what it says, and ask again", speaks_for=False)
    todo = "commit what the attempt is to test, have git ignore the rest (the ledger too), and rehearse that"
    if here.dirty:
        what = "files differ from" if here.changed else "files are unknown to"
        return Ground("work tree", f"dirty: {what} the commit {(here.commit or '')[:12]}", todo, speaks_for=False)
    if rehearsed.dirty:
        return Ground("work tree", "clean now, but it was dirty when it was rehearsed", todo, speaks_for=False)
    if here.dirty is None:
        said = "not under git, or without a commit: only the system's own version says what was rehearsed"
        return Ground("work tree", said, speaks_for=True)
    return Ground("work tree", f"clean at {(here.commit or '')[:12]}", speaks_for=True)


def _platform(today: date) -> Ground:
    if today < STOPPING:
        return Ground("platform", f"Tokopedia's Open API is to stop on {STOPPING} and to end on {CLOSED}", speaks_for=True)
    what = "ended altogether" if today >= CLOSED else "takes no registrations any more, and its test shops ended"
    since = CLOSED if today >= CLOSED else STOPPING
    todo = "what was not rehearsed by then can be rehearsed in the sandbox alone"
    return Ground("platform", f"Tokopedia's Open API {what} on {since}, as was announced", todo, speaks_for=False)
