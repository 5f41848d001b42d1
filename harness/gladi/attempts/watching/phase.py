"""Which stage is to be rehearsed now, and so which phase: read from what an attempt has come to and the platform has told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gladi.attempts.events import Kind
from gladi.record.words import Stage

if TYPE_CHECKING:
    from gladi.attempts.events import Attempt

__all__ = ["stage_now"]

_STAGES = {Kind.LINKED: Stage.MERGING, Kind.OUTSIDE: Stage.MERGING, Kind.MERGED: Stage.MERGED}
"""No API tells that a merge has begun, so that it has is what a person recorded (tokopedia-api.md 9)."""


def stage_now(attempt: Attempt | None, *, merged: bool = False) -> Stage:
    """Give the stage of an attempt's shop, whose phase is rehearsed now; `merged`: the platform told of it, whatever is recorded.

    That the product merge was confirmed is seen nowhere, so MERGED is the last stage there is.
    """
    if merged:
        return Stage.MERGED
    return Stage.PENDING if attempt is None else _STAGES.get(attempt.state, Stage.PENDING)
