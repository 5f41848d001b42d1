"""`gladi seal`: pack what a rehearsal leaves as evidence into one zip that `gladi verify` can check."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gladi.cli.verdicts import VERDICT, installed, run_folder, shown

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction
    from collections.abc import Sequence

    from gladi.attempts.events import Attestation
    from gladi.attempts.policy import Policy

__all__ = ["SEAL", "add", "run"]

SEAL = Path("reports") / "seal.zip"
_SEALED, _USAGE, _NOTHING, _FAULT = 0, 2, 11, 12


def add(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the parser of `gladi`."""
    parser = subparsers.add_parser(
        "seal",
        help="pack the evidence of a whole, green rehearsal into one zip",
        description="Pack verdict, journals, the table of ids, the ledger's record and the attestations into one zip with a manifest of "
        "SHA-256 sums, and print the digest by which the package is known. Nothing is packed while anything is broken or incomplete.",
        epilog="Exit status: 0 it was written, 10 something is broken, 11 incomplete or nothing rehearsed, "
        "12 the harness failed or the evidence cannot be read, 2 usage.",
    )
    parser.add_argument("--output", metavar="FILE", help=f"the zip to write (default: {SEAL.as_posix()})")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Write the package and print its digest; what stands against it is one sentence on standard error."""
    from gladi.attempts.faults import LedgerError  # noqa: PLC0415 - `gladi --help` does without
    from gladi.attempts.policy import Policy, PolicyError  # noqa: PLC0415
    from gladi.attempts.seal import Refusal, evidence, seal  # noqa: PLC0415
    from gladi.judge.verdict import UnreadableVerdictError, read  # noqa: PLC0415

    root = run_folder()
    output = Path(args.output) if args.output is not None else root / SEAL
    path = root / VERDICT
    try:
        policy = Policy.read(root)
        if not path.exists():
            return _says(f"there is no {VERDICT}, so nothing was rehearsed; rehearse first: pytest --rehearse", _NOTHING)
        verdict, kept = read(path), path.read_bytes()
        events, attestations = _recorded(policy)
        journals = path.parent / "journals"
        files = evidence(verdict, kept=kept, catalogue=installed(), journals=journals, events=events, attestations=attestations)
        package = seal(files)
        _write(output, package.content)
    except PolicyError as wrong:
        return _says(str(wrong), _USAGE)
    except (UnreadableVerdictError, LedgerError) as wrong:
        return _says(str(wrong), _FAULT)
    except Refusal as wrong:
        return _says(str(wrong), wrong.gate.status)
    except OSError as wrong:
        return _says(f"{output} cannot be written ({wrong.strerror}); name another file with --output", _USAGE)
    sys.stdout.write(f"{shown(output)}: {package.files} files, sealed as {package.digest}\n")
    return _SEALED


def _recorded(policy: Policy) -> tuple[list[dict[str, Any]] | None, Sequence[Attestation]]:
    """Give what the ledger holds of the developer; None where no developer is named, or no ledger was begun.

    Raises:
        LedgerError: it cannot be read, or is not the one that the verdict saw.
    """
    from gladi.attempts.faults import MissingLedgerError  # noqa: PLC0415 - as above
    from gladi.cli.counted import NobodyError, counted, seen  # noqa: PLC0415

    try:
        with counted(policy) as ledger:
            return ledger.extract(), ledger.attestations()
    except NobodyError:
        return None, ()
    except MissingLedgerError:
        if seen(policy) is not None:
            raise
        return None, ()


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as zipped:
            zipped.write(content)
        beside.chmod(0o644)  # mkstemp makes 0600; a CI job that collects artefacts is another user
        beside.replace(file)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _says(sentence: str, status: int) -> int:
    sys.stderr.write(f"gladi seal: {sentence}\n")
    return status
