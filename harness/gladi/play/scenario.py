"""What makes a pytest function a scenario: the requirements it rehearses, where it begins, and what it needs."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, cast

from gladi.judge.requirements import REQUIREMENTS, Requirement, requirement
from gladi.play.adapter import CAPABILITIES
from gladi.play.faults import ScenarioError
from gladi.play.rehearsal import Rehearsal
from gladi.record.words import Phase, Platform, Stage
from gladi.sandbox.merge import InFlight

__all__ = ["Scenario", "ScenarioError", "of", "scenario"]

P = ParamSpec("P")
Body = Callable[Concatenate[Rehearsal, P], Awaitable[None]]

_MARK = "__gladi_scenario__"
_MOST_SHOPS = 1000
"""A larger number is a slip of the pen: seeding alone would take minutes."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One rehearsal of requirements. Its id is its function's name without `test_`, unique and never reused."""

    id: str
    title: str
    story: str
    rehearses: tuple[Requirement, ...]
    begins: Stage
    needs: tuple[type, ...]
    platform: Platform | None
    cells: tuple[InFlight, ...]
    """The cells of the in-flight matrix in which it is played; none where its outcome does not depend on the cell."""
    shops: int
    without_grant: tuple[str, ...]
    solely_on_shop: tuple[str, ...]
    new_here: tuple[str, ...]
    formerly: tuple[str, ...]
    path: Path
    line: int
    source: str
    """SHA-256 of what is written of it, decorator and docstring included: a recording of one that was written otherwise is out of date."""

    @property
    def phase(self) -> Phase:
        """Where it is filed: by its folder, else by the stage at which it begins."""
        folder = self.path.parent.name
        return Phase(folder) if folder in tuple(Phase) else self.begins.phase

    @property
    def process(self) -> str:
        """The business process it belongs to: the name of its file, `orders` or `products`."""
        return self.path.stem.removeprefix("test_").replace("_", " ")

    @property
    def where(self) -> str:
        """The platform whose side it rehearses, as a reader sees it."""
        return self.platform.label if self.platform else "Both platforms"

    @property
    def in_flight(self) -> InFlight | None:
        """The one cell that it fixes, if it fixes one."""
        return self.cells[0] if len(self.cells) == 1 else None

    @property
    def disputed(self) -> str | None:
        """Why what it rehearses is contested, where all of it is: its own assertion then warns, and fails only under strict."""
        disputes = [one.disputed for one in self.rehearses]
        return "; ".join(one for one in disputes if one) if all(disputes) else None

    def missing(self, declared: frozenset[type]) -> tuple[str, ...]:
        """Name the capabilities that it needs and a system does not declare."""
        return tuple(need.__name__ for need in self.needs if need not in declared)


def scenario(  # noqa: PLR0913 - each word is one fact about the scenario
    *,
    rehearses: str | Sequence[str],
    begins: Stage,
    needs: type | Sequence[type] = (),
    on: Platform | None = None,
    in_flight: InFlight | tuple[InFlight, ...] | None = None,
    shops: int = 1,
    without_grant: str | Sequence[str] = (),
    solely_on_shop: str | Sequence[str] = (),
    new_here: str | Sequence[str] = (),
    formerly: str | Sequence[str] = (),
) -> Callable[[Body[P]], Callable[Concatenate[Rehearsal, P], None]]:
    """Make an async pytest function a scenario.

    `rehearses` names requirements by id; `begins` is the stage to which the world is brought first, with the system
    living through it; `needs` names the capabilities without which the scenario is *not rehearsed*; `on` says whose side it
    is about, where it is about one; `in_flight` fixes a cell of the in-flight matrix, or names several (EVERY_CELL) in each of
    which it is played once; `shops` is how many sellers there are, each with one Tokopedia shop (`shop-1`, `shop-2`) and one on
    Tokopedia & Shop; `without_grant` names the shops whose owner has not authorized the app on Tokopedia & Shop; `solely_on_shop`
    names those whose sellers never had a Tokopedia store, and `new_here` those whose sellers begin now and have no past either;
    `formerly` keeps old names known.

    Raises:
        ScenarioError: an unknown requirement, capability, cell or shop, a missing title, or a function that is not async.
    """

    def decorate(body: Body[P]) -> Callable[Concatenate[Rehearsal, P], None]:
        described = _describe(body, rehearses, begins, needs, on, in_flight, formerly, shops, without_grant, solely_on_shop, new_here)

        def play(rehearsal: Rehearsal, *args: P.args, **kwargs: P.kwargs) -> None:
            # Run here, on a loop of its own: pytest sees a plain function, whatever async plugin a team has, or none.
            with asyncio.Runner() as runner:
                runner.run(rehearsal.perform(lambda: body(rehearsal, *args, **kwargs)))

        functools.update_wrapper(play, body)
        setattr(play, _MARK, described)
        # pytest passes the fixture by name, which this type cannot say.
        return cast("Callable[Concatenate[Rehearsal, P], None]", play)

    return decorate


def of(function: object) -> Scenario | None:
    """Give what a function is a scenario of, or None."""
    found = getattr(function, _MARK, None)
    return found if isinstance(found, Scenario) else None


