"""Which scenarios can be rehearsed on the live target: each is played on an attempt of its own before a stand-in, and docs/live.md counts.

What begins behind the merge is played on a shop, too, that stood there before the run. `python -m tests.live.rehearsable` writes the
count into the page, with what the rest would take; `--check` only compares.
"""

from __future__ import annotations

import dataclasses
import importlib
import re
import sys
from collections import Counter
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from msgspec.structs import replace

from gladi.attempts.events import Kind
from gladi.play.adapter import load
from gladi.play.catalogue import catalogue, module_of
from gladi.play.faults import RehearsalError
from gladi.play.live.rehearsal import LiveRehearsal
from gladi.play.plan import Plan
from gladi.play.scenario import of
from gladi.record.words import SHOP, TOKOPEDIA, Face, Phase, Platform, Stage, Target, TroubleLevel
from gladi.sandbox.settings import DEFAULTS
from gladi.session.live import grounded
from gladi.session.options import Options
from gladi.session.unplayed import cannot_begin
from tests.live.stand_in import StandIn, repository_of, serves

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gladi.play.scenario import Scenario

__all__ = ["Hands", "Played", "opened_with_other_goods", "plays", "written"]

PAGE = Path(__file__).parents[2] / "docs" / "live.md"
BEGINS, ENDS = "<!-- rehearsable: written by python -m tests.live.rehearsable -->", "<!-- rehearsable: end -->"
OPTIONS = Options("examples.careful:Careful", Face.INPROCESS, 0, False, DEFAULTS, (), Target.LIVE, TroubleLevel.OFF)  # noqa: FBT003 - its own order
_ORDER = re.compile(r"Place an order of (?P<quantity>\d+) of (?P<sku>\S+) ")
_STOCK = re.compile(r"Set the stock of (?P<sku>\S+) to (?P<units>\d+) on (?P<platform>.+), by hand")


class Hands:
    """Somebody at a terminal who does what he reads, in the stand-in."""

    is_there = True

    def __init__(self, stand_in: StandIn) -> None:
        """Do it in `stand_in`."""
        self.stand_in = stand_in
        self.read: list[str] = []

    def shows(self, text: str) -> None:
        """Read a text."""
        self.read.append(text)

    def asks(self, question: str) -> str | None:  # noqa: ARG002 - the signature is the console's
        """Do what was read last, and say so."""
        last = self.read[-1]
        if found := _ORDER.search(last):
            on = SHOP if "in the development shop" in last else TOKOPEDIA
            self.stand_in.does("place_order", on=on, sku=found["sku"], quantity=int(found["quantity"]))
        elif found := _STOCK.search(last):
            platform = next(one for one in Platform if one.label == found["platform"])
            self.stand_in.does("set_stock", on=platform, sku=found["sku"], units=int(found["units"]))
        elif "cannot be undone" in last:
            self.stand_in.does("link_shops")
        elif "Confirm it" in last and self.stand_in.room.sandbox.world.all_shops()[0].stage is not Stage.CONFIRMED:
            self.stand_in.does("confirm_product_merge")
        return ""

    def breaks_off(self) -> None:
        """Ask nothing more."""


def opened_with_other_goods(stand_in: StandIn) -> None:
    """Let the stand-in's shop sell the seed's goods under SKUs, prices and warehouses of its own: whatever agrees was taken over."""
    with stand_in.room.lock:
        world = stand_in.room.sandbox.world
        for listing in [one for platform in Platform for one in world.listings.rows("shop", (platform, "shop-1"))]:
            offers = tuple(replace(one, sku=f"REAL-{one.sku}", price=one.price + 1_000) for one in listing.offers)
            world.listings.put(listing.key, replace(listing, offers=offers))


@dataclass(frozen=True, slots=True)
class Played:
    """How one scenario went: `why` says why it was not rehearsed, `broken` what was broken; both are empty where it was upheld."""

    scenario: Scenario
    why: str = ""
    broken: str = ""


