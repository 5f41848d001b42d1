"""`gladi verify`: was a sealed package changed since? It names what was altered, added and taken out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gladi.cli.seal import SEAL
from gladi.cli.verdicts import run_folder

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

    from gladi.attempts.seal import Verified

__all__ = ["add", "run"]

_WHOLE, _USAGE, _CHANGED = 0, 2, 10


def add(subparsers: _SubParsersAction[ArgumentParser]) -> None:
    """Add the command to the parser of `gladi`."""
    parser = subparsers.add_parser(
        "verify",
        help="was a sealed package changed since?",
        description="Compare each file of a sealed package with its SHA-256 sum, and name what was altered, added or taken out.",
        epilog="Exit status: 0 the package is whole, 10 it was changed or is damaged, 2 usage.",
    )
    parser.add_argument("package", nargs="?", metavar="PACKAGE", help=f"the zip that gladi seal wrote (default: {SEAL.as_posix()})")
    parser.add_argument("--digest", metavar="X", help="the digest that gladi seal printed: then a package that was sealed anew is seen too")
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Print what became of the package and give the exit status; what cannot be checked is one sentence on standard error."""
    from gladi.attempts.seal import Refusal, verify  # noqa: PLC0415 - `gladi --help` does without

    path = Path(args.package) if args.package is not None else run_folder() / SEAL
    try:
        found = verify(path)
    except OSError as wrong:
        return _says(f"{path} cannot be read ({wrong.strerror}); name the zip that gladi seal wrote", _USAGE)
    except Refusal as wrong:
        return _says(str(wrong), wrong.gate.status)
    anew = args.digest is not None and args.digest.strip().lower() != found.digest
    whole = found.whole and not anew
    sys.stdout.write((_json(found, whole=whole) if args.json else _lines(found, anew=anew)) + "\n")
    return _WHOLE if whole else _CHANGED


def _lines(found: Verified, *, anew: bool) -> str:
    rows = [(word, name) for word in ("altered", "added", "missing") for name in getattr(found, word)]
    if anew:
        rows.append(("another", f"it is known as {found.digest}, so it is not the package that was asked for"))
    last = f"verify: no, {len(rows)} found" if rows else f"verify: yes, {found.files} files, sealed as {found.digest}"
    return "\n".join((*(f"  {word:<8} {text}" for word, text in rows), last))


def _json(found: Verified, *, whole: bool) -> str:
    changes = {word: list(getattr(found, word)) for word in ("altered", "added", "missing")}
    return json.dumps({"whole": whole, "digest": found.digest, "files": found.files} | changes, indent=2)


def _says(sentence: str, status: int) -> int:
    sys.stderr.write(f"gladi verify: {sentence}\n")
    return status
