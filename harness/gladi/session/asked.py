"""The search that a run is asked for by its options: how many plays, of how many steps, drawn from which seed."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from gladi.record.words import Target, TroubleLevel

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Asked", "asked"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The search that a run was asked for."""

    examples: int
    steps: int
    seed: int
    """The seed of its draws."""
    is_fixed: bool
    """Whether somebody named that seed."""
    trouble: TroubleLevel


def asked(config: pytest.Config, given: Mapping[str, tuple[str, str]], target: Target, trouble: TroubleLevel) -> Asked | None:
    """Read the options of the search; None where none was asked for.

    Raises:
        pytest.UsageError: a value is wrong, Hypothesis is not installed, or the target is not the sandbox.
    """
    said, place = given["search"]
    if said.lower() not in ("true", "false", "1", "0", "yes", "no", "on", "off"):
        raise pytest.UsageError(f"{place}: {said!r} is neither true nor false")
    if said.lower() not in ("true", "1", "yes", "on"):
        return None
    if target is not Target.SANDBOX:
        raise pytest.UsageError(f"{place}: a search plays on the sandbox alone; leave --rehearse-target {target} out")
    if find_spec("hypothesis") is None:
        raise pytest.UsageError(f"{place}: a search needs Hypothesis, which is not installed; install gladi[search]")
    from gladi.play.exploring.search import drawn_from  # noqa: PLC0415 - only a run that searches pays

    seed = given["search-seed"][0]
    return Asked(
        examples=_number(given["search-examples"], least=1),
        steps=_number(given["search-steps"], least=1),
        seed=_number(given["search-seed"], least=0) if seed else drawn_from(None),
        is_fixed=bool(seed),
        # Calm plays are what the scenarios are for: unless a level is named on the command line, the search makes trouble.
        trouble=trouble if config.getoption("rehearse_trouble") is not None or trouble is not TroubleLevel.OFF else TroubleLevel.NORMAL,
    )


def _number(given: tuple[str, str], *, least: int) -> int:
    text, place = given
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) < least:  # noqa: PLR2004 - as of every number that is typed
        raise pytest.UsageError(f"{place}: {text!r} is no number of a search; write a whole number from {least} to 999999999")
    return int(text)
