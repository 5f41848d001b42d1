"""The commit that a folder is at, and whether its files differ from it: asked of git, and unknown where there is none."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Checkout", "checkout"]

_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Checkout:
    """What git says of a folder; all of it is None outside of git."""

    commit: str | None = None
    """The full id of the commit."""
    dirty: bool | None = None
    """Whether anything differs from the commit, or is unknown to it."""
    changed: bool | None = None
    """Whether files that the commit knows differ from it; what git was never told of is left out."""
    top: Path | None = None
    """The folder of the whole work tree."""
    refused: bool = False
    """Whether the folder lies in a checkout of which git will not tell all this: it is missing, slow, damaged, or distrusts the folder."""


def checkout(folder: Path) -> Checkout:
    """Ask git about a folder; a git that is missing, slow or refuses to answer says nothing."""
    top = _git(folder, "rev-parse", "--show-toplevel")
    commit = _git(folder, "rev-parse", "HEAD") if top else None
    if not top:
        return Checkout(refused=folder.is_dir() and any(_is_checkout(above) for above in (folder.absolute(), *folder.absolute().parents)))
    status = _git(folder, "status", "--porcelain")
    if status is None:
        return Checkout(commit, top=Path(top), refused=True)
    if commit is None:
        return Checkout(top=Path(top))
    return Checkout(commit, bool(status), any(not line.startswith("??") for line in status.splitlines()), Path(top))


def _is_checkout(folder: Path) -> bool:
    return os.path.lexists(folder / ".git")  # where a Path would raise, for a folder that may not be searched, this says no


def _git(folder: Path, *words: str) -> str | None:
    # A git hook runs us with its own repository in the environment, and then git answers for that one, whatever folder is asked for.
    own = {name: value for name, value in os.environ.items() if name not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")}
    try:
        done = subprocess.run(  # noqa: S603 - fixed words
            ["git", *words],  # noqa: S607 - whichever git is the user's
            cwd=folder,
            env=own,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):  # ValueError: an answer that is no text
        return None
    return done.stdout.rstrip("\n") if done.returncode == 0 else None
