"""`gladi preflight`: the guide's nine preparations, each ready, missing, or to be asked of a person."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from gladi.cli.readiness import UnknownError, adds, find_out, prints

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

    from gladi.attempts.preflight import Preflight

__all__ = ["add", "run"]

_READY, _USAGE, _MISSING, _INCOMPLETE = 0, 2, 10, 11


def add(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the parser of `gladi`."""
    parser = subparsers.add_parser(
        "preflight",
        help="are the guide's nine preparations made?",
        description="Check the nine preparations of the rehearsal guide, and say what to do about each that is not made. What no API "
        "shows is asked of a person, whose word `gladi attempts attest` keeps.",
        epilog="Exit status: 0 all nine are ready, 10 something is missing, 11 only people are left to ask, 2 usage.",
    )
    adds(parser)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.set_defaults(run=run)


def run(args: Namespace, *, now: datetime | None = None) -> int:
    """Print the table and give the exit status; what cannot be asked is one sentence on standard error."""
    try:
        found = find_out(args, now=now or datetime.now(UTC)).preflight
    except UnknownError as wrong:
        sys.stderr.write(f"gladi preflight: {wrong}\n")
        return _USAGE
    prints(json.dumps(found.as_json(), indent=2) if args.json else found.table())
    return _status(found)


def _status(found: Preflight) -> int:
    from gladi.attempts.case import Readiness  # noqa: PLC0415 - `gladi --help` does without

    if found.those(Readiness.MISSING):
        return _MISSING
    return _READY if found.ready else _INCOMPLETE
