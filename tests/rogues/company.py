"""A company that plays the shipped scenarios without pytest around them: for many systems, cells and seeds in one process."""

from __future__ import annotations

import logging
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from gladi.faces.server import Served
from gladi.judge.bench import Outcome
from gladi.play.adapter import Adapter, load
from gladi.play.catalogue import catalogue
from gladi.play.faults import UnseenError
from gladi.play.rehearsal import Plan, Rehearsal
from gladi.play.scenario import Scenario, of
from gladi.record.wire import Response
from gladi.record.words import Face, TroubleLevel
from gladi.sandbox.merge import InFlight
from gladi.sandbox.settings import Settings
from gladi.session.results import judged
from tests.rogues.shortcut import shortcut

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from gladi.record.wire import Request

ROOT = Path(__file__).parents[2]
ROGUES = sorted(path.stem for path in (ROOT / "examples" / "rogues").glob("*.py") if path.stem != "__init__")
NAMES = [scenario.id for scenario in catalogue()]
FOUR_CELLS = tuple(InFlight.parse(cell) for cell in ("origin/origin", "origin/shop", "both/both", "neither/shop"))
"""The cells in which rogues play: each way of being visible, and each of being actionable. All nine are the careful system's."""
LONG = frozenset(("three_hundred_shops_in_mixed_stages_are_followed",))
"""So long that a rogue plays it only where it declares that it fails it."""


Broken = dict[str, dict[str, list[str]]]
"""By scenario, what was broken in it: `assertion`, and invariants with the kinds of journal entries that prove it."""


@dataclass
class Seen:
    """What a company saw of one system."""

    breaks: dict[str, set[str]] = field(default_factory=dict)
    """The invariants that were broken, each with the kinds of entries that prove it."""
    fails: set[str] = field(default_factory=set)
    """The scenarios whose own assertion failed."""
    broken_in: Broken = field(default_factory=dict)
    chances: dict[str, int] = field(default_factory=dict)
    raised: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    journals: list[bytes] = field(default_factory=list)
    plays: int = 0


def class_of(rogue: str) -> str:
    return "".join(word.capitalize() for word in rogue.split("_"))


def adapter_of(rogue: str) -> Adapter:
    return load(f"examples.rogues.{rogue}:{class_of(rogue)}", root=ROOT)


def declared(rogue: str) -> tuple[dict[str, set[str]], set[str]]:
    module = import_module(f"examples.rogues.{rogue}")
    return module.BREAKS, module.FAILS


def play(  # noqa: PLR0913 - what is played, and under which circumstances
    adapter: Adapter,
    names: Iterable[str],
    *,
    seed: int = 0,
    face: Face = Face.INPROCESS,
    strict: bool = False,
    among: Collection[InFlight] = InFlight.cells(),
    directly: bool = False,
    trouble: TroubleLevel = TroubleLevel.OFF,
) -> Seen:
    """Play the named scenarios, each in every cell that it asks for and that is `among` these, or else in all that it asks for.

    `directly` in process means without httpx, which costs more than all the rest together.
    """
    logging.getLogger("careful").setLevel(logging.ERROR)  # what it meets is told by the journal
    wanted = set(names)
    seen = Seen()
    with ExitStack() as stack:
        server = stack.enter_context(Served(_nobody, now=lambda: 0)) if face is Face.SERVED else None
        if directly:
            stack.enter_context(shortcut())
        for function, scenario in functions():
            if scenario.id in wanted:
                cells = scenario.cells or (InFlight(),)
                for one in [cell for cell in cells if cell in among] or cells:
                    seen.plays += 1
                    _performs(seen, adapter, function, scenario, one, seed, server, strict=strict, trouble=trouble)
    return seen


def _nobody(request: Request) -> Response:
    del request
    return Response(503, (), b"")


def functions() -> Iterator[tuple[object, Scenario]]:
    """Give every shipped scenario with the function that plays it."""
    for path in sorted({scenario.path for scenario in catalogue()}):
        module = import_module(f"gladi.scenarios.{path.parent.name}.{path.stem}")
        for value in vars(module).values():
            scenario = of(value)
            if scenario is not None and scenario.path == path:
                yield value, scenario


def _performs(  # noqa: PLR0913, PLR0917 - a performance is its parts
    seen: Seen,
    adapter: Adapter,
    function: object,
    scenario: Scenario,
    cell: InFlight,
    seed: int,
    server: Served | None,
    *,
    strict: bool,
    trouble: TroubleLevel,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(
            adapter=adapter,
            settings=Settings(strict=strict, in_flight=cell),
            storage=Path(folder),
            face=Face.SERVED if server else Face.INPROCESS,
            server=server,
            seed=seed,
            begins=scenario.begins,
            shops=scenario.shops,
            without_grant=scenario.without_grant,
            solely_on_shop=scenario.solely_on_shop,
            new_here=scenario.new_here,
            trouble=trouble,
        )
        rehearsal = Rehearsal(plan)
        error: BaseException | None = None
        try:
            function(rehearsal)  # type: ignore[operator]
        except BaseException as raised:  # noqa: BLE001 - judged below
            error = raised
    stories = [violation.text for one in rehearsal.judgements for violation in one.violations if one.fails or strict]
    result = judged(scenario, rehearsal, error, stories, strict=strict)
    # What cannot be read is *not rehearsed* in a run: neither the scenario nor the harness is wrong.
    unseen = isinstance(error, UnseenError)
    if result.outcome is Outcome.FAULT and not unseen:
        seen.faults[scenario.id] = result.why
    if result.raised and not unseen:
        seen.raised[scenario.id] = result.raised
    if not result.asserted:
        seen.fails.add(scenario.id)
        seen.broken_in.setdefault(scenario.id, {})["assertion"] = []
    for one in result.invariants:
        seen.chances[one.id] = seen.chances.get(one.id, 0) + one.chances
        if one.outcome is Outcome.BROKEN:
            proof = {kind for finding in result.findings if finding.about == one.id for kind in finding.evidence}
            seen.breaks.setdefault(one.id, set()).update(proof)
            known = seen.broken_in.setdefault(scenario.id, {})
            known[one.id] = sorted(proof.union(known.get(one.id, ())))
    seen.journals.append(bytes(rehearsal.journal))
