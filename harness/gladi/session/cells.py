"""The cells of the in-flight matrix in a run: in which of them a scenario is played, and in which of them an item plays it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from gladi.play.scenario import of

if TYPE_CHECKING:
    import pytest

    from gladi.play.scenario import Scenario
    from gladi.sandbox.merge import InFlight
    from gladi.session.options import Options

__all__ = ["case_of", "cell_of", "file_name", "multiply", "played_in"]

_PARAMETER = "in flight"
"""Two words, so that no argument of a scenario of the user's can bear the name."""


def played_in(scenario: Scenario, chosen: InFlight | None) -> tuple[InFlight, ...]:
    """Give the cells in which a scenario is played: all that it names, or the one that was chosen if it is among them."""
    return (chosen,) if chosen in scenario.cells and chosen is not None else scenario.cells


def multiply(metafunc: pytest.Metafunc, options: Options) -> None:
    """Have a scenario that names several cells collected once for each in which it is played: `…_leaves_once[both/shop]`."""
    scenario = of(metafunc.function)
    if scenario is None or len(scenario.cells) < 2:  # noqa: PLR2004 - one cell is fixed, and no case of its own
        return
    cells = played_in(scenario, options.cell)
    # pytest refuses to parametrize what the function does not take; the name is dropped again when fixtures are sorted out.
    metafunc.fixturenames.append(_PARAMETER)
    metafunc.parametrize(_PARAMETER, cells, ids=[str(cell) for cell in cells])


def cell_of(item: pytest.Item, scenario: Scenario, options: Options) -> InFlight:
    """Give the cell in which an item plays its scenario."""
    params = getattr(getattr(item, "callspec", None), "params", {})
    return cast("InFlight", params.get(_PARAMETER, scenario.in_flight or options.settings.in_flight))


def case_of(item: pytest.Item) -> str:
    """Name the case of a scenario with parameters of the user's own, the cell left out; empty where it has none."""
    callspec = getattr(item, "callspec", None)
    if callspec is None:
        return ""
    cell = callspec.params.get(_PARAMETER)
    return "-".join(part for part in callspec._idlist if part != str(cell))  # noqa: SLF001 - the id alone does not say where a part ends


def file_name(scenario: Scenario, cell: InFlight) -> str:
    """Name the file of a journal, without its ending: `…_leaves_once[both-shop]` where a scenario is played in several cells."""
    return scenario.id if len(scenario.cells) < 2 else f"{scenario.id}[{str(cell).replace('/', '-')}]"  # noqa: PLR2004 - as above
