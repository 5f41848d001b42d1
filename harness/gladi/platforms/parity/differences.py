"""Where two answers to the same request differ: in status, code, shape or behaviour."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from gladi.platforms.parity.values import is_id, is_word, leaves, read, shape, steady
from gladi.platforms.recording.codes import code_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gladi.platforms.parity.values import References
    from gladi.record.wire import Response

__all__ = ["Difference", "In", "differences"]


class In(StrEnum):
    """In what answers can differ."""

    STATUS = "status"
    CODE = "code"
    SHAPE = "shape"
    BEHAVIOUR = "behaviour"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference of one operation; the same one in several exchanges is one."""

    operation: str
    differs_in: In
    place: str
    """The field, with `[]` for any row; empty for status and code."""
    recorded: str
    sandbox: str

    def __str__(self) -> str:
        where = f" at {self.place}" if self.place else ""
        return f"{self.operation}: {self.differs_in}{where}: recorded {self.recorded}, sandbox {self.sandbox}"


def differences(operation: str, recorded: Response, answered: Response, references: References) -> Iterator[Difference]:
    """Compare two answers; where the status differs, nothing else is worth comparing."""
    if recorded.status != answered.status:
        yield Difference(operation, In.STATUS, "", str(recorded.status), str(answered.status))
        return
    codes = code_of(recorded), code_of(answered)
    if codes[0] != codes[1]:
        yield Difference(operation, In.CODE, "", codes[0] or "none", codes[1] or "none")
        return
    there, here = read(recorded.body), read(answered.body)
    yield from _in_shape(operation, shape(there), shape(here))
    yield from _in_behaviour(operation, dict(leaves(there)), dict(leaves(here)), references)


def _in_shape(operation: str, there: dict[str, set[str]], here: dict[str, set[str]]) -> Iterator[Difference]:
    # What hangs below a list that is empty on one side cannot be compared.
    empty = {place for side in (there, here) for place, kinds in side.items() if kinds & {"list", "null"}}
    for place in sorted(there.keys() | here.keys()):
        if any(place.startswith((f"{one}[]", f"{one}.")) for one in empty) or place in empty:
            continue
        left, right = there.get(place, set()), here.get(place, set())
        if left != right:
            yield Difference(operation, In.SHAPE, place, _said(left), _said(right))


def _in_behaviour(operation: str, there: dict[str, object], here: dict[str, object], references: References) -> Iterator[Difference]:
    for place, recorded in there.items():
        if place not in here or not steady(place):
            continue
        answered, field = here[place], re.sub(r"\[\d+\]", "[]", place)
        if is_id(place):
            left, right = references.of(recorded, answered)
            if left != right:
                yield Difference(operation, In.BEHAVIOUR, field, f"id #{left}", f"id #{right}")
        elif is_word(place) and recorded != answered:
            yield Difference(operation, In.BEHAVIOUR, field, repr(recorded), repr(answered))


def _said(kinds: set[str]) -> str:
    return " or ".join(sorted(kinds)) or "nothing"
