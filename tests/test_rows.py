"""Every row of the API changelog is there, imitated, rehearsed, and would be missed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.coverage import changelog_coverage, covered
from docs.rows import ROWS, Row
from gladi.judge.requirements import REQUIREMENTS
from gladi.play.catalogue import catalogue
from gladi.record.evidence import Grade
from gladi.record.operations import OPERATIONS
from gladi.sandbox.shop import events as topics

ASKS, CALLS = ("changelog.logistics.geolocation",), ("shop.get_warehouses",)


def row(title: str) -> Row:
    return next(one for one in ROWS if one.title == title)


@pytest.mark.parametrize("one", ROWS, ids=lambda one: one.title)
def test_a_row_has_operations_scenarios_rogues_and_evidence(one: Row) -> None:
    found = covered(one)

    assert found.missing() == []
    assert found.scenarios
    assert found.rogues


def test_there_are_twenty_one_rows() -> None:
    titles = {one.title for one in ROWS}

    assert len(titles) == len(ROWS) == 21


def test_every_requirement_beyond_the_guide_stands_in_a_row() -> None:
    asked = {name for one in ROWS for name in one.asks}

    assert asked == {name for name in REQUIREMENTS if not name.startswith("guide.")}


def test_a_row_says_why_it_has_no_operation_only_where_it_has_none() -> None:
    told = [one.title for one in ROWS if bool(one.instead) == bool(one.operations)]

    assert told == []


def test_which_api_for_whom_speaks_of_reading_on_both_platforms() -> None:
    named = covered(row("Which API, for whom")).operations

    assert {one.platform for one in named if one.does == "reads finance"} == {one.platform for one in OPERATIONS}


@pytest.mark.parametrize(
    ("lacking", "lack"),
    [
        (Row("A", ASKS, settings=("on_hold_for",)), "an operation, or the reason why there is none"),
        (Row("B", (), CALLS), "a scenario"),
        (Row("C", ASKS, instead="it is a webhook"), "evidence"),
    ],
    ids=["no operation", "no requirement", "no evidence"],
)
def test_what_a_row_lacks_is_named(lacking: Row, lack: str) -> None:
    whole = Row("D", ASKS, CALLS)

    assert covered(whole).missing() == []
    assert covered(lacking).missing() == [lack]


def test_a_requirement_that_no_scenario_names_is_missed_in_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [one for one in catalogue() if one.id != "a_warehouse_shows_where_it_lies"]
    monkeypatch.setattr("docs.coverage.catalogue", lambda: others)

    lacks = covered(row("Warehouse list")).missing()

    assert lacks == ["a scenario for changelog.logistics.geolocation", "a scenario"]


def test_a_scenario_and_an_invariant_without_a_rogue_are_missed_in_their_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docs.coverage._rogues", dict)

    lacks = covered(row("Partial Edit")).missing()

    assert lacks == [f"a rogue for {name}" for name in (*covered(row("Partial Edit")).scenarios, "every_product_write_names_its_platforms")]


@pytest.mark.parametrize(
    "wrong",
    [
        Row("A", ("changelog.weather",)),
        Row("B", ASKS, ("shop.teleport",)),
        Row("C", ASKS, CALLS, settings=("gravity",)),
        Row("D", ASKS, CALLS, invariants=("all_is_well",)),
    ],
    ids=["requirement", "operation", "setting", "invariant"],
)
def test_a_row_names_only_what_is_there(wrong: Row) -> None:
    with pytest.raises(KeyError):
        covered(wrong)


def test_the_webhooks_that_never_come_are_the_ones_that_their_row_names() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(topics.__file__).parent.glob("*.py"))

    silent = [one.name for one in topics.Topic if f"Event(Topic.{one.name}," not in re.sub(r"\(\s+", "(", sources)]

    assert silent == re.findall(r"[A-Z]+(?:_[A-Z]+)+", row("Webhooks of Tokopedia & Shop").left)


def test_the_page_has_a_section_for_each_row_with_its_evidence() -> None:
    page = "\n\n".join(changelog_coverage())

    assert [line for line in page.splitlines() if line.startswith("## ")] == [
        f"## {number}. {one.title}" for number, one in enumerate(ROWS, 1)
    ]
    assert f"| `shop.get_warehouses` | `GET /logistics/{{version}}/warehouses` | *{Grade.DOCUMENTED}*: " in page
