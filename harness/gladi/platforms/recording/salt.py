"""The salt of a recording of something real: kept in a file of its own, because whoever has it can look for what was taken out.

A phone number, a first name or an address has few values. With the salt each of them can be tried until its pseudonym stands there, so
the salt is as private as what was exchanged: only its owner may read the file, and git is told to pass it over.
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["REAL", "SALT", "digest", "keeps", "read", "salt_beside"]

SALT = ".salt"
"""How the name of the file ends; before it stands the name of the HAR."""

REAL = frozenset(("live", "elsewhere"))
"""Where somebody may have been recorded: the sandbox and the documents speak of people who do not exist."""

_IGNORE = ".gitignore"
_IGNORED = f"*{SALT}"


def salt_beside(har: Path) -> Path:
    """Give the salt's place beside a HAR."""
    return har.with_name(f"{har.name.removesuffix('.gz').removesuffix('.har')}{SALT}")


def digest(salt: str) -> str:
    """Give by what a salt is known again. It helps nobody to guess one: that is random, and has 128 bits."""
    return sha256(f"the salt {salt}".encode()).hexdigest()[:16]


def keeps(har: Path, salt: str) -> None:
    """Write the salt beside a HAR, for its owner alone, and its name into the `.gitignore` of the folder.

    Raises:
        OSError: the folder cannot be written.
    """
    ignore = har.parent / _IGNORE
    known = ignore.read_text(encoding="utf-8", errors="replace") if ignore.exists() else ""
    if _IGNORED not in known.splitlines():
        with ignore.open("a", encoding="utf-8") as out:
            out.write(f"{'' if known.endswith(chr(10)) or not known else chr(10)}{_IGNORED}\n")
    path = salt_beside(har)
    path.unlink(missing_ok=True)  # a file that is there keeps its mode
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.write(f"{salt}\n")


def read(har: Path) -> str:
    """Give the salt that lies beside a HAR.

    Raises:
        OSError: there is none, or it cannot be read.
    """
    return salt_beside(har).read_text(encoding="utf-8", errors="replace").strip()
