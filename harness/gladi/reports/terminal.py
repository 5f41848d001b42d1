"""What a rehearsing run says on the terminal: what is in force, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from gladi.judge.bench import Outcome
from gladi.judge.matrix import drawn
from gladi.judge.verdict import Overall
from gladi.record.words import Level, Phase

if TYPE_CHECKING:
    from pathlib import Path

    from gladi.judge.verdict import ScenarioResult, SearchResult, Verdict

__all__ = ["MEANS", "header", "searched", "summary", "unfinished"]


class InForce(Protocol):
    """The options as the header prints them."""

    @property
    def face(self) -> str:
        """The face."""

    @property
    def target(self) -> str:
        """Who answers the system."""

    @property
    def seed(self) -> int:
        """The seed."""

    @property
    def strict(self) -> bool:
        """Whether leniencies are refused."""

    @property
    def in_flight(self) -> object:
        """The cell of the in-flight matrix, or `every`."""

    @property
    def trouble(self) -> str:
        """What befalls the system's calls throughout."""

    @property
    def switched(self) -> str:
        """The switches of the sandbox that were given, in a row; empty where none was."""


class Named(Protocol):
    """The system's adapter as the header prints it."""

    @property
    def spec(self) -> str:
        """Where it was found."""

    @property
    def capabilities(self) -> frozenset[type]:
        """What it declares."""


_COLOURS: dict[str, dict[str, bool]] = {
    Overall.UPHELD: {"green": True, "bold": True},
    Overall.BROKEN: {"red": True, "bold": True},
    Overall.FAULT: {"red": True, "bold": True},
    Overall.INCOMPLETE: {"yellow": True, "bold": True},
    Overall.NOTHING: {"yellow": True, "bold": True},
}
MEANS = {
    Overall.UPHELD: "every scenario was rehearsed and every invariant upheld",
    Overall.BROKEN: "the system does not survive the merge as it is; what is wrong stands above",
    Overall.INCOMPLETE: "what was rehearsed was upheld, but not everything was rehearsed",
    Overall.NOTHING: "nothing was rehearsed, so nothing is known",
    Overall.FAULT: "the rehearsal itself failed; this says nothing about the system",
}
_MANY = 10


def header(options: InForce, adapter: Named, scenarios: int) -> list[str]:
    """Give the lines that say what is in force."""
    declared = ", ".join(sorted(one.__name__ for one in adapter.capabilities)) or "no capability"
    return [
        f"rehearsal: {scenarios} scenarios of the merge into Tokopedia & Shop, target {options.target}",
        f"in force: face {options.face}, seed {options.seed}, in flight {options.in_flight}{', strict' if options.strict else ''}",
        *([f"trouble: {options.trouble}"] if options.trouble != "off" else ()),
        *([f"assumed: {options.switched}"] if options.switched else ()),
        f"system: {adapter.spec} declares {declared}",
    ]


def summary(writer: Any, verdict: Verdict, *, path: Path, root: Path, faults: list[str]) -> None:  # noqa: ANN401 - pytest's TerminalReporter
    """Write the summary of a run."""
    writer.section("rehearsal")
    for phase in Phase:
        here = [one for one in verdict.scenarios if one.phase == phase]
        if here:
            writer.write_line(f"  {phase.label:<20} {_counts(here)}")
    writer.write_line("")
    for one in verdict.invariants:
        chances = f"{one['chances']} chance{'' if one['chances'] == 1 else 's'}"
        broken = f", in {', '.join(one['broken_in'][:3])}{' …' if len(one['broken_in']) > 3 else ''}" if one["broken_in"] else ""  # noqa: PLR2004
        broken += _in_cells(one["cells"], one["outcome"])
        word = "warned" if one["outcome"] == Outcome.BROKEN and one["level"] == Level.WARNING and not verdict.strict else one["outcome"]
        writer.write_line(f"  {word:<14} {one['title']} ({chances}{broken})")
    for search in verdict.searches:
        writer.write_line(f"  {search.outcome:<14} {searched(search)}")
    _broken(writer, verdict)
    _not_rehearsed(writer, verdict)
    _findings(writer, verdict)
    for fault in faults:
        writer.write_line(f"  fault          {fault}")
    writer.write_line("")
    if verdict.verdict is Overall.NOTHING:
        writer.write_line("  what can be selected: pytest --rehearse --collect-only -q (a scenario bears @gladi.scenario)")
    if rests := verdict.assumptions:
        some = "1 assumption" if len(rests) == 1 else f"{len(rests)} assumptions"
        writer.write_line(f"  rests on {some} that no document settles: {', '.join(rests)}")
    writer.write_line(f"  verdict: {verdict.verdict.upper()}: {MEANS[verdict.verdict]}", **_COLOURS[verdict.verdict])
    writer.write_line(
        f"  written to {_shown(path, root)}; journals in {_shown(path.parent / 'journals', root)}; `gladi report` makes a page"
    )


