"""`gladi attempts open`: spend one of five attempts, by a person's typed word, and show the guide's six steps.

1. Until the ledger has recorded the attempt nothing is shown that could be clicked.
2. From then on it is spent, whatever happens here; every way out says what to type next.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gladi.cli import attempts_shop
from gladi.cli.readiness import UnknownError, adds, decided, prints
from gladi.cli.verdicts import run_folder

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

    from gladi.attempts.decision import Decision
    from gladi.attempts.events import Standing
    from gladi.attempts.ledger import Ledger
    from gladi.attempts.opened import OpenAttempt
    from gladi.attempts.policy import Policy, TestShop
    from gladi.cli.readiness import Known

__all__ = ["add", "run"]

_OPENED, _USAGE, _NO, _LEFT_OPEN, _FAULT = 0, 2, 10, 11, 12


class _NotOpenedError(Exception):
    """The attempt is not opened, and nothing is spent; the text is one sentence."""

    def __init__(self, sentence: str, *, status: int = _USAGE) -> None:
        super().__init__(sentence)
        self.status = status


def add(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the parser of `gladi attempts`."""
    parser = subparsers.add_parser(
        "open",
        help="spend an attempt: record it, then show the guide's six steps",
        description="Open an attempt with one of the [[test-shops]] of gladi.toml. It is spent once it is recorded, and nothing gives it "
        "back but `gladi attempts release`, for one that surely never reached the platform. Then the six steps of the rehearsal guide "
        "are shown, which a person takes in Partner Center.",
        epilog="Exit status: 0 opened and all steps shown, 2 usage, 10 no, 11 opened and interrupted before the last step, "
        "12 the ledger cannot be used.",
    )
    parser.add_argument(
        "--shop", required=True, metavar="SHOP", help="the test shop: its name or its shop id on Tokopedia, as in gladi.toml"
    )
    attempts_shop.adds(parser)
    parser.add_argument("--by", default="", metavar="NAME", help="who decides (default: the user of this machine)")
    parser.add_argument(
        "--anyway", default="", metavar="REASON", help="open it though `gladi can-i-rehearse` says no; the reason is recorded"
    )
    adds(parser)
    parser.set_defaults(run=run)


def run(args: Namespace, *, now: datetime | None = None) -> int:
    """Open the attempt and show the cues; what speaks against it is told on standard error, and then nothing is spent."""
    from gladi.attempts.decision import unspent  # noqa: PLC0415 - `gladi --help` does without
    from gladi.attempts.faults import LedgerError, RefusedError  # noqa: PLC0415
    from gladi.attempts.policy import Policy, PolicyError  # noqa: PLC0415
    from gladi.cli.counted import NobodyError, counted  # noqa: PLC0415

    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    try:
        shop = _alone(args, Policy.read(run_folder()), terminal=terminal)
        known, decision = decided(args, now=now or datetime.now(UTC))
        decision = decision.also(unspent(shop, known.attempts))
        standing = _allowed(decision, known, args.anyway)
        question = f"This spends an attempt, for good. Type the name of the shop to go on ({shop.tokopedia_shop_id}): "
        attempts_shop.confirmed(shop.name, args.confirm_shop, question=question)
        with counted(known.policy) as ledger:
            named = f"{shop.name} ({shop.tokopedia_shop_id})"
            attempt = ledger.open(named, by=args.by, evidence=_evidence(known, decision, args.anyway), decided_on=standing)
            return _told(attempt, ledger, by=args.by, person=terminal)
    except (_NotOpenedError, attempts_shop.UnnamedShopError, UnknownError, NobodyError, PolicyError) as no:
        _says(f"{no}; nothing is spent")
        return getattr(no, "status", _USAGE)
    except LedgerError as wrong:
        _says(str(wrong))
        return _NO if isinstance(wrong, RefusedError) else _FAULT


def _alone(args: Namespace, policy: Policy, *, terminal: bool) -> TestShop:
    """See that a person decides, on a shop that may be spent, and that nothing does the same again by itself; give the shop."""
    from gladi.attempts.circumstances import Circumstances  # noqa: PLC0415 - as above

    against = Circumstances.of(os.environ, terminal=terminal).against(named=args.confirm_shop is not None)
    try:
        shop = attempts_shop.find(policy, args.shop)
    except attempts_shop.UnnamedShopError as wrong:
        raise _NotOpenedError(f"{wrong}; and {against}" if against else str(wrong)) from None
    if against is not None:
        raise _NotOpenedError(against)
    return shop


