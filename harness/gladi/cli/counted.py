"""What the commands that open the ledger share: whose it is, where it is, and that it is still the one that a verdict saw."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from gladi.cli.verdicts import VERDICT

if TYPE_CHECKING:
    from gladi.attempts.events import Standing
    from gladi.attempts.ledger import Ledger
    from gladi.attempts.memory import Memory
    from gladi.attempts.policy import Policy

__all__ = ["NobodyError", "cautions", "counted", "seen"]


class NobodyError(Exception):
    """The policy names no developer, so nobody's attempts are counted; the text is one sentence."""


def counted(policy: Policy, *, create: bool = False, importing: bool = False) -> Ledger:
    """Open the ledger of the policy's developer; `create` makes one, but never where a verdict has seen one.

    `importing` makes one too: what the verdict saw is on its way into it, and is looked for when it has arrived.

    Raises:
        NobodyError: gladi.toml names no developer, or is not there.
        MissingLedgerError: there is none, and it was not to be made, or a verdict saw one that is gone.
        ReplacedLedgerError: it is another than the one that the verdict saw.
        LedgerError: it cannot be used.
    """
    from gladi.attempts.faults import MissingLedgerError  # noqa: PLC0415 - `gladi --help` does without
    from gladi.attempts.ledger import Ledger  # noqa: PLC0415
    from gladi.attempts.policy import FILE  # noqa: PLC0415

    if policy.developer is None:
        if not (policy.root / FILE).exists():
            raise NobodyError(
                f'there is no {FILE} here or above, so no attempts are counted; write one with developer = "..." in [attempts]'
            )
        raise NobodyError(f'{FILE} names no developer, so no attempts are counted; write developer = "..." into its [attempts]')
    before = seen(policy)
    gone = before is not None and before.events > 0
    try:
        ledger = Ledger.at(policy.ledger, developer=policy.developer, quota=policy.quota, create=importing or (create and not gone))
    except MissingLedgerError:
        if before is None or not gone:
            raise
        raise MissingLedgerError(
            f"there is no ledger at {policy.shown}, and {VERDICT.as_posix()} saw one: {before} in {before.events} events of "
            f"{before.developer!r}; put it back from a copy, for none is made in its place"
        ) from None
    if before is not None and not importing:
        try:
            ledger.continues(before)
        except Exception:
            ledger.close()
            raise
    return ledger


def seen(policy: Policy) -> Standing | None:
    """Give what the verdict of the last run remembers of the developer's ledger; None where there is none or it says nothing."""
    return _memory(policy).by(policy.developer)


def cautions(policy: Policy, ledger: Ledger) -> tuple[str, ...]:
    """Give what a person should know before trusting the count: from the ledger, and from what the verdict remembers of others."""
    return (*ledger.cautions, *_memory(policy).cautions(ledger.developer, attempts=len(ledger.attempts())))


def _memory(policy: Policy) -> Memory:
    from gladi.attempts.memory import Memory  # noqa: PLC0415 - as above

    try:
        # Not as a verdict: what one of another schema saw was seen all the same.
        return Memory.of(json.loads((policy.root / VERDICT).read_bytes())["attempts"])
    except (OSError, KeyError, TypeError, ValueError):
        return Memory()