def searched(search: SearchResult) -> str:
    """Say of a search in one line how far it went and what it found."""
    what = f"the search: {search.plays} plays of {search.steps} steps in all, trouble {search.trouble}, drawn from seed {search.seed}"
    if search.broken:
        return f"{what}; one broke {search.broken}: {search.why}"
    met = f", {len(search.reached)} of {len(search.reached) + len(search.missed)} goals met" if search.plays else ""
    return f"{what}{met}{f'; {search.why}' if search.why else ''}"


def unfinished(writer: Any, *, path: Path, root: Path) -> None:  # noqa: ANN401 - as above
    """Say of a run that did not end where its verdict lies."""
    writer.section("rehearsal")
    writer.write_line(f"  the rehearsal did not end; its verdict is unfinished: {_shown(path, root)}", yellow=True, bold=True)


def _shown(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path


def _counts(results: list[ScenarioResult]) -> str:
    counts = {outcome: sum(one.outcome is outcome for one in results) for outcome in Outcome}
    warned = sum(one.outcome is Outcome.UPHELD and not one.asserted for one in results)
    return ", ".join(
        f"{number} {outcome}{f' ({warned} warned)' if warned and outcome is Outcome.UPHELD else ''}"
        for outcome, number in counts.items()
        if number
    )


def _in_cells(cells: dict[str, Outcome], outcome: Outcome) -> str:
    """Say in which cells of the in-flight matrix an invariant is broken, or how many were left out so that it cannot be upheld."""
    broken = [cell for cell, said in cells.items() if said is Outcome.BROKEN]
    if broken:
        return f"; cells {', '.join(broken)}"
    left_out = sum(said is Outcome.NOT_REHEARSED for said in cells.values())
    return f"; {left_out} of {len(cells)} cells of the in-flight matrix left out" if left_out and outcome is Outcome.NOT_REHEARSED else ""


def _broken(writer: Any, verdict: Verdict) -> None:  # noqa: ANN401 - as above
    """Tell of each scenario that broke in one line, and draw the in-flight matrix of those that were played in it."""
    for one in verdict.scenarios:
        if one.outcome not in (Outcome.BROKEN, Outcome.FAULT):
            continue
        writer.write_line(f"  {one.outcome:<14} {one.id}: {one.why}", red=True)
        if len(one.cells) > 1:
            for line in drawn(one.cells):
                writer.write_line(f"                   {line}")


def _not_rehearsed(writer: Any, verdict: Verdict) -> None:  # noqa: ANN401 - as above
    left = [one for one in verdict.scenarios if one.outcome is Outcome.NOT_REHEARSED]
    for why in dict.fromkeys(one.why for one in left):
        names = [one.id for one in left if one.why == why]
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""  # noqa: PLR2004 - enough to recognise
        writer.write_line(f"  {why}: {', '.join(names[:3])}{more}", yellow=True)


def _findings(writer: Any, verdict: Verdict) -> None:  # noqa: ANN401 - as above
    """Tell the findings of each kind once; what is disputed is told of each scenario, because each asserts something of its own."""
    seen: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for result in verdict.scenarios:
        for one in result.findings:
            if one.about == "disputed":
                seen.setdefault(("warned", f"disputed {result.id}"), []).append((f"{result.id}: {one.text}", result.id))
            elif one.level is not Level.VIOLATION:
                seen.setdefault((one.level, one.about), []).append((one.text, result.id))
    for (level, _), found in list(seen.items())[:_MANY]:
        scenarios = len({name for _, name in found})
        more = f" (and {len(found) - 1} more like it)" if len({text for text, _ in found}) > 1 else ""
        more = more or (f" ({scenarios} scenarios)" if scenarios > 1 else "")
        writer.write_line(f"  {level:<14} {found[0][0]}{more}", yellow=level in (Level.WARNING, "warned"))
    if len(seen) > _MANY:
        writer.write_line(f"  … and {len(seen) - _MANY} more kinds of findings in the verdict")
