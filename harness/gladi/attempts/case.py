"""The case for spending an attempt: what each preparation is judged by, and the three answers that there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from gladi.attempts.account import Account
    from gladi.attempts.calls import Calls
    from gladi.attempts.events import Attestation
    from gladi.record.wire import Outgoing

__all__ = ["Answer", "Case", "Readiness", "ask", "missing", "ready"]


class Readiness(StrEnum):
    """What can be said of a preparation."""

    READY = "ready"
    MISSING = "missing"
    ASK = "ask a person"
    """No API shows it: a person looks, and attests it by name and for a time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one preparation, on what ground, and what to do unless it is ready."""

    readiness: Readiness
    said: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """All that a check may look at."""

    calls: Calls
    """The target, which may be any: each call is answered or is one sentence."""
    account: Account
    delivers: Callable[[Outgoing], int | None]
    """Hands a webhook to the system and gives its HTTP status; None where nobody answered."""
    rehearsed: Answer
    """What the verdict of the last rehearsal says of this version of the system."""
    now: datetime
    """When the question is asked, aware, UTC."""
    attestations: tuple[Attestation, ...] = ()
    recorded: Answer | None = None
    """What the verdict of a run that was not the sandbox's says, where there is one."""
    test_shops: tuple[int, ...] = ()
    """The shop ids on Tokopedia of the shops that may be spent; empty: whatever the app serves."""
    shop_ids: tuple[str, ...] = ()
    """Their shop ids on Tokopedia & Shop; empty: whoever has authorized the app."""


def ready(said: str) -> Answer:
    """Say that a preparation is made."""
    return Answer(Readiness.READY, said)


def missing(said: str, todo: str) -> Answer:
    """Say that a preparation is not made, and what to do."""
    return Answer(Readiness.MISSING, said, todo)


def ask(said: str, todo: str) -> Answer:
    """Say that a person has to look, and for what."""
    return Answer(Readiness.ASK, said, todo)
