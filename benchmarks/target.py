"""The rows of the table: what was measured, what it was to be, and by how much it is met or missed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["Options", "Result", "Row", "table"]


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked on the command line."""

    quick: bool = False
    peers: Path | None = None
    """A throw-away folder that holds the peers, or None to go without those that are not installed here."""


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing. Without a `bound` it is told for orientation, without a `measured` it was not to be had."""

    what: str
    measured: float | None
    unit: str = "x"
    bound: float | None = None
    kind: Literal["at most", "at least"] = "at most"
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether a target was set and is not met."""
        if self.measured is None or self.bound is None:
            return False
        return self.measured > self.bound if self.kind == "at most" else self.measured < self.bound

    @property
    def verdict(self) -> str:
        """By how much the target is met or missed, in percent of it."""
        if self.bound is None:
            return ""
        if self.measured is None:
            return "not measured"
        word = "missed" if self.missed else "met"
        if not self.bound:
            return word
        return f"{word} by {abs(self.measured / self.bound - 1):.0%}"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one target: its rows, and the raw numbers behind them."""

    target: str
    title: str
    rows: tuple[Row, ...]
    raw: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Give everything for a file."""
        rows = [asdict(row) | {"verdict": row.verdict} for row in self.rows]
        return {"target": self.target, "title": self.title, "rows": rows, "raw": self.raw}


def table(results: Iterable[Result]) -> str:
    """Print the results as one table in Markdown."""
    lines = ["| | measured | is | target | |", "|---|---|--:|--:|---|"]
    for result in results:
        lines.append(f"| **{result.target}** | **{result.title}** | | | |")
        for row in result.rows:
            bound = "" if row.bound is None else f"{row.kind} {_number(row.bound, row.unit)}"
            measured = "not to be had" if row.measured is None else _number(row.measured, row.unit)
            verdict = f"**{row.verdict}**" if row.missed else row.verdict
            lines.append(f"| | {row.what} | {measured} | {bound} | {'; '.join(part for part in (verdict, row.note) if part)} |")
    return "\n".join(lines)


def _number(value: float, unit: str) -> str:
    text = f"{value:,.0f}" if abs(value) >= 100 or value == round(value) else f"{value:.3g}"
    if unit == "x":
        return f"{value:.2f}x"
    return f"{text} {unit}".rstrip()
