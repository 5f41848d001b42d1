"""What the commands that read a verdict share: where it lies, and which system and version is to be released."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from gladi.attempts.doubts import Catalogue
    from gladi.attempts.gate import Release
    from gladi.judge.verdict import Verdict

__all__ = ["VERDICT", "BadVersionError", "adds", "installed", "released", "run_folder", "shown"]

VERDICT = Path("reports") / "verdict.json"
_COMMIT = re.compile(r"[0-9a-fA-F]{7,64}")


class BadVersionError(ValueError):
    """What was given is no version and no commit, or no system can be told; the text is one sentence."""


def adds(parser: ArgumentParser) -> None:
    """Add the options that name the system and the version to be released."""
    parser.add_argument("--system", metavar="SPEC", help="the adapter, as module:Class (default: rehearse_system of the pytest ini)")
    parser.add_argument("--system-version", metavar="X", help="the version of the system that is to be released, as its adapter names it")
    parser.add_argument("--commit", metavar="X", help="its commit (default: where the checkout with the adapter stands)")


def run_folder() -> Path:
    """Give the folder whose run and policy are meant: the nearest one upwards with a gladi.toml, else this one."""
    from gladi.attempts.policy import Policy  # noqa: PLC0415 - `gladi --help` does without

    return Policy.find(Path.cwd())


def shown(path: Path) -> Path:
    """Give a path as it is seen from here, where it lies below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def installed() -> Catalogue:
    """Give the catalogue of the Gladi that runs."""
    from importlib.metadata import version  # noqa: PLC0415 - `gladi --help` does without

    from gladi.attempts.doubts import Catalogue  # noqa: PLC0415
    from gladi.play.catalogue import catalogue, digest  # noqa: PLC0415

    return Catalogue(version("gladi"), digest(), frozenset(one.id for one in catalogue()))


def released(args: Namespace, verdict: Verdict, *, root: Path) -> Release:
    """Give what is to be released: what was typed, else where the checkout of the rehearsed system stands by now.

    Raises:
        BadVersionError: `--commit` is no commit, `--system-version` is empty, or the pytest ini cannot be read.
    """
    from gladi.attempts.gate import Release  # noqa: PLC0415 - as above
    from gladi.record.checkout import checkout  # noqa: PLC0415

    if args.system_version is not None and not args.system_version.strip():
        raise BadVersionError("--system-version is empty; write the version of the system that is to be released")
    if args.commit is not None and not _COMMIT.fullmatch(args.commit):
        raise BadVersionError("--commit is no commit; write seven of its hexadecimal digits or more")
    if args.system_version is not None or args.commit is not None:
        return Release(args.system_version, args.commit, system=_named(args, root))
    at = verdict.system.get("commit") or {}
    if not isinstance(at.get("root"), str):  # the adapter was installed, or lies too far away to be found again
        return Release(system=_named(args, root))
    here = checkout(root / at["root"])
    lost = here.refused and here.commit is not None
    return Release(commit=here.commit, changed=bool(here.changed), lost=lost, system=_named(args, root))


def _named(args: Namespace, root: Path) -> str | None:
    """Give the adapter that is meant; None where nothing here names one, as in a job without the repository."""
    from gladi.cli.ini import IniError, find  # noqa: PLC0415 - as above

    if args.system:
        return str(args.system)
    try:
        return find(root).system
    except IniError as wrong:
        raise BadVersionError(f"{wrong}; or name the adapter with --system module:Class") from None
