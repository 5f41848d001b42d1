"""What `preflight`, `can-i-rehearse` and `attempts open` find out: the preparations, the last rehearsal, and how the ledger stands."""

from __future__ import annotations

import inspect
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gladi.cli.verdicts import VERDICT, installed, run_folder

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from datetime import datetime

    from gladi.attempts.adapted import Rehearsed
    from gladi.attempts.case import Answer
    from gladi.attempts.decision import Decision
    from gladi.attempts.events import Attempt, Attestation, Standing
    from gladi.attempts.gate import Release
    from gladi.attempts.policy import Policy
    from gladi.attempts.preflight import Preflight
    from gladi.judge.verdict import Verdict
    from gladi.play.adapter import Adapter

__all__ = ["ATTESTABLE", "CHECKS", "Known", "UnknownError", "adds", "decided", "find_out", "prints"]

ATTESTABLE = ("shop-options-off", "target-market", "accounts-bound", "development-shop", "business-process")
"""The checks for which a person's word can stand."""
CHECKS = (
    "developer-account",
    "test-app",
    "merge-subscription",
    "shop-options-off",
    "target-market",
    "accounts-bound",
    "development-shop",
    "adapted",
    "business-process",
)
"""The ids of the nine checks, written out so that the parser of `gladi` imports none of them."""


class UnknownError(Exception):
    """Something cannot be found out; the text is one sentence."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was found out."""

    policy: Policy
    preflight: Preflight
    rehearsed: Rehearsed
    standing: Standing | str
    """The ledger's, or the sentence that says why there is none."""
    attempts: tuple[Attempt, ...] = ()
    """Those of the ledger, where there is one."""


def adds(parser: ArgumentParser) -> None:
    """Add the options that say of what, and of whom, the preparations are asked."""
    parser.add_argument(
        "--target",
        default="sandbox",
        choices=("sandbox", "live"),
        metavar="TARGET",
        help="what the checks are asked of: sandbox (the default), or live (the platforms themselves, or a stand-in)",
    )
    parser.add_argument("--system", metavar="SPEC", help="the adapter, as module:Class (default: rehearse_system of the pytest ini)")
    parser.add_argument("--merge-url", metavar="URL", help="register this URL for the merge, where the system has registered none")
    parser.add_argument("--recorded-run", metavar="FILE", help="the verdict.json of a run against the development shop")
    parser.add_argument(
        "--without",
        metavar="CHECK",
        action="append",
        default=[],
        choices=CHECKS,
        help="leave this preparation out on the sandbox, to see its check fail; may be given several times",
    )


def find_out(args: Namespace, *, now: datetime) -> Known:
    """Ask the target, the verdict and the ledger.

    Raises:
        UnknownError: the policy, the adapter or a file that was named is wrong, or the target is not there.
    """
    from gladi.attempts.policy import Policy, PolicyError  # noqa: PLC0415 - `gladi --help` does without
    from gladi.cli.sandboxed import sandboxed  # noqa: PLC0415 - it brings the sandbox and httpx
    from gladi.play.faults import AdapterError, HarnessFault, UnseenClientError  # noqa: PLC0415

    if args.target == "live" and args.without:
        raise UnknownError("--without leaves a preparation out on the sandbox; on the live target nothing can be left out")
    if args.merge_url and not args.merge_url.startswith(("http://", "https://")):
        raise UnknownError(f"--merge-url {args.merge_url} is no URL; write one such as https://system.example.com/merge")
    root = run_folder()
    try:
        policy = Policy.read(root)
        adapter = _adapter(args, root)
        verdict = _verdict(root / VERDICT, name=VERDICT)
        rehearsed = _rehearsed(verdict, adapter, policy, root, now)
        recorded = _recorded(args.recorded_run, adapter, root, now)
        standing, attempts, attestations = _ledger(policy)
        if "adapted" in args.without:
            rehearsed = replace(rehearsed, answer=_left_out())
        if args.target == "live":
            preflight = _on_live(args, adapter, policy, rehearsed.answer, recorded, attestations, now)
        else:
            preflight = sandboxed(
                adapter,
                without=frozenset(args.without),
                merge_url=args.merge_url or "",
                rehearsed=rehearsed.answer,
                recorded=None if "business-process" in args.without else recorded,
                test_shops=policy.test_shops,
                attestations=tuple(one for one in attestations if one.check not in args.without),
                now=now,
                says=_says,
            )
    except (PolicyError, AdapterError, UnseenClientError, HarnessFault) as wrong:
        raise UnknownError(str(wrong)) from None
    return Known(policy, preflight, rehearsed, standing, attempts)


def _on_live(  # noqa: PLR0913, PLR0917 - as `find_out` knows it
    args: Namespace,
    adapter: Adapter,
    policy: Policy,
    rehearsed: Answer,
    recorded: Answer | None,
    attestations: tuple[Attestation, ...],
    now: datetime,
) -> Preflight:
    from gladi.cli.live import GoneError, UnreachableError, on_live  # noqa: PLC0415 - it brings httpx

    try:
        return on_live(
            adapter,
            policy=policy,
            merge_url=args.merge_url or "",
            rehearsed=rehearsed,
            recorded=recorded,
            attestations=attestations,
            now=now,
        )
    except GoneError as wrong:
        raise UnknownError(str(wrong)) from None
    except UnreachableError as wrong:
        raise UnknownError(f"{wrong}; nothing was called") from None


