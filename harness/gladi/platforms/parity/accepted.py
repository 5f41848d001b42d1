"""The differences that a team has looked at and accepts: a TOML file, each with its reason."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gladi.platforms.parity.differences import In

if TYPE_CHECKING:
    from pathlib import Path

    from gladi.platforms.parity.differences import Difference

__all__ = ["Accepted", "AcceptedError", "accepted"]

_KEYS = {"operation", "in", "at", "reason"}


class AcceptedError(ValueError):
    """The file is wrong; the text is one sentence: which entry, which key, what to write."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """One accepted difference."""

    operation: str
    differs_in: In
    place: str
    reason: str

    def covers(self, difference: Difference) -> bool:
        """Tell whether it is this difference."""
        return (self.operation, self.differs_in, self.place) == (difference.operation, difference.differs_in, difference.place)


def accepted(path: Path) -> tuple[Accepted, ...]:
    """Read the file: `[[accepted]]` with `operation`, `in` (status, code, shape or behaviour), `at` (a field, or left out) and `reason`.

    Raises:
        AcceptedError: it cannot be read, or an entry is wrong.
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as wrong:
        why = wrong.strerror if isinstance(wrong, OSError) else "it is no UTF-8"
        raise AcceptedError(f"{path.name} cannot be read ({why})") from None
    except tomllib.TOMLDecodeError as wrong:
        raise AcceptedError(f"{path.name} is no TOML: {wrong}") from None
    rows = found.pop("accepted", [])
    if found or not isinstance(rows, list):
        raise AcceptedError(f"{path.name} holds something else than [[accepted]]; write each difference as one [[accepted]]")
    return tuple(_one(path.name, number, row) for number, row in enumerate(rows, 1))


def _one(name: str, number: int, row: Any) -> Accepted:  # noqa: ANN401 - TOML
    where = f"{name}: [[accepted]] number {number}"
    if not isinstance(row, dict) or not _KEYS >= row.keys() >= _KEYS - {"at"} or not all(isinstance(one, str) for one in row.values()):
        raise AcceptedError(f"{where} needs operation, in and reason, and may have at, each a text")
    if row["in"] not in tuple(In):
        raise AcceptedError(f"{where} says in = {row['in']!r}; write one of {', '.join(In)}")
    if not row["reason"].strip():
        raise AcceptedError(f"{where} gives no reason; write why the difference is accepted")
    return Accepted(row["operation"], In(row["in"]), row.get("at", ""), row["reason"])
