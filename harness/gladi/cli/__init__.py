"""The command `gladi`: one file per command, each imported only when it is the one asked for."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from importlib import import_module
from importlib.metadata import version

__all__ = ["main"]

_COMMANDS = (
    "attempts",
    "can_i_rehearse",
    "gate",
    "ids",
    "init",
    "openapi",
    "parity",
    "preflight",
    "record",
    "report",
    "seal",
    "serve",
    "verify",
    "watch",
)
"""The modules of this package that are commands; each has `add(subparsers)` and `run(args) -> int`."""

_STATUSES = "exit status: 0 yes, 10 broken or disagree, 11 incomplete or nothing rehearsed, 12 harness error, 13 stale, 2 usage"


_CUT_OFF = 1


def main(argv: list[str] | None = None) -> int:
    """Run one command and give its exit status; whoever reads no more of it, such as `head`, is let go in silence."""
    try:
        try:
            return _runs(argv)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        with suppress(OSError, ValueError):
            # What could not be written would be tried once more when Python ends, with a traceback.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _CUT_OFF


def _runs(argv: list[str] | None) -> int:
    parser = argparse.ArgumentParser(
        prog="gladi",
        description="Rehearse the merge of a seller's shops into Tokopedia & Shop. Begin with `gladi init`; "
        "the rehearsal itself is `pytest --rehearse`.",
        epilog=_STATUSES,
    )
    parser.add_argument("--version", action="version", version=f"gladi {version('gladi')}")
    subparsers = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    for name in _COMMANDS:
        import_module(f"gladi.cli.{name}").add(subparsers)
    args = parser.parse_args(argv)
    if args.command is None:
        parser.print_help()
        return 2
    status: int = args.run(args)
    return status
