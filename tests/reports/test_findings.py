"""The findings of a run on the terminal: of each kind one, and how many more there are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gladi.judge.bench import Outcome
from gladi.judge.verdict import Notice, Overall, ScenarioResult, Verdict
from gladi.record.words import Level
from gladi.reports.terminal import summary


class Paper:
    """Takes what pytest's reporter would print."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def section(self, title: str) -> None:
        self.lines.append(title)

    def write_line(self, line: str, **colours: Any) -> None:  # noqa: ARG002 - the reporter's
        self.lines.append(line)


def scenario(name: str, *findings: tuple[str, str]) -> ScenarioResult:
    return ScenarioResult(
        id=name,
        title=name,
        phase="pre_merge",
        platform="",
        process="",
        rehearses=(),
        outcome=Outcome.UPHELD,
        findings=tuple(Notice(level=Level.WARNING, about=about, text=text) for about, text in findings),
    )


def told(*scenarios: ScenarioResult) -> list[str]:
    paper = Paper()
    verdict = Verdict(
        verdict=Overall.UPHELD,
        gladi="",
        target="",
        face="",
        seed=0,
        strict=False,
        in_flight="",
        system={},
        commit={},
        catalogue="",
        scenarios=scenarios,
    )
    summary(paper, verdict, path=Path("v"), root=Path(), faults=[])
    return [line for line in paper.lines if line.startswith("  warn")]


def test_findings_of_one_kind_are_told_once_and_counted() -> None:
    polls = [("polls", f"shop-{n} was asked too often") for n in range(1187)]

    lines = told(scenario("one", *polls, ("receive", "receive raised")), scenario("two", ("receive", "receive raised")))

    assert lines == [
        "  warning        shop-0 was asked too often (and 1186 more like it)",
        "  warning        receive raised (2 scenarios)",
    ]


def test_what_is_disputed_is_told_of_each_scenario() -> None:
    lines = told(scenario("one", ("disputed", "it is")), scenario("two", ("disputed", "it is")))

    assert lines == ["  warned         one: it is", "  warned         two: it is"]