def _allowed(decision: Decision, known: Known, anyway: str) -> Standing:
    """Refuse where something speaks against it, unless a person overrules it; nobody overrules the ledger.

    Give the standing on which this is decided.
    """
    final = [ground for ground in decision.against if ground.about == "ledger"]
    if not isinstance(known.standing, str) and (decision.yes or (anyway.strip() and not final)):
        return known.standing
    sys.stderr.write(f"{decision.table()}\n\n")
    if final:
        raise _NotOpenedError(final[0].said, status=_NO)
    count = len(decision.against)
    left = f"{count} {'thing speaks' if count == 1 else 'things speak'} against it (marked →)"
    raise _NotOpenedError(f"{left}, and {known.policy.developer} has {known.standing}; --anyway REASON overrules it", status=_NO)


def _evidence(known: Known, decision: Decision, anyway: str) -> str:
    from gladi.attempts.preflight import asked_of  # noqa: PLC0415 - as above

    parts = [f"preflight on the {asked_of(known.preflight.target)}: {known.preflight.summary}", f"verdict: {known.rehearsed.answer.said}"]
    if not decision.yes:
        parts.append(f"against it: {', '.join(ground.about for ground in decision.against)}; opened anyway: {anyway.strip()}")
    return "; ".join(parts)


def _told(attempt: OpenAttempt, ledger: Ledger, *, by: str, person: bool) -> int:
    """Show the cues; where that breaks off, say so on what is left to say it on, because the attempt is spent all the same."""
    try:
        return _shows(attempt, ledger, by=by, person=person)
    except (OSError, KeyboardInterrupt) as wrong:
        why = wrong.strerror if isinstance(wrong, OSError) else "interrupted"
        if isinstance(wrong, OSError):
            with suppress(OSError, ValueError):
                # What could not be written would be tried once more when Python ends, with a traceback.
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        with suppress(OSError):
            _says(
                f"not all steps could be shown ({why}); attempt {attempt.ordinal} is opened for {attempt.shop} and counts: see "
                f"`gladi attempts`, and if nothing was clicked: gladi attempts release {attempt.ordinal} --reason TEXT"
            )
        return _LEFT_OPEN


def _shows(attempt: OpenAttempt, ledger: Ledger, *, by: str, person: bool) -> int:
    """Show the six cues of an attempt that is recorded; before the last a person who is there has it recorded as linked."""
    from gladi.attempts.cues import HELP_CENTER, links_the_shops  # noqa: PLC0415 - as above
    from gladi.attempts.events import Kind  # noqa: PLC0415
    from gladi.attempts.faults import LedgerError  # noqa: PLC0415

    number = attempt.ordinal
    prints(f"Attempt {number} is opened for {attempt.shop} and counts from here on.\n")
    for cue in links_the_shops(attempt):
        if cue.irreversible and person:
            prints("\nPress Enter when only the last step is left; it is recorded before you click (Ctrl-C: not now).")
            sys.stdout.flush()
            try:
                input()
                ledger.record(attempt, Kind.LINKED, by=by)
            except (EOFError, KeyboardInterrupt):
                _says(f"attempt {number} stays open, and spent; if nothing was clicked: gladi attempts release {number} --reason TEXT")
                return _LEFT_OPEN
            except LedgerError as wrong:
                _says(f"{wrong}; do not click: attempt {number} is opened, and that it was linked is not recorded")
                return _FAULT
        prints(str(cue))
    prints("" if person else f"\nBefore the last step:  gladi attempts record {number} linked")
    prints('The merge takes a few hours to a full day; the "merge" webhook says that it succeeded.')
    prints(f"When it has merged:    gladi attempts record {number} merged")
    prints(f"If it fails:           gladi attempts record {number} failed, and ask the Help Center: {HELP_CENTER}")
    sys.stdout.flush()
    return _OPENED


def _says(sentence: str) -> None:
    sys.stderr.write(f"gladi attempts open: {sentence}\n")
