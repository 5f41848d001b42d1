"""How many of the developer's attempts are spent, as every report of a run says it: read before the run begins, and behind a live one.

1. A run on the sandbox spends nothing, so a ledger that cannot be read is one sentence and changes no verdict.
2. What an earlier report knew of the ledger is carried on, so that a ledger which vanished stays noticed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from gladi.record.redact import clean_text

if TYPE_CHECKING:
    from pathlib import Path

    from gladi.attempts.events import Standing
    from gladi.attempts.memory import Memory
    from gladi.attempts.policy import Policy
    from gladi.judge.verdict import Verdict

__all__ = ["Spent", "earlier", "spent", "unbegun"]


@dataclass(frozen=True, slots=True)
class Spent:
    """What the reports say; all of it is empty where no gladi.toml names a developer."""

    said: str = ""
    """Such as `used 2 of 5`, or why that is not known: one line."""
    facts: dict[str, Any] = field(default_factory=dict)
    """The same for `attempts` of the verdict."""
    cautions: tuple[str, ...] = ()
    """What a person should know before trusting it: sentences."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines for the terminal; none where there is nothing to say."""
        return (*((f"attempts: {self.said}",) if self.said else ()), *(f"attempts: caution: {caution}" for caution in self.cautions))


class _Before(msgspec.Struct):
    attempts: dict[str, Any] = {}


def earlier(verdict: Path) -> dict[str, Any]:
    """Give what the report of the run before says of the ledger; nothing where there is none, or it cannot be read."""
    try:
        return msgspec.json.decode(verdict.read_bytes(), type=_Before).attempts
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}


def unbegun(before: dict[str, Any]) -> Verdict:
    """Give the verdict of a run that has not begun: it says nothing, and carries on what an earlier report said of the ledger."""
    from importlib.metadata import version  # noqa: PLC0415 - only with a policy

    from gladi.judge.verdict import Overall, Verdict  # noqa: PLC0415
    from gladi.record.words import Target  # noqa: PLC0415

    return Verdict(
        verdict=Overall.UNFINISHED,
        gladi=version("gladi"),
        target=Target.SANDBOX,
        face="",
        seed=0,
        strict=False,
        in_flight="",
        system={},
        commit={},
        catalogue="",
        scenarios=(),
        attempts=before,
    )


def spent(root: Path, before: dict[str, Any]) -> Spent:
    """Look into the ledger of the developer whom `root/gladi.toml` names; `before` is what an earlier report said of it.

    Raises:
        pytest.UsageError: gladi.toml is wrong.
    """
    from gladi.attempts.memory import Memory  # noqa: PLC0415 - most repositories have no such file
    from gladi.attempts.policy import FILE, Policy, PolicyError  # noqa: PLC0415

    memory = Memory.of(before)
    if not (root / FILE).is_file():
        return Spent(facts=memory.beside(None))
    try:
        policy = Policy.read(root)
    except PolicyError as wrong:
        raise pytest.UsageError(str(wrong)) from None
    if policy.developer is None:
        return Spent(facts=memory.beside(None))
    found = _looked_up(policy, policy.developer, memory)
    return replace(found, facts=found.facts | memory.beside(policy.developer))


def _looked_up(policy: Policy, developer: str, memory: Memory) -> Spent:
    from gladi.attempts.events import known_as  # noqa: PLC0415 - only with a policy
    from gladi.attempts.faults import LedgerError, MissingLedgerError  # noqa: PLC0415
    from gladi.attempts.ledger import Ledger  # noqa: PLC0415

    then = memory.by(developer)
    try:
        with Ledger.at(policy.ledger, developer=developer, quota=policy.quota) as ledger:
            if then is not None:
                ledger.continues(then)
            now = ledger.standing()
            cautions = (*ledger.cautions, *memory.cautions(developer, attempts=len(ledger.attempts())))
    except MissingLedgerError as wrong:
        why = f"there is no ledger at {policy.shown}, so how many of {policy.quota} are used is not known" if then is None else str(wrong)
    except LedgerError as wrong:
        why = str(wrong)
    else:
        return Spent(f"{now} by {now.developer}{_still_open(now)}", now.as_json(), cautions)
    unknown = _unknown(known_as(developer), policy.quota, then, clean_text(" ".join(why.split())))
    return replace(unknown, cautions=memory.cautions(developer, attempts=0) if then is None else ())


def _still_open(now: Standing) -> str:
    if not now.open:
        return ""
    which = ", ".join(map(str, now.open))
    return f"; open: {which}, say what became of it with `gladi attempts record`"


def _unknown(developer: str, quota: int, then: Standing | None, why: str) -> Spent:
    """Say that the ledger cannot tell, with what an earlier report knew beside it."""
    if then is None:
        return Spent(why, {"developer": developer, "used": None, "quota": quota, "why": why})
    return Spent(f"{why} (an earlier report said {then})", then.as_json() | {"why": why})