def _describe(  # noqa: PLR0913, PLR0917 - as above
    body: Any,  # noqa: ANN401 - any function
    rehearses: str | Sequence[str],
    begins: Stage,
    needs: type | Sequence[type],
    on: Platform | None,
    in_flight: InFlight | tuple[InFlight, ...] | None,
    formerly: str | Sequence[str],
    shops: int,
    without_grant: str | Sequence[str],
    solely_on_shop: str | Sequence[str],
    new_here: str | Sequence[str],
) -> Scenario:
    name = body.__name__
    where = f"{Path(inspect.getsourcefile(body) or '?').name}: {name}"
    if not inspect.iscoroutinefunction(body):
        raise ScenarioError(f"{where} is a scenario and not async; write `async def {name}(rehearsal)`")
    if not name.startswith("test_"):
        raise ScenarioError(f"{where} is a scenario and its name does not begin with test_; write test_{name}")
    story = inspect.getdoc(body)
    if not story:
        raise ScenarioError(f"{where} has no docstring; its first line is the scenario's title in every report")
    if next(iter(inspect.signature(body).parameters), None) != "rehearsal":
        raise ScenarioError(f"{where} is a scenario and its first parameter is not rehearsal; write `async def {name}(rehearsal)`")
    if type(begins) is not Stage:
        right = ", ".join(f"Stage.{one.name}" for one in Stage)
        raise ScenarioError(f"{where} begins at {begins!r}, which is no stage; write one of {right}")
    if on is not None and type(on) is not Platform:
        raise ScenarioError(f"{where} is on {on!r}, which is no platform; write TOKOPEDIA or SHOP, both from gladi")
    unknown = [one for one in _several(needs) if one not in CAPABILITIES]
    if unknown:
        right = ", ".join(sorted(one.__name__ for one in CAPABILITIES))
        wrong = getattr(unknown[0], "__name__", repr(unknown[0]))
        raise ScenarioError(f"{where} needs {wrong}, which is no capability; write one of {right}")
    ids = (rehearses,) if isinstance(rehearses, str) else tuple(rehearses)
    try:
        requirements = tuple(requirement(one) for one in ids)
    except LookupError as error:
        raise ScenarioError(f"{where}: {error.args[0]}") from None
    if not requirements:
        raise ScenarioError(f"{where} rehearses nothing; name at least one of the {len(REQUIREMENTS)} requirements")
    lines, line = inspect.getsourcelines(body)
    ungranted, solely, newcomers = (_words(named) for named in (without_grant, solely_on_shop, new_here))
    _check_shops(where, shops, "without grant of", ungranted)
    _check_stores(where, shops, solely, newcomers, begins)
    return Scenario(
        id=name.removeprefix("test_"),
        title=story.partition("\n")[0].rstrip("."),
        story=story,
        rehearses=requirements,
        begins=begins,
        needs=_several(needs),
        platform=on,
        cells=_cells(where, in_flight),
        shops=shops,
        without_grant=ungranted,
        solely_on_shop=solely,
        new_here=newcomers,
        formerly=_words(formerly),
        path=Path(inspect.getsourcefile(body) or ""),
        line=line,
        source=sha256("".join(lines).encode()).hexdigest(),
    )


def _cells(where: str, in_flight: InFlight | tuple[InFlight, ...] | None) -> tuple[InFlight, ...]:
    if in_flight is None:
        return ()
    cells = in_flight if isinstance(in_flight, tuple) else (in_flight,)
    wrong = next((one for one in cells if type(one) is not InFlight), None)
    if wrong is not None:
        raise ScenarioError(
            f"{where} is in flight {wrong!r}, which is no cell; write EVERY_CELL or InFlight(Visible.BOTH, Actionable.SHOP), all from gladi"
        )
    if not cells or len(set(cells)) < len(cells):
        raise ScenarioError(
            f"{where} names {'no cell' if not cells else 'a cell twice'} of the in-flight matrix; write EVERY_CELL, or each once"
        )
    return cells


def _words(named: str | Sequence[str]) -> tuple[str, ...]:
    return (named,) if isinstance(named, str) else tuple(named)


def _check_shops(where: str, shops: int, what: str, named: tuple[str, ...]) -> None:
    if type(shops) is not int or not 1 <= shops <= _MOST_SHOPS:
        raise ScenarioError(f"{where} has shops={shops!r}; write how many sellers there are, from 1 to {_MOST_SHOPS}")
    there = [f"shop-{number}" for number in range(1, shops + 1)]
    unknown = next((one for one in named if one not in there), None)
    if unknown is not None:
        right = ", ".join(there[:5])
        raise ScenarioError(f"{where} is {what} {unknown!r}, and shops={shops} has no such shop; write one of {right}")


def _check_stores(where: str, shops: int, solely: tuple[str, ...], newcomers: tuple[str, ...], begins: Stage) -> None:
    _check_shops(where, shops, "without a Tokopedia store of", (*solely, *newcomers))
    if both := set(solely).intersection(newcomers):
        raise ScenarioError(f"{where} has {both.pop()} both solely on Tokopedia & Shop and new there; a seller is one of the two")
    if begins is not Stage.PENDING and len({*solely, *newcomers}) == shops:
        raise ScenarioError(f"{where} begins at Stage.{begins.name}, and no seller of it has a Tokopedia store to be merged; leave him one")


def _several(needs: type | Sequence[type]) -> tuple[type, ...]:
    # Asked by name: a text is a sequence too, and would be taken to pieces.
    return tuple(needs) if isinstance(needs, list | tuple | set | frozenset) else (cast("type", needs),)