def _says(sentence: str) -> None:
    sys.stderr.write(f"gladi: {sentence}\n")


def prints(text: str) -> None:
    """Write a line to standard output; what it cannot show is a question mark there, and no reason to stop half-way."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(f"{text}\n".encode(encoding, "replace").decode(encoding))


def decided(args: Namespace, *, now: datetime) -> tuple[Known, Decision]:
    """Find everything out and decide.

    Raises:
        UnknownError: as `find_out`.
    """
    from gladi.attempts.decision import may_rehearse  # noqa: PLC0415 - as above
    from gladi.record.checkout import checkout  # noqa: PLC0415

    known = find_out(args, now=now)
    decision = may_rehearse(
        standing=known.standing, preflight=known.preflight, rehearsed=known.rehearsed, here=checkout(known.policy.root), now=now
    )
    return known, decision


def _left_out() -> Answer:
    from gladi.attempts.case import missing  # noqa: PLC0415 - as above

    return missing("left out by --without adapted", "leave --without away")


def _adapter(args: Namespace, root: Path) -> Adapter:
    from gladi.cli.ini import OPTION, IniError, find  # noqa: PLC0415 - as above
    from gladi.play.adapter import load  # noqa: PLC0415

    spec: str | None = args.system
    folders: tuple[Path, ...] = ()
    try:
        ini = find(root)
        folders, spec = ini.pythonpath, spec or ini.system
    except IniError as wrong:
        if not spec:
            raise UnknownError(f"{wrong}; or name the adapter with --system module:Class") from None
    if not spec:
        raise UnknownError(f"no system is named; write {OPTION} = module:Class in the pytest ini, or pass --system module:Class")
    sys.path[:0] = map(str, folders)
    return load(spec, root=root)


def _verdict(path: Path, *, name: Path) -> Verdict | str:
    from gladi.judge.verdict import UnreadableVerdictError, read  # noqa: PLC0415 - as above

    if not path.exists():
        return f"there is no {name.as_posix()}, so nothing was rehearsed"
    try:
        return read(path)
    except UnreadableVerdictError as wrong:
        return str(wrong)


def _rehearsed(verdict: Verdict | str, adapter: Adapter, policy: Policy, root: Path, now: datetime) -> Rehearsed:
    from gladi.attempts.adapted import rehearsed  # noqa: PLC0415 - as above
    from gladi.attempts.gate import UnknownScenarioError  # noqa: PLC0415

    release = _stands(verdict, adapter, root)
    try:
        return rehearsed(verdict, release, catalogue=installed(), gaps=policy.known_gaps, now=now)
    except UnknownScenarioError as wrong:
        raise UnknownError(str(wrong)) from None


def _stands(verdict: Verdict | str, adapter: Adapter, root: Path) -> Release:
    """Give the system that an attempt would test: its name, its version, and the commit too wherever the verdict knows one."""
    from gladi.attempts.gate import Release  # noqa: PLC0415 - as above
    from gladi.record.checkout import checkout  # noqa: PLC0415

    at = None if isinstance(verdict, str) else verdict.system.get("commit")
    if not isinstance(at, dict) or not at.get("id"):
        # It was installed, or lies in no checkout: then its own version is all that there is, or else where the run stands.
        if adapter.version is not None or isinstance(verdict, str):
            return Release(adapter.version, system=adapter.spec, options=False)
        here = checkout(root)
    else:
        here = checkout(root / at["root"] if isinstance(at.get("root"), str) else Path(inspect.getfile(adapter.kind)).parent)
        if here.commit is None or here.changed is None:
            return Release(adapter.version, here.commit, lost=True, system=adapter.spec, options=False)
    return Release(adapter.version, here.commit, changed=bool(here.changed), system=adapter.spec, options=False)


def _recorded(file: str | None, adapter: Adapter, root: Path, now: datetime) -> Answer | None:
    if file is None:
        return None
    from gladi.attempts.adapted import recorded  # noqa: PLC0415 - as above

    verdict = _verdict(Path(file), name=Path(file))
    if isinstance(verdict, str):
        raise UnknownError(f"--recorded-run: {verdict}")
    return recorded(verdict, _stands(verdict, adapter, root), catalogue=installed(), now=now)


def _ledger(policy: Policy) -> tuple[Standing | str, tuple[Attempt, ...], tuple[Attestation, ...]]:
    """Look into the ledger, or give the sentence that says why that cannot be done; what makes its count doubtful is told at once."""
    from gladi.attempts.faults import LedgerError  # noqa: PLC0415 - as above
    from gladi.cli.counted import NobodyError, cautions, counted  # noqa: PLC0415

    try:
        with counted(policy) as ledger:
            for caution in cautions(policy, ledger):
                _says(f"caution: {caution}")
            # The standing first: whatever is written between the two makes it too old to open an attempt on.
            return ledger.standing(), ledger.attempts(), ledger.attestations()
    except (NobodyError, LedgerError) as wrong:
        return str(wrong), (), ()
