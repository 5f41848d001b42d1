"""`gladi attempts record`: what became of an attempt, linked, merged or failed, as a person saw it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.cli.counted import counted
from gladi.cli.numbers import whole

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction
    from collections.abc import Iterator

    from gladi.attempts.policy import Policy

__all__ = ["add"]


def add(verbs: _SubParsersAction[ArgumentParser]) -> None:
    """Add the verb to those of `gladi attempts`."""
    parser = verbs.add_parser(
        "record",
        help="record that an attempt was linked, has merged or failed",
        description="Record what became of an attempt: linked, before the guide's last step is taken; merged, once the webhook has come; "
        "failed, when it came to nothing. It stays spent.",
    )
    parser.add_argument("ordinal", type=whole, metavar="N", help="which attempt, by its number in the list")
    parser.add_argument("what", choices=("linked", "merged", "failed"), metavar="WHAT", help="linked, merged or failed")
    parser.add_argument("--note", default="", metavar="TEXT", help="whatever else is to be remembered")
    parser.add_argument("--by", default="", metavar="NAME", help="who says so (default: the user of this machine)")
    parser.set_defaults(verb=_record)


def _record(args: Namespace, policy: Policy) -> Iterator[str]:
    from gladi.attempts.cues import HELP_CENTER  # noqa: PLC0415 - `gladi --help` does without
    from gladi.attempts.events import Kind  # noqa: PLC0415

    with counted(policy) as ledger:
        ledger.record(args.ordinal, Kind(args.what), by=args.by, note=args.note)
        yield f"attempt {args.ordinal} is recorded as {args.what}"
        if args.what == Kind.FAILED:
            yield f"Tokopedia & Shop answers questions at its Help Center: {HELP_CENTER}"
        yield f"{ledger.developer}: {ledger.standing()}, in {policy.shown}"
