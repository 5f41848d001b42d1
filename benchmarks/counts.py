"""Exact numbers of interpreter calls: they depend on the code and on nothing of the machine."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

    from benchmarks.paired import Contender

__all__ = ["counted"]

_WARM_UP = 20


def counted(contender: Contender) -> dict[str, int]:
    """Count the Python and the C functions that one call enters, by `sys.setprofile`."""
    seen = {"call": 0, "c_call": 0}

    def profile(_: FrameType, event: str, __: object) -> None:
        if event in seen:
            seen[event] += 1

    def once() -> None:
        sys.setprofile(profile)
        try:
            run(1)
        finally:
            sys.setprofile(None)

    with contender() as run:
        run(_WARM_UP)
        once()
    return {"python": seen["call"], "c": seen["c_call"] - 1}  # the last of them switches the profile off
