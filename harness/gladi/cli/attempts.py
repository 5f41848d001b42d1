"""`gladi attempts`: the ledger of the five attempts, looked at and written by people."""

from __future__ import annotations

import json
import re
import sys
from argparse import SUPPRESS, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gladi.cli import attempts_open, attempts_outside, attempts_record
from gladi.cli.attempts_shop import UnnamedShopError
from gladi.cli.counted import NobodyError, cautions, counted, seen
from gladi.cli.numbers import whole
from gladi.cli.readiness import ATTESTABLE
from gladi.cli.verdicts import run_folder

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction
    from collections.abc import Iterator

    from gladi.attempts.events import Attempt
    from gladi.attempts.ledger import Ledger
    from gladi.attempts.policy import Policy

__all__ = ["add", "run"]

_DONE, _USAGE, _REFUSED, _FAULT = 0, 2, 10, 12
_TEST_SHOP = "test-shop-ID for the shop of that id on Tokopedia, one of the [[test-shops]]"
_BECAME = "`gladi attempts record N merged` (or failed), and only where nobody can tell with `gladi attempts settle N --reason ...`"


def add(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command, and a verb for each thing that can be done to the ledger."""
    parser = subparsers.add_parser(
        "attempts",
        help="the ledger of the five integration attempts",
        description="List a developer's integration attempts, or write into their ledger. A developer account has five, ever; what is "
        "written stays, and no verb resets anything. Developer, ledger and quota stand in [attempts] of gladi.toml.",
        epilog="Exit status: 0 done, 10 the ledger refuses it, 12 the ledger cannot be used, 2 usage.",
    )
    parser.add_argument("--json", action="store_true", help="print the list as JSON, with every event")
    parser.set_defaults(run=run, verb=_list)
    verbs = parser.add_subparsers(title="verbs", metavar="VERB")
    _verb(verbs, "list", "list the attempts; what `gladi attempts` alone does", _list).add_argument(
        "--json", action="store_true", default=SUPPRESS, help="print JSON, with every event, instead of lines"
    )
    _verb(verbs, "create", "make a ledger where there never was one", _create)
    attempts_open.add(verbs)
    attempts_record.add(verbs)
    settle = _verb(verbs, "settle", "close an attempt of which nobody can tell what became; it stays spent", _settle)
    release = _verb(verbs, "release", "give one back that surely never reached the platform", _release)
    for one in (settle, release):
        one.add_argument("ordinal", type=whole, metavar="N", help="which attempt, by its number in the list")
    attempts_outside.add(verbs)
    quota = _verb(verbs, "quota", "let a lowered quota be higher again, up to five", _quota)
    quota.add_argument("to", type=whole, metavar="N", help="the quota from here on")
    for one in (settle, release, quota):
        one.add_argument("--reason", required=True, help="why; it stays in the record")
    attest = _verb(verbs, "attest", "keep what a person vouches for, for the preflight", _attest)
    attest.add_argument("check", type=_vouched, metavar="CHECK", help=f"one of {', '.join(ATTESTABLE)}, or {_TEST_SHOP}")
    attest.add_argument("--until", required=True, type=_day, metavar="DATE", help="the last day on which it holds, such as 2027-01-31")
    attest.add_argument("--note", default="", help="what was seen")
    adopted = _verb(verbs, "import", "move a SQLite ledger into the PostgreSQL one of gladi.toml, once", _import)
    adopted.add_argument("file", type=Path, metavar="FILE", help="the SQLite ledger; it is ended, and kept")
    for one in (settle, release, quota, attest, adopted):
        one.add_argument("--by", default="", metavar="NAME", help="who says so (default: the user of this machine)")


def _verb(verbs: _SubParsersAction[ArgumentParser], name: str, text: str, verb: object) -> ArgumentParser:
    parser = verbs.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    parser.set_defaults(verb=verb)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day; write one such as 2027-01-31") from None


def run(args: Namespace) -> int:
    """Do what the verb says and give the exit status; what cannot be done is one sentence on standard error."""
    from gladi.attempts.faults import LedgerError, RefusedError  # noqa: PLC0415 - `gladi --help` does without
    from gladi.attempts.policy import Policy, PolicyError  # noqa: PLC0415

    try:
        policy = Policy.read(run_folder())
        for line in args.verb(args, policy):
            sys.stdout.write(f"{line}\n")
    except (PolicyError, NobodyError) as wrong:
        return _says(wrong, _USAGE)
    except UnnamedShopError as wrong:
        sys.stderr.write(f"gladi attempts: {wrong}; nothing is recorded\n")
        return _USAGE
    except RefusedError as wrong:
        return _says(wrong, _REFUSED)
    except LedgerError as wrong:
        return _says(wrong, _FAULT)
    return _DONE


def _says(wrong: Exception, status: int) -> int:
    sys.stderr.write(f"gladi attempts: {wrong}\n")
    return status


# -- the verbs ---------------------------------------------------------------------------------------------------------


def _list(args: Namespace, policy: Policy) -> Iterator[str]:
    with counted(policy) as ledger:
        standing, attempts, attested, careful = ledger.standing(), ledger.attempts(), ledger.attestations(), cautions(policy, ledger)
    if args.json:
        found = {"standing": standing.as_json(), "attempts": [one.as_json() for one in attempts], "cautions": careful}
        found["attestations"] = [{"check": one.check, "by": one.by, "until": one.until.isoformat(), "note": one.note} for one in attested]
        yield json.dumps(found, indent=2, ensure_ascii=False)
        return
    yield f"{standing.developer}: {standing}, in {policy.shown}"
    yield from (_line(attempt) for attempt in attempts)
    yield from (f"{one.check}: vouched for by {one.by} until {one.until}" for one in attested)
    yield f"{standing.events} events, digest {standing.digest}"
    if standing.open:
        yield f"open: {', '.join(map(str, standing.open))}; say what became of it with {_BECAME}"
    yield from (f"caution: {caution}" for caution in careful)


def _line(attempt: Attempt) -> str:
    last = attempt.events[-1]
    said = f": {last.note}" if last.note and last is not attempt.events[0] else ""
    opened = f"{attempt.opened_at:%Y-%m-%d %H:%M} UTC by {attempt.events[0].by}"
    return f"  {attempt.ordinal}  {attempt.state.value:<8}  {attempt.shop}, {opened}{said}"


def _create(args: Namespace, policy: Policy) -> Iterator[str]:  # noqa: ARG001 - each verb is given both
    with counted(policy, create=True) as ledger:
        yield from _now(ledger, policy, "there is a ledger")
        yield from (f"caution: {caution}" for caution in cautions(policy, ledger))


def _settle(args: Namespace, policy: Policy) -> Iterator[str]:
    with counted(policy) as ledger:
        ledger.settle(args.ordinal, args.reason, by=args.by)
        yield from _now(ledger, policy, f"attempt {args.ordinal} is settled and stays spent")


def _release(args: Namespace, policy: Policy) -> Iterator[str]:
    with counted(policy) as ledger:
        ledger.release(args.ordinal, args.reason, by=args.by)
        yield from _now(ledger, policy, f"attempt {args.ordinal} is released and can be opened once more")


def _quota(args: Namespace, policy: Policy) -> Iterator[str]:
    with counted(policy) as ledger:
        ledger.raise_quota(args.to, args.reason, by=args.by)
        yield from _now(ledger, policy, f"the recorded quota is {args.to}; what [attempts] of gladi.toml says holds where it is lower")


def _vouched(check: str) -> str:
    """Read the id of a check for which a person's word can stand."""
    if check not in ATTESTABLE and not re.fullmatch(r"test-shop-[0-9]{1,19}", check):
        raise ArgumentTypeError(f"{check!r} is nothing that is vouched for; write one of {', '.join(ATTESTABLE)}, or {_TEST_SHOP}")
    return check


def _attest(args: Namespace, policy: Policy) -> Iterator[str]:
    from gladi.attempts.spendable import PREFIX, check_of  # noqa: PLC0415 - as above

    named = [check_of(shop) for shop in policy.test_shops]
    if args.check.startswith(PREFIX) and args.check not in named:
        ids = f"; those that it names are vouched for as {', '.join(named)}" if named else ""
        raise UnnamedShopError(f"{args.check} is of no shop that gladi.toml names as [[test-shops]]{ids}")
    with counted(policy) as ledger:
        kept = ledger.attest(args.check, args.by, args.until, args.note)
        yield from _now(ledger, policy, f"{kept.check} is vouched for by {kept.by} until {kept.until}")


def _import(args: Namespace, policy: Policy) -> Iterator[str]:
    from gladi.attempts.adoption import adopt  # noqa: PLC0415 - as above
    from gladi.attempts.faults import RefusedError  # noqa: PLC0415
    from gladi.attempts.ledger import Ledger  # noqa: PLC0415
    from gladi.attempts.sqlite import SQLite  # noqa: PLC0415

    if isinstance(policy.ledger, Path):
        raise RefusedError("the ledger of gladi.toml is a SQLite file; write a postgresql:// URL there, or into GLADI_LEDGER, first")
    old = SQLite(args.file)
    try:
        with counted(policy, importing=True) as ledger:
            before = seen(policy)
            if before is not None and not ledger.standing().events:
                Ledger(old, developer=ledger.developer).continues(before)
            moved = adopt(old, ledger.store, by=args.by)
            for developer, events in moved.items():
                yield f"{developer}: {events} events are in {policy.shown} now; {args.file} is ended and takes nothing more"
            yield from _now(ledger, policy, "keep the file; nothing deletes it")
    finally:
        old.close()


def _now(ledger: Ledger, policy: Policy, said: str) -> Iterator[str]:
    yield said
    yield f"{ledger.developer}: {ledger.standing()}, in {policy.shown}"
