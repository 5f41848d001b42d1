"""`gladi can-i-rehearse`: yes or no, with every reason, before one of five attempts is spent."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gladi.cli.readiness import UnknownError, adds, decided, prints

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

__all__ = ["add", "run"]

_YES, _USAGE, _NO = 0, 2, 10


def add(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the parser of `gladi`."""
    parser = subparsers.add_parser(
        "can-i-rehearse",
        help="is an attempt worth spending now? yes or no, with the reasons",
        description="Say whether an integration attempt is worth spending now: from the ledger, the preflight, the verdict of the last "
        "rehearsal and its age, the work tree, and whether the platform is still open. Nothing is spent by asking.",
        epilog="Exit status: 0 yes, 10 no, 2 usage.",
    )
    adds(parser)
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    parser.set_defaults(run=run)


def run(args: Namespace, *, now: datetime | None = None) -> int:
    """Print the answer and its reasons and give the exit status; what cannot be asked is one sentence on standard error."""
    try:
        _, decision = decided(args, now=now or datetime.now(UTC))
    except UnknownError as wrong:
        sys.stderr.write(f"gladi can-i-rehearse: {wrong}\n")
        return _USAGE
    prints(json.dumps(decision.as_json(), indent=2) if args.json else decision.table())
    return _YES if decision.yes else _NO