def plays(scenario: Scenario, folder: Path, system: str = "examples.careful:Careful", *, stood: Stage = Stage.PENDING) -> Played:
    """Play a scenario before a stand-in of its own whose goods are other ones than the model's seed would give.

    Its shops `stood` at that stage before the run, as earlier runs on the same attempt have left them.
    """
    if why := cannot_begin(scenario, OPTIONS):
        return Played(scenario, why=why.removeprefix("not rehearsed: "))
    cell = scenario.in_flight or DEFAULTS.in_flight
    storage = folder / "storage"
    storage.mkdir()
    with serves(folder, "--seed", "7", "--assume", "merge_takes_at_most=4h", "--in-flight", str(cell)) as stand_in:
        opened_with_other_goods(stand_in)
        repository = repository_of(folder / "repository", stand_in)
        shop = stand_in.room.sandbox.world.all_shops()[0]
        with repository.ledger() as ledger:
            ledger.open(f"{shop.name} ({shop.tokopedia_id})", by="Ayu")
            if stood.rank >= Stage.MERGED.rank:
                stand_in.does("link_shops")
                stand_in.passes(hours=5)
                ledger.record(1, Kind.LINKED)
                ledger.record(1, Kind.MERGED)
        if stood is Stage.CONFIRMED:
            stand_in.does("confirm_product_merge")
        with grounded(repository.root, stand_in.environment, Hands(stand_in)) as ground:
            plan = Plan(
                adapter=load(system),
                settings=dataclasses.replace(DEFAULTS, in_flight=cell),
                storage=storage,
                begins=scenario.begins,
                target=Target.LIVE,
            )
            rehearsal = LiveRehearsal(plan, ground=ground)
            return _performed(scenario, rehearsal)


def _performed(scenario: Scenario, rehearsal: LiveRehearsal) -> Played:
    broken = ""
    try:
        _play_of(scenario)(rehearsal)
    except RehearsalError as no:
        return Played(scenario, why=str(no))
    except AssertionError as wrong:
        broken = f"AssertionError: {wrong}"
    found = [text for one in rehearsal.judgements if one.fails for text in [violation.text for violation in one.violations]]
    return Played(scenario, broken="; ".join((*found, *((broken,) if broken else ()))))


def _play_of(scenario: Scenario) -> Callable[[LiveRehearsal], object]:
    module = importlib.import_module(module_of(scenario.path))
    found: Callable[[LiveRehearsal], object] = next(one for one in vars(module).values() if of(one) == scenario)
    return found


# -- the count -------------------------------------------------------------------------------------------------------------------------


_WHY = {
    "it takes several shops, or sellers of another kind": r"takes several, or others",
    "it is played in every cell of the in-flight matrix, which nobody can choose": r"in flight live nobody can choose",
    "it waits for more than two hours at once": r"a run waits 2 hours at once at most",
    "it asks a person for an act without a cue": r"there is no cue for this",
    "it asks for what nobody can bring about or see there": r"nothing that a rehearsal (can bring about|knows)|no buyer can ask for it",
}


def written(every: Sequence[Played]) -> str:
    """Write what stands in docs/live.md: how many scenarios of each phase can be rehearsed there, which, and what the others would take."""
    done = [one for one in every if not one.why]
    lines = [f"{len(done)} of {len(every)} scenarios can be rehearsed on a test shop, each on an attempt that stands where it begins:", ""]
    for phase in Phase:
        names = [one.scenario.id for one in done if one.scenario.phase is phase]
        total = sum(one.scenario.phase is phase for one in every)
        lines.append(f"- {phase.label[2:]}, {len(names)} of {total}: {', '.join(f'`{name}`' for name in names)}")
    reasons = Counter(next((why for why, known in _WHY.items() if re.search(known, one.why)), one.why) for one in every if one.why)
    lines += ["", "The others are *not rehearsed* there:", "", "| because | scenarios |", "| --- | --: |"]
    lines += [f"| {why} | {count} |" for why, count in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))]
    return "\n".join(lines)


def main(*words: str) -> int:
    """Play the catalogue and write the count, or compare it under `--check`; 1 where it is stale, or where anything was broken."""
    every: list[Played] = []
    for scenario in catalogue():
        with TemporaryDirectory() as folder, redirect_stdout(StringIO()):
            every.append(plays(scenario, Path(folder)))
    again: list[Played] = []
    for one in every:
        if not one.why and one.scenario.begins.rank >= Stage.MERGED.rank:
            with TemporaryDirectory() as folder, redirect_stdout(StringIO()):
                again.append(plays(one.scenario, Path(folder), stood=one.scenario.begins))
    broken = [f"{one.scenario.id}: {one.broken}" for one in every if one.broken]
    broken += [f"{one.scenario.id}, where the shop stood: {one.why}{one.broken}" for one in again if one.why or one.broken]
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(f"{BEGINS}\n")
    before, _, tail = rest.partition(ENDS)
    counted = f"{written(every)}\n"
    is_stale = before != counted
    if is_stale and "--check" not in words:
        PAGE.write_text(f"{head}{BEGINS}\n{counted}{ENDS}{tail}", encoding="utf-8")
    if is_stale and "--check" in words:
        broken.append(f"{PAGE.name} counts otherwise; write it anew: python -m tests.live.rehearsable")
    sys.stdout.writelines(f"{line}\n" for line in broken)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
